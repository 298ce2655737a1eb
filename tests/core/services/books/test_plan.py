"""The financial plan beside the books: lines, totals, type, versions. All invented."""

import io
from typing import Any

import openpyxl
import pytest
from sqlalchemy import Engine

from core.forms.blank_table.write import write_table_template
from core.forms.model.form import TableForm, form
from core.forms.trial_balance.accounts import chart
from core.forms.trial_balance.plan import plan, plan_type
from core.periods import Period
from core.services.books.plan import PlanView, plan_view
from core.services.importing.store_intake import store, withdraw
from core.services.intake.examine import examine
from tests.core.services.importing.test_trial_balances import books, send_books

ONE_DATABASE = True

TITLES = ["รหัสหน่วยบริการ", "ปีงบประมาณ", "ไตรมาส", "บรรทัดของแผน", "แผนสะสม (บาท)"]
HALF = Period(2568, "M", 6)
# A revenue of 110, drugs of 100: as the books of the tests have it.
BOUGHT = {"5104010104.101": (0.0, 0.0), "5104030205.101": (100.0, 0.0)}
YEAR = dict.fromkeys(plan().lines, 0.0) | {
    "uc": 1200.0, "investment_budget": 100.0, "salaries": 960.0, "depreciation": 60.0,
    "investment": 48.0, "working_capital": 128.0,
}  # fmt: skip
"""EBITDA 240, 20 % of it 48, a month of expense 80."""


def send(engine: Engine, quarter: int, lines: dict[str, Any], name: str = "plan.xlsx") -> Any:
    book = openpyxl.Workbook()
    book.active.append(TITLES)
    for line, amount in lines.items():
        book.active.append(["11223", 2568, quarter, line, amount])
    file = io.BytesIO()
    book.save(file)
    data = file.getvalue()
    intake = examine(data, name)
    assert intake.form is not None
    assert intake.form.id == "planfin"
    assert [one for one in intake.issues if one.severity == "error"] == []
    return store(engine, intake, data, by="office")


def shown(engine: Engine, period: Period = HALF) -> PlanView:
    found = plan_view(engine, "11223", period)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("planned", "is_within"), [(104.77, True), (104.76, False), (115.78, True), (115.79, False)]
)
def test_a_total_keeps_to_the_plan_up_to_the_limit_of_the_score(
    engine: Engine, planned: float, is_within: bool
) -> None:
    send_books(engine, books(BOUGHT, month=256806))
    send(engine, 2, {"uc": planned, "drugs": 100})
    found = shown(engine)
    assert (found.limit, found.is_checked) == (5, True)
    assert found.is_within(found.revenue) is is_within
    assert found.is_within(found.expense) is True


def test_lines_are_what_their_accounts_come_to(engine: Engine) -> None:
    send_books(engine, books(BOUGHT | {"4301010102.105": (0.0, 7.0)}, month=256806))
    send(engine, 2, {"uc": 100, "drugs": 80, "lab": 10})
    found = shown(engine)
    told = {line.name.en: (line.plan, line.actual) for line in found.lines}
    assert told == {"UC": (100, 110), "Drugs": (80, 100), "Laboratory materials": (10, 0)}
    assert [round(line.difference or 0) for line in found.lines] == [10, 25, -100]
    # An account that no line names is told apart and in no line.
    assert found.in_no_line == 7
    # 5 % more or less of a plan that lacks lines says nothing.
    assert (found.revenue.lacking, found.is_within(found.revenue)) == (0, False)
    assert found.revenue.actual == 110


def test_a_plan_that_lacks_lines_is_not_judged_as_a_whole(engine: Engine) -> None:
    send_books(engine, books({"4301020102.105": (0.0, 5.0)}, month=256806))
    send(engine, 2, {"uc": 110, "drugs": 100})
    found = shown(engine)
    assert (found.revenue.lacking, found.is_within(found.revenue)) == (1, None)
    assert (found.expense.lacking, found.is_within(found.expense)) == (1, None)


