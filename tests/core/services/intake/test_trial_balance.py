"""Trial balances as hospitals export them: measures from accounts, checks, and how it is said."""

import csv
import io
import os
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from core.forms.blank_table.write import write_table_template
from core.forms.model.form import TableForm, form
from core.services.intake.examine import examine
from core.services.intake.json_document import intake_json
from core.services.intake.kinds import FinanceIntake, TrialBalanceIntake
from core.services.intake.terminal_text import lines as lines_of
from tests.paths import ROOT

SHARED = Path(os.environ.get("TRUAT_SHARED_DATA", ROOT.parent / "shared" / "data"))
REGION = SHARED / "region1"
TITLES = [
    "รหัสหน่วยบริการ",
    "งวด",
    "รหัสบัญชี",
    "ชื่อบัญชี",
    "ยอดยกมา เดบิต",
    "ยอดยกมา เครดิต",
    "งวดนี้ เดบิต",
    "งวดนี้ เครดิต",
    "ยอดยกไป เดบิต",
    "ยอดยกไป เครดิต",
]
# Each line: account, debit, credit carried forward.
BOOKS: list[tuple[Any, float, float]] = [
    ("1101010101.101", 1000.25, 0),
    ("1101030102.104", 300, 0),  # deposits of sub-units: out
    ("1102050101.103", 500, 0),
    ("1105010103.102", 200, 0),
    ("1206010101.101", 400, 0),
    ("2101010102.133", 0, 600),
    ("2101020199.151", 0, 50),  # donations: out
    ("3101010101.101", 0, 1450.25),
    ("4301020105.202", 0, 900),
    ("5104010104.101", 550, 0),
    ("5105010101.101", 50, 0),
]
WANTED = {
    "cash": 1000.25,
    "quick_assets": 1500.25,
    "current_assets": 1700.25,
    "inventories": 200,
    "current_liabilities": 600,
    "revenue": 900,
    "expense": 600,
    "net_income": 300,
    "ebitda": 350,
    "depreciation": 50,
    "total_assets": 2400.25,
}


def lines(books: Any = BOOKS, hcode: Any = "11223", period: Any = 256808) -> list[list[Any]]:
    """Lines whose whole balance was brought forward."""
    return [[hcode, period, code, "", d, c, 0, 0, d, c] for code, d, c in books]


def read(*rows: list[Any]) -> Any:
    return examine(workbook([TITLES, *rows]), "a.xlsx")


def workbook(rows: list[list[Any]], merges: tuple[str, ...] = ()) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for merge in merges:
        book.active.merge_cells(merge)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def codes(intake: Any) -> set[str]:
    """The messages, less that no hospital group is known and that the amounts are small."""
    return {issue.code for issue in intake.issues} - {"W324", "W409"}


def measured(intake: Any, row: int = 0) -> dict[str, Any]:
    found = intake_json(intake)["rows"][row]["measures"]
    return {name: found[f"finance.{name}"] for name in WANTED}


def changed(account: str, debit: float, credit: float) -> list[tuple[Any, float, float]]:
    return [(c, debit, credit) if c == account else (c, d, k) for c, d, k in BOOKS]


# What the accounts come to


def test_accounts_become_the_measures_of_a_hospital_and_month() -> None:
    intake = read(*lines())
    assert isinstance(intake, TrialBalanceIntake)
    document: Any = intake_json(intake)
    row = document["rows"][0]
    assert (document["form"], row["hcode"], row["period"]) == ("trial-balance", "11223", "2568-M08")
    assert measured(intake) == WANTED
    assert row["mapped"] == {"lines": 11, "unmapped": 0, "share_of_money": 1.0}
    assert row["results"]["crisis"]["status"] == "scored"
    assert codes(intake) == set()


def test_they_score_as_the_same_figures_typed_into_the_finance_form() -> None:
    names = ["cash", "current_assets", "quick_assets", "current_liabilities", "net_income"]
    typed = ["hcode", "time_id", *names], ["11223", 256808, *(WANTED[name] for name in names)]
    finance = examine(workbook([*map(list, typed)]), "a.xlsx")
    assert isinstance(finance, FinanceIntake)
    results = [
        intake_json(one)["rows"][0]["results"]["crisis"] for one in (finance, read(*lines()))
    ]
    assert results[0] == results[1]
    assert results[0]["level"] is not None


