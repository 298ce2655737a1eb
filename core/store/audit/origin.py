"""Through what something is done: said once at the door, and kept with every deed."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final, Literal

Via = Literal["page", "terminal", "api", "program"]


@dataclass(frozen=True, slots=True)
class Origin:
    """Through what something is done, and the address it comes from; empty for this machine."""

    via: Via = "program"
    place: str = ""


_EVERYWHERE: Final = [Origin()]
_ORIGIN: Final[ContextVar[Origin | None]] = ContextVar("origin", default=None)


def be_reached_by(via: Via) -> None:
    """Say for this whole program through what things are done where nobody says otherwise."""
    _EVERYWHERE[0] = Origin(via)


def come_from(via: Via, place: str = "") -> None:
    """Say for the rest of this context (a view, a command) through what things are done."""
    _ORIGIN.set(Origin(via, place))


@contextmanager
def coming_from(via: Via, place: str = "") -> Iterator[None]:
    """The same for a block."""
    token = _ORIGIN.set(Origin(via, place))
    try:
        yield
    finally:
        _ORIGIN.reset(token)


def origin() -> Origin:
    """Through what things are done in this context."""
    return _ORIGIN.get() or _EVERYWHERE[0]
