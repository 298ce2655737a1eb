"""Holds the rows of one document against one another, as its form's file says."""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Final

from core.forms.model.checks import Check, Rule
from core.forms.model.form import Column, Table, TableForm
from core.forms.model.issues import CellIssue
from core.forms.model.values import plain
from core.forms.records.arithmetic import written_sum
from core.forms.records.money_words import amount_in_words
from core.forms.records.record import Record, Rows, documents
from core.forms.table.moments import moment_in, quarter_in
from core.forms.table.words import folded_words
from core.text import Text, fold, say, thai_digits_to_arabic

_SATANG: Final = 0.005
_SEVERAL: Final = 2
_LARGE: Final = 10_000
"""From here on figures are amounts, written with their thousands and satang."""
_HUNDREDTH: Final = Decimal("0.01")
_YEAR: Final = re.compile(r"(?<!\d)(2[45]\d\d)(?!\d)")


def record_issues(form: TableForm, records: Iterable[Record]) -> Iterator[CellIssue]:
    """Everything that does not go together within the documents of a form, by cell."""
    tables = {table.id: table for table in form.tables}
    for rows in documents(records):
        table = tables.get(rows.records[0].table)
        if table is not None:
            yield from _Document(table, rows).issues()


class _Document:
    """The rows of one table of one document."""

    def __init__(self, table: Table, rows: Rows) -> None:
        self.table, self.rows = table, rows

    def issues(self) -> Iterator[CellIssue]:
        for check in self.table.checks:
            yield from _RULES[check.rule](self, check)

    def name(self, column: str) -> Text:
        """The title of a column."""
        return self._column(column).name

    def _column(self, column: str) -> Column:
        table_column = self.table.column(column)
        if table_column is None:
            raise KeyError(column)
        return table_column

    # ---- one row at a time

    def share(self, check: Check) -> Iterator[CellIssue]:
        part, whole = check.of
        for row in self.rows.records:
            if (whole_ := row.value(whole)) and check.column in row.values:
                yield from self._printed(row, check.column, 100 * row.value(part) / whole_)

    def _printed(
        self, row: Record, column: str, computed: float, code: str = "W461"
    ) -> Iterator[CellIssue]:
        """A printed percentage that is none of the ways to write the computed one."""
        printed = row.value(column)
        if math.isnan(computed) or abs(printed - computed) < _SATANG:
            return
        exact = Decimal(repr(computed))
        rounded = exact.quantize(_HUNDREDTH, ROUND_HALF_UP)
        cut = exact.quantize(_HUNDREDTH, ROUND_DOWN)
        if float(rounded) != printed:
            is_cut = float(cut) == printed
            yield self.issue("W462" if is_cut else code, row, column, printed, float(rounded))

    def row_sum(self, check: Check) -> Iterator[CellIssue]:
        for row in self.rows.records:
            values = [row.value(column) for column in check.of if column in row.values]
            if (
                values
                and check.column in row.values
                and _differ(row.value(check.column), sum(values))
            ):
                yield self.issue("W466", row, check.column, row.value(check.column), sum(values))

    def product(self, check: Check) -> Iterator[CellIssue]:
        for row in self.rows.records:
            computed = math.prod(row.value(column) for column in check.of)
            if _differ(row.value(check.column), computed):
                yield self.issue("W467", row, check.column, row.value(check.column), computed)

    def arithmetic(self, check: Check) -> Iterator[CellIssue]:
        for row in self.rows.records:
            computed = written_sum(row.text(check.of[0]))
            if _differ(row.value(check.column), computed):
                yield self.issue("W468", row, check.column, row.value(check.column), computed)

    def words(self, check: Check) -> Iterator[CellIssue]:
        for row in self.rows.records:
            computed = amount_in_words(row.text(check.of[0]))
            if _differ(row.value(check.column), computed):
                yield self.issue("W470", row, check.column, row.value(check.column), computed)

    def fraction(self, check: Check) -> Iterator[CellIssue]:
        for row in self.rows.records:
            beside = [row.value(column) for column in check.of if column in row.values]
            number = row.value(check.column)
            if 0 < number < 1 and any(other >= 1 for other in beside):
                yield self.issue("W109", row, check.column, number, plain(round(100 * number, 8)))

    def rising(self, check: Check) -> Iterator[CellIssue]:
        for row in self.rows.records:
            columns = [one for one in (check.column, *check.of) if one in row.values]
            for lower, higher in pairwise(columns):
                if row.value(higher) < row.value(lower):
                    lowest = row.value(lower)
                    yield self.issue("W496", row, higher, row.value(higher), plain(lowest))
                    break

    def whole(self, check: Check) -> Iterator[CellIssue]:
        for row in self.rows.records:
            number = row.values.get(check.column, 0.0)
            if not number.is_integer():
                yield self.issue("W497", row, check.column, number, "")

    def scale(self, check: Check) -> Iterator[CellIssue]:
        for row in self.rows.records:
            edges = [row.value(column) for column in check.of if column in row.values]
            if edges and row.value(check.column) <= check.to < min(edges):
                yield self.issue("W498", row, check.column, row.value(check.column), min(edges))

    def quarter(self, check: Check) -> Iterator[CellIssue]:
        for row in self.rows.items:
            if quarter_in(row.no) is None:
                yield self.issue("W499", row, check.column, row.no, "1–4")

    def needed(self, check: Check) -> Iterator[CellIssue]:
        for row in self.rows.items:
            if check.of[0] in row.values and not row.text(check.column):
                yield self.issue("W313", row, check.column, "", self.name(check.column))

    def within_year(self, check: Check) -> Iterator[CellIssue]:
        for row in self.rows.records:
            moment = moment_in(row.text(check.column))
            if moment and moment.fiscal_year not in (None, row.fiscal_year):
                text, year = row.text(check.column), str(row.fiscal_year)
                yield self.issue("W474", row, check.column, text, year)

    def growth(self, check: Check) -> Iterator[CellIssue]:
        """Results that grew, where the base is not told; `of`: words, then the base."""
        words = folded_words("growth")
        for row in self.rows.items:
            phrase = fold(" ".join(row.text(column) for column in check.of[:-1]))
            if any(word in phrase for word in words) and check.of[-1] not in row.values:
                yield self.issue("W477", row, check.column, row.value(check.column), "")

    def dated(self, check: Check) -> Iterator[CellIssue]:
        """An order is numbered within the year of its day."""
        for row in self.rows.records:
            date_text = row.text(check.column), row.text(check.of[0])
            years = [set(_YEAR.findall(thai_digits_to_arabic(text))) for text in date_text]
            if all(years) and years[0].isdisjoint(years[1]):
                yield self.issue("W479", row, check.column, date_text[0], date_text[1])

    # ---- rows against rows

    def total(self, check: Check) -> Iterator[CellIssue]:
        total = self.rows.total
        leaves = self.rows.leaves(check.column)
        if total is None:
            yield from self._unnamed_total(leaves, check.column)
        if total is None or not leaves:
            return
        computed = sum(row.value(check.column) for row in leaves)
        if _differ(total.value(check.column), computed):
            amount = total.value(check.column)
            yield self.issue("W463", total, check.column, amount, computed)

    def _unnamed_total(self, leaves: Sequence[Record], column: str) -> Iterator[CellIssue]:
        """A last row that the others come to: counted as one of them, it would double the sum."""
        if len(leaves) <= _SEVERAL:
            return
        *others, last = leaves
        computed = sum(row.value(column) for row in others)
        if computed and not _differ(last.value(column), computed):
            yield self.issue("W429", last, column, last.value(column), "")

    def mean(self, check: Check) -> Iterator[CellIssue]:
        total, rows = self.rows.total, self.rows.leaves(check.column)
        if total and rows:
            computed = sum(row.value(check.column) for row in rows) / len(rows)
            amount = total.value(check.column)
            if _differ(amount, computed):
                yield self.issue("W463", total, check.column, amount, computed)

    def parts(self, check: Check) -> Iterator[CellIssue]:
        for row in self.rows.items:
            values = [c.value(check.column) for c in self.rows.children(row)]
            known = [value for value in values if not math.isnan(value)]
            if known and _differ(row.value(check.column), sum(known)):
                whole = row.value(check.column)
                yield self.issue("W464", row, check.column, whole, sum(known), no=row.no)

    def weights(self, check: Check) -> Iterator[CellIssue]:
        weighted = [row for row in self.rows.first_level if check.column in row.values]
        whole = sum(row.value(check.column) for row in weighted)
        if weighted and _differ(whole, check.to):
            yield self.issue("W465", weighted[0], check.column, whole, check.to)

    def numbering(self, check: Check) -> Iterator[CellIssue]:
        """Numbers left out among rows of one parent, and rows whose parent is missing."""
        siblings: dict[str, list[Record]] = {}
        for row in self.rows.items:
            if row.parent and row.parent not in self.rows.by_no:
                yield self.issue("W476", row, check.column, row.no, row.parent)
            siblings.setdefault(row.parent, []).append(row)
        for parent, rows in siblings.items():
            yield from self._gaps(parent, rows, check.column)

    def _gaps(self, parent: str, rows: list[Record], column: str) -> Iterator[CellIssue]:
        numbers = {int(tail): row for row in rows if (tail := row.no.rpartition(".")[2]).isdigit()}
        for number in sorted(numbers):
            if number > 1 and number - 1 not in numbers and len(numbers) > 1:
                missing = ".".join(filter(None, (parent, str(number - 1))))
                yield self.issue("W469", numbers[number], column, numbers[number].no, missing)

    def share_of_total(self, check: Check) -> Iterator[CellIssue]:
        total = self.rows.total
        whole = total.value(check.of[0]) if total else self._whole(check.of[0])
        for row in self.rows.items:
            if check.column in row.values and whole:
                computed = 100 * row.value(check.of[0]) / whole
                yield from self._printed(row, check.column, computed, "W471")

    def cumulative(self, check: Check) -> Iterator[CellIssue]:
        whole, so_far = self._whole(check.of[0]), 0.0
        for row in self.rows.items:
            so_far += row.values.get(check.of[0], 0.0)
            if check.column in row.values and whole:
                yield from self._printed(row, check.column, 100 * so_far / whole, "W472")

    def _whole(self, column: str) -> float:
        return sum(row.value(column) for row in self.rows.leaves(column))

    def all_of(self, check: Check) -> Iterator[CellIssue]:
        """Choices without a row are not filled; a row of dashes says that nothing was found."""
        column = self._column(check.column)
        there = {row.text(check.column) for row in self.rows.items}
        missing = [choice.name for choice in column.choices if choice.id not in there]
        first = self.rows.records[0]
        if missing:
            yield self.issue("W480", first, check.column, "", Text.joined(missing, ", "))

    def all_or_none(self, check: Check) -> Iterator[CellIssue]:
        """Rows left empty among others of a group; `of`: the group, then what makes rows count."""
        group, needed = check.of
        by_group: dict[str, list[Record]] = {}
        for row in self.rows.items:
            if needed in row.values:
                by_group.setdefault(row.text(group), []).append(row)
        for rows in by_group.values():
            empty = [row for row in rows if check.column not in row.values]
            if empty and len(empty) < len(rows):
                yield self.issue("W481", empty[0], check.column, "", self._row_name(empty[0]))

    def counted(self, check: Check) -> Iterator[CellIssue]:
        """Another number of rows than is printed."""
        first = self.rows.records[0]
        name = fold(" ".join(first.group))
        expected = next((o.rows for o in check.expected if fold(o.word) in name), None)
        if expected is not None and len(self.rows.items) != expected:
            yield self.issue("W478", first, check.column, len(self.rows.items), str(expected))

    def issue(
        self, code: str, row: Record, column: str, found: object, expected: object, **params: object
    ) -> CellIssue:
        """A message at a cell of a row; numbers as people write them."""
        where = row.where(column)
        wanted = expected if isinstance(expected, str | Text) else _shown(expected)
        params_ = {"title": self.name(column), "row": self._row_name(row), **params}
        return CellIssue(code, where.sheet, where.cell, _shown(found), wanted, params_)

    def _row_name(self, row: Record) -> Text:
        """A row as people point to it: the number it bears."""
        if row.is_total:
            return say("the total")
        return Text(row.no, row.no)


