"""Who acts: somebody with grants, and who that is in the work going on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final, ParamSpec, TypeVar

from core.access.roles import Role
from core.access.settings import ways
from core.areas import COUNTRY, Level, parse_area
from core.errors import AccessError

P = ParamSpec("P")
T = TypeVar("T")

THIS_PROGRAM: Final = "truat"
"""The issuer of those that this program itself answers for; local accounts have another."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A role for an area: the country, a region, province, district (CUP) or facility, by its code.

    `province` is the one a facility lies in, which only the register knows.
    """

    role: Role
    area: str
    province: str = ""

    @property
    def whole(self) -> str:
        """The province the area lies in; the area itself where it is larger or not known."""
        area = parse_area(self.area)
        if area.level is Level.FACILITY:
            return self.province or self.area
        return area.province or self.area


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something: known for good by `issuer` and `subject`, called by `name`."""

    issuer: str
    subject: str
    name: str
    grants: tuple[Grant, ...] = ()

    @property
    def reach(self) -> tuple[Grant, ...]:
        """What answers differ by from one actor to another: the key of what is kept of them."""
        return () if self.is_whole else self.grants

    @property
    def is_whole(self) -> bool:
        """Whether it is an administrator of the country, who may do everything."""
        return any(one.role is Role.ADMINISTRATOR and one.area == COUNTRY for one in self.grants)


_EVERYTHING: Final = (Grant(Role.ADMINISTRATOR, COUNTRY),)
LOCAL_ADMINISTRATOR: Final = Actor(THIS_PROGRAM, "local", "", _EVERYTHING)
"""Whoever sits at this machine where nobody signs in; nameless, and asked for a name."""
TERMINAL: Final = Actor(THIS_PROGRAM, "terminal", "", _EVERYTHING)
"""Whoever has a terminal beside the database."""
THE_PROGRAM: Final = Actor(THIS_PROGRAM, "program", "", _EVERYTHING)
"""The program itself: what it reads ahead, and work it goes on with by itself."""

_FINDERS: Final[list[Callable[[], Actor | None]]] = []
_ACTOR: Final[ContextVar[Actor | None]] = ContextVar("actor", default=None)


@contextmanager
def acting(actor: Actor) -> Iterator[Actor]:
    """Let this actor do what is done within this block, by this thread."""
    token = _ACTOR.set(actor)
    try:
        yield actor
    finally:
        _ACTOR.reset(token)


def look_for(finder: Callable[[], Actor | None]) -> None:
    """Have a finder asked who acts where nothing says so, as for a view by its cookies."""
    _FINDERS[:] = [finder]


def current_actor() -> Actor:
    """Who acts here and now.

    Where nobody has to sign in it is the local administrator; where somebody has to and nobody
    did, `AccessError` A001.
    """
    actor = _ACTOR.get()
    if actor is not None:
        return actor
    if not ways():
        return LOCAL_ADMINISTRATOR
    first = next((one for finder in _FINDERS if (one := finder())), None)
    if first is None:
        raise AccessError("A001")
    return first


def as_now(work: Callable[P, T]) -> Callable[P, T]:
    """The same work in the name of who acts now, whenever and by whatever thread it is done."""
    actor = current_actor()

    def done(*args: P.args, **kwargs: P.kwargs) -> T:
        with acting(actor):
            return work(*args, **kwargs)

    return done


def is_signed_in() -> bool:
    """Whether who acts is a person that has signed in, known by name."""
    return current_actor().issuer != THIS_PROGRAM
