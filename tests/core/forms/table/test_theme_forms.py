"""Forms of the inspection themes: blanks, samples, and how each kind of table is read."""

import csv
import io
from typing import Any

import numpy as np
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.criteria.catalog import measures
from core.forms.blank_table.cells import columns_of
from core.forms.blank_table.write import write_table_template
from core.forms.cells.open import read_workbook
from core.forms.cells.workbook import Cell, Merge, Place, Workbook
from core.forms.model.form import TableForm, form, forms
from core.forms.model.identity import IDENTITY_SHEET
from core.forms.model.issues import messages
from core.forms.table.header import recognised
from core.forms.table.heads.titles import titles_of
from core.forms.table.read import TableReading, read_table
from core.forms.trial_balance.header import recognised as trial_balance_in
from core.scoring.base.states import State
from core.services.intake.examine import examine
from core.services.intake.json_document import intake_json
from core.services.intake.kinds import Intake, ThemeIntake
from core.text import Language
from tests.core.forms.sheets import book, changed, sheet
from tests.core.forms.table.tables import codes as told
from tests.core.forms.table.theme_samples import DATA, FORMS, good

TABLES = {key: found for key, found in forms().items() if isinstance(found, TableForm)}
ROUND = ["hcode", "ปีงบประมาณ", "รอบ"]
KEYS = ["11223", 2566, 1]


def the(form_id: str) -> TableForm:
    found = form(form_id)
    assert isinstance(found, TableForm)
    return found


def read(form_id: str, *rows: Any, **options: Any) -> TableReading:
    return read_table(the(form_id), book(sheet(*rows)), **options)


def value(reading: TableReading, measure: str, line: int = 0) -> float:
    return float(reading.columns[measure].values[line])


def state(reading: TableReading, measure: str, line: int = 0) -> State:
    return State(int(reading.columns[measure].states[line]))


def sample(form_id: str, kind: str) -> Intake:
    path = DATA / form_id / f"{form_id}-{kind}.xlsx"
    return examine(path.read_bytes(), path.name)


def nameless(data: bytes) -> bytes:
    """A workbook without the hidden sheet that says which form it is."""
    workbook = openpyxl.load_workbook(io.BytesIO(data))
    del workbook[IDENTITY_SHEET]
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


# The forms themselves


@pytest.mark.parametrize("form_id", TABLES)
def test_every_figure_is_a_measure_of_the_catalogue(form_id: str) -> None:
    for table in TABLES[form_id].tables:
        for kind in table.kinds:
            figures = [c for c in table.columns if c.type in ("number", "answer")]
            fed = [table.measure(column, kind) for column in figures]
            if TABLES[form_id].holds == "figures":
                assert set(fed) <= measures().keys()
            for column, measure in zip(figures, fed, strict=True):
                is_answer = measure in measures() and measures()[measure].unit == "answer"
                assert is_answer == (column.type == "answer"), measure


@pytest.mark.parametrize("form_id", TABLES)
def test_no_title_names_two_columns(form_id: str) -> None:
    for table in TABLES[form_id].tables:
        titles = titles_of(table)
        for column in table.columns:
            for title in (column.name.th, column.name.en, column.measure, *column.aliases):
                assert titles.measure(title) == column.measure, title


@pytest.mark.parametrize("form_id", FORMS)
@pytest.mark.parametrize("language", ["th", "en"])
def test_a_blank_is_recognised_whole_and_says_nothing_but_that_it_is_empty(
    form_id: str, language: Language
) -> None:
    data = write_table_template(the(form_id), language=language)
    reading = read_table(the(form_id), read_workbook(data)[0])
    assert {issue.code for issue in reading.issues} == {"W321"}
    assert [set(header.columns) for header in reading.headers] == [
        {column.measure for column in columns_of(table)} for table in the(form_id).tables
    ]


@pytest.mark.parametrize("form_id", FORMS)
@pytest.mark.parametrize("make", [write_table_template, None], ids=["blank", "filled"])
def test_every_workbook_is_its_own_form_and_no_other(form_id: str, make: Any) -> None:
    data = make(the(form_id)) if make else good(form_id)
    without_name = nameless(data)
    for file in (data, without_name):
        found = examine(file, "a.xlsx")
        assert found.form is not None
        assert found.form.id == form_id
    # Read once: recognising a form does not read the file again.
    workbook, _ = read_workbook(without_name)
    others = [other for other in TABLES if other != form_id]
    assert [other for other in others if fits(TABLES[other], workbook)] == []
    refused = examine(without_name, "a.xlsx", form_id=others[-1])
    assert refused.form is None
    assert [issue.code for issue in refused.issues] == ["F011"]
    assert refused.issues[0].params["nearest"] == TABLES[others[-1]].name


