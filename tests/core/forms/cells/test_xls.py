"""Old .xls files: what their cells say, and what a hostile one may not do."""

import datetime
import io
import random
import struct
import tracemalloc
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import WorkbookError
from core.forms.cells.container import STANDARD, Limits
from core.forms.cells.number_format import GENERAL
from core.forms.cells.open import read_workbook
from core.forms.cells.workbook import Cell, Merge, Place, Sheet, Workbook
from core.forms.model.values import read_number
from core.scoring.base.states import State
from tests.core.forms.cells.old_excel import (
    DATE,
    END_OF_PART,
    PERCENT,
    begin,
    bound,
    container,
    formula_number,
    formula_text,
    hidden_columns,
    hidden_row,
    label,
    merged,
    number,
    number_format,
    record,
    shared,
    shared_texts,
    stream,
    truth,
    workbook,
    wrong,
)
from tests.core.forms.office import SOFFICE, converted
from tests.effort import assert_effort, processor

PERCENT_ID = 9
MEGABYTE = 1024 * 1024


def read(data: bytes, limits: Limits = STANDARD) -> Workbook:
    return read_workbook(data, "old.xls", limits)[0]


def code_of(data: bytes, limits: Limits = STANDARD) -> str:
    with pytest.raises(WorkbookError) as caught:
        read(data, limits)
    return caught.value.code


def test_every_kind_of_cell_is_read_as_it_was_typed() -> None:
    cells = (
        label(0, 0, "รหัสหน่วยบริการ")
        + number(1, 0, 1122)
        + number(1, 1, 0.86, PERCENT)
        + number(1, 2, 23000, DATE)
        + truth(1, 3, True)
        + wrong(1, 4, 7)
        + formula_text(1, 5, "ไม่มีข้อมูล")
    )
    sheet = read(workbook(("การเงิน", cells, False))).sheets[0]
    assert sheet.name == "การเงิน"
    plain = {place: cell._replace(format=GENERAL) for place, cell in sheet.cells.items()}
    assert plain == {
        Place(1, 1): Cell("รหัสหน่วยบริการ"),
        Place(2, 1): Cell(1122.0),
        Place(2, 2): Cell(0.86, is_percent=True),
        Place(2, 3): Cell(23000.0, is_date=True),
        Place(2, 4): Cell(True),
        Place(2, 5): Cell("#DIV/0!", is_error=True),
        Place(2, 6): Cell("ไม่มีข้อมูล", is_formula=True),
    }


def test_percent_and_error_cells_count_as_in_new_files() -> None:
    sheet = read(workbook(("x", number(0, 0, 0.86, PERCENT) + wrong(0, 1, 42), False))).sheets[0]
    assert read_number(sheet.at(Place(1, 1))).number == 86
    assert read_number(sheet.at(Place(1, 2)))[1:] == (State.ERROR, "#N/A", "W105")


def test_merged_ranges_and_hidden_sheets_are_told() -> None:
    book = read(
        workbook(("a", number(0, 0, 5) + merged(0, 2, 0, 1), False), ("b", number(0, 0, 6), True))
    )
    assert book.sheets[0].merges == [Merge(Place(1, 1), Place(3, 2))]
    assert book.sheets[0].at(Place(3, 2)).value == 5
    assert [sheet.name for sheet in book.visible()] == ["a"]


def test_a_password_is_told() -> None:
    assert code_of(workbook(("a", b"", False), extra=record(0x002F, bytes(6)))) == "F005"


def test_too_many_sheets_are_refused() -> None:
    sheets = [(f"s{n}", number(0, 0, n), False) for n in range(4)]
    assert len(read(workbook(*sheets), Limits(sheets=4)).sheets) == 4
    assert code_of(workbook(*sheets), Limits(sheets=3)) == "F009"


def test_cells_are_counted_with_the_empty_ones_before_them() -> None:
    book = workbook(("a", number(0, 9, 1), False))
    assert len(read(book, Limits(cells=11)).sheets[0].cells) == 1  # ten across, one row
    assert code_of(book, Limits(cells=10)) == "F010"


