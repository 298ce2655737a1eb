"""Findings: read as values, entered and updated many at a time, each change kept."""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import Select, bindparam, func, select, update
from sqlalchemy.orm import Session

from core.errors import NotFoundError
from core.findings.lights import Kind, Light
from core.findings.states import Stage
from core.periods import Period
from core.store.findings.past import as_it_stood
from core.store.findings.rows import Change, Evidence, NewChange, StoredFinding
from core.store.schema.bulk import next_id, table_of
from core.store.schema.codes import enter_periods
from core.store.schema.columns import UtcTime
from core.store.schema.finding_tables import (
    Finding,
    FindingChange,
    FindingClosing,
    FindingEvidence,
)
from core.store.schema.keys import period_key, period_of
from core.store.schema.moment import moment_read
from core.text import Text

_FINDING: Final = table_of(Finding)
_CHANGE: Final = table_of(FindingChange)
_EVIDENCE: Final = table_of(FindingEvidence)
_SAME: Final = (
    "id", "subject", "criterion", "opened_at", "cause", "cause_words", "measure", "owner_role",
    "owner_unit", "due", "accepted", "closed_at", "relapses", "revision",
)  # fmt: skip
"""Columns whose values are those of a finding as they are."""
_FEW: Final = 500
"""Up to so many subjects are selected by name; more are filtered after reading."""

Pair = tuple[StoredFinding, NewChange]


def findings(
    session: Session,
    *,
    subjects: Collection[str] | None = None,
    criteria: Collection[str] | None = None,
) -> tuple[StoredFinding, ...]:
    """All findings, or those of some subjects and criteria, in the order of their numbers."""
    f = _FINDING.c
    query: Select[Any] = select(_FINDING).order_by(f.id)
    if criteria is not None:
        query = query.where(f.criterion.in_(criteria))
    if subjects is not None and len(subjects) <= _FEW:
        query = query.where(f.subject.in_(subjects))
    rows = session.execute(query).mappings()
    wanted = None if subjects is None else set(subjects)
    stored = [_finding(row) for row in rows if wanted is None or row["subject"] in wanted]
    return tuple(_as_of(session, stored))


def _as_of(session: Session, stored: Sequence[StoredFinding]) -> Sequence[StoredFinding]:
    """Findings as they stood at the session's moment; those opened later are not there yet."""
    moment = moment_read(session)
    if moment is None:
        return stored
    c = _CHANGE.c
    later = set(session.scalars(select(c.finding_id).where(c.changed_at > moment)))
    there = [one for one in stored if one.opened_at <= moment]
    if later.isdisjoint(one.id for one in there):
        return there
    done: dict[int, list[Change]] = defaultdict(list)
    for change_ in changes(session):
        done[change_.finding].append(change_)
    return [as_it_stood(one, done[one.id]) if one.id in later else one for one in there]


def finding(session: Session, number: int) -> StoredFinding:
    """One finding; `NotFoundError` S070 when there is none of that number."""
    row = session.execute(select(_FINDING).where(_FINDING.c.id == number)).mappings().first()
    stored = _as_of(session, [_finding(row)]) if row else ()
    if not stored:
        raise NotFoundError("S070", finding=number)
    return stored[0]


def _finding(row: Mapping[Any, Any]) -> StoredFinding:
    value, green = row["value"], row["green_in"]
    return StoredFinding(
        **{name: row[name] for name in _SAME},
        tests=tuple(row["tests"].split()),
        kind=Kind(row["kind"]),
        stage=Stage(row["stage"]),
        light=Light(row["light"]),
        opened_in=period_of(row["opened_in"]),
        result_period=period_of(row["result_period"]),
        value=None if math.isnan(value) else value,
        requirement=Text(row["asked_th"], row["asked_en"]),
        green_in=period_of(green) if green else None,
        seen_in=period_of(row["seen_in"]),
    )


def _row(one: StoredFinding) -> dict[str, Any]:
    return {
        "id": one.id, "subject": one.subject, "criterion": one.criterion,
        "tests": " ".join(one.tests), "kind": int(one.kind), "stage": int(one.stage),
        "light": int(one.light), "opened_in": period_key(one.opened_in),
        "result_period": period_key(one.result_period), "opened_at": one.opened_at,
        "value": one.value, "asked_th": one.requirement.th, "asked_en": one.requirement.en,
        "cause": one.cause, "cause_words": one.cause_words, "measure": one.measure,
        "owner_role": one.owner_role, "owner_unit": one.owner_unit, "due": one.due,
        "accepted": one.accepted, "green_in": period_key(one.green_in) if one.green_in else 0,
        "seen_in": period_key(one.seen_in), "closed_at": one.closed_at,
        "relapses": one.relapses, "revision": one.revision,
    }  # fmt: skip


def next_finding(session: Session) -> int:
    """The number that the next new finding has."""
    return next_id(session, _FINDING)


def enter(session: Session, opened: Sequence[Pair]) -> None:
    """Store new findings, each with the change that opened it."""
    if not opened:
        return
    periods = {period for one, _change in opened for period in (one.opened_in, one.result_period)}
    enter_periods(session, map(period_key, periods))
    session.execute(_FINDING.insert(), [_row(one) for one, _change in opened])
    _keep(session, opened)


def change(session: Session, changed: Sequence[Pair]) -> None:
    """Store findings as they are now, each with the change that made it so."""
    if not changed:
        return
    periods = {period for one, _change in changed for period in (one.opened_in, one.result_period)}
    enter_periods(session, map(period_key, periods))
    _update(session, [column.name for column in _FINDING.columns][1:], map(_first, changed))
    _keep(session, changed)


def _first(pair: Pair) -> StoredFinding:
    return pair[0]