def fits(form_: TableForm, workbook: Workbook) -> bool:
    if form_.holds == "accounts":
        return trial_balance_in(workbook).fits
    return recognised(form_, workbook).fits


def test_finance_is_no_other_form_and_keys_alone_are_none() -> None:
    finance = DATA / "finance" / "finance-good.csv"
    for other in FORMS:
        assert examine(finance.read_bytes(), finance.name, form_id=other).form is None
    keys = "รหัสหน่วยบริการ,ปีงบประมาณ,เดือน\n11223,2566,มิ.ย.\n"
    assert [issue.code for issue in examine(keys.encode(), "a.csv").issues] == ["F011"]


def test_half_a_finance_table_is_finance_still() -> None:
    columns = ["hcode", "fiscal_year", "month", "cash", "current_assets"]
    text = ",".join(columns) + "\n11223,2566,มิ.ย.,1,2\n"
    found = examine(text.encode(), "a.csv")
    assert found.form is not None
    assert found.form.id == "finance"


# The samples


@pytest.mark.parametrize("form_id", FORMS)
def test_a_good_sample_reads_without_a_message(form_id: str) -> None:
    found = sample(form_id, "good")
    assert told(found) == TOTALS_ALONE.get(form_id, [])
    assert found.form is not None
    assert found.form.id == form_id


TOTALS_ALONE = {"revenue-4s4c": [("W421", "E4")], "msss-4s4p": [("W421", "B69")]}
"""Where a sample gives totals and no funds or quarters, which is said once and is no fault."""

