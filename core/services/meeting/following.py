"""Screens that page together: a telephone and the shared screen, or two presenters.

Their place stands in the store, so that processes that share it follow one another too.
"""

import secrets
from typing import Final

from sqlalchemy import Engine

from core.access.roles import Action
from core.services.guard.doors import door
from core.services.guard.whose import area_of_screen
from core.store.audit.leaving import no_deed
from core.store.engine.unit_of_work import reading, unit_of_work
from core.store.meetings import screens
from core.store.meetings.screens import Stand

_LETTERS: Final = "ACDEFGHJKLMNPQRTUVWXY34679"
"""Letters and digits that nobody takes for one another."""
_LENGTH: Final = 5


def new_code() -> str:
    """A code that screens name to page together."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))


def is_code(text: str) -> bool:
    """Whether a text may be a code."""
    return len(text) == _LENGTH and set(text) <= set(_LETTERS)


@door(Action.MEET, area_of_screen)
def move(engine: Engine, meeting: int, code: str, stand: Stand) -> None:
    """Lead every screen with this code to a place of the agenda, and a leaf of what is there."""
    with unit_of_work(engine) as session:
        screens.move(session, meeting, code, stand)
        no_deed(session, "where screens stand together is looked at, and gone with the meeting")
        session.commit()


@door(Action.READ, area_of_screen)
def stand_of(engine: Engine, meeting: int, code: str) -> Stand | None:
    """Where screens with this code stand; None before any has moved."""
    with reading(engine) as session:
        return screens.stand_of(session, meeting, code)
