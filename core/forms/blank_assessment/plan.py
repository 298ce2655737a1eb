"""The layout of a blank assessment form: its sheets, their rows, and the place of every cell."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import Final, Literal

from openpyxl.utils import get_column_letter, quote_sheetname

from core.criteria.catalog import RuleSet
from core.criteria.model import Checklist, Ladder, PassFail, Ratio, RatioToTarget, Rule, Steps, Sum
from core.forms.assessment.plan import Item, takes, typed_rule
from core.forms.model.form import AssessmentForm, Section, UnitChecklist
from core.text import Language

TypedRule = Ladder | RatioToTarget | Steps | PassFail | Checklist
"""Kinds of rule with a yellow cell."""
FIRST_ROW: Final = 3
"""The first row below heading and instruction."""


class Column(IntEnum):
    """Columns of the form; those from READ on are hidden and hold the steps of the computation."""

    NUMBER = 1
    TITLE = 2
    EVIDENCE = 3
    FULL = 4
    SCORE = 5
    NUMERATOR = 6
    DENOMINATOR = 7
    CHECK = 8
    READ = 9
    READ_NUMERATOR = 10
    READ_DENOMINATOR = 11
    SHARE = 12
    FIGURE = 13
    POINTS = 14
    REPORTED = 15
    WEIGHTED = 16


Kind = Literal["section", "total", "header", "head", "rule", "percent", "sum"]


@dataclass(frozen=True)
class Row:
    """One row of the form.

    `head` is an item's title row; `rule` shows points or takes them; `percent` takes a percentage;
    `sum` shows the sum that is looked up in rungs, or that an item's head weighs.
    """

    kind: Kind
    section: Section
    item: Item | None = None
    rule: Rule | None = None
    is_item: bool = False
    """Whether the row stands for the whole item rather than for a part of it."""


@dataclass(frozen=True)
class SheetPlan:
    """One sheet of the form: its sections and rows; row n of the sheet is `rows[n - FIRST_ROW]`."""

    title: str
    sections: tuple[Section, ...]
    rows: tuple[Row, ...]

    def numbered(self) -> Iterator[tuple[int, Row]]:
        return enumerate(self.rows, FIRST_ROW)

    @property
    def header_row(self) -> int:
        return next(number for number, row in self.numbered() if row.kind == "header")

    @property
    def last_row(self) -> int:
        return FIRST_ROW + len(self.rows) - 1


@dataclass(frozen=True)
class Spot:
    """A cell of a sheet of the form."""

    sheet: str
    row: int
    column: int

    @property
    def cell(self) -> str:
        return f"{get_column_letter(self.column)}{self.row}"

    def seen_from(self, sheet: str) -> str:
        """The reference to write in a formula on a sheet."""
        return self.cell if sheet == self.sheet else f"{quote_sheetname(self.sheet)}!{self.cell}"


def section_rows(section: Section, items: Sequence[Item], rules: RuleSet) -> Iterator[Row]:
    """The rows of a section's items in printed order."""
    for item in items:
        if item.section.id != section.id:
            continue
        rule = typed_rule(rules, item.id)
        if section.head_rows:
            yield Row("head", section, item, rule, is_item=True)
        yield from _rule_rows(section, item, rule, is_item=True)


def _rule_rows(section: Section, item: Item, rule: Rule, *, is_item: bool) -> Iterator[Row]:
    # Under a head row a plain sum is labelled as such; elsewhere it has its own title.
    is_plain_sum = isinstance(rule, Sum) and rule.then is None
    if not (is_item and section.head_rows and is_plain_sum):
        yield Row("rule", section, item, rule, is_item)
    if takes(rule) == "percent":
        yield Row("percent", section, item, rule, is_item)
    if isinstance(rule, Sum):
        if rule.then is not None or (is_item and section.head_rows):
            yield Row("sum", section, item, rule, is_item)
        for part in rule.parts:
            yield from _rule_rows(section, item, part, is_item=False)


