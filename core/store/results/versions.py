"""Versions of the results, and snapshots: versions with a name, as for a meeting."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final, NamedTuple

from sqlalchemy import Engine, Row, func, select
from sqlalchemy.orm import Session

from core.errors import NotFoundError, StoreError
from core.store.engine.failures import as_store_errors
from core.store.engine.one_view import once
from core.store.results.moment import version_held, version_read
from core.store.schema.about import FILLING
from core.store.schema.assessment_tables import AssessmentStep
from core.store.schema.bulk import next_id, table_of
from core.store.schema.people_tables import Deed
from core.store.schema.tables import ResultsVersion, Snapshot

_VERSION = table_of(ResultsVersion)
_SNAPSHOT = table_of(Snapshot)
FIRST: Final = "created"
_NEWEST: Final = select(func.max(_VERSION.c.id))
_STEP: Final = select(func.max(table_of(AssessmentStep).c.id))
_DEED: Final = table_of(Deed)
_LAST: Final = select(_DEED.c.hash).order_by(_DEED.c.id.desc()).limit(1)
_STAMP: Final = select(
    FILLING, _NEWEST.scalar_subquery(), _STEP.scalar_subquery(), _LAST.scalar_subquery()
)


class Stamps(NamedTuple):
    """Keys of caches: each is another after a change of what it is named after.

    `results` of any result, `step` of any verification (its number, 0 before the first), `deed` of
    anything in the store (the hash of the newest deed).
    """

    results: str
    step: int
    deed: str

    @property
    def verified(self) -> tuple[str, int]:
        """The two of results and of how far they are verified."""
        return self.results, self.step


@dataclass(frozen=True, slots=True)
class VersionInfo:
    """When results changed, who changed them and why.

    `upload_id` where an upload was the cause; `reason` as it was typed, None where none was.
    """

    id: int
    made_at: datetime
    made_by: str
    why: str
    upload_id: int | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class SnapshotInfo:
    """A version of the results under a name; pass `version_id` as `at` to read it."""

    id: int
    name: str
    taken_by: str
    taken_at: datetime
    version_id: int


def open_version(
    session: Session,
    *,
    why: str,
    by: str,
    upload_id: int | None = None,
    reason: str | None = None,
    at: datetime | None = None,
) -> int:
    """Begin a new version of the results; `why` is a code such as `import` or `rules`."""
    number = next_id(session, _VERSION)
    session.execute(
        _VERSION.insert(),
        {"id": number, "made_at": at or datetime.now(UTC), "made_by": by, "why": why}
        | {"upload_id": upload_id, "reason": reason},
    )
    return number


def latest_version(session: Session) -> int:
    """The number of the newest version, or of the one the session reads; 0 while there is none."""
    return version_read(session) or session.scalar(_NEWEST) or 0


def stamp(session: Session) -> str:
    """The key of caches of results: it changes whenever any result may have changed."""
    filling, newest, *_others = session.execute(_STAMP).one()
    return _stamp(filling, newest)


def stamp_now(engine: Engine) -> str:
    """The stamp now, without a session; a view of a page asks once for all its parts.

    That of an engine held at a version changes with the filling of the store alone.
    """
    return stamps_now(engine).results


def stamps_now(engine: Engine) -> Stamps:
    """All stamps by one question, which a view of a page asks once for all its parts."""
    return once((engine, "stamp"), partial(_stamps_of, engine))


def _stamps_of(engine: Engine) -> Stamps:
    with as_store_errors(engine.url), engine.connect() as connection:
        filling, newest, step, deed = connection.execute(_STAMP).one()
    return Stamps(_stamp(filling, version_held(engine) or newest), step or 0, deed or "")


def _stamp(filling: str | None, newest: int | None) -> str:
    return f"{filling or ''}-{newest or 0}"


def version(session: Session, number: int) -> VersionInfo:
    """One version; `NotFoundError` S012 when there is none of that number."""
    row = session.execute(select(_VERSION).where(_VERSION.c.id == number)).one_or_none()
    if row is None:
        raise NotFoundError("S012", name=number)
    return VersionInfo(*tuple(row))


def take_snapshot(
    session: Session, name: str, *, by: str, at: datetime | None = None
) -> SnapshotInfo:
    """Give the newest version of the results a name; `StoreError` S015 when it is taken."""
    if session.scalar(select(_SNAPSHOT.c.id).where(_SNAPSHOT.c.name == name)):
        raise StoreError("S015", name=name)
    held = latest_version(session) or open_version(session, why=FIRST, by=by, at=at)
    taken = SnapshotInfo(next_id(session, _SNAPSHOT), name, by, at or datetime.now(UTC), held)
    session.execute(
        _SNAPSHOT.insert(),
        {"id": taken.id, "name": name, "taken_by": by, "taken_at": taken.taken_at}
        | {"version_id": held},
    )
    return taken


def snapshots(session: Session) -> tuple[SnapshotInfo, ...]:
    """All snapshots, newest first."""
    rows = session.execute(select(_SNAPSHOT).order_by(_SNAPSHOT.c.id.desc()))
    return tuple(_snapshot(row) for row in rows)


def snapshot(session: Session, name: str) -> SnapshotInfo:
    """The snapshot of a name; `NotFoundError` S012 when there is none."""
    row = session.execute(select(_SNAPSHOT).where(_SNAPSHOT.c.name == name)).one_or_none()
    if row is None:
        raise NotFoundError("S012", name=name)
    return _snapshot(row)


def _snapshot(row: Row[Any]) -> SnapshotInfo:
    return SnapshotInfo(*tuple(row))
