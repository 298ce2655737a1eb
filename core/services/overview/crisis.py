"""The view of an area's crisis levels: targets through the year, measures, every hospital."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from sqlalchemy import Engine

from core.access.roles import Action
from core.areas import Level, parse_area
from core.criteria.catalog import RuleSet, catalog
from core.criteria.model import AreaShare, Crisis, Node, Op, ShareLine, Survival
from core.periods import Period
from core.scoring.base.states import State
from core.services.geography.country import Place
from core.services.guard.doors import door
from core.services.overview.area_share import Line, Share
from core.services.overview.history import History, monthly
from core.services.overview.month import Hospital, Month, month, with_districts
from core.services.overview.view import Shown, areas_shown, below_of
from core.services.recompute.area_results import AREA_CRITERIA
from core.services.rules.finance import CRISIS, CRISIS_AREA, Edges
from core.services.rules.units import unit_of
from core.store.engine.unit_of_work import reading
from core.store.results.area_rows import explained
from core.text import Text

CRITERIA: Final = (*AREA_CRITERIA, CRISIS)
"""Criteria the page shows."""

VIEW: Final = 50
"""Hospitals of the matrix shown at a time."""

_CACHED: Final = 256
_LAST_MONTH: Final = 12


@dataclass(frozen=True, slots=True)
class Step:
    """A line's target up to a fiscal month, and the line's result then (None: no result).

    `is_current` marks the step the month shown is judged by.
    """

    through_month: int
    line: Line | None
    limit: float
    is_current: bool


@dataclass(frozen=True, slots=True)
class Target:
    """A line with its targets in the order of the year; a single step holds for the whole year."""

    id: str
    name: Text
    op: Op
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """One of the five measures behind the target, by its letter."""

    letter: str
    name: Text
    share: Share
    before: Share | None


@dataclass(frozen=True, slots=True)
class LevelCount:
    """How many hospitals are at a level, now and the month before; `level` None: no level."""

    level: int | None
    now: int
    before: int | None


@dataclass(frozen=True, slots=True)
class Test:
    """One test of the level: its points of risk at most, and the unit of its figure."""

    id: str
    name: Text
    full: float
    unit: str


@dataclass(frozen=True, slots=True)
class Cell:
    """The result of one test: points of risk, the figure and its limit; None: missing."""

    points: float | None
    figure: float | None
    limit: float | None
    state: State


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A hospital with its tests, in the order of `CrisisView.tests`; empty without a report."""

    hospital: Hospital
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class CrisisView:
    """The crisis levels of one area in one month; `ranking` holds the areas below, worst first."""

    period: Period
    before: Period | None
    area: Place
    chain: tuple[Place, ...]
    share: Share | None
    share_before: Share | None
    rose: int
    fell: int
    targets: tuple[Target, ...]
    measures: tuple[Measure, ...]
    distribution: tuple[LevelCount, ...]
    ranking: tuple[Shown, ...]
    tests: tuple[Test, ...]
    hospitals: tuple[Hospital, ...]
    edges: Edges
    history: History


@door(Action.READ, "area")
def crisis_view(engine: Engine, period: Period, area: str) -> CrisisView:
    """The crisis levels of an area in a month."""
    return _view(engine, month(engine, period).version, period, area)


@lru_cache(maxsize=_CACHED)
def _view(engine: Engine, version: str, period: Period, area: str) -> CrisisView:  # noqa: ARG001
    whole = month(engine, period)
    if province := parse_area(area).province:
        whole = with_districts(engine, whole, province)
    with reading(engine) as session:
        history = monthly(session, whole.rules, AREA_CRITERIA, area)
    inside = tuple(whole.inside(area))
    rules = whole.rules.of(period)
    level = parse_area(area).level
    parts = whole.below(area, below_of(area)) if level < Level.DISTRICT else ()
    return CrisisView(
        period=period,
        before=whole.before,
        area=whole.place(area),
        chain=whole.chain(area),
        share=history.get((CRISIS_AREA, period)),
        share_before=history.get((CRISIS_AREA, whole.before)) if whole.before else None,
        rose=sum(one.rose for one in inside),
        fell=sum(one.fell for one in inside),
        targets=tuple(_targets(rules, history, period)),
        measures=tuple(_measures(history, whole)),
        distribution=_distribution(whole, inside),
        ranking=areas_shown(whole, parts, "crisis"),
        tests=tuple(_tests(rules)),
        hospitals=tuple(sorted(inside, key=_need)),
        edges=whole.edges,
        history=history,
    )