def sheet_plans(
    form: AssessmentForm, items: Sequence[Item], rules: RuleSet, language: Language
) -> tuple[SheetPlan, ...]:
    """The sheets in order; sections that name the same sheet run on as one table."""
    by_title: dict[str, list[Section]] = {}
    for section in form.sections:
        by_title.setdefault(section.sheet.in_(language), []).append(section)
    return tuple(
        SheetPlan(title, tuple(sections), tuple(_sheet_rows(sections, items, rules)))
        for title, sections in by_title.items()
    )


def _sheet_rows(
    sections: Sequence[Section], items: Sequence[Item], rules: RuleSet
) -> Iterator[Row]:
    for section in sections:
        yield Row("section", section)
        yield Row("total", section)
        if section is sections[0]:
            yield Row("header", section)
        yield from section_rows(section, items, rules)


def ratio_in_use(rule: Rule) -> Ratio | None:
    """The counts a rule may be computed from; None when they would have no effect."""
    if isinstance(rule, Ladder | RatioToTarget):
        return rule.input
    return rule.input if isinstance(rule, Steps) and rule.derive else None


class Places:
    """The cell of every figure of the form, by full rule id."""

    def __init__(self, plans: Sequence[SheetPlan], checklists: Sequence[UnitChecklist]) -> None:
        self.plans = plans
        self.units: Mapping[str, UnitChecklist] = {part.item: part for part in checklists}
        self._rows: dict[tuple[str, Kind], tuple[str, int]] = {}
        for plan in plans:
            for number, row in plan.numbered():
                key = row.rule.id if row.rule else row.section.group
                self._rows.setdefault((key, row.kind), (plan.title, number))

    def _at(self, node: str, kind: Kind, column: Column) -> Spot:
        sheet, row = self._rows[node, kind]
        return Spot(sheet, row, column)

    def _kind(self, rule: Rule) -> Kind:
        return "rule" if (rule.id, "rule") in self._rows else "sum"

    def full(self, rule: Rule) -> Spot:
        """Full marks that apply."""
        return self._at(rule.id, self._kind(rule), Column.FULL)

    def points(self, rule: Rule) -> Spot:
        """Points as the core gives them."""
        column = Column.POINTS if takes(rule) == "points" else Column.SCORE
        return self._at(rule.id, self._kind(rule), column)

    def typed(self, rule: Rule, column: Column = Column.SCORE) -> Spot:
        """The row in which a leaf is typed."""
        return self._at(rule.id, "percent" if takes(rule) == "percent" else "rule", column)

    def weight(self, criterion: str) -> Spot:
        """The weight in an item's head row."""
        return self._at(criterion, "head", Column.FULL)

    def weighted(self, rule: Rule, section: Section) -> Spot:
        """An item's weighted score: in its head row, or hidden where there is none."""
        if section.head_rows:
            return self._at(rule.id, "head", Column.SCORE)
        return self._at(rule.id, self._kind(rule), Column.WEIGHTED)

    def sum_of(self, rule: Sum, column: Column) -> Spot:
        """The row that shows what the parts of a sum add up to."""
        return self._at(rule.id, "sum", column)

    def group(self, group: str, kind: Literal["section", "total"], column: Column) -> Spot:
        return self._at(group, kind, column)

    @cached_property
    def figures(self) -> Mapping[str, Spot]:
        """Measure -> its yellow cell, the first in printed order."""
        spots: dict[str, Spot] = {}
        for plan in self.plans:
            for row in plan.rows:
                ratio = self.typed_ratio(row)
                if ratio is not None and row.rule is not None:
                    spots.setdefault(ratio.numerator, self.typed(row.rule, Column.NUMERATOR))
                    spots.setdefault(ratio.denominator, self.typed(row.rule, Column.DENOMINATOR))
        return spots

    def typed_ratio(self, row: Row) -> Ratio | None:
        """The counts typed in a row; those a unit checklist counts are not typed."""
        if row.rule is None or row.rule.id in self.units:
            return None
        is_typed = row.kind == "percent" or (row.kind == "rule" and takes(row.rule) == "points")
        return ratio_in_use(row.rule) if is_typed else None