def test_contra_accounts_and_overdrafts_come_with_their_sign() -> None:
    intake = read(*lines([*BOOKS, ("1102050101.102", 0, 120), ("1101030102.101", 0, 80)]))
    assert measured(intake)["cash"] == pytest.approx(920.25)
    assert measured(intake)["quick_assets"] == pytest.approx(1300.25)


def test_sub_accounts_add_up_to_their_account() -> None:
    parts = [("1101030102.10101", 70, 0), ("1101030102.10102", 30, 0)]
    intake = read(*lines([*BOOKS, *parts]))
    assert measured(intake)["cash"] == pytest.approx(1100.25)
    assert "W382" not in codes(intake)


def test_hospitals_of_one_file_are_rows_of_their_own_each_with_its_months_in_order() -> None:
    rows = [*lines(), *lines(hcode="11224"), *lines(period=256809)]
    document: Any = intake_json(read(*rows))
    keys = [(row["hcode"], row["period"]) for row in document["rows"]]
    assert keys == [("11223", "2568-M08"), ("11223", "2568-M09"), ("11224", "2568-M08")]
    assert {row["measures"]["finance.cash"] for row in document["rows"]} == {1000.25}


@pytest.mark.parametrize(
    ("left_out", "missing"),
    [
        ("2", {"current_liabilities"}),
        ("4", {"revenue", "net_income", "ebitda"}),
        ("5", {"expense", "net_income", "ebitda", "depreciation"}),
    ],
)
def test_a_class_without_any_account_was_not_reported_and_is_no_zero(
    left_out: str, missing: set[str]
) -> None:
    intake = read(*lines([line for line in BOOKS if line[0][0] != left_out]))
    assert {name for name, value in measured(intake).items() if value is None} == missing


# Layouts


def test_the_carried_pair_is_enough_and_columns_stand_in_any_order() -> None:
    titles = ["เครดิตยกไป", "ชื่อบัญชี", "เลขที่บัญชี", "เดือน", "เดบิตยกไป", "ปีงบประมาณ", "รหัส รพ."]
    rows = [[c, "", code, "พ.ค.", d, 2568, "11223"] for code, d, c in BOOKS]
    intake = examine(workbook([titles, *rows]), "a.xlsx")
    assert measured(intake) == WANTED
    assert intake_json(intake)["rows"][0]["period"] == "2568-M08"


def test_titles_may_be_two_rows_high() -> None:
    over = ["รหัสหน่วยบริการ", "งวด", "รหัสบัญชี", "ชื่อบัญชี"]
    over += ["ยอดยกมา", "", "งวดนี้", "", "ยอดยกไป", ""]
    under = ["", "", "", "", *["เดบิต", "เครดิต"] * 3]
    merged = ("A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:F1", "G1:H1", "I1:J1")
    for merges in (merged, merged[:4]):
        intake = examine(workbook([over, under, *lines()], merges), "a.xlsx")
        assert measured(intake) == WANTED


def test_whose_and_when_may_stand_above_the_table() -> None:
    above = ["งบทดลอง ณ วันที่ 31 พฤษภาคม 2568 โรงพยาบาลตัวอย่าง 11223"]
    rows = [row[2:] for row in lines()]
    intake = examine(workbook([above, TITLES[2:], *rows]), "a.xlsx")
    row = intake_json(intake)["rows"][0]
    assert (row["hcode"], row["period"]) == ("11223", "2568-M08")
    assert measured(intake) == WANTED


@pytest.mark.parametrize(
    ("above", "code"),
    [
        ("งบทดลอง ณ วันที่ 31 พฤษภาคม 2568", "W388"),
        ("งบทดลอง 31 พฤษภาคม 2568 รพ. 11223 และ 11224", "W388"),
        ("งบทดลอง โรงพยาบาลตัวอย่าง 11223", "W389"),
        ("งบทดลอง 30 เมษายน 2568 ถึง 31 พฤษภาคม 2568 รพ. 11223", "W389"),
    ],
)
def test_whose_or_when_left_open_is_said_and_nothing_scored(above: str, code: str) -> None:
    rows = [row[2:] for row in lines()]
    intake = examine(workbook([[above], TITLES[2:], *rows]), "a.xlsx")
    assert code in codes(intake)
    assert intake_json(intake)["rows"][0]["results"]["crisis"]["level"] is None


