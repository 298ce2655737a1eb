"""Writes the rows of a blank assessment form: texts, results by formula, and inputs."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from core.criteria.model import Ladder, RatioToTarget, Rule, Sum, WeightedGroup
from core.forms.assessment.plan import Item, group_of, typed_rule
from core.forms.blank_assessment import formulas as excel
from core.forms.blank_assessment.desk import Desk, column_titles, row_label
from core.forms.blank_assessment.leaf import LeafWriter
from core.forms.blank_assessment.plan import Column, Row
from core.forms.blank_assessment.units import UnitCells
from core.forms.model.sheet_style import BAND, HEADER, NOTE, RESULT, STRONG, TEXT, fit_row
from core.text import say

HEAD_TEXT: Final = replace(STRONG, fill=BAND)
HEAD_RESULT: Final = replace(RESULT, fill=BAND, bold=True)
_HIDDEN_TITLES: Final = (
    "read", "read A", "read B", "100 A/B", "figure", "points", "reported", "weighted",
)  # fmt: skip


class RowWriter:
    """Writes the rows of one sheet in printed order."""

    def __init__(self, desk: Desk, units: Mapping[str, UnitCells]) -> None:
        self.desk = desk
        self.leaves = LeafWriter(desk, units)
        self._last_evidence = ""

    def write(self) -> None:
        """Write every row with the height its text needs."""
        writers = {
            "section": self._section,
            "total": self._total,
            "header": self._header,
            "head": self._head,
            "rule": self._rule,
            "percent": self.leaves.percent_row,
            "sum": self._sum,
        }
        for number, row in self.desk.plan.numbered():
            writers[row.kind](number, row)
            self._fill_up(number, row)
            fit_row(self.desk.sheet, number)

    def _fill_up(self, number: int, row: Row) -> None:
        """Draw the borders of empty cells."""
        is_head = row.kind in {"section", "head"} or isinstance(row.rule, Sum)
        for column in range(Column.NUMBER, Column.CHECK + 1):
            if not self.desk.sheet.cell(number, column).has_style:
                self.desk.put(number, column, None, HEAD_TEXT if is_head else TEXT)

    def _section(self, number: int, row: Row) -> None:
        group = group_of(row.section.group, self.desk.rules)
        weights, weighted = (
            self.desk.seen(self.desk.places.group(group.id, "total", column))
            for column in (Column.FULL, Column.SCORE)
        )
        text = self.desk.wording(row.section.total_label)
        self.desk.put(number, Column.TITLE, text, HEAD_TEXT)
        self.desk.put(number, Column.FULL, group.out_of, HEAD_RESULT)
        formula = "=" + excel.scaled(group.out_of, weighted, weights)
        cell = self.desk.put(number, Column.SCORE, formula, HEAD_RESULT)
        self.desk.name("score", group.id, cell)

    def _total(self, number: int, row: Row) -> None:
        group = group_of(row.section.group, self.desk.rules)
        items = [item for item in self.desk.items if item.section.id == row.section.id]
        self.desk.put(number, Column.TITLE, self._sum_label(), STRONG)
        weights = [self._weight(item, group) for item in items]
        self.desk.put(number, Column.FULL, "=" + excel.added(weights), RESULT)
        weighted = [
            self.desk.seen(self.desk.places.weighted(self._rule_of(item), row.section))
            for item in items
        ]
        cell = self.desk.put(number, Column.SCORE, "=" + excel.added(weighted), RESULT)
        self.desk.name("total", group.id, cell)

    def _rule_of(self, item: Item) -> Rule:
        return typed_rule(self.desk.rules, item.id)

    def _sum_label(self) -> str:
        language = self.desk.wording.language
        return row_label(self.desk.form.sum_row, say("Total points"), language)

    def _weight(self, item: Item, group: WeightedGroup) -> str:
        """The weight of an item that applies, as a reference where a row shows it."""
        if item.section.head_rows:
            return self.desk.seen(self.desk.places.weight(item.id))
        return self._applying(item, group)

    def _applying(self, item: Item, group: WeightedGroup) -> str:
        full = self.desk.full_of(item.id)
        return excel.applying(item.weight, full, self._counts(item, group))

    def _weighted(self, item: Item, group: WeightedGroup) -> str:
        points, full = self.desk.points_of(item.id), self.desk.full_of(item.id)
        return "=" + excel.weighted(item.weight, points, full, self._counts(item, group))

    def _counts(self, item: Item, group: WeightedGroup) -> str:
        """The conditions under which an item counts, where only filled ones do."""
        if group.empty == "as_form":
            return ""
        rules = [typed_rule(self.desk.rules, line.id) for line in item.inputs]
        typed = [self.desk.places.typed(rule, Column.REPORTED) for rule in rules]
        reported = excel.added(map(self.desk.seen, typed))
        return f"ISNUMBER({self.desk.points_of(item.id)}),{reported}>0"

    def _header(self, number: int, row: Row) -> None:
        titles = column_titles(self.desk.form, row.section, self.desk.wording.language)
        for column, title in titles.items():
            self.desk.put(number, column, title, HEADER)
        for column, title in enumerate(_HIDDEN_TITLES, Column.READ):
            self.desk.put(number, column, title, NOTE)

    def _head(self, number: int, row: Row) -> None:
        if row.item is None or row.rule is None:
            return
        group = group_of(row.section.group, self.desk.rules)
        self._number(number, row.item.no)
        self.desk.put(number, Column.TITLE, self.desk.wording(row.rule.name), HEAD_TEXT)
        self.desk.put(number, Column.FULL, "=" + self._applying(row.item, group), HEAD_RESULT)
        weighted = self._weighted(row.item, group)
        cell = self.desk.put(number, Column.SCORE, weighted, HEAD_RESULT)
        self.desk.name("weighted", row.item.id, cell)

    def _number(self, number: int, no: str) -> None:
        value = int(no) if no.isdigit() else no
        self.desk.put(number, Column.NUMBER, value, replace(HEAD_TEXT, across="center"))

    def _rule(self, number: int, row: Row) -> None:
        """A row that shows a rule's points, or takes them."""
        rule = row.rule
        if rule is None:
            return
        self._words(number, row, self.desk.wording.cell_text(row))
        if isinstance(rule, Sum):
            self._sum_result(number, rule)
        elif isinstance(rule, Ladder | RatioToTarget):
            self.leaves.result_row(number, rule)
        else:
            self.leaves.points_row(number, rule, row)
        self._own_number(number, row)

    def _own_number(self, number: int, row: Row) -> None:
        """An item without a head row carries number and weighted score itself."""
        if row.is_item and not row.section.head_rows and row.item is not None:
            group = group_of(row.section.group, self.desk.rules)
            self._number(number, row.item.no)
            self.desk.put(number, Column.WEIGHTED, self._weighted(row.item, group))

    def _words(self, number: int, row: Row, text: str) -> None:
        look = HEAD_TEXT if isinstance(row.rule, Sum) else TEXT
        self.desk.put(number, Column.TITLE, text, look)
        evidence = self.desk.wording.evidence(row.rule) if row.rule else ""
        # The print shows what holds for several lines once.
        if evidence and evidence != self._last_evidence:
            self.desk.put(number, Column.EVIDENCE, evidence, NOTE)
            self._last_evidence = evidence

    def _sum_result(self, number: int, rule: Sum) -> None:
        if rule.then is None:
            self._add_parts(number, rule)
            cell = self.desk.sheet.cell(number, Column.SCORE).coordinate
        else:
            full, total = (
                self.desk.seen(self.desk.places.sum_of(rule, column))
                for column in (Column.FULL, Column.SCORE)
            )
            self.desk.put(number, Column.FULL, "=" + excel.applying(rule.full, full), RESULT)
            points = "=" + excel.rung_of_sum(total, rule.then, rule.round_to)
            cell = self.desk.put(number, Column.SCORE, points, RESULT)
        self.desk.name("raw", rule.id, cell)

    def _sum(self, number: int, row: Row) -> None:
        """The row of a sum that is looked up in rungs, or that an item's head weighs."""
        rule = row.rule
        if not isinstance(rule, Sum):
            return
        text = self._sum_label()
        if rule.then is None:
            text = "\n".join(filter(None, (text, self.desk.wording.how(rule))))
        self._words(number, row, text)
        self._add_parts(number, rule)
        if rule.then is None:
            cell = self.desk.sheet.cell(number, Column.SCORE).coordinate
            self.desk.name("raw", rule.id, cell)

    def _add_parts(self, number: int, rule: Sum) -> None:
        full = "=" + excel.added(self.desk.full_of(part.id) for part in rule.parts)
        points = "=" + excel.total([self.desk.points_of(part.id) for part in rule.parts])
        self.desk.put(number, Column.FULL, full, RESULT)
        self.desk.put(number, Column.SCORE, points, RESULT)
