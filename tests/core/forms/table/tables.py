"""Tables of the forms for tests, written down as rows; every figure in them is invented."""

from typing import Any

from core.forms.cells.number_format import formats_of
from core.forms.cells.workbook import Cell
from core.forms.model.form import TableForm, form
from core.forms.table.read import TableReading, read_table
from core.scoring.base.states import State
from core.services.intake.kinds import Intake
from tests.core.forms.sheets import HEADER, book, sheet

CASH = "เงินสดและรายการเทียบเท่าเงินสด"
COVERAGE_HEADER = [
    "รหัสหน่วยบริการ", "ปีงบประมาณ", "รอบการตรวจราชการ",
    "จำนวนคนต่างด้าวที่มีประกันสุขภาพ", "จำนวนคนต่างด้าวที่ต้องมีประกันสุขภาพ",
    "งบ FSS ที่ใช้ไป", "งบ FSS ที่ได้รับ",
]  # fmt: skip
COMPENSATION_HEADER = [
    "รหัสหน่วยบริการ", "ปีงบประมาณ", "เดือน", "พตส. ที่ต้องจ่าย", "พตส. ที่จ่ายทันเวลา",
]  # fmt: skip
HEADERS = {"finance": HEADER, "coverage": COVERAGE_HEADER, "compensation": COMPENSATION_HEADER}


def table_form(form_id: str) -> TableForm:
    chosen = form(form_id)
    assert isinstance(chosen, TableForm)
    return chosen


def read(form_id: str, *rows: Any, **options: Any) -> TableReading:
    """What is read of one sheet; `known` goes to the reader, all else to the sheet."""
    known = options.pop("known", None)
    return read_table(table_form(form_id), book(sheet(*rows, **options)), known=known)


def finance(*rows: Any, **options: Any) -> TableReading:
    return read("finance", *rows, **options)


def month(
    hcode: str = "11223", name: str = "ตุลาคม", year: Any = 2566, scale: float = 1
) -> list[Any]:
    """A row of finance: cash, current assets, inventories, current liabilities, net income."""
    amounts = (45_895_000.25, 95_895_000.5, 5_140_000, 48_224_000, 135_290)
    return [hcode, year, name, *(amount / scale for amount in amounts)]


def codes(reading: TableReading | Intake) -> list[tuple[str, str]]:
    """The messages of a reading and their cells, but for what they say of small amounts.

    Most tests count in tens and hundreds; `test_relations` tries the amounts themselves.
    """
    return [one for one in all_codes(reading) if one[0] != "W409"]


def all_codes(reading: TableReading | Intake) -> list[tuple[str, str]]:
    """The messages of a reading and their cells."""
    return [(issue.code, issue.cell) for issue in reading.issues]


def figure(reading: TableReading, measure: str, line: int = 0) -> float | None:
    """A figure as it is used; None where there is none."""
    column = reading.columns.get(measure)
    if column is None or column.states[line] != State.REPORTED:
        return None
    return float(column.values[line])


def formatted(value: float, code: str) -> Cell:
    """A number with a number format, as the workbook reader hands it over."""
    shows = formats_of(code).of(value)
    return Cell(value, is_percent=shows.kind == "percent", is_date=shows.is_date, format=shows)
