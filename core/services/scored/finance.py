"""A monthly finance table, scored: crisis level and Total Performance Score of every row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np

from core.criteria.catalog import RuleSet
from core.forms.cells.workbook import Workbook
from core.forms.model.form import TableForm
from core.forms.model.issues import CellIssue
from core.forms.model.layout import Spot
from core.forms.table.read import TableReading, read_table
from core.scoring.base.derived import IntArray
from core.scoring.base.inputs import BoolArray, Column, FloatArray
from core.scoring.base.peers import group_codes, group_key
from core.scoring.base.states import State
from core.scoring.finance.score import FinanceScores, score_finance, year_before
from core.services.rules.finance import GROUP, ISLAND, finance_rules
from core.services.rules.on_hand import NOTHING, OnHand
from core.services.rules.peer_values import NOTHING_PUBLISHED, GroupRow, Published
from core.services.rules.spans import by_rules
from core.services.scored.finance_json import rows_json
from core.services.scored.table_notes import finance_notes

_ADJRW: Final = "activity.adjrw"
_ADJRW_BEFORE: Final = "activity.adjrw_previous_year"


@dataclass(frozen=True)
class ScoredYear:
    """The rows of one fiscal year, or part of it, scored by its rules; `places` are their lines."""

    rules: RuleSet
    places: tuple[int, ...]
    scores: FinanceScores
    published: tuple[GroupRow | None, ...]
    """What the ministry published of each row's group, of which figures it was held against."""


@dataclass(frozen=True)
class FinanceTable:
    """A table as read and scored; a row that does not say whose or when it is has no scores."""

    reading: TableReading
    years: tuple[ScoredYear, ...]
    issues: tuple[CellIssue, ...]

    @cached_property
    def _scored(self) -> Mapping[int, tuple[ScoredYear, int]]:
        return {place: (year, row) for year in self.years for row, place in enumerate(year.places)}

    def scores(self, line: int) -> tuple[ScoredYear, int] | None:
        """The scored year of the n-th line and its row therein; None when it has no scores."""
        return self._scored.get(line)

    def spot(self, line: int, measure: str) -> Spot:
        """The cell a figure of the n-th line was typed in."""
        return self.reading.lines[line].spot(measure)

    def as_dict(self) -> dict[str, Any]:
        """The rows for JSON; numbers unrounded, what is missing or unbounded is None."""
        scored = [(year.scores, year.places) for year in self.years]
        return {"rows": rows_json(self.reading.lines, scored)}


def finance_table(
    form: TableForm,
    workbook: Workbook,
    *,
    readings: Mapping[str, str] | None = None,
    on_hand: OnHand = NOTHING,
) -> FinanceTable:
    """Read, check and score a finance table.

    `readings` choose among readings of the criteria; `UsageError` U003 for an unknown one.
    `on_hand` is what a store knows. Never raises for what the table contains.
    """
    reading = read_table(form, workbook, known=on_hand.known)
    return score_table(reading, readings, on_hand.published)


def score_table(
    reading: TableReading,
    readings: Mapping[str, str] | None = None,
    published: Published = NOTHING_PUBLISHED,
) -> FinanceTable:
    """Score what was read, each row by the rules of its own fiscal year.

    `published` values of groups outrank those of the table's own rows.
    """
    years = tuple(_scored_years(reading, readings or {}, published))
    scored = [(year.scores, year.places) for year in years]
    issues = (*reading.issues, *finance_notes(reading, scored))
    return FinanceTable(reading, years, issues)


def _scored_years(
    reading: TableReading, readings: Mapping[str, str], published: Published
) -> Iterator[ScoredYear]:
    placed = [
        (place, line.period)
        for place, line in enumerate(reading.lines)
        if line.hcode is not None and line.period is not None
    ]
    columns = _with_year_before(reading)
    names, islands = reading.texts(GROUP), reading.flags(ISLAND)
    groups = group_codes([None if name is None else group_key(name) for name in names])
    periods = dict(placed)
    for rules, places in by_rules(placed, readings):
        own, months = [names[place] for place in places], [periods[place] for place in places]
        scores = score_finance(
            {m: Column(c.values[places], c.states[places]) for m, c in columns.items()},
            months=_months(reading)[places],
            groups=groups[places],
            islands=islands[places],
            rules=finance_rules(rules),
            published=published.figures(own, months),
        )
        rows = tuple(published.row(*one) for one in zip(own, months, strict=True))
        yield ScoredYear(rules, tuple(places), scores, rows)


def _months(reading: TableReading) -> Any:
    periods = (line.period for line in reading.lines)
    return np.array([p.ordinal if p else 0 for p in periods], dtype=np.int64)


def _with_year_before(reading: TableReading) -> dict[str, Column]:
    """The columns, last year's AdjRW filled in where the same table holds it."""
    if not reading.lines:
        return dict(reading.columns)
    # A row that belongs to nobody must not be anybody's year before.
    placed = np.array([line.is_placed for line in reading.lines])
    facilities = group_codes([line.hcode for line in reading.lines])
    return with_year_before(reading.columns, facilities, _months(reading), placed)


def with_year_before(
    columns: Mapping[str, Column], facilities: IntArray, months: IntArray, placed: BoolArray
) -> dict[str, Column]:
    """Columns of n rows, last year's AdjRW filled in where the rows hold it and none was typed.

    `facilities` is a number for each facility, `months` are ordinals; rows not `placed` belong to
    nobody.
    """
    filled = dict(columns)
    now = filled.get(_ADJRW)
    if now is None:
        return filled
    typed = filled.get(_ADJRW_BEFORE, Column.empty(months.size))
    year_ago = year_before(np.where(placed, now.values, np.nan), facilities, months)
    free = (typed.states == State.NOT_REPORTED) & ~np.isnan(year_ago) & placed
    values: FloatArray = np.where(free, year_ago, typed.values)
    states = np.where(free, np.int8(State.REPORTED), typed.states)
    filled[_ADJRW_BEFORE] = Column(values, states)
    return filled
