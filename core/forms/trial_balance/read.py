"""Reads trial balances: a row for every hospital and month, with the measures its accounts give."""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np

from core.collector import collector_at_rest
from core.forms.cells.workbook import Workbook
from core.forms.model.form import TableForm, form
from core.forms.model.issues import CellIssue
from core.forms.table.checks.beside import other_names
from core.forms.table.checks.series import series_issues
from core.forms.table.heads.head import KEYS, Header
from core.forms.table.issue_list import IssueList
from core.forms.table.lines import Figure, Line, figures
from core.forms.table.read import TableReading
from core.forms.table.row_keys import Register
from core.forms.trial_balance.accounts import Edition, account_sets
from core.forms.trial_balance.additions import NOTHING_ADDED, Additions
from core.forms.trial_balance.checks.balances import balance_issues, repeated_issues
from core.forms.trial_balance.checks.misplaced import misplaced
from core.forms.trial_balance.checks.months import missing_months, other_years
from core.forms.trial_balance.checks.tidy import tidied
from core.forms.trial_balance.header import header_of, hidden_tables, is_undated_pair
from core.forms.trial_balance.line_reader import LineReader
from core.forms.trial_balance.lines import AccountLines, Key, LinesByKey, LinesOfFile
from core.forms.trial_balance.ratios import (
    Balances,
    RatioValue,
    item_weights,
    ratio_tables,
    ratios_of,
)
from core.forms.trial_balance.sums import Books
from core.periods import Period
from core.scoring.base.inputs import BoolArray, Column, FloatArray, StateArray
from core.scoring.base.states import State

MEASURED: Final = "finance"
"""The form whose measures the accounts of a trial balance give."""
_LAST_MONTH: Final = 12


class Mapped(NamedTuple):
    """How much of a hospital's month the chart of accounts knows.

    `share_of_money` is of the balances carried forward, debit and credit; None without any.
    """

    lines: int
    unmapped: int
    share_of_money: float | None

    @property
    def percent(self) -> float:
        """The share in hundredths of a percent, never rounded up; 0 where nothing is carried."""
        return math.floor((self.share_of_money or 0.0) * 10_000) / 100


@dataclass(frozen=True)
class TrialBalances:
    """What was read: `reading` holds a row for each hospital and month.

    `mapped`, `accounts`, `ratios` and `as_of` hold an entry for each of its rows: how much of it
    the chart knows, its lines, the ministry's ratios (none of a row that is nobody's or of no
    month), and of when it is by its own word.
    """

    reading: TableReading
    mapped: tuple[Mapped, ...]
    accounts: tuple[AccountLines, ...]
    ratios: tuple[tuple[RatioValue, ...], ...]
    as_of: tuple[str | None, ...]


def read_trial_balances(
    workbook: Workbook, *, known: Register | None = None, additions: Additions = NOTHING_ADDED
) -> TrialBalances:
    """Find, read, match and add up every line.

    `known` looks codes of hospitals up, `additions` are accounts the chart lacks.
    """
    issues = IssueList()
    with collector_at_rest():
        file = LinesOfFile()
        for header in filter(None, map(header_of, workbook.visible())):
            _note_pair(header, issues)
            LineReader(header, issues, known, additions).read_into(file)
        balances = tidied(file.by_key(), issues)
        issues.extend(hidden_tables(workbook))
        issues.extend(repeated_issues(balances))
        issues.extend(balance_issues(balances))
        issues.extend(missing_months(balances))
        issues.extend(_other_names(balances))
        return _added_up(balances, issues, file.as_of)


def _other_names(balances: LinesByKey) -> Iterator[CellIssue]:
    """Lines above a table that name another hospital or month than its rows."""
    keys: dict[int, list[Key]] = defaultdict(list)
    headers: dict[int, Header] = {}
    for key, lines in balances.items():
        for sheet in np.unique(lines.sheets).tolist():
            keys[sheet].append(key)
            headers[sheet] = lines.headers[sheet]
    for sheet, header in headers.items():
        subjects = {hcode for hcode, _ in keys[sheet] if hcode}
        months = {period for _, period in keys[sheet] if period}
        others = tuple(other_names(header, subjects, months))
        yield from others
        cells = {issue.cell for issue in others}
        yield from (one for one in other_years(header, months) if one.cell not in cells)