def _differ(printed: float, computed: float) -> bool:
    """Whether two figures that should be one are two; what is missing differs from nothing."""
    return abs(printed - computed) >= _SATANG


def _shown(value: object) -> str:
    if not isinstance(value, float):
        return str(value)
    if math.isnan(value):
        return ""
    rounded = round(value, 4)
    return f"{rounded:,.2f}" if abs(rounded) >= _LARGE else plain(rounded)


_RULES: Final[Mapping[Rule, Callable[[_Document, Check], Iterator[CellIssue]]]] = {
    "share": _Document.share,
    "total": _Document.total,
    "mean": _Document.mean,
    "parts": _Document.parts,
    "weights": _Document.weights,
    "row_sum": _Document.row_sum,
    "product": _Document.product,
    "arithmetic": _Document.arithmetic,
    "words": _Document.words,
    "numbering": _Document.numbering,
    "share_of_total": _Document.share_of_total,
    "cumulative": _Document.cumulative,
    "within_year": _Document.within_year,
    "growth": _Document.growth,
    "dated": _Document.dated,
    "all_of": _Document.all_of,
    "counted": _Document.counted,
    "fraction": _Document.fraction,
    "rising": _Document.rising,
    "all_or_none": _Document.all_or_none,
    "whole": _Document.whole,
    "scale": _Document.scale,
    "quarter": _Document.quarter,
    "needed": _Document.needed,
}