def test_a_workbook_without_any_sheet_is_damaged() -> None:
    assert code_of(container(b"")) == "F004"


def test_a_container_of_another_program_is_no_workbook() -> None:
    assert code_of(container(begin(5) + END_OF_PART, name="WordDocument")) == "F008"


@pytest.mark.parametrize("name", ["WORKBOOK", "BOOK", "workbook", "Book"])
def test_the_stream_may_be_written_in_any_letters(name: str) -> None:
    data = container(stream([("a", number(0, 0, 5), False)]), name)
    assert read(data).sheets[0].at(Place(1, 1)).value == 5


@pytest.mark.parametrize("count", [0, 1, 2, 3, 900])
def test_a_wrong_number_of_texts_costs_nothing(count: int) -> None:
    cells = shared(0, 0, 0) + shared(0, 1, 1)
    sheet = read(workbook(("a", cells, False), extra=shared_texts(["ก", "ข"], count))).sheets[0]
    assert [cell.value for cell in sheet.cells.values()] == ["ก", "ข"]


@pytest.mark.parametrize("code", ["", "0.0%;;", "#,##0_%"])
def test_formats_of_old_files_are_those_of_new_ones(code: str) -> None:
    extra = number_format(PERCENT_ID, code)
    cell = read(workbook(("a", number(0, 0, 0.86, PERCENT), False), extra=extra)).sheets[0]
    assert read_number(cell.at(Place(1, 1))).number == (86 if "0%" in code else 0.86)


def test_formulas_and_what_is_hidden_are_known() -> None:
    cells = hidden_columns(1, 2) + hidden_row(3) + formula_number(3, 0, 2.5) + number(4, 0, 1)
    sheet = read(workbook(("a", cells, False), ("b", number(0, 0, 1), False))).sheets[0]
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({4}, {2, 3})
    assert {place.name: cell.is_formula for place, cell in sheet.cells.items()} == {
        "A4": True,
        "A5": False,
    }


def far_corners(rows: int = 65_536) -> bytes:
    cells = b"".join(number(row, 255, 1) for row in range(rows))
    return workbook(("a", cells, False))


def beyond_the_last_column() -> bytes:
    return workbook(("a", number(0, 65_535, 1), False))


def one_sheet_offered_often() -> bytes:
    cells = b"".join(number(row, 0, 1) for row in range(1000))
    head = begin(5)
    offset = len(head) + 150 * len(bound("s", 0)) + len(END_OF_PART)
    bounds = bound("s", offset) * 150
    return container(head + bounds + END_OF_PART + begin(0x10) + cells + END_OF_PART)


def sheets_within_sheets() -> bytes:
    """Every sheet begins inside the one before, and all run on into the same cells."""
    cells = b"".join(number(row, 0, 1) for row in range(1000))
    head, opening = begin(5), begin(0x10)
    offset = len(head) + 150 * len(bound("s", 0)) + len(END_OF_PART)
    bounds = b"".join(bound("s", offset + n * len(opening)) for n in range(150))
    rest = opening * 150 + END_OF_PART + cells + END_OF_PART
    return container(head + bounds + END_OF_PART + rest)


def endless_texts() -> bytes:
    return workbook(("a", b"", False), extra=record(0x00FC, struct.pack("<ii", 1, 2**31 - 1)))


def endless_styles() -> bytes:
    return workbook(("a", b"", False), extra=record(0x00E0, bytes(20)) * 100_000)


def names_of_names() -> bytes:
    return workbook(("a", number(0, 0, 1), False), extra=record(0x0018, bytes(40)) * 50_000)


def empty_records() -> bytes:
    return workbook(("a", record(0x00EC) * 1_500_000, False))