BAD = {
    "revenue-4s4c": [
        ("W421", "E1"),
        ("W301", "A2"), ("W302", "S2"), ("W312", "H3"), ("W327", "C4"), ("W308", "B5"),
        ("W316", "A6"), ("W105", "I2"), ("W328", "J2"), ("W314", "A3"), ("W315", "E3"),
        ("W310", "C4"), ("W313", "D5"), ("W313", "E5"), ("W313", "F5"), ("W320", "F3"),
        ("W320", "G2"),
    ],
    "sproi": [
        ("W108", "E4"), ("W329", "D5"), ("W314", "A6"), ("W315", "E6"), ("W329", "D7"),
        ("W312", "E9"), ("W103", "F9"), ("W313", "E8"),
    ],
    "payables": [
        ("W301", "A1"), ("W303", "I1"), ("W103", "D3"), ("W328", "G3"), ("W328", "H3"),
        ("W327", "C4"), ("W305", "A5"), ("W313", "F4"), ("W320", "E2"),
    ],
    "compensation": [
        ("W311", "D2"), ("W310", "C3"), ("W309", "B5"), ("W322", "A6"), ("W313", "F5"),
        ("W320", "F4"),
    ],
    "coverage": [
        ("W330", "B4"), ("W105", "F5"), ("W305", "A7"), ("W313", "E6"), ("W320", "E2"),
    ],
    "transfer": [
        ("W301", "A1"), ("W328", "O2"), ("W312", "P3"), ("W103", "P4"), ("W330", "A2"),
        ("W328", "E3"), ("W313", "N3"), ("W313", "O3"),
    ],
    "msss-4s4p": [
        ("W421", "B58"),
        ("W301", "B3"), ("W343", "B73"), ("W303", "B75"), ("W103", "D27"),
        ("W312", "D48"), ("W105", "E8"), ("W312", "E27"), ("W309", "E4"),
        ("W313", "D8"),
    ],
    "facilities": [
        ("W312", "I3"), ("W310", "K4"), ("W366", "D4"), ("W314", "A5"), ("W315", "C5"),
        ("W315", "E5"), ("W305", "A6"), ("W337", "B2"), ("W312", "I2"), ("W334", "E3"),
        ("W337", "B3"), ("W335", "G3"), ("W341", "F6"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("form_id", FORMS)
def test_a_bad_sample_is_told_of_cell_by_cell(form_id: str) -> None:
    found = sample(form_id, "bad")
    assert found.form is not None
    assert found.form.id == form_id
    assert sorted(told(found)) == sorted(BAD[form_id])
    for issue in found.issues:
        assert issue.text.th
        assert issue.text.en
        assert "{" not in issue.text.th + issue.text.en


def test_every_message_of_tables_is_provoked_somewhere() -> None:
    """Those of the register's own are in its tests, those of peers and floods in finance's."""
    ours = {code for code in messages() if "W327" <= code <= "W330"}
    assert ours <= {code for codes in BAD.values() for code, _ in codes}


@pytest.mark.parametrize("form_id", FORMS)
def test_rows_are_told_as_the_contract_says(form_id: str) -> None:
    document = intake_json(sample(form_id, "good"))
    assert document["form"] == form_id
    for row in document["rows"]:
        assert {"row", "hcode", "period", "results"} <= row.keys()
        assert isinstance(row["results"], dict)


# Rounds and answers


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        (1, 1), (2.0, 2), ("1", 1), ("๒", 2), ("รอบที่ 1", 1), ("รอบ 2", 2), ("รอบที่๒", 2),
        ("ครั้งที่ 1", 1), ("Round 2", 2), ("R1", 1), ("รอบการตรวจราชการที่ 1", 1),
        (0, None), (3, None), (1.5, None), ("รอบที่ 3", None), ("หนึ่ง", None), ("", None),
        (None, None), (True, None), (Cell("#N/A", True), None), ("รอบ", None),
    ],
)  # fmt: skip
def test_rounds_by_number_or_in_words(typed: Any, number: int | None) -> None:
    reading = read(
        "sproi", [*ROUND, "plan", "received", "cost"], ["11223", 2566, typed, "covid", 1, 2]
    )
    (line,) = reading.lines
    if number is None:
        assert ("W327", "C2") in told(reading)
        assert line.period is None
        assert not line.is_placed
    else:
        assert told(reading) == []
        assert str(line.period) == f"2566-R{number}"


PAYABLES = [
    *ROUND, "due", "paid", "over_90", "supplies_current", "report_current", "payment_current",
]  # fmt: skip
ROW = [*KEYS, 100, 90, 5, "ใช่", "ใช่", "ใช่"]


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        *((word, 1) for word in ("ใช่", "มี", "ผ่าน", "✓", "✔", "/", "Yes", "y", "PASS", "1", "๑")),
        *((word, 1) for word in (1, 1.0, True)),
        *((word, 0) for word in ("ไม่ใช่", "ไม่มี", "ไม่ผ่าน", "ไม่", "no", "N", "fail", "✗", "0")),
        *((word, 0) for word in (0, False, "ไมใช", "ยังไม่มี")),
    ],
)
def test_answers_in_the_words_people_use(typed: Any, answer: int) -> None:
    reading = read("payables", PAYABLES, changed(ROW, G=typed))
    assert told(reading) == []
    assert value(reading, "payables.supplies_current") == answer


@pytest.mark.parametrize("typed", [None, "", " ", "-", "ไม่มีข้อมูล", "n/a"])
def test_an_empty_answer_is_none_and_never_no(typed: Any) -> None:
    reading = read("payables", PAYABLES, changed(ROW, G=typed))
    assert told(reading) == [("W313", "G2")]
    assert state(reading, "payables.supplies_current") == State.NOT_REPORTED
    assert np.isnan(value(reading, "payables.supplies_current"))


def test_an_answer_may_not_apply() -> None:
    reading = read("payables", PAYABLES, changed(ROW, G="ไม่เกี่ยวข้อง"))
    assert told(reading) == []
    assert state(reading, "payables.supplies_current") == State.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("บางส่วน", "W328"), (2, "W328"), (0.5, "W328"), (-1, "W328"), ("มีบ้าง", "W328"),
        (float("inf"), "W328"), (Cell("#REF!", True), "W105"),
        (Cell(None, is_formula=True), "W108"),
        (Cell(43374.0, is_date=True), "W328"), ("=HYPERLINK(\"x\")", "W328"),
    ],
)  # fmt: skip
def test_what_answers_nothing_is_an_error_of_its_cell(typed: Any, code: str) -> None:
    reading = read("payables", PAYABLES, changed(ROW, G=typed))
    assert told(reading) == [(code, "G2")]
    assert state(reading, "payables.supplies_current") == State.ERROR
    assert value(reading, "payables.report_current") == 1


