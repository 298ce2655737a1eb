"""A scorecard as it is drawn: some rows of an area in the order asked for, each cell with its past.

Only the rows shown are read in full, so that all districts cost no more than those of a province.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Literal

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.access.roles import Action
from core.areas import Level, chain, parse_area
from core.periods import Period
from core.scoring.base.states import State, Verdict
from core.services.comparison.areas import targets_met
from core.services.comparison.data import AreaIndex, area_index, periods
from core.services.geography.country import Place
from core.services.geography.places import facilities_in
from core.services.guard.doors import door
from core.services.overview.area_share import Share, share_of
from core.services.overview.month import HOSPITAL
from core.services.rules.expected import units_to_report
from core.services.rules.finance import CRISIS
from core.services.rules.in_force import rules_of
from core.services.scorecard.columns import Column, area_columns, facility_columns
from core.services.scorecard.selection import LETTERS, NAME, Selection
from core.services.scored.basis import UNKNOWN, Basis, bases
from core.store.engine.unit_of_work import reading
from core.store.results.area_rows import SiteRow, area_shares
from core.store.results.grid import Grid, GridRow, grid
from core.store.results.light_rows import subjects_of_year
from core.store.results.versions import stamp_now
from core.text import Text, fold

VIEW: Final = 50
"""Rows shown at a time."""

PCU: Final = "pcu"

_CACHED: Final = 128
_LEVELS: Final = {Level.REGION: "region", Level.PROVINCE: "province", Level.DISTRICT: "district"}

Gap = Literal["", "not_reported", "partly", "not_applicable", "contradictory", "stale", "error"]
"""Why a cell has no figure; empty where it has one. `partly`: reported, but not in full."""

_Rows = Sequence[GridRow | None]
_Past = Callable[[str], _Rows]

_GAPS: Final[Mapping[State, Gap]] = {
    State.REPORTED: "",
    State.NOT_REPORTED: "partly",
    State.NOT_APPLICABLE: "not_applicable",
    State.CONTRADICTORY: "contradictory",
    State.STALE: "stale",
    State.ERROR: "error",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One result: a share in percent, a level, points or a theme's value; None with its `gap`.

    `share` is an area's whole share. `past` are the values of the column's periods, oldest first,
    this one among them; None where there is no number. `basis` is what a hospital's level rests on.
    """

    value: float | None
    verdict: Verdict
    gap: Gap
    past: tuple[float | None, ...]
    share: Share | None = None
    basis: Basis = UNKNOWN