def test_a_debit_and_credit_that_do_not_say_of_when_are_taken_as_carried_and_said() -> None:
    titles = [*TITLES[:4], "เดบิต", "เครดิต"]
    intake = examine(workbook([titles, *([*row[:4], *row[8:]] for row in lines())]), "a.xlsx")
    assert measured(intake) == WANTED
    assert "W387" in codes(intake)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp874", "utf-16"])
def test_csv_in_each_encoding(encoding: str) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([TITLES, *lines()])
    assert measured(examine(text.getvalue().encode(encoding), "a.csv")) == WANTED


def test_totals_headings_and_titles_again_are_no_accounts() -> None:
    total = ["", "", "", "รวมทั้งสิ้น", 1, 1, 1, 1, 3000.25, 3000.25]
    heading = ["11223", 256808, "1", "สินทรัพย์", None, None, None, None, None, None]
    rows = [heading, *lines()[:5], TITLES, *lines()[5:], total]
    intake = read(*rows)
    assert measured(intake) == WANTED
    assert intake_json(intake)["rows"][0]["mapped"]["lines"] == len(BOOKS)


def test_amounts_in_thousands_are_turned_into_baht_and_said() -> None:
    thousands = [[*row[:4], *(value / 1000 for value in row[4:])] for row in lines()]
    rows = [["หน่วย: พันบาท"], TITLES, *thousands]
    intake = examine(workbook(rows), "a.xlsx")
    assert measured(intake) == pytest.approx(WANTED)
    assert "W344" in codes(intake)


@pytest.mark.parametrize(
    "pairs",
    [
        ["Dr.", "Cr.", "EndDr", "EndCr"],
        ["Debit (month)", "Credit (month)", "Closing balance Dr.", "Closing balance Cr."],
        ["เดบิท เดือนนี้", "เครดิต เดือนนี้", "เดบิทคงเหลือ", "เครดิตคงเหลือ"],
    ],
)
def test_titles_are_known_by_their_words(pairs: list[str]) -> None:
    rows = [row[:3] + row[6:] for row in lines()]
    intake = examine(workbook([["OrgID", "TimeID", "AccCode", *pairs], *rows]), "a.xlsx")
    assert measured(intake) == WANTED
    assert codes(intake) == set()


def test_what_is_hidden_is_not_read_and_said() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook([TITLES, *lines()])))
    book.active.row_dimensions[2].hidden = True
    book.active.column_dimensions["E"].hidden = True
    file = io.BytesIO()
    book.save(file)
    intake = examine(file.getvalue(), "a.xlsx")
    assert {"W356", "W365"} <= codes(intake)
    assert measured(intake)["cash"] == 0


def test_formulas_nobody_calculated_are_no_empty_cells() -> None:
    rows = lines()
    rows[3][4:] = [None, None, None, None, "=100+100", "=0"]
    intake = read(*rows)
    assert {issue.cell for issue in intake.issues if issue.code == "W108"} == {"I5", "J5"}
    assert measured(intake)["inventories"] is None


def test_the_blank_form_is_one_itself() -> None:
    chosen = form("trial-balance")
    assert isinstance(chosen, TableForm)
    assert examine(write_table_template(chosen), "a.xlsx").form == chosen


def test_a_table_without_amounts_carried_forward_is_none() -> None:
    rows = [[*row[:8]] for row in lines()]
    assert examine(workbook([TITLES[:8], *rows]), "a.xlsx").form is None


# Checks


def test_an_unknown_account_is_listed_with_its_amount_and_in_no_figure() -> None:
    intake = read(*lines([*BOOKS, ("1101030102.999", 1000, 0)]))
    assert measured(intake) == WANTED
    mapped = intake_json(intake)["rows"][0]["mapped"]
    assert (mapped["lines"], mapped["unmapped"]) == (12, 1)
    assert mapped["share_of_money"] == pytest.approx(1 - 1000 / 7000.5)
    issue = next(issue for issue in intake.issues if issue.code == "W383")
    assert (issue.cell, issue.found, issue.expected) == ("C13", "1101030102.999", "1000")


@pytest.mark.parametrize(
    ("unknown", "shown"), [(0, "100.00"), (1, "99.98"), (0.01, "99.99")], ids=str
)
def test_the_share_of_money_is_printed_and_never_rounded_up(unknown: float, shown: str) -> None:
    intake = read(*lines([*BOOKS, ("9999999999.999", unknown, 0)]))
    assert any(f"not known; {shown} percent of the money" in line.en for line in lines_of(intake))


