"""Lines of words beside a table that say its figures are planned, or of another year."""

import pytest

from core.forms.table.heads.claims import claim
from tests.core.forms.sheets import HEADER
from tests.core.forms.table.tables import codes, figure, finance, month


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("แผนทางการเงิน ปีงบประมาณ 2566", "W375"),
        ("รายงานประมาณการ ปีงบประมาณ 2566", "W375"),
        ("งบการเงิน (แผน)", "W375"),
        ("Forecast of finance", "W375"),
        ("รายงานงบการเงิน ปีงบประมาณ 2565", "W376"),
        ("รายงานงบการเงิน ปีงบประมาณ พ.ศ. ๒๕๖๗", "W376"),
        ("Finance report FY2022", "W376"),
        ("รายงานปีงบ 65", "W376"),
    ],
)
def test_a_title_line_that_contradicts_the_table_is_warned_of(line: str, code: str) -> None:
    reading = finance(["กลุ่มงานการเงิน"], [line], HEADER, month())
    assert codes(reading) == [(code, "A2")]
    assert figure(reading, "finance.cash") == 45_895_000.25


@pytest.mark.parametrize(
    "line",
    [
        "แบบรายงานการเงินรายเดือน ปีงบประมาณ 2566", "รายงานการเงิน ปี 2565", "แผนกการเงินและบัญชี",
        "แผนที่จังหวัด", "PlanFin 2566", "กองยุทธศาสตร์และแผนงาน", "โรงพยาบาลการแพทย์แผนไทย",
        "แผนและผลการดำเนินงาน ปีงบประมาณ 2566", "ปีงบประมาณ 2565 - 2566", "ณ 31 ตุลาคม 2565",
        "Fiscal year 2566", "ปีงบ 66", "FY23", "โทร. 2565", "สาขา Service Plan",
        "Report on the service plan",
        "กรอกหนึ่งแถวต่อหนึ่งหน่วยบริการและหนึ่งเดือน ส่วนของ แผนรายได้ ให้กรอกยอดสะสมถึงเดือนที่รายงาน",
    ],
)  # fmt: skip
def test_ordinary_lines_say_nothing(line: str) -> None:
    assert codes(finance([line], HEADER, month())) == []


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("ประมาณการ", ["W375"]), ("แผน 2566", ["W375"]), ("2564", ["W376"]), ("2565", []),
        ("2566", []), ("ต.ค.65", []), ("แผนก", []), ("PlanFin", []), ("Sheet1", []),
    ],
)  # fmt: skip
def test_the_name_of_a_sheet_counts_as_a_line(name: str, found: list[str]) -> None:
    assert [code for code, _ in codes(finance(HEADER, month(), name=name))] == found


def test_months_that_name_their_year_are_compared_too() -> None:
    header, row = [HEADER[0], *HEADER[2:]], ["11223", *month(name="ต.ค. 65")[2:]]
    assert codes(finance(["ปีงบประมาณ 2566"], header, row)) == []
    assert codes(finance(["ปีงบประมาณ 2565"], header, row)) == [("W376", "A1")]


def test_a_year_may_stand_in_a_cell_of_its_own() -> None:
    assert codes(finance(["ปีงบประมาณ", 2566], HEADER, month())) == []
    assert codes(finance(["ปีงบประมาณ", 2565], HEADER, month())) == [("W376", "A1")]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("ปีก่อน", "W375"), ("แผนปีงบประมาณ 2567", "W375"), ("ปีงบประมาณ 2565", "W376"),
        ("ปีงบประมาณ 2566", "W322"), ("โรงพยาบาลชุมชน", "W322"), ("แผนกการเงิน", "W322"),
    ],
)  # fmt: skip
def test_a_row_of_words_between_rows_is_told_of(words: str, code: str) -> None:
    reading = finance(HEADER, month(), [words], month(name="พฤศจิกายน"))
    assert (code, "A3") in codes(reading)
    # The months of this table are alike on purpose, which is asked about.
    assert {one for one, _ in codes(reading)} == {code, "W425"}


def test_a_row_of_words_counts_in_any_column_and_only_above_rows() -> None:
    between = finance(HEADER, month(), [None, None, "ปีก่อน"], month(name="พฤศจิกายน"))
    assert [code for code, _ in codes(between)] == ["W375", "W425"]
    assert codes(finance(HEADER, month(), ["แผนจะส่งภายหลัง"])) == [("W322", "A3")]


@pytest.mark.parametrize(
    ("rows", "differs"), [({2566}, False), ({2567}, False), ({2568}, True), (set(), False)]
)
def test_a_year_that_may_be_of_the_calendar_reaches_into_the_next(
    rows: set[int], *, differs: bool
) -> None:
    assert claim("ปี 2566").differs(rows) is differs


def test_a_row_of_words_above_further_titles_is_told_of_once() -> None:
    other = [*HEADER[:3], HEADER[4], HEADER[3], *HEADER[5:]]
    rows = [["แผนทางการเงิน 2567"], other, month(name="พฤศจิกายน")]
    reading = finance(HEADER, month(), *rows)
    assert [code for code, _ in codes(reading)].count("W375") == 1
