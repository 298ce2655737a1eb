"""The single tests of a theme over an area's facilities: how many fail each, and which."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, NamedTuple

from sqlalchemy import Engine

from core.access.roles import Action
from core.criteria.catalog import measures, walk
from core.criteria.model import Indicator, Item, Taken, Threshold
from core.periods import Period
from core.services.geography.country import Place
from core.services.guard.doors import door
from core.services.rules.judged.amounts import amount_text, requirement_text
from core.services.rules.units import unit_of
from core.services.themes.data import theme_period
from core.store.engine.unit_of_work import reading
from core.store.results.area_rows import explained, reported_values
from core.store.results.detail import CUTOFF, FIGURE, FULL_MARKS, POINTS
from core.store.results.versions import stamp_now
from core.text import Text

_CACHED: Final = 64


class TestCount(NamedTuple):
    """How many of the `judged` facilities failed a test."""

    id: str
    name: Text
    failed: int
    judged: int


class FailedTest(NamedTuple):
    """A facility that failed a test: its figure, the condition it missed, and measures beside it.

    `figure` and `condition` are None where the test has none; `beside` has None for a measure that
    was not reported.
    """

    place: Place
    test: str
    name: Text
    figure: Text | None
    condition: Text | None
    beside: tuple[Text | None, ...]


@dataclass(frozen=True)
class ThemeTests:
    """The tests of a theme in an area, the most failed first.

    `beside` names the measures listed with a failed test; only where the rule has some, `failed`
    lists each facility that failed a test, in the order of `counts`.
    """

    counts: tuple[TestCount, ...]
    failed: tuple[FailedTest, ...]
    beside: tuple[Text, ...]


@door(Action.READ, "area")
def theme_tests(engine: Engine, criterion: str, period: Period, area: str) -> ThemeTests:
    """The tests behind an area criterion in a period; empty where its rule has one test only."""
    version = stamp_now(engine)
    return _tests(engine, version, criterion, period, area)


@lru_cache(maxsize=_CACHED)
def _tests(
    engine: Engine,
    version: str,  # noqa: ARG001
    criterion: str,
    period: Period,
    area: str,
) -> ThemeTests:
    whole = theme_period(engine, criterion, period)
    unit = whole.unit
    tests = tuple(_judging(unit))
    if len(tests) < 2:
        return ThemeTests((), (), ())
    places = {one.hcode: one.place for one in whole.inside(area)}
    with reading(engine) as session:
        parts = explained(session, unit.id, period, places)
        beside = (
            reported_values(session, unit.id, period, places, unit.beside) if unit.beside else {}
        )
    counts = [_count(unit, test, parts) for test in tests]
    ranked = sorted(zip(counts, tests, strict=True), key=lambda pair: -pair[0].failed)
    failed = [
        _failed(unit, test, places[hcode], by_test[_local(unit, test)], beside)
        for _, test in ranked
        if unit.beside
        for hcode, by_test in sorted(parts.items())
        if _fails(by_test.get(_local(unit, test)))
    ]
    names = tuple(measures()[code].name for code in unit.beside)
    return ThemeTests(tuple(count for count, _ in ranked), tuple(failed), names)


def failed_tests(
    engine: Engine, criterion: str, period: Period, area: str
) -> Mapping[str, tuple[Text, ...]]:
    """The tests each facility of an area failed, by hcode; empty where the rule has one alone."""
    whole = theme_period(engine, criterion, period)
    tests = tuple(_judging(whole.unit))
    if len(tests) < 2:
        return {}
    codes = [one.hcode for one in whole.inside(area)]
    with reading(engine) as session:
        parts = explained(session, whole.unit.id, period, codes)
    return {
        hcode: tuple(one.name for one in tests if _fails(by_test.get(_local(whole.unit, one))))
        for hcode, by_test in parts.items()
    }


def _judging(unit: Indicator) -> Iterator[Item]:
    """The tests a facility can fail."""
    for node in walk(unit):
        if isinstance(node, Item) and not isinstance(node, Taken) and node.full > 0:
            yield node


def _local(unit: Indicator, test: Item) -> str:
    return test.id.removeprefix(f"{unit.id}.")


def _count(unit: Indicator, test: Item, parts: Mapping[str, Mapping[str, Any]]) -> TestCount:
    own = [result[_local(unit, test)] for result in parts.values() if _local(unit, test) in result]
    judged = [part for part in own if part[POINTS] is not None]
    return TestCount(test.id, test.name, sum(map(_fails, judged)), len(judged))


def _fails(part: Sequence[Any] | None) -> bool:
    return part is not None and part[POINTS] is not None and part[POINTS] < part[FULL_MARKS]


def _failed(
    unit: Indicator,
    test: Item,
    place: Place,
    part: Sequence[Any],
    beside: Mapping[tuple[str, str], tuple[float | None, str | None]],
) -> FailedTest:
    noted = tuple(
        _noted(code, *beside.get((place.code, code), (None, None))) for code in unit.beside
    )
    if not isinstance(test, Threshold):
        return FailedTest(place, test.id, test.name, None, None, noted)
    limit = _number(part[CUTOFF])
    edges = () if limit is None else (limit,)
    figure = amount_text(_number(part[FIGURE]), unit_of(test.figure), edges)
    condition = None if limit is None else requirement_text(test, limit)
    return FailedTest(place, test.id, test.name, figure, condition, noted)


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _noted(code: str, value: float | None, text: str | None) -> Text | None:
    """A measure listed beside a test: words as typed, answers as yes or no; None: not reported."""
    if text:
        return Text(text, text)
    if value is None:
        return None
    return amount_text(value, measures()[code].unit)