@pytest.mark.parametrize(("credit", "is_said"), [(1450.25, False), (1450.24, True)])
def test_debits_that_are_not_the_credits_are_said(credit: float, is_said: bool) -> None:
    intake = read(*lines(changed("3101010101.101", 0, credit)))
    assert ("W380" in codes(intake)) == is_said
    assert measured(intake) == WANTED


def test_debit_and_credit_in_each_others_columns_are_said_and_nothing_computed() -> None:
    intake = read(*lines([(code, credit, debit) for code, debit, credit in BOOKS]))
    (said,) = [one for one in intake.issues if one.code == "W448"]
    assert (said.severity, said.cell) == ("error", "C2")
    assert set(measured(intake).values()) == {None}


def test_an_account_twice_takes_what_needs_it_out_of_the_figures() -> None:
    intake = read(*lines([*BOOKS, BOOKS[0]]))
    issue = next(issue for issue in intake.issues if issue.code == "W382")
    assert (issue.cell, issue.expected, issue.severity) == ("C13", "C2", "error")
    silent = {name for name, value in measured(intake).items() if value is None}
    assert silent == {"cash", "quick_assets", "current_assets", "total_assets"}


def test_an_amount_that_is_no_number_takes_what_needs_it_out_of_the_figures() -> None:
    rows = lines()
    rows[3][8] = "สองร้อย"
    intake = read(*rows)
    assert [issue.cell for issue in intake.issues if issue.code == "W103"] == ["I5"]
    silent = {name for name, value in measured(intake).items() if value is None}
    assert silent == {"inventories", "current_assets", "total_assets"}


def test_movement_that_does_not_add_up_is_said() -> None:
    rows = lines()
    rows[0][6] = 0.5
    assert "W381" in codes(read(*rows))
    rows[0][7] = 0.5
    assert "W381" not in codes(read(*rows))


@pytest.mark.parametrize(("brought", "is_said"), [(1000.25, False), (1000.0, True)])
def test_brought_forward_is_held_against_the_month_before(brought: float, is_said: bool) -> None:
    later = lines(period=256809)
    later[0][4] = brought
    assert ("W384" in codes(read(*lines(), *later))) == is_said


def test_a_month_missing_in_between_is_said_and_the_others_are_judged() -> None:
    months = [256801, 256802, 256804, 256806]
    intake = read(*[row for month in months for row in lines(period=month)])
    (told,) = [issue for issue in intake.issues if issue.code == "W378"]
    assert (told.cell, told.params["facility"]) == ("C24", "11223")
    assert "ธ.ค. 2567, ก.พ. 2568" in told.text.th
    rows: Any = intake_json(intake)["rows"]
    assert [row["results"]["crisis"]["status"] for row in rows] == ["scored"] * 4
    whole = read(*[row for month in (256712, 256801, 256802) for row in lines(period=month)])
    assert "W378" not in codes(whole)


REVENUE = "4301020105.202"


@pytest.mark.parametrize(
    ("account", "months", "is_said"),
    [
        ("1102050101.103", (256808, 256809), True),
        (REVENUE, (256808, 256809), True),
        ("1102050101.103", (256712, 256801), True),
        (REVENUE, (256712, 256801), False),  # the year's end closes it
        (REVENUE, (256807, 256809), False),  # not held against a month that lacks
    ],
)
def test_accounts_of_the_month_before_that_are_gone_put_a_month_in_doubt(
    account: str, months: tuple[int, int], is_said: bool
) -> None:
    less = [one for one in BOOKS if one[0] != account]
    intake = read(*lines(period=months[0]), *lines(less, period=months[1]))
    told = [issue for issue in intake.issues if issue.code == "W373"]
    assert [(one.found, one.params["lines"]) for one in told] == [(account, 1)] * is_said
    half = read(*lines(period=256807), *lines(BOOKS[:5], period=256808))
    in_doubt = [row["in_doubt"] for row in intake_json(half)["rows"]]
    assert ["W373" in codes for codes in in_doubt] == [False, True]


