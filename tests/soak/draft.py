"""A table while it is being laid out: its columns, what stands around them, and what is true."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from core.criteria.catalog import measures
from core.forms.model.form import FIGURES, Column, Table, TableForm

Truth = dict[tuple[str, str, str], float]
"""Figure by subject, period and measure; a subject without a period has an empty one."""


@dataclass
class Entry:
    """One cell: its value, its number format, and whether a formula stands behind it."""

    value: Any = None
    format: str = "General"
    is_formula: bool = False


@dataclass
class Strip:
    """One column of the sheet; `column` is that of the form, None where it is none of it.

    `over` stands above the title, `below` under it, before the first row.
    """

    title: str
    entries: list[Entry]
    column: Column | None = None
    over: str = ""
    below: str = ""
    is_hidden: bool = False

    @property
    def measure(self) -> str:
        return self.column.measure if self.column else ""


@dataclass
class Draft:
    """One sheet and the true figures of it; `kinds` are the oddities it was given.

    `when` is the fiscal year and fiscal month (or round) of each row, `whose` its subject.
    """

    form: TableForm
    table: Table
    name: str
    strips: list[Strip]
    truth: Truth
    whose: list[str]
    when: list[tuple[int, int]]
    above: list[list[Any]] = field(default_factory=list)
    under: list[list[Any]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    """First row, first column, last row, last column; rows count from the titles, from 0."""
    hidden_rows: set[int] = field(default_factory=set)
    left: int = 0
    is_hidden: bool = False
    package: str = ""
    text_file: dict[str, Any] = field(default_factory=dict)
    others: list["Draft"] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)

    @property
    def height(self) -> int:
        return len(self.strips[0].entries)

    def find(self, measure: str) -> Strip | None:
        return next((s for s in self.strips if s.measure == measure), None)

    def figures(self, unit: str = "") -> list[Strip]:
        """The columns of numbers, or only those of a unit."""
        return [
            s
            for s in self.strips
            if s.column is not None
            and s.column.type == "number"
            and (not unit or self.table.unit(s.column) == unit)
        ]

    def amounts(self) -> list[Strip]:
        """Columns of baht, none worked out per head."""
        per_head = {"transfer.budget_op", "transfer.budget_pp", "transfer.budget_depreciation"}
        return [
            s
            for s in self.figures("baht")
            if s.column and not s.column.is_ratio and s.measure not in per_head
            and "per_head" not in s.measure
        ]  # fmt: skip

    def key_strips(self) -> list[Strip]:
        return [s for s in self.strips if s.column is not None and s.column.type not in FIGURES]

    def forget(self, strip: Strip, row: int | None = None) -> None:
        """The sheet no longer says what a column holds, or one cell of it."""
        kinds = self.table.kinds if row is None else (self._kind(row),)
        fed = {self.table.measure(strip.column, kind) for kind in kinds}
        whose = None if row is None else self.key(row)
        self.truth = {
            key: value
            for key, value in self.truth.items()
            if key[2] not in fed or whose not in (None, key[:2])
        }

    def _kind(self, row: int) -> str:
        """Of what a row is, in a table of several kinds."""
        strip = self.find(self.table.pivot) if self.table.pivot else None
        choices = strip.column.choices if strip and strip.column else ()
        return next((c.id for c in choices if c.name.th == strip.entries[row].value), "")

    def key(self, row: int) -> tuple[str, str]:
        """Subject and period of a row, as results name them."""
        return self.whose[row], period_name(self.table, *self.when[row])

    def add_row(self, values: Callable[[Strip], Any], at: int | None = None) -> None:
        """A further row, whose cells `values` gives by column."""
        place = self.height if at is None else at
        for strip in self.strips:
            value = values(strip)
            strip.entries.insert(place, value if isinstance(value, Entry) else Entry(value))
        self.whose.insert(place, "")
        self.when.insert(place, (0, 0))
        self.hidden_rows = {n + (n >= place) for n in self.hidden_rows}

    def keep_rows(self, count: int) -> None:
        """The first rows alone, in the order they were drawn in: those of a subject together."""
        kept = {self.key(row) for row in range(count)}
        for strip in self.strips:
            del strip.entries[count:]
        del self.whose[count:], self.when[count:]
        self.truth = {key: value for key, value in self.truth.items() if key[:2] in kept}

    def is_fact(self, row: int) -> bool:
        return bool(self.whose[row])

    def cells(self, strip: Strip) -> Iterator[tuple[int, Entry]]:
        """The cells of a column in rows of facilities that hold something."""
        return (
            (n, e)
            for n, e in enumerate(strip.entries)
            if self.is_fact(n) and e.value is not None
        )  # fmt: skip


def period_name(table: Table, year: int, part: int) -> str:
    types = {column.type for column in table.columns}
    if not table.is_dated:
        return ""
    if "round" in types:
        return f"{year}-R{part}"
    if "quarter" in types:
        return f"{year}-Q{part}"
    return f"{year}-M{part:02}" if "month" in types else str(year)


Change = Callable[[Draft, random.Random], bool]
"""Gives a draft an oddity; False where it has nothing of the sort."""
KINDS: dict[str, Change] = {}
ONLY_XLSX: set[str] = set()
ONLY_CSV: set[str] = set()


def kind(name: str, only: str = "") -> Callable[[Change], Change]:
    """Enter an oddity by its name; `only` is the kind of file that can have it."""

    def enter(change: Change) -> Change:
        assert name not in KINDS
        KINDS[name] = change
        {"xlsx": ONLY_XLSX, "csv": ONLY_CSV}.get(only, set()).add(name)
        return change

    return enter


def is_percent(column: Column) -> bool:
    known = measures().get(column.measure)
    return known is not None and known.unit in ("percent", "points")
