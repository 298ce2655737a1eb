"""What people do to findings: open by hand, plan, report, accept, close, withdraw.

Two who change one finding at once both have their way: each change is kept, the later one counts,
and both are told.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, Final

import orjson
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.access import roles as access
from core.errors import UsageError
from core.findings.lights import Kind, Light
from core.findings.states import Act, Stage, after, may
from core.periods import day_text, in_thailand, parse_day
from core.services.audit.leaving import changed_fields, leave
from core.services.evidence.deeds import Actor, Deed
from core.services.evidence.handed_in import HandedIn, checked_evidence, typed
from core.services.findings.criteria import moment
from core.services.findings.lists import actor_for, finding_lists, listed
from core.services.findings.newest import newest_light
from core.services.findings.wording import light_text, missing_text, stage_text
from core.services.guard.doors import door
from core.services.guard.whose import subject_of_finding
from core.store.engine.unit_of_work import reading, unit_of_work
from core.store.findings import repository as stored
from core.store.findings.rows import Action, Change, NewChange, StoredFinding

_DONE: Final[dict[Act, Action]] = {
    "plan": "planned", "report": "reported", "accept": "accepted", "close": "closed",
    "withdraw": "withdrawn",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Plan:
    """What is planned for a finding: ids of the lists, words, and a day, typed or as a date."""

    cause: str
    measure: str
    owner_role: str
    owner_unit: str
    due: date | str | None
    cause_words: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """A finding after a change; `unseen` are changes of others that its maker had not seen."""

    finding: StoredFinding
    unseen: tuple[Change, ...] = ()


_Work = Callable[[StoredFinding], tuple[StoredFinding, dict[str, Any]]]


@door(access.Action.FINDINGS, subject_of_finding)
def plan(
    engine: Engine, number: int, planned: Plan, *, actor: Actor, known: int = 0, why: str = ""
) -> Changed:
    """Say what is done about a finding; `known` is the revision that was seen, 0 for the newest.

    `UsageError` U075 where something of the plan is missing, U076 for a cause or an owner that no
    list has, U077 for a due date that is none or has passed; S072 where the finding is over.
    """
    by = actor_for(actor, "plan")
    content = _checked_plan(planned)

    def work(one: StoredFinding) -> tuple[StoredFinding, dict[str, Any]]:
        due = _due(planned.due, one)
        return replace(one, **content, due=due), content | {"due": due.isoformat()}

    return _change(engine, number, Deed("plan", by, known, why), work)


@door(access.Action.FINDINGS, subject_of_finding)
def report(
    engine: Engine, number: int, handed: HandedIn, *, actor: Actor, known: int = 0, why: str = ""
) -> Changed:
    """Hand in evidence for a planned finding.

    `UsageError` U079 without any, for a link that is none, for a file that is empty or too large;
    S073 before there is a plan.
    """
    by = actor_for(actor, "report")
    given = checked_evidence(handed)

    def work(one: StoredFinding) -> tuple[StoredFinding, dict[str, Any]]:
        return one, {"link": given.link, "file": given.file_name, "sha256": given.sha256}

    def keep(session: Session, one: StoredFinding) -> None:
        stored.enter_evidence(
            session, one, link=given.link, file_name=given.file_name, sha256=given.sha256,
            content=given.content,
        )  # fmt: skip

    return _change(engine, number, Deed("report", by, known, why), work, keep)


@door(access.Action.FINDINGS, subject_of_finding)
def accept(engine: Engine, number: int, *, actor: Actor, known: int = 0, why: str = "") -> Changed:
    """Accept the evidence; closes the finding where its light is green in a later period.

    `UsageError` S074 before there is evidence.
    """
    by = actor_for(actor, "accept")
    return _change(engine, number, Deed("accept", by, known, why))


@door(access.Action.FINDINGS, subject_of_finding)
def close(engine: Engine, number: int, *, actor: Actor, known: int = 0, why: str = "") -> Changed:
    """Close a finding by the newest results, without waiting for the round to be closed.

    `UsageError` S075 while its evidence is not accepted, S076 while its light is not green in a
    period later than the one it was opened for.
    """
    by = actor_for(actor, "close")
    with reading(engine) as session:
        light, period = newest_light(engine, session, stored.finding(session, number))

    def work(one: StoredFinding) -> tuple[StoredFinding, dict[str, Any]]:
        if not one.accepted:
            raise UsageError("S075", finding=number)
        is_later = period is not None and moment(period) > moment(one.result_period)
        settles = light is Light.GREEN or (one.kind is Kind.SILENT and light is Light.YELLOW)
        if period is None or not is_later or not settles:
            light_name = light_text(light, period or one.result_period)
            raise UsageError("S076", finding=number, light=light_name)
        return replace(one, green_in=one.green_in or period, light=light, seen_in=period), {}

    return _change(engine, number, Deed("close", by, known, why), work)


@door(access.Action.FINDINGS, subject_of_finding)
def withdraw(engine: Engine, number: int, *, actor: Actor, why: str, known: int = 0) -> Changed:
    """Take a finding back; `UsageError` U007 without a reason."""
    by = actor_for(actor, "withdraw")
    if not typed(why):
        raise UsageError("U007")
    return _change(engine, number, Deed("withdraw", by, known, why))


def done_as(action: Action, stage: Stage) -> Action:
    """What is kept as done: that accepting evidence closed a finding is said."""
    return "accepted_closed" if action == "accepted" and stage is Stage.CLOSED else action


def _unchanged(one: StoredFinding) -> tuple[StoredFinding, dict[str, Any]]:
    return one, {}


def _change(
    engine: Engine,
    number: int,
    deed: Deed[Act],
    work: _Work = _unchanged,
    keep: Callable[[Session, StoredFinding], None] | None = None,
) -> Changed:
    """Do something to a finding within a unit of work."""
    with unit_of_work(engine) as session:
        one = stored.finding(session, number)
        _refuse(deed.act, one)
        changed, content = work(one)
        at = datetime.now(UTC)
        stage, accepted = after(
            deed.act, one.stage, accepted=one.accepted, green=changed.green_in is not None
        )
        changed = replace(
            changed,
            stage=stage,
            accepted=accepted,
            closed_at=at if stage is Stage.CLOSED else one.closed_at,
            revision=one.revision + 1,
        )
        others = deed.unseen(stored.changes(session, number))
        new = NewChange(
            action=done_as(_DONE[deed.act], stage), by=deed.by.name, role=deed.by.role, at=at,
            why=typed(deed.why), content=orjson.dumps(content).decode(), unseen=len(others),
        )  # fmt: skip
        stored.change(session, [(changed, new)])
        if keep:
            keep(session, changed)
        _leave(session, one, changed, new)
        session.commit()
    return Changed(changed, others)


def _leave(session: Session, was: StoredFinding, now: StoredFinding, change: NewChange) -> None:
    before, after = changed_fields(was, now)
    leave(
        session, f"finding_{change.action}", f"finding:{now.id}", by=change.by, role=change.role,
        area=now.subject, before=before, after=after, reason=change.why,
    )  # fmt: skip


def _refuse(act: Act, one: StoredFinding) -> None:
    """`UsageError` where a finding cannot be treated so, saying what has to come first."""
    if may(act, one.stage):
        return
    if one.stage in (Stage.CLOSED, Stage.WITHDRAWN):
        raise UsageError("S072", finding=one.id, state=stage_text(one.stage))
    if act == "report":
        raise UsageError("S073", finding=one.id)
    raise UsageError("S074", finding=one.id)


def _checked_plan(planned: Plan) -> dict[str, Any]:
    content = {
        "cause": typed(planned.cause),
        "measure": typed(planned.measure),
        "owner_role": typed(planned.owner_role),
        "owner_unit": typed(planned.owner_unit),
    }
    missing = [name for name, text in content.items() if not text]
    if planned.due in (None, ""):
        missing.append("due")
    if missing:
        raise UsageError("U075", missing=missing_text(missing))
    lists = finding_lists()
    for name, known in (("cause", lists.causes), ("owner_role", lists.owners)):
        if content[name] not in known:
            all_of = ", ".join(f"{key} ({listed(key, known).th})" for key in known)
            raise UsageError("U076", typed=content[name], known=all_of)
    return content | {"cause_words": typed(planned.cause_words)}


def _due(given: date | str | None, one: StoredFinding) -> date:
    opened = in_thailand(one.opened_at).date()
    try:
        due = given if isinstance(given, date) else parse_day(given or "")
    except UsageError as error:
        raise UsageError("U077", typed=given, opened=day_text(opened)) from error
    if due < opened:
        raise UsageError("U077", typed=day_text(due), opened=day_text(opened))
    return due
