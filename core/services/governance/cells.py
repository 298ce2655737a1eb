"""The lights of one column of a governance matrix, with the result each light comes from."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from core.criteria.model import LightColumn
from core.periods import Period
from core.scoring.base.states import State, Verdict
from core.scoring.themes.lights import LightColour, settled_light

NONE: Final = LightColour.NONE
_COLOURS: Final = tuple(LightColour)
_LOWEST_POSSIBLE: Final = 0.0
"""The lowest value a network can still have while reports are missing."""


class ColumnResult(NamedTuple):
    """The figure of a column in one stored result; NaN where there is no number.

    `low` and `high` bound the figure, equal where nothing is missing. `full`: the points it is out
    of. `number` is the id of the stored result of `subject`.
    """

    subject: str
    number: int
    figure: float
    low: float
    high: float
    state: State
    full: float | None = None


class UnitCounts(NamedTuple):
    """Primary care units of a network by light; `open` are those without a light."""

    green: int
    yellow: int
    red: int
    open: int


class LightCell(NamedTuple):
    """One light of one hospital.

    `light` needs a figure reported for the period shown; from an older one the state is stale, and
    `earlier` is the light of that time. `before` is the light of the previous period. `subject`,
    `criterion`, `period` and `result` (an id) identify the stored result, None without a report.
    `full`: the points the figure is out of. `units`: the units of a network, whose lowest level
    gives the light. `beside`: the verdict of a test with exceptions, where it differs.
    """

    light: LightColour
    figure: float | None
    state: State
    subject: str | None = None
    criterion: str | None = None
    period: Period | None = None
    result: int | None = None
    full: float | None = None
    earlier: LightColour = NONE
    before: LightColour = NONE
    units: UnitCounts | None = None
    beside: Verdict | None = None

    @property
    def turned_red(self) -> bool:
        """Whether the light is red and was green or yellow in the period before."""
        return self.light is LightColour.RED and self.before in (
            LightColour.GREEN,
            LightColour.YELLOW,
        )

    @property
    def no_longer_red(self) -> bool:
        """Whether the light is green or yellow and was red in the period before."""
        lit = self.light in (LightColour.GREEN, LightColour.YELLOW)
        return lit and self.before is LightColour.RED

    @property
    def silent(self) -> bool:
        """Whether there is no light although the column applies."""
        return self.light is NONE and self.state is not State.NOT_APPLICABLE


@dataclass(frozen=True)
class PeriodResults:
    """Results of a column by one criterion in one period, by subject.

    `is_stale`: the period is earlier than the one shown.
    """

    criterion: str
    period: Period
    is_stale: bool
    rows: Mapping[str, ColumnResult]


_SILENT: Final = LightCell(NONE, None, State.NOT_REPORTED)
_APART: Final = LightCell(NONE, None, State.NOT_APPLICABLE)


def hospital_cells(
    column: LightColumn,
    periods: Sequence[PeriodResults],
    before: PeriodResults,
    hospitals: Sequence[str],
) -> list[LightCell]:
    """The lights of hospitals by their own results; of several `periods` the first that has one."""
    chosen = [_chosen(hcode, periods) for hcode in hospitals]
    ends = [(row.low, row.high) if row else (math.nan, math.nan) for row, _by in chosen]
    lit, was = _settled(column, ends), lights_of(column, before.rows)
    return [
        _cell(row, by, colour, was.get(hcode, NONE)) if row and by else _SILENT
        for (row, by), colour, hcode in zip(chosen, lit, hospitals, strict=True)
    ]


def _chosen(
    hcode: str, periods: Sequence[PeriodResults]
) -> tuple[ColumnResult | None, PeriodResults | None]:
    for by in periods:
        if row := by.rows.get(hcode):
            return row, by
    return None, None


def _settled(column: LightColumn, ends: Sequence[tuple[float, float]]) -> list[LightColour]:
    low, high = np.array(ends, dtype=np.float64).reshape(-1, 2).T
    return [_COLOURS[place] for place in settled_light(column.lights, low, high).tolist()]


def _cell(
    row: ColumnResult, by: PeriodResults, colour: LightColour, before: LightColour
) -> LightCell:
    state = row.state
    if colour is not NONE:
        # The light is certain whatever is still missing.
        state = State.STALE if by.is_stale else State.REPORTED
    elif state is State.REPORTED and row.low != row.high and not math.isnan(row.low):
        state = State.NOT_REPORTED
    figure = None if math.isnan(row.figure) else row.figure
    light, earlier = (NONE, colour) if by.is_stale else (colour, NONE)
    origin = row.subject, by.criterion, by.period, row.number
    return LightCell(light, figure, state, *origin, row.full, earlier, before)


def lights_of(column: LightColumn, rows: Mapping[str, ColumnResult]) -> dict[str, LightColour]:
    """The light of each facility that has a result."""
    lit = _settled(column, [(row.low, row.high) for row in rows.values()])
    return dict(zip(rows, lit, strict=True))


def network_cells(
    column: LightColumn,
    periods: Sequence[PeriodResults],
    before: PeriodResults,
    listed: Mapping[str, Sequence[str]],
    networks: Sequence[str | None],
) -> list[LightCell]:
    """The lights of hospitals by the lowest result of their network.

    `listed` are each network's facilities that should report; `networks` the network of each
    hospital, None where it has no such facilities.
    """
    kinds = list(dict.fromkeys(filter(None, networks)))
    was = _lit_lowest(column, [_lowest((before,), listed.get(one, ())) for one in kinds])
    lowest = [_lowest(periods, listed.get(one, ())) for one in kinds]
    lit = {id(by): lights_of(column, by.rows) for by in periods}
    cells: dict[str | None, LightCell] = {None: _APART}
    rows = zip(kinds, lowest, _lit_lowest(column, lowest), was, strict=True)
    for network, one, colour, earlier in rows:
        cells[network] = _SILENT if one is None else _network_cell(one, colour, earlier, lit)
    return [cells[network] for network in networks]


class _Lowest(NamedTuple):
    """The lowest result of a network, the results compared, and how many units did not report."""

    by: PeriodResults
    row: ColumnResult
    counted: Sequence[ColumnResult]
    silent: int


def _lowest(periods: Sequence[PeriodResults], units: Sequence[str]) -> _Lowest | None:
    """The lowest result of a network in the newest period that has any."""
    for by in periods:
        rows = [by.rows[unit] for unit in units if unit in by.rows]
        counted = [row for row in rows if row.state is not State.NOT_APPLICABLE]
        if rows:
            silent = len(units) - len(rows)
            lowest = _lowest_row(counted, silent) if counted else rows[0]
            return _Lowest(by, lowest, counted, silent)
    return None


def _lit_lowest(column: LightColumn, lowest: Sequence[_Lowest | None]) -> list[LightColour]:
    ends = [(one.row.low, one.row.high) if one else (math.nan, math.nan) for one in lowest]
    return _settled(column, ends)


def _network_cell(
    one: _Lowest,
    colour: LightColour,
    before: LightColour,
    lit: Mapping[int, Mapping[str, LightColour]],
) -> LightCell:
    cell = _cell(one.row, one.by, colour, before)
    if not one.counted:
        return cell
    return cell._replace(units=_counts(one.counted, lit[id(one.by)], one.silent))


def _lowest_row(rows: Sequence[ColumnResult], silent: int) -> ColumnResult:
    """The lowest result, with the bounds of the network's lowest level."""
    # A result without a number counts as missing.
    open_ = silent + sum(math.isnan(row.low) for row in rows)
    lowest = min(rows, key=lambda row: (_or(row.low, math.inf), row.subject))
    low = _LOWEST_POSSIBLE if open_ else lowest.low
    high = min(_or(row.high, math.inf) for row in rows)
    if math.isinf(high):
        return lowest._replace(low=math.nan, high=math.nan)
    return lowest._replace(figure=lowest.low, low=low, high=high, state=State.REPORTED)


def _or(value: float, other: float) -> float:
    return other if math.isnan(value) else value


def _counts(
    rows: Iterable[ColumnResult], colours: Mapping[str, LightColour], silent: int
) -> UnitCounts:
    lit = [colours[row.subject] for row in rows]
    return UnitCounts(
        green=lit.count(LightColour.GREEN),
        yellow=lit.count(LightColour.YELLOW),
        red=lit.count(LightColour.RED),
        open=lit.count(NONE) + silent,
    )
