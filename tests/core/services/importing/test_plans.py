"""Plans by line judge the month their quarter ends with, before typed totals. All invented."""

import io
from typing import Any

import openpyxl
from sqlalchemy import Engine

from core.forms.trial_balance.plan import plan
from core.periods import parse_period
from core.services.importing.receipts import Receipt
from core.services.importing.store_intake import store, withdraw
from core.services.intake.examine import examine
from core.services.results.why import explain
from core.services.rules.explanation import StoredExplanation
from core.store.engine.unit_of_work import reading
from core.store.results.repository import results, results_about
from tests.core.services.importing.test_trial_balances import books, send_books
from tests.core.services.sending import register, row, send
from tests.core.store.filling import hospital

ONE_DATABASE = True
HALF = parse_period("2568-M06")
NOTHING = dict.fromkeys(plan().lines, 0.0)
WHOLE = NOTHING | {"uc": 110.0, "salaries": 100.0}
"""As the books of the tests come to: revenue 110, expense 100."""


def plan_file(quarter: int, lines: dict[str, Any]) -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["รหัสหน่วยบริการ", "ปีงบประมาณ", "ไตรมาส", "บรรทัดของแผน", "แผนสะสม (บาท)"])
    for line, amount in lines.items():
        book.active.append(["11223", 2568, quarter, line, amount])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def send_plan(engine: Engine, quarter: int, lines: dict[str, Any]) -> Receipt:
    data = plan_file(quarter, lines)
    return store(engine, examine(data, "plan.xlsx"), data, by="office")


def score(engine: Engine) -> StoredExplanation:
    with reading(engine) as session:
        number = results_about(session, "11223", HALF)["tps.score"].id
    return explain(engine, number)


def points(engine: Engine) -> dict[str, float | None]:
    return {
        one.id.rpartition(".")[2]: one.points for one in score(engine).parts if "plan" in one.id
    }


def test_a_plan_by_line_judges_the_last_month_of_its_quarter(engine: Engine) -> None:
    send_books(engine, books(month=256806))
    assert points(engine) == {"planfin": None, "revenue": None, "expense": None}
    sent = send_plan(engine, 2, WHOLE)
    assert points(engine) == {"planfin": 2, "revenue": 1, "expense": 1}
    fact = next(one for one in score(engine).facts if one.measure == "finance.plan_revenue")
    assert (fact.value, fact.way, fact.file, fact.cell) == (110, "plan", "plan.xlsx", "E2")
    send_plan(engine, 2, WHOLE | {"uc": 200.0})
    assert points(engine) == {"planfin": 1, "revenue": 0, "expense": 1}
    withdraw(engine, sent.upload.id + 1, by="office", reason="not agreed")
    assert points(engine)["revenue"] == 1


def test_it_counts_before_a_typed_total_which_stands_beside_it(engine: Engine) -> None:
    typed = {"finance.revenue": 110, "finance.expense": 100, "finance.plan_revenue": 300}
    send(engine, row("11223", typed, year=2568, month=6))
    assert points(engine)["revenue"] == 0
    send_plan(engine, 2, WHOLE)
    fact = next(one for one in score(engine).facts if one.measure == "finance.plan_revenue")
    assert (fact.value, fact.typed, points(engine)["revenue"]) == (110, 300, 1)


def test_a_plan_that_lacks_lines_judges_nothing_and_says_so(engine: Engine) -> None:
    send_books(engine, books(month=256806))
    lacking = {one: value for one, value in WHOLE.items() if one != "ems"}
    send_plan(engine, 2, lacking)
    assert points(engine) == {"planfin": 1, "revenue": None, "expense": 1}
    issues = examine(plan_file(2, lacking), "plan.xlsx").issues
    (said,) = [one for one in issues if one.code == "W447"]
    assert "EMS" in said.text.th
    assert said.params["count"] == 1


def test_the_years_plan_gives_its_type_to_every_month_of_the_year(engine: Engine) -> None:
    register(engine, hospital("11223"))
    send_books(engine, books(month=256806))
    year = WHOLE | {"uc": 1200.0, "investment": 0.0, "working_capital": 1000.0}
    send_plan(engine, 4, year)
    with reading(engine) as session:
        found = results(session, "crisis.planfin", HALF)
        assert dict(zip(found.subjects, found.value.tolist(), strict=True))["TH"] == 100
