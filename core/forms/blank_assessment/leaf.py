"""Writes the inputs of a blank form: the yellow cell, the counts beside it, and its points."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from core.criteria.model import Ladder, Ratio, RatioToTarget, Steps
from core.forms.assessment.plan import takes
from core.forms.blank_assessment import formulas as excel
from core.forms.blank_assessment.desk import Desk, row_label
from core.forms.blank_assessment.inputs import guard_count, guard_input
from core.forms.blank_assessment.plan import Column, Row, Spot, TypedRule
from core.forms.blank_assessment.units import UnitCells
from core.forms.blank_assessment.wording import steps_of
from core.forms.model.identity import Role
from core.forms.model.sheet_style import INPUT, NOTE, RESULT, TEXT
from core.forms.model.values import plain
from core.scoring.base.ladder import rung
from core.text import Text, say

BORROWED: Final = replace(RESULT, number_format="General")
LABEL: Final = replace(TEXT, across="right", down="center")
_TO_READ: Final = Column.READ_NUMERATOR - Column.NUMERATOR


class LeafWriter:
    """Writes typed rows of one sheet; `units`: cells that count the units of a checklist."""

    def __init__(self, desk: Desk, units: Mapping[str, UnitCells]) -> None:
        self.desk = desk
        self.units = units

    def percent_row(self, number: int, row: Row) -> None:
        """The row that takes a percentage, below the one that shows its points."""
        rule = row.rule
        if not isinstance(rule, Ladder | RatioToTarget):
            return
        label = row_label(
            self.desk.form.percent_row, say("Percentage reached"), self.desk.wording.language
        )
        self.desk.put(number, Column.FULL, label, LABEL)
        self._typed(number, row, rule)
        figure = excel.percent_figure(self._cell(number, Column.READ), self._share(number), rule)
        self._steps_of_computation(number, rule, figure)

    def points_row(self, number: int, rule: TypedRule, row: Row) -> None:
        """The row of a leaf typed as points."""
        self._typed(number, row, rule)
        read, share = self._cell(number, Column.READ), self._share(number)
        derived = None
        if share and isinstance(rule, Steps) and rule.derive:
            derived = excel.derived_figure(share, rule.derive.times, rule.derive.round_to)
        figure = excel.typed_points_figure(read, derived, rule.full)
        self._steps_of_computation(number, rule, figure)
        self._full(number, rule)
        points = self._points(rule, number)
        self.desk.put(number, Column.POINTS, "=" + points)

    def result_row(self, number: int, rule: Ladder | RatioToTarget) -> None:
        """The row that shows the points of a percentage."""
        self._full(number, rule)
        typed = self.desk.places.typed(rule).row
        cell = self.desk.put(number, Column.SCORE, "=" + self._points(rule, typed), RESULT)
        self.desk.name("raw", rule.id, cell)

    def _full(self, number: int, rule: TypedRule) -> None:
        figure = self.desk.seen(self.desk.places.typed(rule, Column.FIGURE))
        self.desk.put(number, Column.FULL, "=" + excel.leaf_full(figure, rule.full), RESULT)

    def _points(self, rule: TypedRule, typed_row: int) -> str:
        figure = self._cell(typed_row, Column.FIGURE)
        at_zero, reported = 0.0, figure
        if isinstance(rule, Ladder):
            at_zero = rule.bands[rung(0.0, rule.bands)].points
            reported = excel.look_up(figure, rule.bands)
        elif isinstance(rule, RatioToTarget):
            reported = excel.ratio(figure, rule)
        elif isinstance(rule, Steps) and rule.derive:
            step = excel.look_up(figure, rule.derive.bands)
            reported = f'IF({self._cell(typed_row, Column.READ)}="",{step},{figure})'
        return excel.leaf_points(figure, rule, reported, at_zero)

    def _typed(self, number: int, row: Row, rule: TypedRule) -> None:
        cell = self.desk.put(number, Column.SCORE, None, INPUT)
        self.desk.name("input", rule.id, cell)
        guard_input(self.desk.sheet, cell, rule, self.desk.wording)
        self.desk.put(number, Column.READ, "=" + self._read(cell))
        ratio = self.desk.places.typed_ratio(row)
        if ratio is not None:
            self._counts(number, rule, ratio)
        elif rule.id in self.units:
            self._counted_units(number, rule)

    def _counts(self, number: int, rule: TypedRule, ratio: Ratio) -> None:
        if takes(rule) == "percent":
            self.desk.put(number, Column.TITLE, self.desk.wording.figures(ratio), NOTE)
        pairs: tuple[tuple[Role, Column, str], ...] = (
            ("numerator", Column.NUMERATOR, ratio.numerator),
            ("denominator", Column.DENOMINATOR, ratio.denominator),
        )
        here = self.desk.plan.title
        own = []
        for role, column, measure in pairs:
            owner = self.desk.places.figures[measure]
            if owner == Spot(here, number, column):
                cell = self.desk.put(number, column, None, INPUT)
                guard_count(self.desk.sheet, cell, measure, self.desk.wording)
                self.desk.put(number, column + _TO_READ, "=" + self._read(cell))
                own.append(self._cell(number, column + _TO_READ))
            else:
                self._borrow(number, column, owner)
            self.desk.name_at(role, rule.id, owner)
        self._put_share(number, own)

    def _borrow(self, number: int, column: Column, owner: Spot) -> None:
        """A count with a yellow cell elsewhere is shown here by a formula."""
        there = self.desk.seen(owner)
        self.desk.put(number, column, f'=IF({there}="","",{there})', BORROWED)
        read = Spot(owner.sheet, owner.row, owner.column + _TO_READ)
        self.desk.put(number, column + _TO_READ, "=" + self.desk.seen(read))

    def _counted_units(self, number: int, rule: TypedRule) -> None:
        cells = self.units[rule.id]
        text = self.desk.wording.counted_on(self.desk.places.units[rule.id].sheet)
        self.desk.put(number, Column.TITLE, text, NOTE)
        for column, cell in (
            (Column.NUMERATOR, cells.passed),
            (Column.DENOMINATOR, cells.assessed),
        ):
            counted = f'=IF({self.desk.seen(cells.assessed)}=0,"",{self.desk.seen(cell)})'
            shown = self.desk.put(number, column, counted, BORROWED)
            self.desk.put(number, column + _TO_READ, f"={shown}")
        self._put_share(number, [self._cell(number, Column.READ_DENOMINATOR)])

    def _put_share(self, number: int, own: list[str]) -> None:
        top = self._cell(number, Column.READ_NUMERATOR)
        bottom = self._cell(number, Column.READ_DENOMINATOR)
        # A row whose counts are both typed elsewhere counts as soon as both are there.
        given = own or [f'IF(AND({top}<>"",{bottom}<>""),1,"")']
        self.desk.put(number, Column.SHARE, "=" + excel.share(top, bottom, given))

    def _share(self, number: int) -> str | None:
        has_counts = self.desk.sheet.cell(number, Column.SHARE).value is not None
        return self._cell(number, Column.SHARE) if has_counts else None

    def _steps_of_computation(self, number: int, rule: TypedRule, figure: str) -> None:
        self.desk.put(number, Column.FIGURE, "=" + figure)
        cell = self._cell(number, Column.FIGURE)
        is_reported = f'IF(OR({cell}="",{cell}="na"),0,1)'
        self.desk.put(number, Column.REPORTED, "=" + is_reported)
        self.desk.put(number, Column.CHECK, "=" + self._check(number, rule), NOTE)

    def _read(self, cell: str) -> str:
        words = self.desk.words
        return excel.read(cell, words.not_reported, words.not_applicable)

    @staticmethod
    def _cell(row: int, column: int) -> str:
        return Spot("", row, column).cell

    def _check(self, number: int, rule: TypedRule) -> str:
        """The formula of a row's error messages."""
        read, figure = self._cell(number, Column.READ), self._cell(number, Column.FIGURE)
        say_ = self.desk.wording
        wrong = excel.quoted("✗ " + say_(say("Expected: {range}", range=say_.range_of(rule))))
        if self._share(number):
            counts = excel.quoted("✗ " + say_(say("Fill in both A and B; A not above B")))
            wrong = f'IF({read}<>"",{wrong},{counts})'
        empty = excel.quoted("○ " + say_(self._when_empty(rule)))
        away = excel.quoted(say_(say("Does not apply")))
        fine = self._remark(number, rule)
        return (
            f'IF({figure}="error",{wrong},IF({figure}="na",{away},IF({figure}="",{empty},{fine})))'
        )

    @staticmethod
    def _when_empty(rule: TypedRule) -> Text:
        is_flattered = (
            isinstance(rule, Ladder)
            and rule.when_empty == "as_zero"
            and rule.better == "lower"
            and rule.bands[rung(0.0, rule.bands)].points == rule.full
        )
        if is_flattered:
            return say("Not filled in, yet the form gives full marks")
        return say("Not filled in")

    def _remark(self, number: int, rule: TypedRule) -> str:
        """The formula of a row's remarks, where it has no error."""
        read, say_ = self._cell(number, Column.READ), self.desk.wording
        counted = excel.NOTHING
        if self._share(number):
            share = self._cell(number, Column.SHARE)
            counted = f'"100 × A ÷ B = "&ROUND({share},2)'
        if not isinstance(rule, Steps):
            return f'IF({read}="",{counted},"")'
        steps = ",".join(map(plain, steps_of(rule)))
        odd = excel.quoted("! " + say_(say("Not a printed step: {range}", range=steps)))
        typed = f'IF(ISNUMBER(MATCH({read},{{{steps}}},0)),"",{odd})'
        if self._share(number):
            points = self._cell(number, Column.POINTS)
            counted = f"{counted}&{excel.quoted(' → ')}&{points}"
        return f"IF(ISNUMBER({read}),{typed},{counted})"
