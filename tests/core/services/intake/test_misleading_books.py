"""Trial balances that look right and are not: read rightly, said or refused, never as they are."""

from typing import Any

import pytest

from core.forms.trial_balance.accounts import account_sets, chart
from core.forms.trial_balance.words import lowers_others
from core.services.intake.examine import examine
from core.services.intake.json_document import intake_json
from core.services.intake.terminal_text import lines as lines_of
from tests.core.services.intake.test_trial_balance import (
    BOOKS,
    TITLES,
    WANTED,
    codes,
    lines,
    measured,
    read,
    workbook,
)

MOVED = [
    [*row[:4], *values]
    for row, values in zip(
        lines(),
        [
            (900.25, 0, 100, 0, 1000.25, 0),
            (250, 0, 50, 0, 300, 0),
            (450, 0, 50, 0, 500, 0),
            (150, 0, 50, 0, 200, 0),
            (350, 0, 50, 0, 400, 0),
            (0, 500, 0, 100, 0, 600),
            (0, 40, 0, 10, 0, 50),
            (0, 1450.25, 0, 0, 0, 1450.25),
            (0, 710, 0, 190, 0, 900),
            (550, 0, 0, 0, 550, 0),
            (50, 0, 0, 0, 50, 0),
        ],
        strict=True,
    )
]
"""The same books, with what was brought forward and what moved this month."""


def level(intake: Any) -> Any:
    return intake_json(intake)["rows"][0]["results"]["crisis"]["level"]


def is_silent(intake: Any) -> bool:
    """Whether nothing at all was computed."""
    return set(measured(intake).values()) == {None} and level(intake) is None


# Whose and when it is


@pytest.mark.parametrize(
    ("above", "code", "said"),
    [
        ("โรงพยาบาลอื่น รหัส 10666", "W433", True),
        ("โรงพยาบาลตัวอย่าง รหัส 11223", "W433", False),
        ("งบทดลอง ณ วันที่ 30 เมษายน 2568", "W434", True),
        ("งบทดลอง ณ วันที่ 31 พฤษภาคม 2568", "W434", False),
        ("พิมพ์เมื่อวันที่ 5 มิถุนายน 2568", "W434", False),
    ],
)
def test_a_heading_of_another_hospital_or_month_is_said(above: str, code: str, said: bool) -> None:
    intake = examine(workbook([[above], TITLES, *lines()]), "a.xlsx")
    assert (code in codes(intake)) == said
    assert (code in intake_json(intake)["rows"][0]["in_doubt"]) == said
    assert measured(intake) == WANTED


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("งบทดลอง_10666.xlsx", {"W433"}),
        ("tb-11223-256805.xlsx", set()),  # of the calendar
        ("tb-11223-256808.xlsx", set()),  # of the fiscal year
        ("tb-11223-256807.xlsx", {"W434"}),
    ],
)
def test_the_name_of_a_file_may_not_say_otherwise(name: str, wanted: set[str]) -> None:
    assert codes(examine(workbook([TITLES, *lines()]), name)) == wanted


def test_the_day_of_printing_is_no_month_and_a_post_code_no_hospital() -> None:
    rows = [row[2:] for row in lines()]
    titles = TITLES[2:]
    above = [["รหัส 11223 เดือนพฤษภาคม 2568"], ["วันที่พิมพ์ 15 มิถุนายน 2568"]]
    row = intake_json(examine(workbook([*above, titles, *rows]), "a.xlsx"))["rows"][0]
    assert (row["hcode"], row["period"]) == ("11223", "2568-M08")
    printed = examine(workbook([["รหัส 11223"], above[1], titles, *rows]), "a.xlsx")
    assert "W389" in codes(printed)
    address = [["โรงพยาบาลตัวอย่าง อ.เมือง จ.ตาก 63000 ประจำเดือนพฤษภาคม 2568"]]
    assert "W388" in codes(examine(workbook([*address, titles, *rows]), "a.xlsx"))


def test_a_year_that_is_far_ahead_is_said() -> None:
    assert "W428" in codes(read(*lines(period=259908)))
    assert "W428" not in codes(read(*lines(period=256908)))


# Totals among the accounts


@pytest.mark.parametrize("code", ["1", "1101000000.000", "1101", "9999999999.999", ""])
def test_a_total_that_bears_a_code_is_no_account(code: str) -> None:
    parts = [line for line in BOOKS if line[0].startswith(code) or code[:1] in ("9", "")]
    parts = [line for line in BOOKS if line[0].startswith("1101")] if code[:4] == "1101" else parts
    total = [sum(line[side] for line in parts) for side in (1, 2)]
    row = ["11223", 256808, code, "เงินสดและเงินฝาก", *total, 0, 0, *total]
    intake = read(*lines(), row)
    assert measured(intake) == WANTED
    assert "W491" in codes(intake)
    mapped = intake_json(intake)["rows"][0]["mapped"]
    assert (mapped["lines"], mapped["share_of_money"]) == (len(BOOKS), 1)


