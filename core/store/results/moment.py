"""The moment whose results a session reads: now, or that of a version its engine is held at."""

from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import ColumnElement, Engine, and_, or_
from sqlalchemy.orm import Session

from core.store.schema.bulk import table_of
from core.store.schema.moment import engine_as_of
from core.store.schema.tables import Result

_RESULT = table_of(Result)
_HELD: Final = "truat_results_at"
_FEW: Final = 64
"""Moments kept at hand: a meeting has one, and months are cached by moment."""


@lru_cache(maxsize=_FEW)
def held_at(engine: Engine, version: int, moment: datetime | None = None) -> Engine:
    """The same store, its results those of a version, whatever is stored later.

    With a `moment` files, findings, what was typed of them, and what the register says of
    facilities (names, closing days, district, group, beds) are read as of then as well. One engine
    for each, so that what is cached by engine is found again.
    """
    held = engine.execution_options(**{_HELD: version})
    return held if moment is None else engine_as_of(held, moment)


def version_held(engine: Engine) -> int | None:
    """The version an engine is held at; None where it reads the results of now."""
    version: int | None = engine.get_execution_options().get(_HELD)
    return version


def standing(session: Session, at: int | None = None) -> ColumnElement[bool]:
    """The condition for results that count: those of the session's moment, or of version `at`."""
    r: Any = _RESULT.c
    version = version_read(session) if at is None else at
    if version is None:
        current: ColumnElement[bool] = r.until.is_(None)
        return current
    return and_(r.since <= version, or_(r.until.is_(None), r.until > version))


def version_read(session: Session) -> int | None:
    """The version a session reads; None where it reads the results of now."""
    bind = session.get_bind()
    return version_held(bind if isinstance(bind, Engine) else bind.engine)
