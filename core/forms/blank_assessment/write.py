"""Writes the blank of an assessment form: a workbook that computes its own scores.

Everything in it follows from the form file and the rules: rows, words, yellow cells, validation,
formulas, locks, radar charts, and names by which the reader finds every cell again.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from openpyxl import Workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from core.criteria.catalog import RuleSet, catalog
from core.criteria.model import Radar
from core.forms.assessment.plan import items_of, takes
from core.forms.blank_assessment.desk import Desk, WordRanges, write_words
from core.forms.blank_assessment.formulas import quoted
from core.forms.blank_assessment.plan import Column, Places, Row, SheetPlan, sheet_plans
from core.forms.blank_assessment.radar import write_radar
from core.forms.blank_assessment.rows import RowWriter
from core.forms.blank_assessment.units import UnitCells, UnitSheet
from core.forms.blank_assessment.wording import Wording
from core.forms.model.form import AssessmentForm, UnitChecklist
from core.forms.model.identity import IDENTITY_SHEET, Identity
from core.forms.model.sheet_style import (
    INPUT_TEXT,
    INSTRUCTION,
    NOTE,
    TITLE,
    fit_row,
    lock,
    put,
    put_text,
    saved,
    set_paper,
    set_widths,
    write_identity,
)
from core.text import Language, say

_WIDTHS: Final = (6, 60, 38, 12, 12, 12, 12, 26)
_LABEL: Final = replace(NOTE, boxed=False, down="bottom")
_WRONG: Final = PatternFill("solid", bgColor="F8CBAD")


def write_template(
    form: AssessmentForm,
    rules: RuleSet,
    *,
    cup: str | None = None,
    cup_name: str | None = None,
    fiscal_year: int | None = None,
    language: Language = "th",
) -> bytes:
    """The blank form as an .xlsx file.

    `cup` and `cup_name` are written into it when they are known; `fiscal_year` (Buddhist era) is
    the form's own when missing. Raises `CriteriaError` for rules that no form can hold.
    """
    identity = Identity(form.id, form.version, cup, cup_name, fiscal_year or form.fiscal_year)
    return saved(_Writer(form, rules, identity, language, printed_numbers()).write())


def printed_numbers() -> dict[str, str]:
    """Criterion -> its printed number."""
    return {key: criterion.no or "" for key, criterion in catalog().criteria.items()}


class _Writer:
    def __init__(
        self,
        form: AssessmentForm,
        rules: RuleSet,
        identity: Identity,
        language: Language,
        numbers: Mapping[str, str],
    ) -> None:
        self.form = form
        self.rules = rules
        self.identity = identity
        self.wording = Wording(language)
        self.items = items_of(form, rules, dict(numbers))
        self.plans = sheet_plans(form, self.items, rules, language)
        self.places = Places(self.plans, form.checklists)
        self.book = Workbook()
        self.book.remove(self.book.active)

    def write(self) -> Workbook:
        sheets = [self.book.create_sheet(plan.title) for plan in self.plans]
        words = write_words(write_identity(self.book, self.identity))
        units = {part.item: self._units(part, words) for part in self.form.checklists}
        for plan, sheet in zip(self.plans, sheets, strict=True):
            self._sheet(
                Desk(
                    self.book, sheet, self.form, self.rules, self.items, plan, self.places,
                    self.wording, words,
                ),
                units,
            )  # fmt: skip
        self.book.move_sheet(IDENTITY_SHEET, len(self.book.sheetnames))
        self.book.active = 0
        # Nothing is computed yet: whoever opens the file computes everything.
        self.book.calculation.fullCalcOnLoad = True
        return self.book

    def _units(self, part: UnitChecklist, words: WordRanges) -> UnitCells:
        sheet = UnitSheet(self.book, self.form, part, self.rules)
        return sheet.write(self.wording, words, self._footer)

    def _sheet(self, desk: Desk, units: Mapping[str, UnitCells]) -> None:
        set_widths(desk.sheet, [*_WIDTHS, *[0] * (Column.WEIGHTED - Column.CHECK)])
        self._top(desk.sheet, desk.plan)
        RowWriter(desk, units).write()
        self._overview(desk)
        self._finish(desk.sheet, desk.plan)

    @property
    def _footer(self) -> str:
        return f"{self.wording(self.form.name)} · {self.form.id} v{self.form.version}"

    def _top(self, sheet: Worksheet, plan: SheetPlan) -> None:
        """Write heading, instruction, the network's name, and the count of filled inputs."""
        put(sheet, 1, Column.NUMBER, self.wording(self.form.heading), TITLE)
        put(sheet, 2, Column.TITLE, self.wording(self.form.instruction), INSTRUCTION)
        known = " ".join(filter(None, (self.identity.cup_name, self.identity.cup)))
        put(sheet, 1, Column.EVIDENCE, self.wording(say("District network")), _LABEL)
        put_text(sheet, 2, Column.EVIDENCE, known, INPUT_TEXT)
        year = say("Fiscal year {year}", year=self.identity.fiscal_year)
        put(sheet, 2, Column.FULL, self.wording(year), replace(NOTE, wrap=False, boxed=False))
        put(sheet, 1, Column.CHECK, "=" + self._completeness(plan), replace(NOTE, boxed=False))
        for row in (1, 2):
            fit_row(sheet, row)

    def _completeness(self, plan: SheetPlan) -> str:
        inputs = sum(row.kind == "percent" or _is_typed(row) for row in plan.rows)
        first, last = plan.header_row + 1, plan.last_row
        reported, figure = (
            f"{get_column_letter(column)}{first}:{get_column_letter(column)}{last}"
            for column in (Column.REPORTED, Column.FIGURE)
        )
        before, after = self.wording(
            say("Filled in: {given} of {all} cells", given="\0", all=inputs)
        ).split("\0")
        filled = f'(SUM({reported})+COUNTIF({figure},"na"))'
        return f"{quoted(before)}&{filled}&{quoted(after)}"

    def _overview(self, desk: Desk) -> None:
        """Write the radars whose first item is on this sheet, below its table."""
        row, is_first = desk.plan.last_row + 2, True
        for key in self.form.radars:
            radar = self.rules.rule(key)
            if isinstance(radar, Radar) and self._sheet_of(radar) == desk.plan.title:
                row = write_radar(desk, radar, row, is_first=is_first)
                is_first = False

    def _sheet_of(self, radar: Radar) -> str:
        owner = self.rules.owner[radar.spokes[0].members[0].criterion]
        item = next(item for item in self.items if item.id == owner)
        return item.section.sheet.in_(self.wording.language)

    def _finish(self, sheet: Worksheet, plan: SheetPlan) -> None:
        sheet.freeze_panes = sheet.cell(plan.header_row + 1, Column.NUMBER)
        figure = f"${get_column_letter(Column.FIGURE)}{plan.header_row + 1}"
        for column in (Column.SCORE, Column.CHECK):
            letter = get_column_letter(column)
            cells = f"{letter}{plan.header_row + 1}:{letter}{plan.last_row}"
            wrong = FormulaRule(formula=[f'{figure}="error"'], fill=_WRONG)
            sheet.conditional_formatting.add(cells, wrong)
        lock(sheet)
        set_paper(sheet, plan.header_row, self._footer, "landscape")


def _is_typed(row: Row) -> bool:
    return row.kind == "rule" and row.rule is not None and takes(row.rule) == "points"