# Rows of several kinds


SPROI = [*ROUND, "Service Plan", "received", "cost"]


def test_rows_of_service_plans_are_one_submission_of_the_hospital() -> None:
    reading = read(
        "sproi", SPROI,
        [*KEYS, "COVID-19", 41, 100], [*KEYS, "Stroke & STEMI", 1, 2], [*KEYS, "ODS/MIS", 0, 0],
    )  # fmt: skip
    assert told(reading) == []
    (line,) = reading.lines
    assert [spot.place.name for spot in line.others] == ["A3", "A4"]
    assert value(reading, "sproi.covid_cost") == 100
    assert value(reading, "sproi.stroke_stemi_received") == 1
    assert value(reading, "sproi.ods_mis_cost") == 0
    assert line.spot("sproi.covid_cost").place.name == "F2"
    assert line.spot("sproi.stroke_stemi_received").place.name == "E3"
    assert line.spot("sproi.ods_mis_cost").place.name == "F4"


@pytest.mark.parametrize(
    ("typed", "plan"),
    [
        ("โควิด-19", "covid"), ("โควด 19", "covid"), ("covid", "covid"), ("COVID-19 (IPD)", "covid"),
        ("Stroke และ STEMI", "stroke_stemi"), ("stroke_stemi", "stroke_stemi"),
        ("ODS และ MIS", "ods_mis"), ("ods & mis", "ods_mis"),
    ],
)  # fmt: skip
def test_service_plans_in_the_words_people_use(typed: str, plan: str) -> None:
    reading = read("sproi", SPROI, [*KEYS, typed, 3, 4])
    assert told(reading) == []
    assert value(reading, f"sproi.{plan}_received") == 3


def test_an_unknown_plan_leaves_its_row_out_and_the_others_alone() -> None:
    reading = read("sproi", SPROI, [*KEYS, "หัวใจ", 3, 4], [*KEYS, "covid", 5, 6])
    assert told(reading) == [("W329", "D2")]
    assert value(reading, "sproi.covid_received") == 5


def test_a_plan_told_twice_contradicts_itself_only() -> None:
    reading = read(
        "sproi", SPROI, [*KEYS, "covid", 3, 4], [*KEYS, "ods_mis", 1, 1], [*KEYS, "โควิด", 5, 4]
    )
    assert told(reading) == [("W314", "A4"), ("W315", "E4")]
    assert state(reading, "sproi.covid_received") == State.CONTRADICTORY
    assert value(reading, "sproi.covid_cost") == 4
    assert value(reading, "sproi.ods_mis_cost") == 1


def test_a_merged_code_speaks_for_all_its_plans() -> None:
    rows = [SPROI, [*KEYS, "covid", 1, 2], [None, None, None, "ods_mis", 3, 4]]
    merges = [Merge(Place(2, n), Place(3, n)) for n in (1, 2, 3)]
    reading = read_table(the("sproi"), book(sheet(*rows, merges=merges)))
    assert told(reading) == []
    assert len(reading.lines) == 1
    assert value(reading, "sproi.ods_mis_cost") == 4


# Several tables in one workbook


DIMENSIONS = ("structure", "system", "staff", "skill", "care", "code", "claim", "account")
POINTS = [*ROUND, *(f"{one}_{kind}" for one in DIMENSIONS for kind in ("points", "full"))]
CLAIMS = ["hcode", "ปีงบประมาณ", "เดือน", "visits", "missing", "delayed", "expired", "sent", "error"]
POINTS_ROW = [*KEYS, *[8, 10] * 8]
CLAIMS_ROW = ["11223", 2566, "มิ.ย.", 1000, 1, 0, 0, 900, 9]


def test_tables_of_two_sheets_keep_their_own_periods() -> None:
    both = book(sheet(POINTS, POINTS_ROW, name="ก"), sheet(CLAIMS, CLAIMS_ROW, name="ข"))
    reading = read_table(the("revenue-4s4c"), both)
    assert told(reading) == []
    assert [str(line.period) for line in reading.lines] == ["2566-R1", "2566-M09"]
    assert value(reading, "revenue.care_points", 0) == 8
    assert state(reading, "revenue.care_points", 1) == State.NOT_REPORTED
    assert value(reading, "claims.sent", 1) == 900
    assert reading.lines[1].spot("claims.sent") == ("ข", Place(2, 8))