def _note_pair(header: Header, issues: IssueList) -> None:
    if is_undated_pair(header):
        spot = header.title("carried_debit")
        heading = str(header.cell(header.row, "carried_debit").value)
        issues.add(CellIssue("W387", spot.sheet, spot.place.name, heading))


def _added_up(balances: LinesByKey, issues: IssueList, as_of: Mapping[Key, str]) -> TrialBalances:
    chosen = _finance()
    known = {figure.measure: figure for figure in figures(chosen)}
    rows = [_Row(key, lines, known) for key, lines in sorted(balances.items(), key=_in_order)]
    ratios = _ratios(rows)
    lines = [row.line(chosen, ratios.get(row.key, ())) for row in rows]
    for row in rows:
        issues.extend(row.issues())
    # One note a fiscal year: it is the same for every month and hospital.
    noted = {row.year: row.other_years() for row in reversed(rows)}
    issues.extend(filter(None, noted.values()))
    values = np.array([line.values for line in lines], dtype=np.float64)
    states = np.array([line.states for line in lines], dtype=np.int8)
    measures = {measure for row in rows for measure in row.edition.measures}
    if rows:
        measures |= {ratio.measure for ratio in ratio_tables().ratios if ratio.measure}
    columns = {
        measure: Column(values[:, known[measure].place], states[:, known[measure].place])
        for measure in known
        if measure in measures
    }
    if rows:
        issues.extend(series_issues(chosen, lines, columns))
    headers = {line.sheet: line.header for line in reversed(lines)}
    in_order = tuple(reversed(headers.values()))
    reading = TableReading(chosen, in_order, tuple(lines), columns, issues.issues)
    mapped = tuple(row.mapped for row in rows)
    accounts = tuple(row.lines for row in rows)
    by_row = tuple(ratios.get(row.key, ()) for row in rows)
    return TrialBalances(
        reading, mapped, accounts, by_row, tuple(as_of.get(row.key) for row in rows)
    )


def _ratios(rows: Sequence["_Row"]) -> Mapping[Key, tuple[RatioValue, ...]]:
    """The ratios of every hospital's months, which need its other months."""
    hospitals: dict[str, dict[Period, _Row]] = defaultdict(dict)
    for row in rows:
        hcode, period = row.key
        if hcode is not None and period is not None:
            hospitals[hcode][period] = row
    return {
        (hcode, period): values
        for hcode, months in hospitals.items()
        for period, values in ratios_of(
            {period: row.balances for period, row in months.items()},
            closed=[period for period, row in months.items() if row.is_closed],
        ).items()
    }


def _in_order(month: tuple[Key, AccountLines]) -> tuple[str, bool, int]:
    """Hospital by hospital, its months in order; those that are nobody's or of no month last."""
    (hcode, period), _ = month
    return hcode or "~", period is None, period.ordinal if period else 0


def _finance() -> TableForm:
    chosen = form(MEASURED)
    if not isinstance(chosen, TableForm):
        raise TypeError(MEASURED)
    return chosen


