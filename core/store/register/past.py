"""What facilities and areas were called at the moment a session reads, where it is an earlier one.

The register itself holds what is called so now; each change keeps what it replaced, with the time.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.store.schema.bulk import table_of, upsert
from core.store.schema.moment import moment_read
from core.store.schema.tables import RegisterPast, Snapshot

_PAST = table_of(RegisterPast)
_SNAPSHOT = table_of(Snapshot)
_NOBODY: Final = ("", "", None)


@dataclass(frozen=True, slots=True)
class Past:
    """Both names and the last day as a moment knew them; of one it did not know, nothing."""

    name_th: str
    name_en: str
    closed_on: date | None
    was_there: bool

    def is_open(self, day: date) -> bool:
        """Whether the moment knew it as there, to the end of a day."""
        return self.was_there and (self.closed_on is None or self.closed_on >= day)


def past_of(session: Session) -> Mapping[str, Past]:
    """What was different at the session's moment, by code; empty where it reads what stands now."""
    moment = moment_read(session)
    if moment is None:
        return {}
    p = _PAST.c
    query = select(p.code, p.name_th, p.name_en, p.closed_on, p.was_there)
    rows = session.execute(query.where(p.until > moment).order_by(p.until.desc()))
    # The first change after the moment tells what held at it.
    return {code: Past(*values) for code, *values in rows}


def has_moments(session: Session) -> bool:
    """Whether a snapshot was ever taken, so that anybody reads what stood once."""
    return session.scalar(select(_SNAPSHOT.c.id).limit(1)) is not None


def keep_past(
    session: Session,
    was: Mapping[str, tuple[str, str, date | None]],
    becomes: Iterable[tuple[str, str, str, date | None]],
) -> None:
    """Keep what is about to be replaced: names and last days, and who was not there yet.

    `becomes` are code, names, last day. Nothing is kept while no snapshot was ever taken.
    """
    if not has_moments(session):
        return
    moment = datetime.now(UTC)
    rows: list[dict[str, Any]] = []
    for code, *values in becomes:
        before = was.get(code)
        if before != tuple(values):
            name_th, name_en, closed_on = before or _NOBODY
            rows.append(
                {"code": code, "until": moment, "name_th": name_th, "name_en": name_en}
                | {"closed_on": closed_on, "was_there": before is not None}
            )
    upsert(session, _PAST, rows)
