"""What is to be known of a scored finance table: few peers, substitutes, rows of zeros."""

from collections.abc import Iterator, Sequence

import numpy as np

from core.criteria.catalog import catalog, measure_name
from core.forms.model.issues import CellIssue
from core.forms.table.read import TableReading
from core.scoring.base.inputs import BoolArray
from core.scoring.base.peers import FEW_PEERS
from core.scoring.base.states import State
from core.scoring.finance.score import FinanceScores
from core.services.rules.finance import GROUP, TPS

_QUICK_RATIO = "crisis.level.liquidity.quick_ratio"
_QUICK_ASSETS = "finance.quick_assets"
_ASSETS = "finance.current_assets"
_LIABILITIES = "finance.current_liabilities"
_FLOWS = ("finance.revenue", "finance.expense")

Scored = Sequence[tuple[FinanceScores, Sequence[int]]]
"""Scores of some lines of a table, and their places in it."""


def finance_notes(reading: TableReading, scored: Scored) -> Iterator[CellIssue]:
    """Notes on a table whose lines were scored, each at a cell."""
    yield from _peer_notes(reading, scored)
    yield from _quick_assets_note(reading, scored)
    yield from _without_rule(reading, scored)
    yield from _zeros(reading, scored)
    yield from _lone_zeros(reading, scored)


def _peer_notes(reading: TableReading, scored: Scored) -> Iterator[CellIssue]:
    """Items held against peers: rows without a group, and groups of few peers."""
    ungrouped, few = 0, 0
    for scores, _ in scored:
        held = [item for item in scores.tps.items.values() if item.peers is not None]
        if held:
            ungrouped += _rows([~item.judged & ~np.isnan(item.figure) for item in held])
            few += _rows([item.peers.few & item.judged for item in held if item.peers])
    for code, rows, expected in (("W324", ungrouped, ""), ("W323", few, str(FEW_PEERS))):
        if rows:
            yield _at_title(code, reading, GROUP, rows, expected)


def _quick_assets_note(reading: TableReading, scored: Scored) -> Iterator[CellIssue]:
    """Quick ratios of current assets less inventories, for want of quick assets."""
    rows = 0
    for scores, _ in scored:
        judged = scores.crisis.tests[_QUICK_RATIO].judged
        silent = scores.figures.states(_QUICK_ASSETS) == State.NOT_REPORTED
        rows += int(np.count_nonzero(judged & silent))
    if rows:
        yield _at_title("W390", reading, _QUICK_ASSETS, rows, "")


def _without_rule(reading: TableReading, scored: Scored) -> Iterator[CellIssue]:
    """Years for which there is no Total Performance Score, each at its first row."""
    for scores, places in scored:
        period = reading.lines[places[0]].period
        if period is not None and not scores.tps.items:
            editions = catalog().criteria[TPS].editions
            first = min(edition.fiscal_years[0] or 0 for edition in editions)
            spot = reading.lines[places[0]].spot("fiscal_year")
            year = str(period.fiscal_year)
            yield CellIssue("W391", spot.sheet, spot.place.name, year, str(first))


def _zeros(reading: TableReading, scored: Scored) -> Iterator[CellIssue]:
    """Rows not judged, for what the level rests on is 0."""
    for scores, places in scored:
        for row in np.flatnonzero(scores.figures.empty).tolist():
            line = reading.lines[places[row]]
            spot = line.spot(_ASSETS)
            params = {"facility": line.subject or ""}
            yield CellIssue("W392", spot.sheet, spot.place.name, params=params)


def _lone_zeros(reading: TableReading, scored: Scored) -> Iterator[CellIssue]:
    """Assets and flows of 0 beside other amounts: a 0 scores as a figure, and may be none.

    A hospital without current liabilities is possible: its ratios are unbounded.
    """
    for scores, places in scored:
        has_assets = scores.figures[_ASSETS] > 0
        suspect = {code: (scores.figures[code] == 0) & has_assets for code in _FLOWS}
        suspect[_ASSETS] = (scores.figures[_ASSETS] == 0) & (scores.figures[_LIABILITIES] > 0)
        for code, rows in suspect.items():
            for row in np.flatnonzero(rows).tolist():
                line = reading.lines[places[row]]
                spot = line.spot(code)
                params = {"facility": line.subject or "", "title": measure_name(code)}
                yield CellIssue("W396", spot.sheet, spot.place.name, "0", params=params)


def _at_title(
    code: str, reading: TableReading, measure: str, rows: int, expected: str
) -> CellIssue:
    """A note on many rows: at the title of a column, or where its table begins."""
    header = reading.headers[0]
    there = measure in header.columns
    spot = header.title(measure) if there else header.first_cell
    return CellIssue(code, spot.sheet, spot.place.name, str(rows), expected)


def _rows(masks: list[BoolArray]) -> int:
    return int(np.count_nonzero(np.logical_or.reduce(masks)))