@dataclass(frozen=True, slots=True)
class Row:
    """An area or a facility with a cell for each column."""

    place: Place
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Scorecard:
    """Rows of an area, from position `first` on, of `count` that match.

    `whole` is the area itself where rows are areas. `shares` are its shares by every criterion,
    in the order of `of_area`, which says of what.
    """

    selection: Selection
    area: Place
    chain: tuple[Place, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    first: int
    count: int
    whole: Row | None
    shares: tuple[Share | None, ...]
    of_area: tuple[Column, ...]

    @property
    def met(self) -> tuple[int, int]:
        """How many targets the area meets, and how many are judged."""
        return targets_met(self.shares)


@door(Action.READ, "selection.area")
def scorecard(
    engine: Engine, selection: Selection, first: int = 0, most: int | None = VIEW
) -> Scorecard:
    """The rows of a selection from a position on, `most` of them or all."""
    return _scorecard(engine, stamp_now(engine), selection, first, most)


@lru_cache(maxsize=_CACHED)
def _scorecard(
    engine: Engine, version: str, selection: Selection, first: int, most: int | None
) -> Scorecard:
    return first_scorecard(engine, version, selection, first, most)


def first_scorecard(
    engine: Engine, version: str, selection: Selection, first: int, most: int | None
) -> Scorecard:
    """The same from a given version of the results, none of its rows kept from an earlier call."""
    index = area_index(engine, selection.moment)
    reported = periods(engine, selection.criteria)
    with reading(engine) as session:
        reader = _Reader(session, selection)
        of_area = area_columns(selection.criteria, selection.moment, reader.rules, reported)
        if selection.is_of_areas:
            columns, known = of_area, _areas(index, selection)
        else:
            kind = HOSPITAL if selection.rows == "hospitals" else PCU
            columns = facility_columns(of_area, reader.rules, kind)
            sites = facilities_in(engine, version, kind, selection.moment.month)
            known = _facilities(session, sites, selection, columns)
        matching = reader.ordered(_by_name(known, selection.name), columns)
        shown = matching[first : None if most is None else first + most]
        area = index.place(selection.area)
        if selection.is_of_areas:
            *rows, own = reader.areas(columns, [*shown, area])
        else:
            rows, (own,) = reader.facilities(columns, shown), reader.areas(of_area, [area])
    return Scorecard(
        selection=selection,
        area=area,
        chain=index.chain(selection.area),
        columns=columns,
        rows=tuple(rows),
        first=first,
        count=len(matching),
        whole=own if selection.is_of_areas else None,
        shares=tuple(cell.share for cell in own.cells),
        of_area=of_area,
    )


def _areas(index: AreaIndex, selection: Selection) -> list[Place]:
    """The areas of a level with a hospital that lie in an area, in the order of their codes."""
    letter, around = LETTERS[selection.rows], selection.area
    codes = sorted(code for code in index.sizes if code.startswith(letter))
    return [index.place(code) for code in codes if around in chain(code, index.parents)]


def _facilities(
    session: Session, sites: Mapping[str, SiteRow], selection: Selection, columns: Sequence[Column]
) -> list[Place]:
    """The facilities of an area that should report, in the order of their codes."""
    if selection.rows == "units":
        judged = [column.criterion for column in columns]
        reporting = subjects_of_year(session, judged, selection.moment.fiscal_year)
        due = units_to_report(sites, reporting)
        sites = {hcode: site for hcode, site in sites.items() if hcode in due}
    level = _LEVELS.get(parse_area(selection.area).level)
    return [
        Place(hcode, Text(site.name_th, site.name_en))
        for hcode, site in sites.items()
        if level is None or getattr(site, level) == selection.area
    ]


def _by_name(places: Iterable[Place], name: str) -> list[Place]:
    """Those whose name or code has these letters, whatever the tone marks, case and spaces."""
    wanted = fold(name)
    return [
        place
        for place in places
        if not wanted
        or wanted in fold(place.name.th)
        or wanted in fold(place.name.en)
        or wanted in place.code.casefold()
    ]


class _Reader:
    """Reads the cells of one scorecard."""

    def __init__(self, session: Session, selection: Selection) -> None:
        self._session, self._selection = session, selection
        self.rules = rules_of(session)

    def ordered(self, places: list[Place], columns: Sequence[Column]) -> list[Place]:
        """By a column, what needs attention first and what has no figure last; else by code."""
        order = self._selection.order
        if order.by == NAME:
            return sorted(places, key=lambda place: place.name.th, reverse=order.best_first)
        column = next((one for one in columns if one.criterion == order.by), None)
        if column is None:
            return places
        known = grid(self._session, [column.criterion], [column.period], None)
        sign = 1 if column.is_lower_better == order.best_first else -1

        def need(place: Place) -> tuple[bool, float, str]:
            (row,) = known.get((column.criterion, place.code), (None,))
            value = _value(row)
            return value is None, sign * (value or 0), place.code

        return sorted(places, key=need)

    def areas(self, columns: Sequence[Column], places: Sequence[Place]) -> list[Row]:
        """Areas with their shares."""
        codes = [place.code for place in places]
        now = {column.period for column in columns}
        rows = area_shares(self._session, [one.criterion for one in columns], now, areas=codes)
        rules = [self.rules.of(one.period).rules.get(one.criterion) for one in columns]
        pasts = self._pasts(columns, codes)

        def cells(code: str) -> Iterator[Cell]:
            for column, rule, past in zip(columns, rules, pasts, strict=True):
                row = rows.get((column.criterion, column.period, code))
                yield _area_cell(share_of(rule, row) if row else None, past(code))

        return [Row(place, tuple(cells(place.code))) for place in places]

    def facilities(self, columns: Sequence[Column], places: Sequence[Place]) -> list[Row]:
        """Facilities with their own results."""
        codes = [place.code for place in places]
        pasts = self._pasts(columns, codes)
        months = [column.period for column in columns if column.criterion == CRISIS]
        rests = bases(self._session, months, codes) if months else {}

        def cells(code: str) -> Iterator[Cell]:
            for column, past in zip(columns, pasts, strict=True):
                cell = _facility_cell(past(code))
                if column.criterion == CRISIS:
                    known = rests.get(column.period, {})
                    cell = replace(cell, basis=known.get(code, UNKNOWN))
                yield cell

        return [Row(place, tuple(cells(place.code))) for place in places]

    def _pasts(self, columns: Sequence[Column], codes: Sequence[str]) -> list[_Past]:
        """What each column holds of a subject; months are read apart from rounds."""
        pasts = {}
        for part in dict.fromkeys(column.period.part for column in columns):
            own = [column for column in columns if column.period.part == part]
            when = sorted({period for column in own for period in column.past})
            held = grid(self._session, [column.criterion for column in own], when, codes)
            for column in own:
                pasts[column.criterion] = _past_of(column, when, held)
        return [pasts[column.criterion] for column in columns]


def _past_of(column: Column, when: Sequence[Period], held: Grid) -> _Past:
    """The rows of a subject in the periods of a column, oldest first."""
    places = [when.index(period) for period in column.past]
    nothing: Sequence[GridRow | None] = [None] * len(when)
    return lambda code: [held.get((column.criterion, code), nothing)[place] for place in places]


def _area_cell(share: Share | None, past: _Rows) -> Cell:
    values = tuple(map(_value, past))
    if share is None or not share.expected:
        return Cell(None, Verdict.NOT_JUDGED, "not_applicable", values, share)
    if not share.reporting:
        return Cell(None, Verdict.NOT_JUDGED, "not_reported", values, share)
    return Cell(share.percent, share.verdict, "", values, share)


def _facility_cell(past: _Rows) -> Cell:
    values, row = tuple(map(_value, past)), past[-1]
    if row is None:
        return Cell(None, Verdict.NOT_JUDGED, "not_reported", values)
    _number, verdict, state = row
    return Cell(values[-1], Verdict(verdict), _GAPS[State(state)], values)


def _value(row: GridRow | None) -> float | None:
    """The number of a result; None where there is none to hold against others."""
    return None if row is None or row[2] != State.REPORTED else row[0]
