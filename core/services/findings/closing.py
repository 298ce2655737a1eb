"""Closing a round or month: every light that needs a finding has one afterwards.

A deliberate act. Done again for the same results it changes nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

import numpy as np
import orjson
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.access import roles as access
from core.access.actors import THE_PROGRAM, acting
from core.areas import COUNTRY, parse_area
from core.errors import UsageError
from core.findings.lights import Kind, Light, kinds_of, opens
from core.findings.states import Event, Stage, Standing, judged
from core.periods import Period
from core.services.audit.leaving import leave
from core.services.evidence.deeds import Actor
from core.services.findings.criteria import moment, requirement_of
from core.services.findings.failing import failed_tests
from core.services.findings.lights import PeriodLights, SubjectLight, area_lights, period_lights
from core.services.findings.lists import actor_for
from core.services.foresight.ledger import keep_newest
from core.services.guard.doors import ANYWHERE, door
from core.services.overview.month import months
from core.store.engine.unit_of_work import unit_of_work
from core.store.findings import repository as stored
from core.store.findings.closings import closings, enter_closing, watching
from core.store.findings.repository import Pair
from core.store.findings.rows import Action, Closing, NewChange, NewClosing, StoredFinding
from core.text import Text

_ACTIONS: Final[Mapping[Event, Action]] = {
    Event.GREEN: "green",
    Event.CLOSED: "closed",
    Event.NO_LONGER_GREEN: "no_longer_green",
    Event.KIND: "kind",
    Event.REOPENED: "reopened",
    Event.RELAPSED: "relapsed",
}
_AGAIN: Final = (Event.REOPENED, Event.RELAPSED)
_Key = tuple[str, str]


@door(access.Action.FINDINGS, "area")
def close_period(
    engine: Engine,
    period: Period,
    *,
    actor: Actor,
    area: str = COUNTRY,
    at: datetime | None = None,
) -> Closing:
    """Close a month or a round for an area; what was closed and how many findings it changed.

    Who closes a month looks ahead from it: the forecasts of the newest month are kept as they are.
    `UsageError` U005 for another kind of period, U073 for one without results, U074 for one before
    the newest that was closed, U070 to U072 for an actor who may not.
    """
    by = actor_for(actor, "close_round")
    if period.part not in ("M", "R"):
        raise UsageError("U005", period=str(period))
    where = parse_area(area).code
    lights = period_lights(engine, period, where)
    if not any(one.results.any() for one in lights.columns):
        raise UsageError("U073", period=str(period), area=where)
    with unit_of_work(engine) as session:
        closed = close_lights(session, lights, by, at or datetime.now(UTC))
        after = {"opened": closed.opened, "reopened": closed.reopened, "closed": closed.closed}
        leave(
            session, "round_closed", f"period:{period}", by=by.name, role=by.role, area=where,
            after={**after, "lights": closed.lights},
        )  # fmt: skip
        session.commit()
    # Whoever closes a round: that forecasts are kept then is the program's own doing.
    with acting(THE_PROGRAM):
        keep_newest(engine)
    return closed


@door(access.Action.READ, ANYWHERE)
def periods_to_close(engine: Engine) -> tuple[Period, ...]:
    """Rounds and months with results of hospitals, the newest first, a round after its month."""
    periods = months(engine)
    rounds = (one.round for one in periods if one == one.round.month)
    return tuple(sorted({*periods, *rounds}, key=moment, reverse=True))


def close_lights(session: Session, lights: PeriodLights, by: Actor, at: datetime) -> Closing:
    """The same with lights that were read, within a unit of work of others.

    `UsageError` U074 for a period before the newest that was closed.
    """
    earlier = closings(session)
    _refuse_older(earlier, lights.period, lights.area)
    return _Closing(session, lights, by, at).do(earlier)


def _refuse_older(earlier: Iterable[Closing], period: Period, area: str) -> None:
    near = [one.period for one in earlier if COUNTRY in (one.area, area) or one.area == area]
    newest = max(near, key=moment, default=period)
    if moment(newest) > moment(period):
        raise UsageError("U074", period=str(period), newest=str(newest))


class _Closing:
    """One closing within a unit of work."""

    def __init__(self, session: Session, lights: PeriodLights, by: Actor, at: datetime) -> None:
        self.session, self.lights, self.by, self.at = session, lights, by, at
        self.watching = watching(session)
        self.known = [one for one in stored.findings(session) if lights.holds(one.subject)]
        self.current = self._current()
        self._requirements: dict[str, Text] = {}

    def do(self, earlier: Iterable[Closing]) -> Closing:
        """Judge the findings there are, open those that are missing, note the closing."""
        events = self._judge()
        opened = self._open()
        same = [o for o in earlier if (o.area, o.period) == (self.lights.area, self.lights.period)]
        if same and not opened and not events:
            return same[-1]
        new = NewClosing(
            area=self.lights.area,
            period=self.lights.period,
            by=self.by.name,
            role=self.by.role,
            at=self.at,
            lights=self.lights.count,
            opened=opened,
            reopened=sum(event in _AGAIN for event in events),
            closed=events.count(Event.CLOSED),
        )
        return enter_closing(self.session, new)

    def _current(self) -> Mapping[_Key, SubjectLight]:
        """Lights by subject and criterion: those that need a finding, and those of findings."""
        followed: dict[str, set[str]] = {}
        for one in self.known:
            followed.setdefault(one.criterion, set()).add(one.subject)
        lights = {}
        for lit in (*self.lights.columns, *area_lights(self.session, self.lights, followed)):
            mine = followed.get(lit.criterion, set())
            needed = opens(lit.lights, self._watched(lit.subjects)).tolist()
            for place, subject in enumerate(lit.subjects):
                if needed[place] or subject in mine:
                    lights[subject, lit.criterion] = SubjectLight(lit, place)
        return lights

    def _watched(self, subjects: Sequence[str]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        if not self.watching:
            return np.zeros(len(subjects), dtype=bool)
        return np.array([self.lights.province(one) in self.watching for one in subjects])

    def _judge(self) -> list[Event]:
        """What the lights do to the findings there are; what happened to those it changed."""
        here = [
            (one, self.current[one.subject, one.criterion])
            for one in self.known
            if (one.subject, one.criterion) in self.current
        ]
        if not here:
            return []
        now, events = judged(
            _standing([one for one, _light in here]),
            np.array([light.light for _one, light in here], dtype=np.int8),
            np.array([moment(light.period) for _one, light in here], dtype=np.int64),
            self._watched([one.subject for one, _light in here]),
        )
        after = [self._after(*pair, now, n, Event(int(events[n]))) for n, pair in enumerate(here)]
        places = np.flatnonzero(events).tolist()
        again = [here[n][1] for n in places if events[n] in _AGAIN]
        tests = failed_tests(self.session, self.lights.rules, again)
        changed = []
        for n in places:
            one, light, event = after[n], here[n][1], Event(int(events[n]))
            if event in _AGAIN:
                one = replace(one, tests=tests.get(light.key, ()))
            changed.append((one, self._change(_ACTIONS[event], light)))
        stored.look(self.session, [one for n, one in enumerate(after) if not events[n]])
        stored.change(self.session, changed)
        return [Event(int(events[n])) for n in places]

    def _after(
        self, one: StoredFinding, light: SubjectLight, now: Standing, place: int, event: Event
    ) -> StoredFinding:
        """A finding as it stands after its light."""
        if light.light == Light.NONE or moment(light.period) < moment(one.seen_in):
            return one
        seen = replace(one, light=Light(light.light), seen_in=light.period)
        if event is Event.NOTHING:
            return seen
        changed = replace(
            seen,
            stage=Stage(int(now.stage[place])),
            kind=Kind(int(now.kind[place])),
            accepted=bool(now.accepted[place]),
            green_in=(one.green_in or light.period) if now.green[place] else None,
            closed_at=self.at if event is Event.CLOSED else one.closed_at,
            relapses=int(now.relapses[place]),
            revision=one.revision + 1,
        )
        if event not in _AGAIN:
            return changed
        # What was planned before stands in the history alone.
        return replace(
            changed, result_period=light.period,
            value=light.value, requirement=self._requirement_of(light),
            cause="", cause_words="", measure="",
            owner_role="", owner_unit="", due=None, closed_at=None,
        )  # fmt: skip

    def _open(self) -> int:
        """Open a finding for each light that needs one and has none; how many."""
        there = {(one.subject, one.criterion) for one in self.known}
        missing = [(key, light) for key, light in sorted(self.current.items()) if key not in there]
        tests = failed_tests(self.session, self.lights.rules, [light for _key, light in missing])
        kinds = kinds_of(np.array([light.light for _key, light in missing], dtype=np.int8)).tolist()
        first = stored.next_finding(self.session)
        opened: list[Pair] = []
        for place, ((subject, criterion), light) in enumerate(missing):
            new = StoredFinding(
                id=first + place,
                subject=subject,
                criterion=criterion,
                tests=tests.get(light.key, ()),
                kind=Kind(kinds[place]),
                stage=Stage.OPEN,
                light=Light(light.light),
                opened_in=self.lights.period,
                result_period=light.period,
                opened_at=self.at,
                value=light.value,
                requirement=self._requirement_of(light),
                seen_in=light.period,
            )
            opened.append((new, self._change("opened", light)))
        stored.enter(self.session, opened)
        return len(opened)

    def _requirement_of(self, light: SubjectLight) -> Text:
        criterion = light.lit.criterion
        if criterion not in self._requirements:
            self._requirements[criterion] = requirement_of(self.lights.rules, criterion)
        return self._requirements[criterion]

    def _change(self, action: Action, light: SubjectLight) -> NewChange:
        return NewChange(
            action=action,
            by=self.by.name,
            role=self.by.role,
            at=self.at,
            period=self.lights.period,
            content=_content(light),
        )


def _standing(findings: Sequence[StoredFinding]) -> Standing:
    """Findings as columns."""
    return Standing(
        stage=np.array([one.stage for one in findings], dtype=np.int8),
        kind=np.array([one.kind for one in findings], dtype=np.int8),
        accepted=np.array([one.accepted for one in findings], dtype=bool),
        opened=np.array([moment(one.result_period) for one in findings], dtype=np.int64),
        seen=np.array([moment(one.seen_in) for one in findings], dtype=np.int64),
        green=np.array(
            [moment(one.green_in) if one.green_in else 0 for one in findings], dtype=np.int64
        ),
        relapses=np.array([one.relapses for one in findings], dtype=np.int64),
    )


def _content(light: SubjectLight) -> str:
    """What the light was, as it is kept with a change."""
    content = {"light": light.light, "value": light.value, "of": str(light.period)}
    return orjson.dumps(content).decode()
