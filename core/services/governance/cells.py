"""The lights of one column of a governance matrix: what each hospital is lit by, and by which."""

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
_LEAST: Final = 0.0
"""What a facility that has not told everything may still come to."""


class Told(NamedTuple):
    """What one result says of a column; NaN where there is no number.

    `low` and `high` are what it could still become, equal where nothing is missing. `full` is of
    how many points its figure is. `number` is that of the stored result of `subject`.
    """

    subject: str
    number: int
    figure: float
    low: float
    high: float
    state: State
    full: float | None = None


class UnitCounts(NamedTuple):
    """Primary care units of a network by light; `open` are those that light none."""

    green: int
    yellow: int
    red: int
    open: int


class LightCell(NamedTuple):
    """One light of one hospital.

    `light` is lit only by a figure that was reported for the period asked for; an older one, its
    state stale, says in `earlier` what it lit then. `before` is the light of the column's period
    before. `subject`, `criterion`, `period` and `result` tell whose result of what it is, of when,
    and its number; None where nothing was told. `full`: points it is of. `units` stand beside a
    network's lowest level. `beside` is the verdict of a test with exceptions where that is another.
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
        """Whether it lit something better in the period before."""
        return self.light is LightColour.RED and self.before in (
            LightColour.GREEN,
            LightColour.YELLOW,
        )

    @property
    def silent(self) -> bool:
        """Whether it lights nothing though it should."""
        return self.light is NONE and self.state is not State.NOT_APPLICABLE


@dataclass(frozen=True)
class ToldBy:
    """What facilities told of a column by a criterion in one period.

    `is_stale` when a later period is asked for.
    """

    criterion: str
    period: Period
    is_stale: bool
    rows: Mapping[str, Told]


_SILENT: Final = LightCell(NONE, None, State.NOT_REPORTED)
_APART: Final = LightCell(NONE, None, State.NOT_APPLICABLE)


def hospital_cells(
    column: LightColumn, told: Sequence[ToldBy], before: ToldBy, hospitals: Sequence[str]
) -> list[LightCell]:
    """The lights of hospitals by their own results, the newest first of what was told."""
    chosen = [_chosen(hcode, told) for hcode in hospitals]
    ends = [(row.low, row.high) if row else (math.nan, math.nan) for row, _by in chosen]
    lit, was = _settled(column, ends), lights_of(column, before.rows)
    return [
        _cell(row, by, colour, was.get(hcode, NONE)) if row and by else _SILENT
        for (row, by), colour, hcode in zip(chosen, lit, hospitals, strict=True)
    ]


def _chosen(hcode: str, told: Sequence[ToldBy]) -> tuple[Told | None, ToldBy | None]:
    for by in told:
        if row := by.rows.get(hcode):
            return row, by
    return None, None


def _settled(column: LightColumn, ends: Sequence[tuple[float, float]]) -> list[LightColour]:
    low, high = np.array(ends, dtype=np.float64).reshape(-1, 2).T
    return [_COLOURS[place] for place in settled_light(column.lights, low, high).tolist()]


def _cell(row: Told, by: ToldBy, colour: LightColour, before: LightColour) -> LightCell:
    state = row.state
    if colour is not NONE:
        # Whatever is missing could not change it.
        state = State.STALE if by.is_stale else State.REPORTED
    elif state is State.REPORTED and row.low != row.high and not math.isnan(row.low):
        state = State.NOT_REPORTED
    figure = None if math.isnan(row.figure) else row.figure
    light, earlier = (NONE, colour) if by.is_stale else (colour, NONE)
    told = row.subject, by.criterion, by.period, row.number
    return LightCell(light, figure, state, *told, row.full, earlier, before)


def lights_of(column: LightColumn, rows: Mapping[str, Told]) -> dict[str, LightColour]:
    """The light of each facility that told something, for comparing with."""
    lit = _settled(column, [(row.low, row.high) for row in rows.values()])
    return dict(zip(rows, lit, strict=True))


def network_cells(
    column: LightColumn,
    told: Sequence[ToldBy],
    before: ToldBy,
    listed: Mapping[str, Sequence[str]],
    networks: Sequence[str | None],
) -> list[LightCell]:
    """The lights of hospitals by the lowest of their network.

    `listed` are each network's facilities that should report; `networks` the network of each
    hospital, None where it has no such facilities.
    """
    kinds = list(dict.fromkeys(filter(None, networks)))
    was = _lit_lowest(column, [_lowest((before,), listed.get(one, ())) for one in kinds])
    lowest = [_lowest(told, listed.get(one, ())) for one in kinds]
    lit = {id(by): lights_of(column, by.rows) for by in told}
    found: dict[str | None, LightCell] = {None: _APART}
    rows = zip(kinds, lowest, _lit_lowest(column, lowest), was, strict=True)
    for network, one, colour, earlier in rows:
        found[network] = _SILENT if one is None else _network_cell(one, colour, earlier, lit)
    return [found[network] for network in networks]


class _Lowest(NamedTuple):
    """The lowest result of a network, those it is the lowest of, and how many told nothing."""

    by: ToldBy
    row: Told
    counted: Sequence[Told]
    silent: int


def _lowest(told: Sequence[ToldBy], units: Sequence[str]) -> _Lowest | None:
    """The lowest of a network in the newest period in which any of it told something."""
    for by in told:
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


def _lowest_row(rows: Sequence[Told], silent: int) -> Told:
    """The lowest result, with the ends between which the network's lowest level still lies."""
    # A result without a number says as little as none.
    open_ = silent + sum(math.isnan(row.low) for row in rows)
    lowest = min(rows, key=lambda row: (_or(row.low, math.inf), row.subject))
    low = _LEAST if open_ else lowest.low
    high = min(_or(row.high, math.inf) for row in rows)
    if math.isinf(high):
        return lowest._replace(low=math.nan, high=math.nan)
    return lowest._replace(figure=lowest.low, low=low, high=high, state=State.REPORTED)


def _or(value: float, other: float) -> float:
    return other if math.isnan(value) else value


def _counts(rows: Iterable[Told], colours: Mapping[str, LightColour], silent: int) -> UnitCounts:
    found = [colours[row.subject] for row in rows]
    return UnitCounts(
        green=found.count(LightColour.GREEN),
        yellow=found.count(LightColour.YELLOW),
        red=found.count(LightColour.RED),
        open=found.count(NONE) + silent,
    )