def _targets(rules: RuleSet, history: History, period: Period) -> Iterator[Target]:
    rule = rules.rules.get(CRISIS_AREA)
    if not isinstance(rule, AreaShare):
        return
    for line in rule.parts:
        if line.targets:
            op = next(iter(line.targets[0].edges))
            yield Target(line.id, line.name, op, tuple(_steps(line, history, period)))


def _steps(line: ShareLine, history: History, period: Period) -> Iterator[Step]:
    begun = 0
    for target in line.targets:
        last = target.through_month or _LAST_MONTH
        is_current = begun < period.number <= last
        # The current step is shown with the result of the month shown.
        shown = period if is_current else Period(period.fiscal_year, "M", last)
        share = history.get((CRISIS_AREA, shown)) if shown <= period else None
        lines = {one.id: one for one in share.lines} if share and share.reporting else {}
        limit = next(iter(target.edges.values()))
        yield Step(last, lines.get(line.id), limit, is_current)
        begun = last


def _measures(history: History, whole: Month) -> Iterator[Measure]:
    for criterion in AREA_CRITERIA:
        share = history.get((criterion, whole.period))
        if criterion == CRISIS_AREA or share is None:
            continue
        head = catalog().criteria[criterion]
        rule = whole.rules.of(whole.period).rules.get(criterion, head)
        before = history.get((criterion, whole.before)) if whole.before else None
        yield Measure(head.no or "", rule.name, share, before)


def _distribution(whole: Month, inside: Sequence[Hospital]) -> tuple[LevelCount, ...]:
    has_before = whole.before is not None
    now = Counter(one.level for one in inside)
    before = Counter(one.before for one in inside)
    levels: tuple[int | None, ...] = (*range(whole.edges.worst, -1, -1), None)
    return tuple(LevelCount(n, now[n], before[n] if has_before else None) for n in levels)


def _tests(rules: RuleSet) -> Iterator[Test]:
    rule = rules.rules.get(CRISIS)
    if not isinstance(rule, Crisis):
        return
    for part in rule.parts:
        leaves: Sequence[Node] = (part,) if isinstance(part, Survival) else part.parts
        for leaf in leaves:
            full = float(getattr(leaf, "full", 1))
            figure = "capital_months" if isinstance(leaf, Survival) else getattr(leaf, "figure", "")
            yield Test(leaf.id, leaf.name, full, unit_of(figure))


def _need(one: Hospital) -> tuple[float, float, str]:
    """Sort key: highest levels first, then those that rose most; without a level last."""
    if one.level is None:
        return math.inf, 0.0, one.place.code
    return -float(one.level), float(one.before or 0), one.place.code


def matrix(engine: Engine, shown: CrisisView, first: int = 0) -> tuple[MatrixRow, ...]:
    """The tests of `VIEW` hospitals of a view, from position `first` on."""
    return tests_of(engine, shown, shown.hospitals[first : first + VIEW])


@door(Action.READ, "shown.area.code")
def tests_of(
    engine: Engine, shown: CrisisView, chosen: Sequence[Hospital]
) -> tuple[MatrixRow, ...]:
    """The tests of some hospitals of a view."""
    codes = [one.place.code for one in chosen]
    with reading(engine) as session:
        parts = explained(session, CRISIS, shown.period, codes)
    return tuple(MatrixRow(one, _cells(shown.tests, parts.get(one.place.code))) for one in chosen)


def _cells(
    tests: Sequence[Test], parts: Mapping[str, Sequence[float | None]] | None
) -> tuple[Cell, ...]:
    if parts is None:
        return ()
    return tuple(_cell(parts[test.id.removeprefix(f"{CRISIS}.")]) for test in tests)


def _cell(part: Sequence[float | str | None]) -> Cell:
    figure, limit, points, _full, state, *_ = part
    return Cell(
        points=None if points is None else float(points),
        figure=None if figure is None else float(figure),
        limit=None if limit is None else float(limit),
        state=State(int(float(state or 0))),
    )
