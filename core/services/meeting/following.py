"""Screens that page together: a telephone and the shared screen, or two presenters.

Known to this program alone and forgotten when it ends: where a screen stands is no result.
"""

import secrets
from threading import Lock
from typing import Final

_LETTERS: Final = "ACDEFGHJKLMNPQRTUVWXY34679"
"""Letters and digits that nobody takes for one another."""
_LENGTH: Final = 5
_MOST: Final = 500
_LOCK: Final = Lock()
_PLACES: Final[dict[tuple[int, str], int]] = {}


def new_code() -> str:
    """A code that screens name to page together."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))


def is_code(text: str) -> bool:
    """Whether a text may be a code."""
    return len(text) == _LENGTH and set(text) <= set(_LETTERS)


def move(meeting: int, code: str, place: int) -> None:
    """Lead every screen with this code to a place of the agenda."""
    with _LOCK:
        _PLACES.pop((meeting, code), None)
        _PLACES[meeting, code] = place
        while len(_PLACES) > _MOST:
            del _PLACES[next(iter(_PLACES))]


def place_of(meeting: int, code: str) -> int | None:
    """Where screens with this code stand; None before any has moved."""
    with _LOCK:
        return _PLACES.get((meeting, code))