def test_an_unknown_account_of_another_amount_is_no_total() -> None:
    row = ["11223", 256808, "1101000000.000", "อื่น", 1300, 0, 0, 0, 1300, 0]
    intake = read(*lines(), row)
    assert "W491" not in codes(intake)
    assert "W383" in codes(intake)
    assert measured(intake) == WANTED


# Signs


def test_credits_written_as_negatives_are_credits() -> None:
    turned = [[*r[:4], r[4], -r[5], 0, 0, r[8], -r[9]] for r in lines()]
    brackets = [[*r[:4], r[4], f"({r[5]:,.2f})", 0, 0, r[8], f"({r[9]:,.2f})"] for r in lines()]
    behind = [[*r[:4], r[4], f"{r[5]:,.2f}-", 0, 0, r[8], f"{r[9]:,.2f}-"] for r in lines()]
    for rows in (turned, brackets, behind):
        intake = read(*rows)
        assert measured(intake) == WANTED
        assert codes(intake) == {"W449"}


def test_one_negative_credit_stays_what_it_is() -> None:
    rows = lines()
    rows[5][9] = -600
    assert "W449" not in codes(read(*rows))


def test_amounts_with_their_unit_and_thai_digits_are_read() -> None:
    rows = [[*r[:4], *(f"{value:,.2f} บาท" for value in r[4:])] for r in lines()]
    assert measured(read(*rows)) == WANTED
    digits = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
    thai = [[str(value).translate(digits) for value in r] for r in lines()]
    assert measured(read(*thai)) == WANTED


def test_accounts_on_the_other_side_are_said_and_allowances_are_not() -> None:
    allowance = ("1102050123.114", 0, 20)
    assert chart().title(allowance[0]).startswith("ค่าเผื่อ")
    assert "W438" not in codes(read(*lines([*BOOKS, allowance])))
    overdrawn = read(*lines([*BOOKS, ("1101030102.101", 0, 80)]))
    issue = next(one for one in overdrawn.issues if one.code == "W438")
    assert (issue.cell, issue.found) == ("C13", "1101030102.101")


# Columns and rows that have moved


def test_books_with_movements_are_right_by_themselves() -> None:
    intake = read(*MOVED)
    assert (measured(intake), codes(intake)) == (WANTED, set())


@pytest.mark.parametrize(
    "order",
    [(4, 5, 2, 3, 0, 1), (1, 2, 3, 4, 5, 0), (5, 0, 1, 2, 3, 4)],
    ids=["exchanged", "to the left", "to the right"],
)
def test_columns_that_moved_are_refused(order: tuple[int, ...]) -> None:
    intake = read(*([*row[:4], *(row[4:][place] for place in order)] for row in MOVED))
    said = {issue.code for issue in intake.issues if issue.severity == "error"}
    assert said & {"W435", "W439", "W448"}
    assert is_silent(intake)


def test_one_line_that_does_not_follow_leaves_the_books_alone() -> None:
    rows = [[*row] for row in MOVED]
    rows[0][4] += 1
    intake = read(*rows)
    assert "W381" in codes(intake)
    assert measured(intake) == WANTED
    assert intake_json(intake)["rows"][0]["in_doubt"] == ["W381", "W409"]


def test_names_of_other_accounts_are_refused() -> None:
    named = [[*row[:3], chart().title(row[2]), *row[4:]] for row in lines()]
    assert measured(read(*named)) == WANTED
    codes_below = [row[2] for row in named[1:]] + [named[0][2]]
    shifted = [[*r[:2], code, *r[3:]] for r, code in zip(named, codes_below, strict=True)]
    intake = read(*shifted)
    assert "W436" in codes(intake)
    assert is_silent(intake)


def in_use() -> list[tuple[str, float, float]]:
    """Four hundred accounts of the chart, each balance on its side, debits equal to credits."""
    listed = [code for code in sorted(chart().codes) if code[0] in "1245"][::2][:400]
    balances = []
    for place, code in enumerate(listed):
        lowers = lowers_others(chart().title(code))
        is_debit = (account_sets().side(code) > 0) != lowers
        amount = 1_000_000.0 + 1000 * place
        balances.append((code, amount, 0.0) if is_debit else (code, 0.0, amount))
    rest = sum(debit - credit for _, debit, credit in balances)
    return [*balances, ("3101010101.101", max(-rest, 0.0), max(rest, 0.0))]


def moved_by(rows: int, first: int = 0) -> list[tuple[str, float, float]]:
    """The same with the amounts some rows further down, from a row on."""
    books = in_use()
    amounts = [pair[1:] for pair in books[first:]]
    amounts = amounts[-rows:] + amounts[:-rows]
    below = [(code, *pair) for (code, *_), pair in zip(books[first:], amounts, strict=True)]
    return [*books[:first], *below]


