"""Leaving deeds: within a unit of work, chained and stored when it commits.

A writer that commits without saying what it did leaves a deed all the same, `unnamed`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Final

import orjson
from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from core.store.audit.chain import DEED, end_of, hash_of, note_end
from core.store.audit.origin import origin

UNNAMED: Final = "unnamed"
_LEFT: Final = "truat_deeds"
_NONE: Final = "truat_no_deed"
_WRITTEN: Final = "truat_written"


@dataclass(frozen=True, slots=True)
class NewDeed:
    """What was done: an action, whose it is, and the states before and after, as JSON values."""

    action: str
    subject: str = ""
    who: str = ""
    role: str = ""
    area: str = ""
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None
    reason: str = ""


def leave(session: Session, *deeds: NewDeed) -> None:
    """Leave deeds within a unit of work; they are stored when it commits."""
    session.info.setdefault(_LEFT, []).extend(deeds)


def no_deed(session: Session, why: str) -> None:
    """Say that a unit of work changes nothing that anybody answers for; `why` is for readers."""
    session.info[_NONE] = why


def begin(session: Session) -> None:
    """Remember what was written before a unit of work began."""
    session.info.clear()
    session.info[_WRITTEN] = _written(session.connection())


def settle(session: Session) -> None:
    """Store the deeds that were left, before a unit of work commits; none where it is nested."""
    if session.in_nested_transaction():
        return
    session.flush()
    left: list[NewDeed] = session.info.pop(_LEFT, [])
    excused = session.info.pop(_NONE, None)
    written = _written(session.connection())
    if not left and excused is None and written != session.info[_WRITTEN]:
        left = [NewDeed(UNNAMED)]
    if left:
        _enter(session, left)
    session.info[_WRITTEN] = _written(session.connection())


def _written(connection: Connection) -> Any:
    """Something that changes with every row that is written."""
    if connection.dialect.name == "sqlite":
        driver: Any = connection.connection.driver_connection
        return driver.total_changes
    return connection.scalar(text("SELECT pg_current_xact_id_if_assigned() IS NOT NULL"))


def _enter(session: Session, left: Sequence[NewDeed]) -> None:
    number, previous = end_of(session)
    came, at, chained = origin(), datetime.now(UTC), []
    for number, deed in enumerate(left, number + 1):  # noqa: B020
        row = asdict(deed) | {
            "id": number,
            "at": at,
            "via": came.via,
            "place": came.place,
            "before": _json(deed.before),
            "after": _json(deed.after),
            "previous": previous,
        }
        previous = row["hash"] = hash_of(row)
        chained.append(row)
    session.execute(DEED.insert(), chained)
    note_end(session, number, previous)


def _json(state: Mapping[str, Any] | None) -> str:
    if state is None:
        return ""
    return orjson.dumps(state, option=orjson.OPT_SORT_KEYS, default=str).decode()