def look(session: Session, seen: Sequence[StoredFinding]) -> None:
    """Keep the light and the period that findings were judged by last: no change of theirs."""
    _update(session, ["light", "seen_in"], seen)


def _update(session: Session, columns: Sequence[str], now: Iterable[StoredFinding]) -> None:
    rows = [
        {"number": row["id"]} | {f"new_{name}": row[name] for name in columns}
        for row in map(_row, now)
    ]
    if rows:
        statement = update(_FINDING).where(_FINDING.c.id == bindparam("number"))
        new: dict[str, Any] = {name: bindparam(f"new_{name}") for name in columns}
        session.connection().execute(statement.values(new), rows)


def _keep(session: Session, changed: Iterable[Pair]) -> None:
    first = next_id(session, _CHANGE)
    rows = [
        {"id": first + place, "finding_id": one.id, "revision": one.revision,
         "action": new.action, "changed_by": new.by, "role": new.role, "changed_at": new.at,
         "why": new.why, "period_id": period_key(new.period) if new.period else 0,
         "content": new.content, "unseen": new.unseen}
        for place, (one, new) in enumerate(changed)
    ]  # fmt: skip
    session.execute(_CHANGE.insert(), rows)


def changes(session: Session, number: int | None = None) -> tuple[Change, ...]:
    """The changes of one finding, or of all, oldest first."""
    query = select(_CHANGE).order_by(_CHANGE.c.finding_id, _CHANGE.c.revision)
    if number is not None:
        query = query.where(_CHANGE.c.finding_id == number)
    if (moment := moment_read(session)) is not None:
        query = query.where(_CHANGE.c.changed_at <= moment)
    return tuple(map(_change, session.execute(query).mappings()))


def _change(row: Mapping[Any, Any]) -> Change:
    period: Period | None = period_of(row["period_id"]) if row["period_id"] else None
    return Change(
        id=row["id"], finding=row["finding_id"], revision=row["revision"], action=row["action"],
        by=row["changed_by"], role=row["role"], at=row["changed_at"], why=row["why"],
        period=period, content=row["content"], unseen=row["unseen"],
    )  # fmt: skip


def enter_evidence(
    session: Session, one: StoredFinding, *, link: str, file_name: str, sha256: str, content: bytes
) -> None:
    """Keep the evidence that the newest change of a finding brought."""
    c = _CHANGE.c
    query = select(c.id).where(c.finding_id == one.id, c.revision == one.revision)
    session.execute(
        _EVIDENCE.insert(),
        {"change_id": session.execute(query).scalar_one(), "finding_id": one.id, "link": link,
         "file_name": file_name, "sha256": sha256, "size": len(content), "content": content},
    )  # fmt: skip


def enter_links(
    session: Session, several: Sequence[StoredFinding], links: Mapping[int, str]
) -> None:
    """Keep links that the newest changes of some findings brought, by the findings' numbers."""
    c, newest = _CHANGE.c, {one.id: one.revision for one in several}
    rows = [
        {"change_id": number, "finding_id": one, "link": links[one], "file_name": "",
         "sha256": "", "size": 0, "content": b""}
        for number, one, revision in session.execute(select(c.id, c.finding_id, c.revision))
        if newest.get(one) == revision
    ]  # fmt: skip
    if rows:
        session.execute(_EVIDENCE.insert(), rows)


def evidence(session: Session, number: int | None = None) -> tuple[Evidence, ...]:
    """The evidence of one finding, or of all, oldest first, without the bytes of files."""
    e = _EVIDENCE.c
    query = select(e.change_id, e.finding_id, e.link, e.file_name, e.sha256, e.size)
    if number is not None:
        query = query.where(e.finding_id == number)
    if (moment := moment_read(session)) is not None:
        known = select(_CHANGE.c.id).where(_CHANGE.c.changed_at <= moment)
        query = query.where(e.change_id.in_(known))
    return tuple(Evidence(*row) for row in session.execute(query.order_by(e.change_id)))


def subject_of_evidence(session: Session, change_id: int) -> str:
    """Whom evidence was handed in for; `NotFoundError` S071 when there is none."""
    query = select(_FINDING.c.subject).join(_EVIDENCE, _EVIDENCE.c.finding_id == _FINDING.c.id)
    subject = session.scalar(query.where(_EVIDENCE.c.change_id == change_id))
    if subject is None:
        raise NotFoundError("S071", change=change_id)
    return str(subject)


def evidence_file(session: Session, change_id: int) -> bytes:
    """The bytes of a file that was handed in; `NotFoundError` S071 when there is none."""
    query = select(_EVIDENCE.c.content).where(_EVIDENCE.c.change_id == change_id)
    content = session.execute(query).scalar_one_or_none()
    if not content:
        raise NotFoundError("S071", change=change_id)
    return bytes(content)


class Stamp(NamedTuple):
    """What differs after every change of any finding, and after a look at lights.

    `closed_at` is the moment of the newest closing, None before there is one.
    """

    changes: int
    changed_at: datetime | None
    seen: int
    closed_at: datetime | None


def stamp(session: Session) -> Stamp:
    """The stamp of now, by one question."""
    f, c, d = _FINDING.c, _CHANGE.c, table_of(FindingClosing).c
    newest = select(func.max(d.closed_at, type_=UtcTime()))
    if (moment := moment_read(session)) is not None:
        newest = newest.where(d.closed_at <= moment)
    query = select(
        select(func.count(c.id)).scalar_subquery(),
        select(func.max(c.changed_at, type_=UtcTime())).scalar_subquery(),
        select(func.coalesce(func.sum(f.seen_in + f.light), 0)).scalar_subquery(),
        newest.scalar_subquery(),
    )
    count, changed, seen, closed = session.execute(query).one()
    return Stamp(int(count), changed, int(seen), closed)