@pytest.mark.parametrize(("rows", "first"), [(1, 0), (-1, 0), (2, 0), (-2, 0), (1, 60), (-1, 60)])
def test_amounts_some_rows_from_their_accounts_are_refused(rows: int, first: int) -> None:
    intake = read(*lines(moved_by(rows, first)))
    (told,) = [issue for issue in intake.issues if issue.code == "W494"]
    assert told.params["rows"] == abs(rows)
    assert is_silent(intake)
    assert "W494" not in codes(read(*lines(in_use())))


def test_rows_moved_far_down_put_the_level_in_doubt_at_most() -> None:
    whole = intake_json(read(*lines(in_use())))["rows"][0]
    assert whole["in_doubt"] == []
    late = intake_json(read(*lines(moved_by(1, len(in_use()) - 12))))["rows"][0]
    levels = [one["results"]["crisis"]["level"] for one in (late, whole)]
    assert late["in_doubt"] or levels[0] == levels[1]


def test_accounts_beside_their_own_sub_accounts_are_their_totals() -> None:
    parts = [(f"{code}{n}", d / 2, c / 2) for code, d, c in BOOKS for n in ("01", "02")]
    intake = read(*lines([*BOOKS, *parts]))
    assert measured(intake) == WANTED
    (told,) = [issue for issue in intake.issues if issue.code == "W491"]
    assert told.params["lines"] == len(BOOKS)
    other = [(code, d + 1, c) if d else (code, d, c) for code, d, c in parts]
    assert measured(read(*lines([*BOOKS, *other])))["cash"] == 2 * WANTED["cash"] + 2


@pytest.mark.parametrize("name", ["month", "heading"])
def test_two_months_under_one_name_are_refused_once(name: str) -> None:
    twice = [*lines(), *lines([(code, 2 * d, 2 * c) for code, d, c in BOOKS])]
    if name == "month":
        intake = read(*twice)
    else:
        titles = [one for one in TITLES if one != "งวด"]
        rows = [[*row[:1], *row[2:]] for row in twice]
        first, last = (["งบทดลอง เดือนพฤษภาคม 2568"], ["งบทดลอง เดือนมิถุนายน 2568"])
        whole = [first, titles, *rows[: len(BOOKS)], last, titles, *rows[len(BOOKS) :]]
        intake = examine(workbook(whole), "a.xlsx")
    (told,) = [issue for issue in intake.issues if issue.code == "W379"]
    assert (told.found, told.params["lines"]) == (BOOKS[0][0], len(BOOKS))
    assert "W382" not in codes(intake)
    assert is_silent(intake)


@pytest.mark.parametrize(
    ("above", "said"),
    [
        ("งบทดลอง ปีงบประมาณ 2567", True),
        ("งบทดลอง ปีงบประมาณ พ.ศ. ๒๕๖๗", True),
        ("งบทดลอง ปีงบประมาณ 2568", False),
        ("ตามหนังสือที่ 12 ปี 2567", False),
        ("ปีงบประมาณ 2567 เทียบกับปีงบประมาณ 2568", False),
    ],
)
def test_a_heading_of_another_fiscal_year_is_said(above: str, said: bool) -> None:
    intake = examine(workbook([[above], TITLES, *lines()]), "a.xlsx")
    assert ("W434" in codes(intake)) == said
    assert ("W434" in intake_json(intake)["rows"][0]["in_doubt"]) == said


def test_movements_in_place_of_balances_are_refused() -> None:
    titles = [*TITLES[:4], "เดบิต", "เครดิต"]
    moved = [(0, 700), (0, 1), (0, 1), (0, 1), (0, 1), (5, 0), (1, 0), (0, 1), (90, 0), (9, 0)]
    rows = [[*row[:4], *pair] for row, pair in zip(lines(), moved, strict=False)]
    intake = examine(workbook([titles, *rows]), "a.xlsx")
    assert "W439" in codes(intake)
    assert is_silent(intake)


# Units


@pytest.mark.parametrize("classes", ["12345", "1"])
def test_amounts_finer_than_satang_are_not_in_baht(classes: str) -> None:
    more = [(f"{code[:10]}.{code[11:]}01", d / 3, c / 3) for code, d, c in BOOKS]
    books = [(c, d / 1000, k / 1000) if c[0] in classes else (c, d, k) for c, d, k in more]
    intake = read(*lines([*books, ("1105010103.10401", 1.2345, 0)]))
    assert "W492" in codes(intake)
    assert is_silent(intake)


def test_books_of_codes_nobody_knows_come_to_nothing() -> None:
    strange = [("9" + code[1:], d, c) for code, d, c in BOOKS[1:]]
    intake = read(*lines([BOOKS[0], *strange]))
    assert "W437" in codes(intake)
    assert is_silent(intake)


def test_a_level_in_doubt_says_so_in_the_terminal() -> None:
    books = [line for line in BOOKS if line[0] != "2101010102.133"]
    intake = read(*lines(books))
    assert intake_json(intake)["rows"][0]["in_doubt"] == ["W380", "W409"]
    told = [line.en for line in lines_of(intake) if "Check before you use this" in line.en]
    assert told == ["    Check before you use this: W380, W409 (below)"]
