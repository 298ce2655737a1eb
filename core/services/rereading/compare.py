"""Other readings of a contradictory rule: comparing their results, and switching to them.

To compare, whole periods are judged under both readings; nothing is stored. Switching recomputes
everything as one new version of the results.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.access.roles import Action
from core.areas import COUNTRY, parse_area
from core.criteria.catalog import RuleSet, catalog
from core.criteria.model import AreaShare
from core.errors import UsageError
from core.periods import Period
from core.services.audit.leaving import leave
from core.services.geography.whereabouts import Whereabouts, whereabouts
from core.services.guard.doors import ANYWHERE, door
from core.services.recompute.periods import everything
from core.services.recompute.versions import Cause, Progress, Recomputed, recompute_all
from core.services.rereading.changes import ChangedResult, Side, Sides, changed_results, sides_of
from core.services.results.listing import covered
from core.services.rules.in_force import (
    READINGS,
    choose_readings,
    every_reading,
    readings_in_force,
    rules_in_force,
)
from core.store.engine.unit_of_work import reading, unit_of_work
from core.store.results.repository import periods_with_results
from core.store.results.versions import latest_version, stamp, stamp_now

_CACHED: Final = 48
"""Comparisons of a period in the cache, about a megabyte each."""
_CACHED_NOW: Final = 6
"""Periods under the readings in force in the cache: several readings are compared with one."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One criterion in one period: the results that change, and by subject those that do not.

    `of_areas`: it judges areas, not facilities or networks. `concerned`: the reading changed is its
    own, not only one of a rule it depends on.
    """

    criterion: str
    period: Period
    of_areas: bool
    concerned: bool
    changed: tuple[ChangedResult, ...]
    unchanged: Mapping[str, Side]


@dataclass(frozen=True)
class Rescored:
    """What other readings would change in an area and some periods; nothing of it is stored.

    `before` and `after` are the readings by switch. `places` locate the subjects of each period.
    `version` is that of the stored results.
    """

    before: Mapping[str, str]
    after: Mapping[str, str]
    area: str
    periods: tuple[Period, ...]
    compared: tuple[Compared, ...]
    places: Mapping[Period, Whereabouts]
    version: int


@dataclass(frozen=True, slots=True)
class Switched:
    """The outcome of a switch; `recomputed` is None where the readings were in force already."""

    before: Mapping[str, str]
    after: Mapping[str, str]
    recomputed: Recomputed | None


def concerned_criteria(switches: Iterable[str]) -> tuple[str, ...]:
    """The criteria that have some of the switches, in the order of the catalogue."""
    wanted = set(switches)
    return tuple(
        key
        for key, criterion in catalog().criteria.items()
        if any(wanted & edition.readings.keys() for edition in criterion.editions)
    )


@door(Action.READ, ANYWHERE)
def rescored_periods(engine: Engine, switches: Iterable[str]) -> tuple[Period, ...]:
    """The periods with results of criteria that have some of the switches, oldest first."""
    return _periods(engine, stamp_now(engine), tuple(sorted(switches)))


@lru_cache(maxsize=64)
def _periods(engine: Engine, version: str, switches: tuple[str, ...]) -> tuple[Period, ...]:  # noqa: ARG001
    with reading(engine) as session:
        periods = {
            period
            for criterion in concerned_criteria(switches)
            for period in periods_with_results(session, criterion)
        }
    return tuple(sorted(periods, key=lambda one: (one.part, one)))


@door(Action.READ, "area")
def rescore(
    engine: Engine,
    readings: Mapping[str, str],
    *,
    area: str = COUNTRY,
    period: Period | None = None,
    progress: Progress | None = None,
) -> Rescored:
    """What would change under other readings; stores nothing.

    Switches not in `readings` keep the reading in force. A fiscal year or quarter stands for all
    in it, no period for all there are. `UsageError`: U003 for an unknown reading, U006 for no code
    of an area.
    """
    catalog().check_readings(readings)
    place = parse_area(area).code
    with reading(engine) as session:
        at, version = stamp(session), latest_version(session)
        force = every_reading(readings_in_force(session))
    wanted = None if period is None else covered(period)
    every = _periods(engine, at, tuple(sorted(readings)))
    known = tuple(one for one in every if wanted is None or one in wanted)
    chosen = tuple(sorted(readings.items()))
    for done, one in enumerate(known, start=1):
        _compared(engine, at, chosen, one)
        if progress and len(known) > 1:
            progress(done / len(known))
    before = tuple((key, force[key]) for key in readings)
    return _rescored(engine, (at, version), (before, chosen), place, known)


@lru_cache(maxsize=64)
def _rescored(
    engine: Engine,
    versions: tuple[str, int],
    readings: tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]],
    area: str,
    periods: tuple[Period, ...],
) -> Rescored:
    """The same object for the same question: what pages draw of it is kept by it."""
    (at, version), (before, after) = versions, readings
    compared: list[Compared] = []
    places: dict[Period, Whereabouts] = {}
    for one in periods:
        of_period, places[one] = _compared(engine, at, after, one)
        compared += _inside(of_period, places[one], area)
    return Rescored(dict(before), dict(after), area, periods, tuple(compared), places, version)


@lru_cache(maxsize=_CACHED)
def _compared(
    engine: Engine, version: str, readings: tuple[tuple[str, str], ...], period: Period
) -> tuple[tuple[Compared, ...], Whereabouts]:
    """One period of the whole country under the readings in force and under others."""
    now = _now(engine, version, period)
    concerned = concerned_criteria(dict(readings))
    with reading(engine) as session:
        chosen = {**readings_in_force(session), **dict(readings)}
        rules = catalog().ruleset_of(period, chosen)
        then = _judged(session, rules, period)
        compared = [
            _compare(session, rules, (criterion, period), now.get(criterion, {}), sides)
            for criterion, sides in then.items()
        ]
        marked = (replace(one, concerned=one.criterion in concerned) for one in compared)
        relevant = tuple(one for one in marked if one.changed or (one.concerned and one.unchanged))
        return relevant, whereabouts(session, period)


@lru_cache(maxsize=_CACHED_NOW)
def _now(engine: Engine, version: str, period: Period) -> Mapping[str, Sides]:  # noqa: ARG001
    """A period under the readings in force.

    Judged anew, not read from the store, whose results may be of an older edition of the rules.
    """
    with reading(engine) as session:
        return _judged(session, rules_in_force(session, period), period)


def _judged(session: Session, rules: RuleSet, period: Period) -> Mapping[str, Sides]:
    """The results of every criterion in a period."""
    return {
        judged.criterion: sides_of(judged, rules.rules.get(judged.criterion))
        for judged in everything(session, [period], rules.readings)
    }


def _compare(
    session: Session, rules: RuleSet, key: tuple[str, Period], now: Sides, then: Sides
) -> Compared:
    criterion, period = key
    return Compared(
        criterion=criterion,
        period=period,
        of_areas=isinstance(rules.rules.get(criterion), AreaShare),
        concerned=False,
        changed=tuple(changed_results(session, criterion, period, now, then)),
        unchanged={subject: side for subject, side in now.items() if then.get(subject) == side},
    )


def _inside(compared: Iterable[Compared], where: Whereabouts, area: str) -> Iterator[Compared]:
    """The results that lie in an area or are its own."""
    for one in compared:
        changed = tuple(change for change in one.changed if where.is_in(change.subject, area))
        unchanged = {
            subject: side for subject, side in one.unchanged.items() if where.is_in(subject, area)
        }
        if changed or unchanged:
            yield replace(one, changed=changed, unchanged=unchanged)


@door(Action.RULES)
def switch(
    engine: Engine,
    readings: Mapping[str, str],
    *,
    by: str,
    reason: str,
    progress: Progress | None = None,
) -> Switched:
    """Put readings in force and recompute all results.

    One transaction and one new version of the results, with the person and the reason; earlier
    versions stay. `UsageError`: U003 for an unknown reading, U007 without a reason; `StoreError` as
    for an import. After an error nothing is changed.
    """
    catalog().check_readings(readings)
    if not reason.strip():
        raise UsageError("U007")
    with unit_of_work(engine) as session:
        force = readings_in_force(session)
        before = {key: every_reading(force)[key] for key in readings}
        if before == dict(readings):
            return Switched(before, before, None)
        cause = Cause(READINGS, by, reason=reason.strip())
        done = recompute_all(session, cause, readings={**force, **readings}, progress=progress)
        choose_readings(session, done.version, readings)
        after = {**readings, "results_version": done.version}
        leave(
            session, "readings_switched", "readings", by=by, before=before, after=after,
            reason=reason,
        )  # fmt: skip
        session.commit()
    return Switched(before, dict(readings), done)