def test_month_12_after_closing_has_no_income_to_judge() -> None:
    closed = changed("4301020105.202", 0, 0)
    closed = [(code, 0, 0) if code[0] == "5" else (code, d, c) for code, d, c in closed]
    for period, is_closed in ((256812, True), (256811, False)):
        intake = read(*lines(closed, period=period))
        assert ("W386" in codes(intake)) == is_closed
        income = measured(intake)["net_income"]
        assert income is None if is_closed else income == 0
    level = intake_json(read(*lines(closed, period=256812)))["rows"][0]["results"]["crisis"]
    assert level["stability"] is None


def test_years_without_account_sets_take_the_nearest_and_say_so() -> None:
    assert "W395" in codes(read(*lines(period=256608)))
    assert "W395" not in codes(read(*lines(period=256908)))


def test_spoiled_codes_are_mended_and_said() -> None:
    spoiled = [
        ("1101010101101", d, c) if i == 0 else (k, d, c) for i, (k, d, c) in enumerate(BOOKS)
    ]
    intake = read(*lines(spoiled))
    assert measured(intake) == WANTED
    assert codes(intake) == {"W385"}


# The ministry's own results


def test_the_ministrys_table_is_read_as_its_own_results() -> None:
    titles = "เขต จังหวัด รหัส หน่วยงาน ประเภท TimeID งวดเดือน CR QR Cash NWC NI LiI StI SuI"
    titles += " RiskScoring EBITDA เงินบำรุงคงเหลือสุทธิ"
    row = [
        1,
        "ตาก",
        "11223",
        "รพ. ก",
        "รพช.",
        256908,
        "พ.ค. 2569",
        1.5,
        1,
        0.8,
        100,
        -5,
        0,
        1,
        2,
        3,
        7,
    ]
    intake = examine(workbook([titles.split(), [*row, -100]]), "a.xlsx")
    document: Any = intake_json(intake)
    assert document["form"] == "official-results"
    result = document["rows"][0]
    assert (result["period"], result["results"]) == ("2569-M08", {})
    assert result["measures"]["official.crisis_level"] == 3
    assert result["measures"]["official.maintenance_fund"] == -100
    assert not any(measure.startswith("finance.") for measure in result["measures"])
    assert codes(intake) == {"W394"}


# Real months of six hospitals


def rows_of(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        pytest.skip(f"{path.name} is not here")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_real_trial_balances_come_to_the_ministrys_amounts_within_ten_baht() -> None:
    official = {(row["hcode"], row["period"]): row for row in rows_of(REGION / "official.csv")}
    path = REGION / "trial-balance.csv"
    document: Any = intake_json(examine(path.read_bytes(), path.name))
    assert len(document["rows"]) == 36
    amounts = [
        "current_assets",
        "quick_assets",
        "cash",
        "current_liabilities",
        "revenue",
        "expense",
    ]
    for row in document["rows"]:
        wanted = official[row["hcode"], row["period"]]
        for name in amounts:
            assert row["measures"][f"finance.{name}"] == pytest.approx(float(wanted[name]), abs=10)
        assert row["mapped"]["share_of_money"] == 1


# A real D-file beside the report the ministry printed of it


def d_file_rows() -> dict[str, Any]:
    path = SHARED / "mdb" / "trial-balance-d-file.zip"
    if not path.exists():
        pytest.skip(f"{path.name} is not here")
    document: Any = intake_json(examine(path.read_bytes(), path.name))
    return {row["period"]: row for row in document["rows"]}


def test_a_real_d_file_gives_every_ratio_of_the_ministrys_report_to_the_satang() -> None:
    rows = d_file_rows()
    printed = rows_of(SHARED / "mdb" / "official-ratios-2569-M10.csv")
    ours = {ratio["id"]: ratio for ratio in rows["2569-M10"]["ratios"]}
    assert len(printed) == 29
    for ratio in printed:
        for name in ("x", "y", "value"):
            wanted = pytest.approx(float(ratio[name]), abs=0.00501)
            assert ours[ratio["ratio_id"]][name] == wanted, (ratio["ratio_id"], name)
    measures = rows["2569-M10"]["measures"]
    assert round(measures["days.payables"], 2) == 243.22
    closed = {ratio["id"]: ratio["value"] for ratio in rows["2568-M12"]["ratios"]}
    assert closed["100"] is not None
    assert (closed["260"], closed["334"], closed["316"]) == (None, None, None)
    assert rows["2568-M12"]["results"]["crisis"]["level"] is None
