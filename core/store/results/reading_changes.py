"""Changes of the readings that results follow where rules contradict themselves."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.store.results.moment import version_read
from core.store.results.versions import VersionInfo
from core.store.schema.bulk import table_of
from core.store.schema.tables import ReadingChange, ResultsVersion

_CHANGE = table_of(ReadingChange)
_VERSION = table_of(ResultsVersion)


@dataclass(frozen=True, slots=True)
class ReadingChangeInfo:
    """A switch whose reading was changed from `before` to `after` with a version."""

    version: VersionInfo
    switch: str
    before: str
    after: str


def enter_reading_changes(
    session: Session, version: int, before: Mapping[str, str], after: Mapping[str, str]
) -> None:
    """Record that some switches change their reading with a version; keys are switches."""
    session.execute(
        _CHANGE.insert(),
        [
            {"version_id": version, "switch": key, "before": before[key], "after": name}
            for key, name in after.items()
        ],
    )


def readings_at(session: Session, version: int | None = None) -> dict[str, str]:
    """The readings chosen up to a version, by switch; defaults are left out.

    Without a version up to the moment that the session reads.
    """
    version = version_read(session) if version is None else version
    query = select(_CHANGE.c.switch, _CHANGE.c.after).order_by(_CHANGE.c.version_id)
    if version is not None:
        query = query.where(_CHANGE.c.version_id <= version)
    return {key: name for key, name in session.execute(query)}  # noqa: C416


def reading_changes(session: Session) -> tuple[ReadingChangeInfo, ...]:
    """Every change of a reading, newest first."""
    query = (
        select(_VERSION, _CHANGE.c.switch, _CHANGE.c.before, _CHANGE.c.after)
        .join(_VERSION, _VERSION.c.id == _CHANGE.c.version_id)
        .order_by(_CHANGE.c.version_id.desc(), _CHANGE.c.switch)
    )
    rows = [tuple(row) for row in session.execute(query)]
    return tuple(ReadingChangeInfo(VersionInfo(*row[:-3]), *row[-3:]) for row in rows)
