"""Findings that a person opens, and the choice of a province to have those of yellow lights."""

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.access import roles as access
from core.areas import Level, parse_area
from core.errors import UsageError
from core.findings.lights import Kind, Light
from core.findings.states import Stage
from core.periods import Period
from core.services.audit.leaving import leave
from core.services.evidence.deeds import Actor
from core.services.evidence.handed_in import typed
from core.services.findings.changes import Changed
from core.services.findings.criteria import is_followed, requirement_of
from core.services.findings.lists import actor_for
from core.services.findings.newest import newest_value
from core.services.guard.doors import ANYWHERE, door
from core.services.rules.in_force import rules_in_force
from core.store.engine.unit_of_work import reading, unit_of_work
from core.store.findings import repository as stored
from core.store.findings.closings import choose, watching
from core.store.findings.rows import Action, NewChange, StoredFinding
from core.store.register.repository import areas, known_codes

_KINDS: Final = {Light.SILENT: Kind.SILENT, Light.YELLOW: Kind.WATCH}


@door(access.Action.FINDINGS, "subject")
def open_by_hand(
    engine: Engine, subject: str, criterion: str, period: Period, *, actor: Actor, why: str
) -> Changed:
    """Open a finding of a facility or an area whatever its light; one that is over opens again.

    `UsageError` U007 without a reason, U078 for a place nobody knows, U002 for a criterion that
    judges nothing of the kind, S077 where a finding is open already.
    """
    by = actor_for(actor, "open")
    if not typed(why):
        raise UsageError("U007")
    with unit_of_work(engine) as session:
        code = _known(session, subject)
        rules = rules_in_force(session, period)
        if not is_followed(rules, criterion, is_area=code not in known_codes(session)):
            raise UsageError("U002", criterion=criterion, fiscal_year=period.fiscal_year)
        there = stored.findings(session, subjects=[code], criteria=[criterion])
        if there and there[0].stage in (Stage.OPEN, Stage.PLANNED, Stage.REPORTED):
            raise UsageError("S077", finding=there[0].id)
        seen = newest_value(session, code, criterion, period)
        at = datetime.now(UTC)
        one = StoredFinding(
            id=there[0].id if there else stored.next_finding(session),
            subject=code,
            criterion=criterion,
            tests=(),
            kind=_KINDS.get(seen.light, Kind.RED),
            stage=Stage.OPEN,
            light=seen.light,
            opened_in=there[0].opened_in if there else period,
            result_period=seen.period or period.month,
            opened_at=there[0].opened_at if there else at,
            value=seen.value,
            requirement=requirement_of(rules, criterion),
            seen_in=seen.period or period.month,
            relapses=there[0].relapses if there else 0,
            revision=there[0].revision + 1 if there else 1,
        )
        action: Action = "reopened" if there else "opened"
        new = NewChange(action=action, by=by.name, role=by.role, at=at, why=typed(why))
        (stored.change if there else stored.enter)(session, [(one, new)])
        after = {"criterion": criterion, "period": str(period), "light": int(one.light)}
        leave(
            session, f"finding_{action}", f"finding:{one.id}", by=by.name, role=by.role, area=code,
            before={"stage": int(there[0].stage)} if there else None, after=after, reason=new.why,
        )  # fmt: skip
        session.commit()
    return Changed(one)


def _known(session: Session, subject: str) -> str:
    area = parse_area(subject)
    codes = known_codes(session)
    if area.level is Level.FACILITY and subject in codes:
        return codes[subject]
    if area.level is Level.COUNTRY or area.code in areas(session):
        return area.code
    raise UsageError("U078", subject=subject)


@door(access.Action.FINDINGS, "province")
def watch_yellow(
    engine: Engine, province: str, *, watched: bool, actor: Actor, why: str = ""
) -> None:
    """Choose whether yellow lights of a province need findings, from the next closing on.

    `UsageError` U006 for what is no province.
    """
    by = actor_for(actor, "choose")
    area = parse_area(province)
    if area.level is not Level.PROVINCE:
        raise UsageError("U006", area=province)
    with unit_of_work(engine) as session:
        choose(
            session, area.code, watched=watched, by=by.name, at=datetime.now(UTC), why=typed(why)
        )
        leave(
            session, "yellow_watched", f"area:{area.code}", by=by.name, role=by.role,
            area=area.code, after={"watched": watched}, reason=why,
        )  # fmt: skip
        session.commit()


@door(access.Action.READ, ANYWHERE)
def watching_provinces(engine: Engine) -> frozenset[str]:
    """The provinces that want findings of yellow lights as well."""
    with reading(engine) as session:
        return watching(session)
