"""Table forms: how the header is found, what a row says, and which cell every message names."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.criteria.catalog import measures
from core.errors import WorkbookError
from core.forms.cells.workbook import Cell, Merge, Place, Sheet, Workbook
from core.forms.model.form import TableForm, form
from core.forms.table.header import recognised
from core.forms.table.heads.titles import Titles
from core.forms.table.read import TableReading, read_table
from core.scoring.base.states import State
from tests.core.forms.sheets import HEADER, ROW, book, changed, sheet
from tests.core.forms.table.tables import codes as told

FINANCE = form("finance")
assert isinstance(FINANCE, TableForm)


def read(*rows: Any, **options: Any) -> TableReading:
    return read_table(FINANCE, book(sheet(*rows)), **options)


def reading_or_refusal(*rows: Any) -> TableReading | str:
    try:
        return read(*rows)
    except WorkbookError as error:
        return error.code


def value(reading: TableReading, measure: str, line: int = 0) -> float:
    return float(reading.columns[measure].values[line])


def state(reading: TableReading, measure: str, line: int = 0) -> State:
    return State(int(reading.columns[measure].states[line]))


# The form itself


def test_columns_bear_the_names_of_their_measures() -> None:
    named = {c.measure: c.name for c in FINANCE.columns if c.measure in measures()}
    assert named == {measure: measures()[measure].name for measure in named}
    assert {c.measure for c in FINANCE.columns if c.type == "number"} <= measures().keys()


def test_no_title_names_two_columns() -> None:
    titles = Titles(FINANCE.tables[0])
    for column in FINANCE.columns:
        for title in (column.name.th, column.name.en, column.measure, *column.aliases):
            assert titles.measure(title) == column.measure, title


# The header


def test_a_plain_table_reads_without_a_message() -> None:
    reading = read(HEADER, ROW)
    assert told(reading) == []
    assert [(line.row, line.hcode, str(line.period)) for line in reading.lines] == [
        (2, "11223", "2562-M09")
    ]
    assert value(reading, "finance.cash") == 100


@pytest.mark.parametrize(
    "title",
    [
        "เงินสดและรายการเทียบเท่าเงินสด",
        " เงินสด และ รายการเทียบเท่าเงินสด (บาท) ",
        "เงนสดและรายการเทยบเทาเงนสด",
        "Cash and cash equivalents",
        "CASH_AND_CASH_EQUIVALENTS",
        "finance.cash",
        "Finance.Cash",
        "cash",
        "เงินสดและรายการเทียบเท่าเงินสด *",
    ],
)
def test_a_column_goes_by_thai_title_english_title_or_code(title: str) -> None:
    assert told(read(changed(HEADER, D=title), ROW)) == []


def test_columns_stand_in_any_order_below_any_words_on_any_sheet() -> None:
    cover = sheet(["คำชี้แจง"], ["กรอกทุกเดือน"], name="ปก")
    table = sheet(
        ["รายงานการเงิน"], [None], [None, *reversed(HEADER)], [None, *reversed(ROW)], name="ข้อมูล"
    )
    reading = read_table(FINANCE, book(cover, table))
    assert told(reading) == []
    assert (reading.lines[0].sheet, reading.lines[0].row) == ("ข้อมูล", 4)
    assert reading.lines[0].spot("finance.cash") == ("ข้อมูล", Place(4, 6))


def test_hidden_sheets_hold_no_table() -> None:
    hidden = sheet(HEADER, ROW, name="เก่า", hidden=True)
    reading = read_table(FINANCE, book(hidden, sheet(HEADER, changed(ROW, D=101))))
    assert len(reading.lines) == 1
    assert value(reading, "finance.cash") == 101


def test_other_columns_are_ignored_with_a_note_and_near_ones_with_a_warning() -> None:
    reading = read([*HEADER, "ผู้กรอก", "ค่าเสื่อมราคาา"], [*ROW, "ก", 5])
    assert told(reading) == [("W302", "I1"), ("W303", "J1")]
    assert reading.issues[1].expected == next(
        c.name for c in FINANCE.columns if c.measure == "finance.depreciation"
    )


def test_a_column_there_twice_counts_once_where_both_hold_the_same() -> None:
    reading = read([*HEADER, "cash"], [*ROW, 100])
    assert told(reading) == [("W304", "I1")]
    assert reading.issues[0].expected == "D1"
    assert value(reading, "finance.cash") == 100


def test_of_two_columns_that_differ_neither_is_taken() -> None:
    reading = read([*HEADER, "cash"], [*ROW, 7])
    assert told(reading) == [("W343", "I1")]
    assert reading.issues[0].expected == "D1"
    assert "finance.cash" not in reading.columns


def test_a_missing_required_column_is_named_and_the_rest_is_read() -> None:
    reading = read(changed(HEADER, F="คลัง"), ROW)
    assert ("W301", "A1") in told(reading)
    assert value(reading, "finance.cash") == 100
    assert "finance.inventories" not in reading.columns


def test_revenue_and_expense_stand_in_for_net_income() -> None:
    header = [*HEADER[:7], "รายได้รวม", "ค่าใช้จ่ายรวม"]
    assert told(read(header, [*ROW[:7], 20, 11])) == []
    assert told(read(header[:8], [*ROW[:7], 20])) == [("W301", "A1"), ("W313", "H2")]


def test_figures_may_be_spread_over_sheets_of_the_same_rows() -> None:
    first = sheet(HEADER[:5], ROW[:5], name="ก")
    second = sheet([*HEADER[:3], *HEADER[5:]], [*ROW[:3], *ROW[5:]], name="ข")
    reading = read_table(FINANCE, book(first, second))
    assert told(reading) == [("W314", "A2")]
    assert value(reading, "finance.net_income") == 9
    assert reading.lines[0].spot("finance.net_income") == ("ข", Place(2, 6))


@pytest.mark.parametrize(("columns", "is_one"), [(4, True), (3, False)])
def test_less_than_half_of_what_is_required_is_another_form(columns: int, is_one: bool) -> None:
    workbook = book(sheet(HEADER[:columns], ROW[:columns]))
    assert recognised(FINANCE, workbook)[:3] == (columns, 8, is_one)
    assert bool(read_table(FINANCE, workbook).headers) is is_one


def test_a_table_without_rows_says_so() -> None:
    assert told(read(HEADER)) == [("W321", "A1")]


# What names a row


@pytest.mark.parametrize(
    ("typed", "hcode"),
    [
        ("11223", "11223"),
        (1122, "01122"),
        ("1122", "01122"),
        ("๐๑๑๒๒", "01122"),
        ("'01122", "01122"),
    ],
)
def test_a_facility_code_keeps_its_zeros(typed: Any, hcode: str) -> None:
    reading = read(HEADER, changed(ROW, A=typed))
    assert reading.lines[0].hcode == hcode
    assert told(reading) == []


@pytest.mark.parametrize("typed", ["รพ.ก", "112-23", 1122.5, "123456", None, Cell("#REF!", True)])
def test_what_is_no_facility_code_leaves_the_row_to_nobody(typed: Any) -> None:
    reading = read(HEADER, changed(ROW, A=typed))
    assert ("W305", "A2") in told(reading)
    assert reading.lines[0].hcode is None


def test_a_nine_digit_code_counts_as_typed_until_a_register_knows_it() -> None:
    row = changed(ROW, A="001122300")
    assert told(read(HEADER, row)) == [("W306", "A2")]
    known = {"001122300": "11223"}.get
    reading = read(HEADER, row, known=known)
    assert (reading.lines[0].hcode, told(reading)) == ("11223", [])


def test_an_unknown_code_is_read_with_a_note() -> None:
    reading = read(HEADER, ROW, known={}.get)
    assert (reading.lines[0].hcode, told(reading)) == ("11223", [("W307", "A2")])


@pytest.mark.parametrize(
    ("title", "typed", "fiscal_month"),
    [
        ("เดือน", "ต.ค.", 1),
        ("เดือน", "ตุลาคม", 1),
        ("month", "oct", 1),
        ("month", "September", 12),
        ("month", 10, 1),
        ("month", 9, 12),
        ("month", "๑", 4),
        ("fiscal_month", 1, 1),
        ("Fiscal Month", 12, 12),
        ("เดือนงบประมาณ", "ตุลาคม", 1),
    ],
)
def test_months_by_name_or_by_the_number_the_header_means(
    title: str, typed: Any, fiscal_month: int
) -> None:
    reading = read(changed(HEADER, C=title), changed(ROW, C=typed))
    assert told(reading) == []
    assert reading.lines[0].period is not None
    assert reading.lines[0].period.number == fiscal_month


@pytest.mark.parametrize("typed", [0, 13, 1.5, "เดือนหน้า", "ม", None, Cell(0.5, is_date=True)])
def test_what_is_no_month_leaves_the_row_without_a_period(typed: Any) -> None:
    reading = read(HEADER, changed(ROW, C=typed))
    assert ("W310", "C2") in told(reading)
    assert reading.lines[0].period is None


def test_two_columns_of_months_must_agree() -> None:
    header = [*HEADER, "fiscal_month"]
    assert told(read(header, [*ROW, 9])) == []
    reading = read(header, [*ROW, 6])
    assert told(reading) == [("W311", "I2")]
    assert reading.lines[0].period is None


@pytest.mark.parametrize("typed", [2562, "2562", "๒๕๖๒", 2540, 2599])
def test_a_fiscal_year_is_of_the_buddhist_era(typed: Any) -> None:
    reading = read(HEADER, changed(ROW, B=typed))
    assert told(reading) == []


@pytest.mark.parametrize(
    ("typed", "code", "expected"),
    [
        (2019, "W308", "2562"),
        ("2019", "W308", "2562"),
        (62, "W309", "2562"),
        ("ปีนี้", "W309", "2566"),
        (None, "W309", "2566"),
        (2539, "W309", "2566"),
        (2600, "W309", "2566"),
    ],
)
def test_another_year_is_told_with_the_right_one_and_not_converted(
    typed: Any, code: str, expected: str
) -> None:
    reading = read(HEADER, changed(ROW, B=typed))
    assert told(reading) == [(code, "B2")]
    assert reading.issues[0].expected == expected
    assert reading.lines[0].period is None


def test_merged_keys_speak_for_every_row_they_span() -> None:
    rows = [ROW, changed(ROW, A=None, B=None, C="กรกฎาคม")]
    merges = [Merge(Place(2, 1), Place(3, 1)), Merge(Place(2, 2), Place(3, 2))]
    reading = read_table(FINANCE, book(sheet(HEADER, *rows, merges=merges)))
    assert [(line.hcode, str(line.period)) for line in reading.lines] == [
        ("11223", "2562-M09"),
        ("11223", "2562-M10"),
    ]


# Rows that are none


def test_blank_rows_totals_remarks_and_repeated_headers_are_no_rows() -> None:
    total = ["รวมทั้งสิ้น", None, None, 5, 5, 5, 5, 5]
    remark = ["หมายเหตุ: ตัวเลขเบื้องต้น"]
    units = [None, None, None, "บาท", "บาท", "บาท", "บาท", "บาท"]
    reading = read(HEADER, units, ROW, [None] * 8, HEADER, total, remark, ["99999", None])
    assert [line.row for line in reading.lines] == [3]
    assert told(reading) == [("W316", "A6"), ("W322", "A7"), ("W317", "A8")]


def test_rows_that_wait_to_be_filled_are_counted_once() -> None:
    waiting = [changed(ROW[:3], A=code) for code in (11224, 11225, 11226)]
    reading = read(HEADER, ROW, *waiting)
    assert told(reading) == [("W317", "A3")]
    assert reading.issues[0].found == "3"


# Figures


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1,234.50", 1234.5),
        ("๑๒๓", 123),
        (0, 0),
        ("(250)", -250),
        (-250, -250),
        ("90,000,000,000,000", 9e13),
    ],
)
def test_figures_are_read_as_people_write_them(typed: Any, number: float) -> None:
    reading = read(HEADER, changed(ROW, H=typed))
    assert told(reading) == []
    assert value(reading, "finance.net_income") == number


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("ยังไม่สรุป", "W103"),
        (Cell("#DIV/0!", is_error=True), "W105"),
        (Cell(None, is_formula=True), "W108"),
        (Cell(43374.0, is_date=True), "W114"),
        (True, "W103"),
        (-0.01, "W312"),
        (1e300, "W312"),
        ("91,000,000,000,000", "W312"),
    ],
)
def test_an_error_stops_only_its_cell(typed: Any, code: str) -> None:
    reading = read(HEADER, changed(ROW, G=typed))
    assert told(reading) == [(code, "G2")]
    assert state(reading, "finance.current_liabilities") == State.ERROR
    assert math.isnan(value(reading, "finance.current_liabilities"))
    assert state(reading, "finance.cash") == State.REPORTED


@pytest.mark.parametrize("typed", [None, "-", "ไม่มีข้อมูล", "  "])
def test_a_required_figure_left_empty_is_told_and_never_zero(typed: Any) -> None:
    reading = read(HEADER, changed(ROW, F=typed))
    assert told(reading) == [("W313", "F2")]
    assert state(reading, "finance.inventories") == State.NOT_REPORTED
    assert math.isnan(value(reading, "finance.inventories"))


def test_not_applicable_is_no_gap() -> None:
    reading = read(HEADER, changed(ROW, F="ไม่เกี่ยวข้อง"))
    assert told(reading) == []
    assert state(reading, "finance.inventories") == State.NOT_APPLICABLE


def test_percentages_by_format_and_as_fractions() -> None:
    header = [*HEADER, "activity.occupancy", "accounting.quality"]
    reading = read(header, [*ROW, Cell(0.85, is_percent=True), 0.95])
    assert value(reading, "activity.occupancy") == 85
    assert told(reading) == [("W109", "J2")]
    assert told(read(header, [*ROW, 101, 101])) == [("W312", "J2")]  # beds may be overfull


def test_parts_above_their_whole_and_wrong_differences_are_warned_of() -> None:
    assert (
        told(read(HEADER, changed(ROW, D=151))) == []
    )  # with the inventories the whole, to a baht
    assert told(read(HEADER, changed(ROW, D=151.01))) == [("W320", "D2")]
    header = [*HEADER, "รายได้รวม", "ค่าใช้จ่ายรวม"]
    assert told(read(header, [*ROW, 20, 11])) == []
    assert told(read(header, [*ROW, 20, 12])) == []  # rounding to whole baht
    assert told(read(header, [*ROW, 20, 12.01])) == [("W319", "H2")]
    assert all(issue.severity == "warning" for issue in read(header, [*ROW, 20, 13]).issues)


@pytest.mark.parametrize(
    ("typed", "island", "codes"),
    [
        ("ใช่", True, []),
        ("Yes", True, []),
        (1, True, []),
        (True, True, []),
        ("ไม่ใช่", False, []),
        (0, False, []),
        (None, False, []),
        ("-", False, []),
        ("อาจจะ", False, [("W318", "I2")]),
    ],
)
def test_islands_by_yes_and_no(typed: Any, island: bool, codes: list[tuple[str, str]]) -> None:
    reading = read([*HEADER, "พื้นที่เกาะ"], [*ROW, typed])
    assert reading.flags("facility.island").tolist() == [island]
    assert told(reading) == codes


def test_groups_are_words_even_when_they_are_numbers() -> None:
    reading = read(
        [*HEADER, "HGR"], [*ROW, "M2"], [*changed(ROW, A=11001), 3], [*changed(ROW, A=11002), "-"]
    )
    assert reading.texts("facility.hgr") == ("M2", "3", None)


# The same subject and period twice


def test_equal_rows_count_once() -> None:
    reading = read(HEADER, ROW, ROW)
    assert told(reading) == [("W314", "A3")]
    assert reading.issues[0].expected == "A2"
    assert len(reading.lines) == 1


def test_rows_that_differ_are_contradictory_only_where_they_differ() -> None:
    reading = read(HEADER, ROW, changed(ROW, A=11223, D=101))
    assert told(reading) == [("W314", "A3"), ("W315", "D3")]
    assert (reading.issues[1].found, reading.issues[1].expected) == ("101", "D2")
    assert state(reading, "finance.cash") == State.CONTRADICTORY
    assert math.isnan(value(reading, "finance.cash"))
    assert state(reading, "finance.inventories") == State.REPORTED


def test_a_third_row_does_not_mend_a_contradiction() -> None:
    reading = read(HEADER, ROW, changed(ROW, D=101), ROW)
    assert state(reading, "finance.cash") == State.CONTRADICTORY


def test_an_error_in_one_of_two_rows_stays_an_error() -> None:
    reading = read(HEADER, ROW, changed(ROW, D="x"))
    assert state(reading, "finance.cash") == State.ERROR


def test_rows_that_belong_to_nobody_are_not_joined() -> None:
    reading = read(HEADER, changed(ROW, B=2019), changed(ROW, B=2019))
    assert len(reading.lines) == 2


# Anything at all

ANY_CELL = st.one_of(
    st.none(),
    st.text(max_size=8),
    st.sampled_from(["ใช่", "-", "ต.ค.", "รวม", "01122", "112233445", "๒๕๖๒", "12%", "=1+1", "na"]),
    st.floats(),
    st.integers(-10, 3000),
    st.booleans(),
    st.builds(
        Cell,
        st.one_of(st.none(), st.text(max_size=5), st.floats()),
        st.booleans(),
        st.booleans(),
        st.booleans(),
        st.booleans(),
    ),
)
ANY_TITLE = st.one_of(
    st.sampled_from([c.measure for c in FINANCE.columns] + [c.name.th for c in FINANCE.columns]),
    ANY_CELL,
)


@given(
    st.lists(ANY_TITLE, min_size=1, max_size=14),
    st.lists(st.lists(ANY_CELL, max_size=14), max_size=5),
    st.booleans(),
)
@example([None], [[None, None, "๒๕๔0", 0.0]], True)
@settings(max_examples=200)
def test_no_table_breaks_the_reader(
    titles: list[Any], rows: list[list[Any]], with_header: bool
) -> None:
    header = [*HEADER, *titles] if with_header else titles
    reading = reading_or_refusal(header, *rows)
    if not isinstance(reading, TableReading):
        assert reading == "F025", "a table of years or quarters alone is refused as a whole"
        return
    for issue in reading.issues:
        assert issue.sheet == "Sheet1"
        assert issue.cell[:1].isalpha()
        assert issue.text.th
        assert issue.text.en
    for column in reading.columns.values():
        reported = column.states == State.REPORTED
        assert np.isfinite(column.values[reported]).all()
        assert np.isnan(column.values[~reported]).all()


def test_an_empty_workbook_is_no_table() -> None:
    for workbook in (Workbook([]), book(Sheet("x"))):
        reading = read_table(FINANCE, workbook)
        assert (reading.headers, reading.lines, reading.issues) == ((), (), ())


# Long tables


def test_one_mistake_all_down_a_column_is_no_flood() -> None:
    rows = [changed(ROW, A=code, G="x") for code in range(10001, 10151)]
    reading = read(HEADER, *rows)
    assert told(reading) == [("W103", f"G{row}") for row in range(2, 102)] + [("W325", "G102")]
    assert (reading.issues[-1].found, reading.issues[-1].expected) == ("50", "W103")
    assert len(reading.lines) == 150


def test_reading_stops_where_a_table_is_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.forms.table.read.MOST_LINES", 2)
    rows = [changed(ROW, A=code) for code in (10001, 10002, 10003)]
    assert told(read(HEADER, *rows[:2])) == []
    reading = read(HEADER, *rows)
    assert told(reading) == [("W326", "A4")]
    assert len(reading.lines) == 2


def test_reading_stops_where_a_file_is_rubbish(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.forms.table.read.MOST_ERRORS", 2)
    rows = [changed(ROW, A=code, G="x") for code in (10001, 10002, 10003)]
    reading = read(HEADER, *rows)
    assert told(reading) == [("W103", "G2"), ("W103", "G3"), ("W326", "A4")]