def test_without_books_or_plan_nothing_is_zero(engine: Engine) -> None:
    assert plan_view(engine, "11223", HALF) is None
    send(engine, 2, {"uc": 100})
    found = shown(engine)
    assert (found.revenue.actual, found.expense.plan, found.expense.actual) == (None, None, None)
    assert found.is_within(found.revenue) is None
    assert found.type is None


def test_the_plan_of_the_latest_quarter_that_has_ended_is_shown(engine: Engine) -> None:
    send(engine, 1, {"uc": 50})
    send(engine, 2, {"uc": 100})
    assert shown(engine).quarter.number == 2
    early = shown(engine, Period(2568, "M", 5))
    assert (early.quarter.number, early.is_checked) == (1, False)
    assert plan_view(engine, "11223", Period(2568, "M", 2)) is None


def test_an_adjusted_plan_counts_and_the_first_is_kept(engine: Engine) -> None:
    send(engine, 2, {"uc": 100}, "first.xlsx")
    again = send(engine, 2, {"uc": 130}, "adjusted.xlsx")
    found = shown(engine)
    assert found.revenue.plan == 130
    files = [(one.file_name, one.current) for one in found.versions]
    assert files == [("adjusted.xlsx", True), ("first.xlsx", False)]
    withdraw(engine, again.upload.id, by="office", reason="not agreed")
    assert shown(engine).revenue.plan == 100


def test_the_type_is_that_of_the_years_plan(engine: Engine) -> None:
    send(engine, 2, {"uc": 100})
    send(engine, 4, YEAR)
    found = shown(engine).type
    assert found is not None
    assert (found.type, found.answers, found.ebitda, found.left) == (1, "NNN", 240, 80)


LINES = {name: value for name, value in YEAR.items() if name in plan().lines}


@pytest.mark.parametrize(
    ("changes", "investment", "capital", "answers", "number"),
    [
        ({}, 48, 128, "NNN", 1),
        ({}, 48, 127.99, "NNR", 2),
        ({}, 48.01, 200, "NRN", 3),
        ({}, 48.01, 0, "NRR", 4),
        ({"uc": 959.99}, 0, 200, "RNN", 5),
        ({"uc": 959.99}, 0, 0, "RNR", 6),
        ({"uc": 959.99}, 0.01, 200, "RRN", 7),
        ({"uc": 959.99}, 0.01, 0, "RRR", 8),
        ({"uc": 960}, 0, 80, "NNN", 1),
    ],
)
def test_three_answers_make_one_of_eight_types(
    changes: dict[str, float], investment: float, capital: float, answers: str, number: int
) -> None:
    planned = LINES | changes
    found = plan_type(planned, investment, capital)
    assert found is not None
    assert (found.answers, found.type) == (answers, number)


@pytest.mark.parametrize("missing", ["investment_budget", "depreciation", "uc", "ems"])
def test_a_plan_that_lacks_what_the_type_needs_has_none(missing: str) -> None:
    lines = {name: value for name, value in LINES.items() if name != missing}
    assert plan_type(lines, 0, 100) is None
    assert plan_type(LINES, float("nan"), 100) is None
    assert plan_type(LINES, 0, float("nan")) is None


def test_lines_are_those_of_the_form_and_no_account_is_in_two() -> None:
    chosen = form("planfin")
    assert isinstance(chosen, TableForm)
    (choices,) = (column.choices for column in chosen.columns if column.choices)
    assert {one.id for one in choices} == {*plan().lines, "investment", "working_capital"}
    lines = plan().lines.values()
    for code in chart().codes:
        count = sum(code.startswith(line.accounts) for line in lines)
        assert count == 0 if code[0] in "123" else count <= 1
        if code[0] in "45" and not chart().is_closed(code):
            assert count == 1, code
    for line in lines:
        kind = "4" if line.kind == "revenue" else "5"
        assert {account[0] for account in line.accounts} == {kind}


def test_the_blank_form_is_read_as_itself() -> None:
    chosen = form("planfin")
    assert isinstance(chosen, TableForm)
    intake = examine(write_table_template(chosen), "blank.xlsx")
    assert intake.form is not None
    assert intake.form.id == "planfin"