def test_tables_may_stand_below_one_another() -> None:
    reading = read("revenue-4s4c", POINTS, POINTS_ROW, [], CLAIMS, CLAIMS_ROW)
    assert told(reading) == []
    assert [str(line.period) for line in reading.lines] == ["2566-R1", "2566-M09"]


def test_a_table_that_is_absent_is_noted_and_the_other_is_read() -> None:
    reading = read("revenue-4s4c", CLAIMS, CLAIMS_ROW)
    assert told(reading) == [("W331", "")]
    assert reading.issues[0].severity == "note"
    assert "revenue.care_points" not in reading.columns


def test_what_is_required_is_required_of_its_own_table() -> None:
    both = book(
        sheet(POINTS[:-1], POINTS_ROW[:-1], name="ก"),
        sheet(CLAIMS, changed(CLAIMS_ROW, D=None), name="ข"),
    )
    reading = read_table(the("revenue-4s4c"), both)
    assert [(i.code, i.sheet, i.cell) for i in reading.issues] == [
        ("W301", "ก", "A1"), ("W313", "ข", "D2"),
    ]  # fmt: skip


# A turned table


def lines_of(*answers: list[Any], skip: str = "") -> list[list[Any]]:
    """The lines of the supplies' checklist, with one column of answers for each hospital."""
    columns = the("msss-4s4p").columns
    typed = {"hcode": "11223", "fiscal_year": 2566, "round": 1}
    return [
        [
            column.name.th,
            *(typed.get(column.measure, answer[column.type == "number"]) for answer in answers),
        ]
        for column in columns
        if column.measure != skip
    ]


def test_lines_below_one_another_are_columns() -> None:
    reading = read("msss-4s4p", *lines_of(["ใช่", 50]))
    assert told(reading) == []
    (line,) = reading.lines
    assert (line.hcode, str(line.period)) == ("11223", "2566-R1")
    assert value(reading, "msss.line_1_1_1") == 1
    assert value(reading, "days.inventory_lab") == 50
    assert line.spot("msss.line_1_1_1") == ("Sheet1", Place(4, 2))
    assert line.key_spot == ("Sheet1", Place(1, 2))


def test_hospitals_stand_side_by_side() -> None:
    rows = lines_of(["ใช่", 50], ["ไม่", 70])
    rows[0][2] = "11224"
    reading = read("msss-4s4p", *rows)
    assert told(reading) == []
    assert [line.hcode for line in reading.lines] == ["11223", "11224"]
    assert [value(reading, "msss.line_4_1", n) for n in (0, 1)] == [1, 0]


def test_messages_and_cells_are_those_of_the_sheet_and_not_of_the_view() -> None:
    rows = lines_of(["ใช่", 50], skip="msss.line_6_1")
    rows[2][1] = 3
    rows[5][1] = "บางที"
    rows.append(["ความเห็น", "ดี"])
    rows.append([rows[4][0], "ใช่"])
    assert told(read("msss-4s4p", *rows)) == [
        ("W301", "A1"), ("W304", f"A{len(rows)}"), ("W302", f"A{len(rows) - 1}"), ("W328", "B6"),
        ("W327", "B3"),
    ]  # fmt: skip


def test_a_checklist_may_stand_upright_as_one_row_a_hospital() -> None:
    rows = lines_of(["✓", 50])
    text = io.StringIO()
    csv.writer(text).writerows(zip(*rows, strict=True))
    found = examine(text.getvalue().encode(), "m.csv")
    assert found.form is not None
    assert found.form.id == "msss-4s4p"
    assert told(found) == []
    assert isinstance(found, ThemeIntake)
    assert found.reading.lines[0].spot("msss.line_1_1_1").place.name == "D2"


def test_full_marks_and_units_beside_the_answers_are_no_hospitals() -> None:
    head = ["ประเด็น", "คะแนนเต็ม", "คำตอบ"]
    rows = [[title, 1, answer] for title, answer in lines_of(["ใช่", 50])]
    rows[0][1] = rows[1][1] = rows[2][1] = None
    reading = read("msss-4s4p", head, *rows)
    assert told(reading) == []
    assert len(reading.lines) == 1


# Districts in place of facilities


