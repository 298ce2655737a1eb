"""Writes the blank of a table form: one sheet to fill in, one that explains every column."""

from copy import copy
from dataclasses import replace
from typing import Final

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from core.criteria.catalog import measures
from core.forms.identity import IDENTITY_SHEET, Identity
from core.forms.model import Column, TableForm
from core.forms.sheet_style import (
    HEADER,
    INPUT,
    INPUT_TEXT,
    INSTRUCTION,
    NOTE,
    TEXT,
    TITLE,
    Look,
    dress,
    fit_row,
    lock,
    note_on,
    put,
    saved,
    set_paper,
    set_widths,
    write_identity,
)
from core.forms.table_header import needs
from core.forms.table_keys import FISCAL_YEARS, fiscal_month_name
from core.forms.table_lines import range_of
from core.forms.values import plain
from core.text import Language, Text, say

_HEADER_ROW: Final = 4
_FIRST_ROW: Final = 5
_LAST_ROW: Final = 1_048_576
_KEY_COLUMNS: Final = 3
_PAGES_ACROSS: Final = 4
_TOLD_ACROSS: Final = 12
_ANY: Final = 1e14
_KEY_WIDTH: Final = 15.0
_WIDTH: Final = 18.0
_EXPLAINED: Final = (34.0, 34.0, 34.0, 12.0, 22.0, 14.0, 60.0)
_AMOUNT: Final = replace(INPUT, number_format="#,##0.00")
_COUNT: Final = replace(INPUT, number_format="#,##0.##")
_WHOLE: Final = replace(INPUT, number_format="0")
_REMARK: Final = replace(NOTE, boxed=False, wrap=False)


def write_table_template(
    form: TableForm,
    *,
    cup: str | None = None,
    fiscal_year: int | None = None,
    language: Language = "th",
) -> bytes:
    """The blank form as an .xlsx file, its titles in one language.

    `cup` and `fiscal_year` (Buddhist era, the form's own when missing) go into its hidden identity.
    """
    book = Workbook()
    sheet = book.active
    writer = _Writer(form, language)
    writer.table(sheet)
    writer.explanation(book.create_sheet())
    identity = Identity(form.id, form.version, cup, None, fiscal_year or form.fiscal_year)
    write_identity(book, identity)
    book.move_sheet(IDENTITY_SHEET, len(book.sheetnames))
    return saved(book)


def columns_of(form: TableForm) -> tuple[Column, ...]:
    """The columns of the blank: of two ways to name a month, the calendar's."""
    return tuple(column for column in form.columns if column.type != "fiscal_month")