class _Row:
    """One hospital's month: its lines, and the measures they come to."""

    def __init__(self, key: Key, lines: AccountLines, known: Mapping[str, Figure]) -> None:
        self.key, self.lines, self._known = key, lines, known
        sets = account_sets()
        self.year = key[1].fiscal_year if key[1] else max(sets.editions[-1].fiscal_years)
        self.edition: Edition = sets.edition(self.year)
        self._weights = lines.known.weights(self.edition)[:, lines.codes]
        self._is_flow = lines.known.is_flow[lines.codes]

    @property
    def mapped(self) -> Mapped:
        """How many of its lines, and how much of its money, the chart knows."""
        lost = ~self.lines.is_known
        total, unmapped = np.nansum(self.lines.size), np.nansum(self.lines.size[lost])
        share = 1 - float(unmapped / total) if total else None
        return Mapped(len(self.lines), int(lost.sum()), share)

    @cached_property
    def is_closed(self) -> bool:
        """Whether its income and expense were closed to zero, as month 12 is after closing."""
        period, flows = self.key[1], self.lines.size[self._is_flow]
        is_last = period is not None and period.number == _LAST_MONTH
        return is_last and bool(len(flows)) and not flows.any()

    @cached_property
    def fault(self) -> CellIssue | None:
        """Why nothing can be computed of it."""
        return misplaced(self.lines, self.key[0] or "")

    @property
    def _unusable(self) -> BoolArray:
        """Lines that go into no figure: those that stand twice; all where nothing can be used."""
        return self.lines.twice | (self.fault is not None)

    @property
    def balances(self) -> Balances:
        """Its accounts as ratios take them; one that stands twice is not known."""
        lines, is_known = self.lines, self.lines.is_known
        credit = np.where(lines.has("month_credit"), lines.amounts[:, 3], np.nan)
        carried = np.where(self._unusable, np.nan, lines.carried)
        return Balances(lines.accounts, carried[is_known], credit[is_known])

    def line(self, chosen: TableForm, ratios: Sequence[RatioValue]) -> Line:
        """The row as a finance table would hold it, each measure at its first account."""
        values, states = self._measures()
        width = len(self._known)
        row_values, row_states = [float("nan")] * width, [int(State.NOT_REPORTED)] * width
        moved = {}
        counts = self._weights != 0
        first, is_any = counts.argmax(axis=1).tolist(), counts.any(axis=1).tolist()
        for place, measure in enumerate(self.edition.measures):
            figure = self._known[measure].place
            row_values[figure], row_states[figure] = float(values[place]), int(states[place])
            if is_any[place]:
                moved[measure] = self.lines.spot(first[place])
        for ratio, _x, _y, value in ratios:
            if ratio.measure and not math.isnan(value):
                figure = self._known[ratio.measure].place
                row_values[figure], row_states[figure] = value, int(State.REPORTED)
                first = self._first_in(ratio.x)
                if first is not None:
                    moved[ratio.measure] = self.lines.spot(first)
        (hcode, period), start = self.key, self.lines.header(0)
        header = _keys_only(start, chosen)
        is_placed = hcode is not None and period is not None
        kinds = frozenset({(chosen.tables[0].id, "")})
        row = int(self.lines.rows[0])
        line = Line(header, row, hcode, period, is_placed, row_values, row_states, kinds)
        line.moved.update(moved)
        return line

    def _first_in(self, item: str) -> int | None:
        """The first line that counts in an item of ratios; None where the month has none."""
        weights = item_weights(tuple(self.lines.accounts))[:, [*ratio_tables().items].index(item)]
        counted = np.flatnonzero(weights)
        return int(np.flatnonzero(self.lines.is_known)[counted[0]]) if len(counted) else None

    def issues(self) -> Iterator[CellIssue]:
        """What is to be known of the row as a whole."""
        if self.fault:
            yield self.fault
        if self.is_closed:
            flow = int(np.flatnonzero(self._is_flow)[0])
            yield self.lines.issue(flow, "W386", "0", facility=self.key[0] or "")

    def other_years(self) -> CellIssue | None:
        """A note where the sets of its fiscal year are those of another."""
        distance = self.edition.distance(self.year)
        years = "\u2013".join(map(str, self.edition.fiscal_years))
        if not distance:
            return None
        return self.lines.issue(0, "W395", str(self.year), years, distance=distance)

    def _measures(self) -> tuple[FloatArray, StateArray]:
        """Value and state of each measure of the edition."""
        lines = self.lines
        books = Books(lines.carried, self._unusable, lines.classes, self.is_closed)
        values, states = books.measures(self.edition, self._weights)
        if self.fault:
            # Not even what no line goes into is known to be 0.
            values[:], states[states == State.REPORTED] = np.nan, int(State.CONTRADICTORY)
        return values, states


def _keys_only(header: Header, chosen: TableForm) -> Header:
    """A header as a finance table's: only its keys are columns of that."""
    columns = {name: column for name, column in header.columns.items() if name in KEYS}
    return Header(chosen.tables[0], header.sheet, header.row, columns, last=header.last)