COVERAGE = ["hcode", "district", "ปีงบประมาณ", "รอบ", "foreign_insured", "foreign_eligible"]


@pytest.mark.parametrize(
    ("hcode", "district", "subject"),
    [
        ("11223", None, "11223"), ("11223", "6101", "11223"), (None, "6101", "D6101"),
        (None, 6101, "D6101"), (None, "d6101", "D6101"), ("D6101", None, "D6101"),
        (None, "๖๑๐๑", "D6101"),
    ],
)  # fmt: skip
def test_a_row_may_be_of_a_whole_district(hcode: Any, district: Any, subject: str) -> None:
    reading = read(
        "coverage", COVERAGE, [hcode, district, 2566, 1, 5, 10], known={"11223": "11223"}.get
    )
    assert told(reading) == []
    (line,) = reading.lines
    assert line.subject == subject
    assert line.hcode == (subject if subject.isdigit() else None)


def test_a_table_of_districts_alone_needs_their_codes() -> None:
    header = ["อำเภอ", "ปีงบประมาณ", "รอบ", "foreign_insured", "foreign_eligible"]
    assert told(read("coverage", header, ["6101", 2566, 1, 5, 10])) == []
    assert told(read("coverage", header, ["อุทัย", 2566, 1, 5, 10])) == [("W330", "A2")]


# Blanks to fill in


@pytest.mark.parametrize("form_id", FORMS)
def test_a_blank_is_locked_but_for_its_yellow_cells(form_id: str) -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(write_table_template(the(form_id))))
    assert workbook[IDENTITY_SHEET].sheet_state == "veryHidden"
    for table, page in zip(the(form_id).tables, workbook.worksheets, strict=False):
        assert page.title == table.sheet.th
        assert page.protection.sheet
        answers = [
            cell
            for row in page.iter_rows(min_row=5, max_row=120)
            for cell in row
            if not cell.protection.locked and cell.fill.fgColor.rgb.endswith("FFFF99")
        ]
        assert len(answers) >= len(columns_of(table))


@pytest.mark.parametrize(
    ("form_id", "words"),
    [
        ("sproi", '"โควิด 19 (ผู้ป่วยใน),Stroke และ STEMI (ผู้ป่วยใน),ODS และ MIS"'),
        ("sproi", '"1,2"'),
        ("payables", '"ใช่,ไม่"'),
        ("msss-4s4p", '"ใช่,ไม่"'),
        ("facilities", '"โรงพยาบาล,รพ.สต."'),
    ],
)
def test_words_are_chosen_from_a_list(form_id: str, words: str) -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(write_table_template(the(form_id))))
    rules = workbook.worksheets[0].data_validations.dataValidation
    assert words in {rule.formula1 for rule in rules if rule.type == "list"}
    assert all(len(str(rule.formula1)) <= 255 for rule in rules)


# Anything at all

WORDS = st.sampled_from(
    ["ใช่", "-", "ต.ค.", "รวม", "01122", "112233445", "๒๕๖๖", "R1", "=1+1", "na", "covid", "D6101"]
)
ANY = st.one_of(
    st.none(), st.text(max_size=6), WORDS, st.floats(), st.integers(-3, 3000), st.booleans()
)


@given(st.data())
@settings(max_examples=150)
def test_no_table_breaks_any_form(data: st.DataObject) -> None:
    chosen = TABLES[data.draw(st.sampled_from(sorted(FORMS)))]
    table = data.draw(st.sampled_from(chosen.tables))
    titles = [column.measure for column in table.columns]
    header = data.draw(st.lists(st.one_of(st.sampled_from(titles), ANY), min_size=3, max_size=30))
    rows = [header, *data.draw(st.lists(st.lists(ANY, max_size=30), max_size=5))]
    if table.turned and data.draw(st.booleans()):
        width = max(map(len, rows))
        rows = [
            list(line)
            for line in zip(*(row + [None] * (width - len(row)) for row in rows), strict=True)
        ]
    reading = read_table(chosen, book(sheet(*rows)))
    for issue in reading.issues:
        assert issue.cell[:1].isalpha() or issue.code == "W331"
        assert issue.text.th
    for column in reading.columns.values():
        reported = column.states == State.REPORTED
        assert np.isfinite(column.values[reported]).all()
        assert np.isnan(column.values[~reported]).all()
