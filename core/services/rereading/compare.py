"""Another reading of a contradictory rule: who would come out otherwise, and switching to it.

Nothing is stored to find out: whole periods are judged under both readings and compared, which is
what stands and what would. Switching recomputes everything as one new version of the results.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.areas import COUNTRY, parse_area
from core.criteria.catalog import RuleSet, catalog
from core.criteria.model import AreaShare
from core.errors import UsageError
from core.periods import Period
from core.services.geography.whereabouts import Whereabouts, whereabouts
from core.services.recompute.periods import everything
from core.services.recompute.versions import Cause, Progress, Recomputed, recompute_all
from core.services.rereading.changes import Move, Side, Sides, moves, sides_of
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
from core.store.results.versions import latest_version, stamp

_KEPT: Final = 48
"""Comparisons of a period kept, some megabyte each."""
_FEW: Final = 6
"""Periods kept as they are judged now: several readings are compared with the same."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One criterion in one period: results that move, and those that stay, by subject.

    `of_areas`: it is about areas, not facilities or networks.
    `concerned`: a reading of it is another one, not only of what it rests on.
    """

    criterion: str
    period: Period
    of_areas: bool
    concerned: bool
    moved: tuple[Move, ...]
    kept: Mapping[str, Side]


@dataclass(frozen=True)
class Rescored:
    """What other readings would change in an area and some periods; nothing of it is stored.

    `before` and `after` are the readings by switch. `places` tell where the subjects of each period
    lie. `version` is that of the results that stand meanwhile.
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
    """What switching did; `recomputed` is None where these readings were in force already."""

    before: Mapping[str, str]
    after: Mapping[str, str]
    recomputed: Recomputed | None


def concerned_criteria(switches: Iterable[str]) -> tuple[str, ...]:
    """The criteria that some switches are about, in the order of the catalogue."""
    wanted = set(switches)
    return tuple(
        key
        for key, criterion in catalog().criteria.items()
        if any(wanted & edition.readings.keys() for edition in criterion.editions)
    )


def rescored_periods(engine: Engine, switches: Iterable[str]) -> tuple[Period, ...]:
    """The periods in which results stand that some switches are about, oldest first."""
    with reading(engine) as session:
        return _periods(session, switches)


def _periods(session: Session, switches: Iterable[str]) -> tuple[Period, ...]:
    found = {
        period
        for criterion in concerned_criteria(switches)
        for period in periods_with_results(session, criterion)
    }
    return tuple(sorted(found, key=lambda one: (one.part, one)))


def rescore(
    engine: Engine,
    readings: Mapping[str, str],
    *,
    area: str = COUNTRY,
    period: Period | None = None,
    progress: Progress | None = None,
) -> Rescored:
    """What would change under other readings; stores nothing.

    Switches that are not named stay as they are in force. A fiscal year or quarter stands for all
    in it, no period for all there are. `UsageError`: U003 for an unknown reading, U006 for no code
    of an area.
    """
    catalog().check_readings(readings)
    place = parse_area(area).code
    with reading(engine) as session:
        at, version = stamp(session), latest_version(session)
        force = every_reading(readings_in_force(session))
        wanted = None if period is None else covered(period)
        known = [one for one in _periods(session, readings) if wanted is None or one in wanted]
    asked = tuple(sorted(readings.items()))
    compared: list[Compared] = []
    places: dict[Period, Whereabouts] = {}
    for done, one in enumerate(known, start=1):
        found, places[one] = _compared(engine, at, asked, one)
        compared += _inside(found, places[one], place)
        if progress and len(known) > 1:
            progress(done / len(known))
    before = {key: force[key] for key in readings}
    return Rescored(before, dict(readings), place, tuple(known), tuple(compared), places, version)


@lru_cache(maxsize=_KEPT)
def _compared(
    engine: Engine, version: str, readings: tuple[tuple[str, str], ...], period: Period
) -> tuple[tuple[Compared, ...], Whereabouts]:
    """One period of the whole country."""
    now = _now(engine, version, period)
    concerned = concerned_criteria(dict(readings))
    with reading(engine) as session:
        chosen = {**readings_in_force(session), **dict(readings)}
        rules = catalog().ruleset_of(period, chosen)
        then = _judged(session, rules, period)
        found = [
            _compare(session, rules, (criterion, period), now.get(criterion, {}), sides)
            for criterion, sides in then.items()
        ]
        kept = (replace(one, concerned=one.criterion in concerned) for one in found)
        told = tuple(one for one in kept if one.moved or (one.concerned and one.kept))
        return told, whereabouts(session, period)


@lru_cache(maxsize=_FEW)
def _now(engine: Engine, version: str, period: Period) -> Mapping[str, Sides]:  # noqa: ARG001
    """A period under the readings in force.

    Judged anew, not read: what older rules of the program left in a store is no matter of readings.
    """
    with reading(engine) as session:
        return _judged(session, rules_in_force(session, period), period)


def _judged(session: Session, rules: RuleSet, period: Period) -> Mapping[str, Sides]:
    """What every criterion comes to in a period."""
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
        moved=tuple(moves(session, criterion, period, now, then)),
        kept={subject: side for subject, side in now.items() if then.get(subject) == side},
    )


def _inside(found: Iterable[Compared], where: Whereabouts, area: str) -> Iterator[Compared]:
    """What of it lies in an area, itself included."""
    for one in found:
        moved = tuple(move for move in one.moved if where.is_in(move.subject, area))
        kept = {subject: side for subject, side in one.kept.items() if where.is_in(subject, area)}
        if moved or kept:
            yield replace(one, moved=moved, kept=kept)


def switch(
    engine: Engine,
    readings: Mapping[str, str],
    *,
    by: str,
    reason: str,
    progress: Progress | None = None,
) -> Switched:
    """Have all results follow these readings from now on: everything is recomputed at once.

    One transaction and one new version of the results, which keeps who did it and why; the version
    before stays. `UsageError`: U003 for an unknown reading, U007 without a reason; `StoreError` as
    for an import: then nothing is changed.
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
        session.commit()
    return Switched(before, dict(readings), done)
