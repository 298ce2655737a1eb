"""Eight rounds closed one after the other, and between them what the offices do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final

import orjson
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.areas import COUNTRY
from core.demo.draws import Draws, within
from core.demo.files.senders import sender_of
from core.demo.findings.parameters import Answer, FindingParameters, finding_parameters
from core.demo.parameters import story_parameters
from core.findings.lights import Kind
from core.findings.states import Act, Stage, after, may
from core.periods import Period
from core.scoring.base.inputs import FloatArray
from core.services.evidence.deeds import Actor
from core.services.findings.changes import done_as
from core.services.findings.closing import close_lights
from core.services.findings.lights import PeriodLights, period_lights
from core.store.findings import repository as stored
from core.store.findings.narratives import enter_narrative
from core.store.findings.rows import Action, Narrative, NewChange, StoredFinding
from core.store.register.repository import PlacedFacility, areas, facilities

_NOON: Final = time(9, tzinfo=UTC)
_ACTIONS: Final[dict[Act, Action]] = {
    "plan": "planned", "report": "reported", "accept": "accepted", "withdraw": "withdrawn",
}  # fmt: skip
_ROLES: Final[dict[Act, str]] = {
    "plan": "cup", "report": "cup", "accept": "province", "withdraw": "province",
}  # fmt: skip


def closed_periods() -> tuple[Period, ...]:
    """What is closed, oldest first: quarters' last months, those of a round with the round."""
    months = [
        Period(year, "M", month)
        for year in story_parameters().fiscal_years
        for month in finding_parameters().months
    ]
    return tuple(one.round if one == one.round.month else one for one in months)


def lights_of_story(engine: Engine) -> tuple[PeriodLights, ...]:
    """The lights of every period that is closed, from results that are stored."""
    return tuple(period_lights(engine, period, COUNTRY) for period in closed_periods())


def tell_findings(session: Session, lights: Sequence[PeriodLights]) -> None:
    """Close every period, with what was done about the findings before the next one."""
    story = _Story(session)
    for place, one in enumerate(lights):
        closed_at = story.closing_day(one.period)
        close_lights(session, one, Actor(story.parameters.closer, "administrator"), closed_at)
        story.act(place, closed_at)
    for one in [one for one in lights if one.period.part == "R"][-2:]:
        story.narrate(one.period)


@dataclass(frozen=True, slots=True)
class _Draw:
    """Random numbers from 0 to 1 for one finding in one round."""

    does: float
    when: float
    due: float
    choice: float


class _Story:
    """What the offices do, by draws that are the same on every machine."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.parameters: FindingParameters = finding_parameters()
        self.draws = Draws(self.parameters.seed)
        self.sites = {one.hcode: one for one in facilities(session)}
        districts = sorted({one.district for one in self.sites.values()})
        slow = self.draws.uniform("slow", len(districts))
        self.pace = {
            code: 1.0 - self.parameters.slow * float(share)
            for code, share in zip(districts, slow, strict=True)
        }

    def closing_day(self, period: Period) -> datetime:
        """When a period is closed."""
        day = period.month.last_day + timedelta(days=self.parameters.closed_after)
        return datetime.combine(day, _NOON)

    def act(self, place: int, closed_at: datetime) -> None:
        """What is done between a closing and the next: planned, handed in, accepted, withdrawn."""
        p = self.parameters
        steps: tuple[tuple[Act, float, tuple[int, int]], ...] = (
            ("withdraw", p.withdrawn, p.planned_within),
            ("plan", p.planned, p.planned_within),
            ("report", p.reported, p.reported_within),
            ("accept", p.accepted, p.accepted_within),
        )
        now = {one.id: one for one in stored.findings(self.session)}
        for act, share, days in steps:
            waiting = [one for one in now.values() if _waits_for(act, one)]
            draws = self.draws.uniform(f"{act} {place}", len(waiting), 4)
            done = list(self._done(act, waiting, draws, share, closed_at, days))
            stored.change(self.session, done)
            now |= {one.id: one for one, _change in done}
            if act == "report":
                self._hand_in([one for one, _change in done])

    def _done(
        self,
        act: Act,
        findings: Sequence[StoredFinding],
        draws: FloatArray,
        share: float,
        closed_at: datetime,
        days: tuple[int, int],
    ) -> Iterator[tuple[StoredFinding, NewChange]]:
        for one, numbers in zip(findings, draws.tolist(), strict=True):
            draw, site = _Draw(*numbers), self.sites[one.subject]
            if draw.does < share * (self.pace[site.district] if act != "withdraw" else 1.0):
                at = closed_at + timedelta(days=float(within(*days, draw.when)))  # type: ignore[arg-type]
                yield self._changed(act, one, site, draw, at.replace(microsecond=0))

    def _changed(
        self, act: Act, one: StoredFinding, site: PlacedFacility, draw: _Draw, at: datetime
    ) -> tuple[StoredFinding, NewChange]:
        planned = self._planned(one, site, draw, at) if act == "plan" else {}
        stage, accepted = after(
            act, one.stage, accepted=one.accepted, green=one.green_in is not None
        )
        changed = replace(
            one, **planned, stage=stage, accepted=accepted, revision=one.revision + 1,
            closed_at=at if stage is Stage.CLOSED else one.closed_at,
        )  # fmt: skip
        role = _ROLES[act]
        office = site.district if role == "cup" else site.province
        why = {"accept": self.parameters.accepted_why, "withdraw": self.parameters.withdrawn_why}
        content = {name: str(value) for name, value in planned.items()}
        return changed, NewChange(
            action=done_as(_ACTIONS[act], stage), by=sender_of(office), role=role, at=at,
            why=why.get(act, ""), content=orjson.dumps(content).decode(),
        )  # fmt: skip

    def _planned(
        self, one: StoredFinding, site: PlacedFacility, draw: _Draw, at: datetime
    ) -> dict[str, Any]:
        answer = self._answer(one)
        low, high = self.parameters.due_within
        return {
            "cause": answer.causes[int(draw.choice * len(answer.causes))],
            "measure": answer.measure,
            "owner_role": answer.owner,
            "owner_unit": site.name_th,
            "due": at.date() + timedelta(days=int(low + draw.due * (high - low))),
        }

    def _answer(self, one: StoredFinding) -> Answer:
        answers = self.parameters.answers
        if one.kind is Kind.SILENT:
            return answers["silent"]
        return answers.get(one.criterion.partition(".")[0], answers["other"])

    def _hand_in(self, reported: Sequence[StoredFinding]) -> None:
        links = {one.id: self.parameters.link.format(number=one.id) for one in reported}
        stored.enter_links(self.session, reported, links)

    def narrate(self, period: Period) -> None:
        """What the provinces of one region type for the reports of a round."""
        p = self.parameters
        provinces = [a.code for a in areas(self.session).values() if a.parent == p.narrated_region]
        for province in provinces:
            for part, typed in p.narrated.items():
                new = Narrative(
                    area=province, period=period.round, part=part, version=1, words=typed.words,
                    evidence=typed.evidence, role="province", by=sender_of(province),
                    at=self.closing_day(period), unseen=0,
                )  # fmt: skip
                enter_narrative(self.session, new)


def _waits_for(act: Act, one: StoredFinding) -> bool:
    """Whether an office would do this about a finding now; no step is done twice."""
    stage = {"accept": Stage.REPORTED, "report": Stage.PLANNED}.get(act, Stage.OPEN)
    return may(act, one.stage) and one.stage is stage and not one.accepted
