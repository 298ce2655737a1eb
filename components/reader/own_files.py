"""Files that were made for one reader: handed to nobody else, even by their address."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Final

from core.access.actors import Actor, as_now, current_actor
from core.access.settings import ways

_MOST: Final = 4_096
_LOCK: Final = Lock()
_MADE: Final[OrderedDict[str, set[tuple[str, str]]]] = OrderedDict()
"""Whom each file was made for, by the digest of its bytes."""


def for_reader(make: Callable[[], bytes]) -> Callable[[], bytes]:
    """The same file, made in the name of whoever looks at the page, and noted as theirs."""
    if not ways():
        return make
    actor, made = current_actor(), as_now(make)

    def made_and_noted() -> bytes:
        content = made()
        note(content, actor)
        return content

    return made_and_noted


def note(content: bytes, actor: Actor) -> None:
    """Note whom a file was made for."""
    digest = hashlib.sha256(content).hexdigest()
    with _LOCK:
        _MADE.setdefault(digest, set()).add((actor.issuer, actor.subject))
        _MADE.move_to_end(digest)
        while len(_MADE) > _MOST:
            _MADE.popitem(last=False)


def is_of(content: bytes, actor: Actor) -> bool:
    """Whether a file was made for this reader."""
    digest = hashlib.sha256(content).hexdigest()
    with _LOCK:
        return (actor.issuer, actor.subject) in _MADE.get(digest, ())