class _Writer:
    def __init__(self, form: TableForm, language: Language) -> None:
        self.form = form
        self.language = language
        self.columns = columns_of(form)
        self.asked = {
            column.measure: len(need.ways) == 1 or column.type == "month"
            for need in needs(form)
            for column in need.columns
        }

    def _in(self, text: Text) -> str:
        return text.in_(self.language)

    def table(self, sheet: Worksheet) -> None:
        """Title, instruction, header and the yellow rows under it."""
        sheet.title = self._in(self.form.sheet)
        set_widths(sheet, [_KEY_WIDTH] * _KEY_COLUMNS + [_WIDTH] * len(self.columns))
        put(sheet, 1, 1, self._in(self.form.name), TITLE)
        put(sheet, 2, 1, self._in(self.form.instruction), replace(INSTRUCTION, wrap=False))
        sheet.merge_cells(start_row=2, start_column=1, end_row=2, end_column=_TOLD_ACROSS)
        put(sheet, 3, 1, self._in(self._legend), _REMARK)
        for number, column in enumerate(self.columns, 1):
            title = put(sheet, _HEADER_ROW, number, self._title(column), HEADER)
            note_on(title, self._comment(column))
            self._inputs(sheet, number, column)
        fit_row(sheet, _HEADER_ROW)
        sheet.freeze_panes = sheet.cell(_FIRST_ROW, _KEY_COLUMNS + 1)
        self._open_for_rows(sheet)
        set_paper(sheet, _HEADER_ROW, self._footer, "landscape")
        # All columns on one page could not be read; the keys are printed on each.
        sheet.page_setup.fitToWidth = _PAGES_ACROSS
        sheet.print_title_cols = f"A:{get_column_letter(_KEY_COLUMNS)}"

    @property
    def _legend(self) -> Text:
        return say("* required · (*) one of these ways: {ways}", ways=self._ways)

    @property
    def _ways(self) -> Text:
        names = {column.measure: column.name for column in self.form.columns}
        ways = [[names[measure] for measure in way] for way in self.form.either]
        return Text(
            " / ".join(" + ".join(name.th for name in way) for way in ways),
            " / ".join(" + ".join(name.en for name in way) for way in ways),
        )

    @property
    def _footer(self) -> str:
        return f"{self._in(self.form.name)} · {self.form.id} v{self.form.version}"

    def _title(self, column: Column) -> str:
        marks = {True: " *", False: " (*)", None: ""}
        return self._in(column.name) + marks[self.asked.get(column.measure)]

    def _comment(self, column: Column) -> str:
        lines = [self._in(column.name), column.measure]
        if unit := self._unit(column):
            lines.append(": ".join((self._in(say("Unit")), unit)))
        if allowed := range_of(column):
            lines.append(": ".join((self._in(say("Allowed")), allowed)))
        if column.hint:
            lines.append(self._in(column.hint))
        return "\n".join(lines)

    def _unit(self, column: Column) -> str:
        unit = unit_of(column)
        return self._in(unit) if unit else ""

    def _inputs(self, sheet: Worksheet, number: int, column: Column) -> None:
        """Yellow cells in the prepared rows; below them the column stays open, in its format."""
        look = _look(column)
        first = dress(sheet.cell(_FIRST_ROW, number), look)
        for row in range(_FIRST_ROW + 1, _FIRST_ROW + self.form.rows):
            # The style is shared: dressing a thousand cells one by one takes seconds.
            sheet.cell(row, number)._style = first._style
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.number_format = look.number_format
        dimension.protection = copy(first.protection)
        if guard := self._guard(column):
            letter = get_column_letter(number)
            guard.add(f"{letter}{_FIRST_ROW}:{letter}{_LAST_ROW}")
            sheet.add_data_validation(guard)

    def _open_for_rows(self, sheet: Worksheet) -> None:
        lock(sheet)
        for allowed in ("insertRows", "deleteRows", "sort", "autoFilter", "formatCells"):
            setattr(sheet.protection, allowed, False)

    def _guard(self, column: Column) -> DataValidation | None:
        """What Excel asks about on typing; words for "no data" may be kept."""
        guard = _rule(column, self.language)
        if guard is not None:
            guard.allow_blank = True
            guard.errorStyle = "warning"
            guard.showErrorMessage = True
            guard.errorTitle = self._in(say("Please check"))
            guard.error = f"{self._in(column.name)}: {self._expected(column)}"[:225]
        return guard

    def _expected(self, column: Column) -> str:
        hint = self._in(column.hint) if column.hint else ""
        return " ".join(part for part in (range_of(column), hint) if part)

    def explanation(self, sheet: Worksheet) -> None:
        """Every column with its titles, code, unit, range, and whether it is required."""
        sheet.title = self._in(say("Explanation"))
        set_widths(sheet, _EXPLAINED)
        put(sheet, 1, 1, self._in(self.form.name), TITLE)
        put(sheet, 2, 1, self._in(say("Columns may stand in any order.")), _REMARK)
        heads = (
            say("Title in Thai"),
            say("Title in English"),
            say("Code"),
            say("Unit"),
            say("Required"),
            say("Allowed"),
            say("Remark"),
        )
        for number, head in enumerate(heads, 1):
            put(sheet, _HEADER_ROW, number, self._in(head), HEADER)
        for row, column in enumerate(self.form.columns, _FIRST_ROW):
            for number, text in enumerate(self._explained(column), 1):
                put(sheet, row, number, text, TEXT)
            fit_row(sheet, row)
        sheet.freeze_panes = sheet.cell(_FIRST_ROW, 1)
        lock(sheet)
        set_paper(sheet, _HEADER_ROW, self._footer, "landscape")

    def _explained(self, column: Column) -> tuple[str, ...]:
        required = {True: say("yes"), False: say("one of these ways"), None: say("no")}
        asked = self.asked.get(column.measure)
        if column.type == "fiscal_month":
            asked = None
        return (
            column.name.th,
            column.name.en,
            column.measure,
            self._unit(column),
            self._in(required[asked]),
            range_of(column),
            self._in(column.hint) if column.hint else "",
        )


def unit_of(column: Column) -> Text | None:
    """The unit of a column's figures in words; None when it has none worth a word."""
    known = measures().get(column.measure)
    units = {
        "baht": say("baht"),
        "days": say("days"),
        "percent": say("percent"),
        "points": say("points"),
    }
    return units.get(known.unit) if known else None


def _look(column: Column) -> Look:
    if column.type in ("hcode", "text", "month", "flag"):
        return INPUT_TEXT
    if column.type == "fiscal_year":
        return _WHOLE
    known = measures().get(column.measure)
    return _AMOUNT if known and known.unit == "baht" else _COUNT


def _rule(column: Column, language: Language) -> DataValidation | None:
    if column.type == "hcode":
        return DataValidation(type="textLength", operator="between", formula1="5", formula2="9")
    if column.type == "fiscal_year":
        return DataValidation(
            type="whole",
            operator="between",
            formula1=str(FISCAL_YEARS[0]),
            formula2=str(FISCAL_YEARS[-1]),
        )
    if column.type == "month":
        return _choice([fiscal_month_name(number).in_(language) for number in range(1, 13)])
    if column.type == "flag":
        return _choice([say("yes").in_(language), say("no").in_(language)])
    return _number_rule(column) if column.type == "number" else None


def _choice(words: list[str]) -> DataValidation:
    return DataValidation(type="list", formula1=f'"{",".join(words)}"')


def _number_rule(column: Column) -> DataValidation:
    low, high = column.valid_range
    if low is not None and high is None:
        return DataValidation("decimal", operator="greaterThanOrEqual", formula1=plain(low))
    lowest, highest = plain(-_ANY if low is None else low), plain(_ANY if high is None else high)
    return DataValidation("decimal", operator="between", formula1=lowest, formula2=highest)
