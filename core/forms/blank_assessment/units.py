"""The sheet with a checklist to be filled in once per smaller unit (such as a tambon)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from core.criteria.catalog import RuleSet
from core.criteria.model import Ladder, Rule, Sum
from core.errors import CriteriaError
from core.forms.assessment.plan import lines_of, takes, typed_rule
from core.forms.blank_assessment import formulas as excel
from core.forms.blank_assessment.desk import WordRanges
from core.forms.blank_assessment.inputs import guard_input
from core.forms.blank_assessment.plan import Spot, TypedRule
from core.forms.blank_assessment.wording import Wording
from core.forms.model.form import AssessmentForm, UnitChecklist
from core.forms.model.identity import cell_name
from core.forms.model.sheet_style import (
    BAND,
    HEADER,
    INPUT,
    INPUT_TEXT,
    NOTE,
    NUMBER,
    RESULT,
    STRONG,
    TITLE,
    fit_row,
    lock,
    name_cell,
    put,
    set_paper,
    set_widths,
)
from core.scoring.base.ladder import rung
from core.text import say

_TITLE: Final = 2
_FULL: Final = 3
_FIRST_UNIT: Final = 4
_HEADER_ROW: Final = 3
_NAME_ROW: Final = 4
_FIRST_LINE: Final = 5


@dataclass(frozen=True)
class UnitCells:
    """Cells that count the units that pass and all that were assessed."""

    passed: Spot
    assessed: Spot


class UnitSheet:
    """Writes the sheet of one checklist: lines down, units across, hidden computation beside."""

    def __init__(
        self, book: Workbook, form: AssessmentForm, part: UnitChecklist, rules: RuleSet
    ) -> None:
        self.book = book
        self.form = form
        self.part = part
        self.rules = rules
        self.rule = typed_rule(rules, part.checklist)
        self.lines: Sequence[Rule] = tuple(lines_of(self.rule))
        if any(takes(line) == "percent" or _has_rungs(line) for line in (self.rule, *self.lines)):
            reason = "units fill in lines of points that add up, nothing else"
            raise CriteriaError("C001", file=part.checklist, line=1, reason=reason)
        self.rows = {line.id: _FIRST_LINE + n for n, line in enumerate(self.lines)}
        self.total_row = _FIRST_LINE + len(self.lines)

    def write(self, wording: Wording, words: WordRanges, footer: str) -> UnitCells:
        """Write the whole sheet."""
        sheet: Worksheet = self.book.create_sheet(wording(self.part.sheet))
        set_widths(sheet, [6, 58, 10, *[8.5] * self.part.units, *[0] * (3 * self.part.units)])
        self._top(sheet, wording)
        for line in self.lines:
            self._line(sheet, line, wording, words)
        cells = self._totals(sheet, wording)
        for row in range(_HEADER_ROW, self.total_row + 5):
            fit_row(sheet, row)
        sheet.freeze_panes = sheet.cell(_NAME_ROW, _FIRST_UNIT)
        lock(sheet)
        set_paper(sheet, _HEADER_ROW, footer, "landscape")
        return cells

    def _top(self, sheet: Worksheet, wording: Wording) -> None:
        put(sheet, 1, 1, wording(self.rule.name), TITLE)
        note = say("One column for each unit; leave the columns of others empty")
        put(sheet, 2, 1, wording(note), replace(NOTE, wrap=False, boxed=False))
        titles = (say("No."), say("What is assessed"), say("Full marks"))
        for column, title in enumerate(titles, 1):
            put(sheet, _HEADER_ROW, column, wording(title), HEADER)
        put(sheet, _NAME_ROW, _TITLE, wording(say("Name")), STRONG)
        for unit in range(1, self.part.units + 1):
            column = _FIRST_UNIT + unit - 1
            put(sheet, _HEADER_ROW, column, f"{wording(self.part.unit)} {unit}", HEADER)
            put(sheet, _NAME_ROW, column, None, replace(INPUT_TEXT, size=9.5))

    def _line(self, sheet: Worksheet, line: Rule, wording: Wording, words: WordRanges) -> None:
        row = self.rows[line.id]
        look = replace(STRONG, fill=BAND) if isinstance(line, Sum) else replace(STRONG, bold=False)
        put(sheet, row, 1, None, look)
        put(sheet, row, _TITLE, wording.title(line), look)
        put(sheet, row, _FULL, line.full, RESULT if isinstance(line, Sum) else NUMBER)
        for unit in range(1, self.part.units + 1):
            if isinstance(line, Sum):
                put(sheet, row, self._typed(unit), "=" + self._shown(line, unit), RESULT)
            else:
                self._input(sheet, line, unit, words)
        if not isinstance(line, Sum):
            last = get_column_letter(self._typed(self.part.units))
            first = get_column_letter(_FIRST_UNIT)
            guard_input(sheet, f"{first}{row}:{last}{row}", line, wording)

    def _input(self, sheet: Worksheet, line: TypedRule, unit: int, words: WordRanges) -> None:
        row = self.rows[line.id]
        typed = put(sheet, row, self._typed(unit), None, INPUT).coordinate
        name_cell(self.book, cell_name("unit", line.id, unit), sheet, typed)
        read = excel.read(typed, words.not_reported, words.not_applicable)
        read_cell = put(sheet, row, self._hidden(unit, 0), "=" + read).coordinate
        figure = excel.typed_points_figure(read_cell, None, line.full)
        figure_cell = put(sheet, row, self._hidden(unit, 1), "=" + figure).coordinate
        points = excel.leaf_points(figure_cell, line, figure_cell, 0.0)
        put(sheet, row, self._hidden(unit, 2), "=" + points)

    def _sum(self, rule: Rule, unit: int) -> str:
        parts = rule.parts if isinstance(rule, Sum) else ()
        return excel.total([self._points(part, unit) for part in parts])

    def _shown(self, rule: Rule, unit: int) -> str:
        """A sum of a unit, nothing for a unit that was not assessed."""
        flag = f"{get_column_letter(self._typed(unit))}{self.total_row + 1}"
        return f'IF({flag}=0,"",{self._sum(rule, unit)})'

    def _points(self, line: Rule, unit: int) -> str:
        column = self._typed(unit) if isinstance(line, Sum) else self._hidden(unit, 2)
        return f"{get_column_letter(column)}{self.rows[line.id]}"

    @staticmethod
    def _typed(unit: int) -> int:
        return _FIRST_UNIT + unit - 1

    def _hidden(self, unit: int, step: int) -> int:
        return _FIRST_UNIT + (step + 1) * self.part.units + unit - 1

    def _totals(self, sheet: Worksheet, wording: Wording) -> UnitCells:
        labels = (
            say("Total points"),
            say("Assessed (1 = yes)"),
            self.rules.rule(self.part.passed).name,
        )
        for offset, label in enumerate(labels):
            put(sheet, self.total_row + offset, 1, None, STRONG)
            put(sheet, self.total_row + offset, _TITLE, wording(label), STRONG)
        put(sheet, self.total_row, _FULL, self.rule.full, RESULT)
        for unit in range(1, self.part.units + 1):
            self._unit_total(sheet, unit)
        return self._counted(sheet)

    def _unit_total(self, sheet: Worksheet, unit: int) -> None:
        column = self._typed(unit)
        figures = get_column_letter(self._hidden(unit, 1))
        lines = f"{figures}{_FIRST_LINE}:{figures}{self.total_row - 1}"
        assessed = f'IF(SUMPRODUCT(--({lines}<>""))>0,1,0)'
        whole = replace(RESULT, number_format="0")
        flag = put(sheet, self.total_row + 1, column, "=" + assessed, whole).coordinate
        total = "=" + self._shown(self.rule, unit)
        cell = put(sheet, self.total_row, column, total, RESULT).coordinate
        passed = f'=IF({flag}=0,"",{self._passed(cell)})'
        put(sheet, self.total_row + 2, column, passed, whole)

    def _passed(self, total: str) -> str:
        rule = typed_rule(self.rules, self.part.passed)
        if not isinstance(rule, Ladder):
            raise CriteriaError("C001", file=rule.id, line=1, reason="is no ladder of a total")
        figure = excel.percent_figure(total, None, rule)
        at_zero = rule.bands[rung(0.0, rule.bands)].points
        points = excel.look_up(figure, rule.bands)
        return excel.leaf_points(figure, rule, points, at_zero)

    def _counted(self, sheet: Worksheet) -> UnitCells:
        first, last = (get_column_letter(self._typed(unit)) for unit in (1, self.part.units))
        spots = []
        for offset in (2, 1):
            row = self.total_row + offset
            put(sheet, row, _FULL, f"=SUM({first}{row}:{last}{row})", replace(RESULT, bold=True))
            spots.append(Spot(sheet.title, row, _FULL))
        return UnitCells(*spots)


def _has_rungs(rule: Rule) -> bool:
    return isinstance(rule, Sum) and rule.then is not None