@pytest.mark.parametrize(
    ("hostile", "codes"),
    [
        (far_corners, {"F010"}),
        (beyond_the_last_column, {"F004", "F010"}),
        (one_sheet_offered_often, {"F004"}),
        (sheets_within_sheets, {"F004"}),
        (endless_texts, {"F010"}),
        (endless_styles, {"F010"}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_hostile_file_is_refused_before_it_costs_anything(hostile, codes: set[str]) -> None:
    data = hostile()
    code, taken = processor(lambda: code_of(data))
    assert code in codes
    assert_effort(taken, most=2)
    tracemalloc.start()
    code_of(data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 100 * MEGABYTE


@pytest.mark.parametrize("heavy", [names_of_names, empty_records])
def test_records_nobody_needs_cost_nothing(heavy) -> None:
    data = heavy()
    book, taken = processor(lambda: read(data))
    assert len(book.sheets) == 1
    assert_effort(taken, most=5)


def outcome(data: bytes) -> str:
    try:
        read(data)
    except WorkbookError as error:
        return error.code
    return "read"


@given(st.integers(0, 2**32 - 1), st.integers(1, 30))
@settings(max_examples=150)
def test_a_damaged_file_is_told_never_a_traceback(seed: int, flips: int) -> None:
    chance = random.Random(seed)
    cells = label(0, 0, "ก") + number(1, 0, 1) + wrong(1, 1, 7) + formula_text(2, 0, "ข")
    whole = bytearray(workbook(("a", cells, False), ("b", merged(0, 1, 0, 1), False)))
    for _ in range(flips):
        # Mostly in what is read: header, directory and the first records.
        place = chance.randrange(len(whole)) if chance.random() < 0.3 else chance.randrange(2200)
        whole[place] = chance.randrange(256)
    damaged = bytes(whole[: chance.randrange(1, len(whole))] if seed % 3 == 0 else whole)
    assert outcome(damaged) in {"read", "F004", "F005", "F006", "F008", "F009", "F010"}


def test_cells_kept_by_the_walk_are_those_the_reader_needs() -> None:
    """A chart inside a sheet, drawings and notes are passed over; the cells after them are read."""
    chart = begin(0x20) + record(0x1001, bytes(30)) + END_OF_PART
    cells = number(0, 0, 1) + record(0x00EC, bytes(50)) + record(0x003C, bytes(50)) + chart
    sheet = read(container(stream([("a", cells + number(1, 0, 2), False)]))).sheets[0]
    assert [cell.value for cell in sheet.cells.values()] == [1, 2]


@pytest.mark.office
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_a_file_saved_by_another_program_says_the_same_as_its_new_form(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    for row in (["รหัสหน่วยบริการ", "x"], ["01122", 12.5], ["๑๒", -1e9], ["=1/0", True]):
        sheet.append(row)
    sheet["D2"] = 0.86
    sheet["D2"].number_format = "0.00%"
    sheet["D3"] = "=1+1"
    sheet["D4"] = datetime.datetime(2018, 10, 1)  # noqa: DTZ001 - a workbook knows no zone
    sheet.merge_cells("A6:B7")
    sheet["A6"] = "รวม"
    made.create_sheet("ซ่อน").sheet_state = "hidden"
    file = io.BytesIO()
    made.save(file)
    files = {"book": file.getvalue()}
    new = read(converted(files, tmp_path / "new")["book"]).sheets
    old = read(converted(files, tmp_path / "old", kind="xls")["book"]).sheets
    assert [(s.name, s.is_hidden, s.merges) for s in old] == [
        (s.name, s.is_hidden, s.merges) for s in new
    ]
    assert said_by(old[0]) == said_by(new[0])
    assert old[0].at(Place(4, 1)) == Cell("#DIV/0!", is_error=True, is_formula=True)


def said_by(sheet: Sheet) -> dict[str, tuple[object, ...]]:
    """Value and kind of every cell that holds one."""
    return {
        place.name: (cell.value, cell.is_error, cell.is_percent, cell.is_date, cell.is_formula)
        for place, cell in sheet.cells.items()
        if cell.value is not None
    }
