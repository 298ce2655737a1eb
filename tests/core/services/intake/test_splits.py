"""Figures that are told apart by fund or quarter, and those that are not. All are invented."""

from typing import Any

from sqlalchemy import Engine

from core.forms.model.form import TableForm, form
from core.periods import parse_period
from core.services.importing.store_intake import store
from core.services.intake.examine import examine
from core.services.intake.json_document import intake_json
from core.services.intake.kinds import Intake
from core.services.results.part_text import part_line
from core.services.results.why import explain
from core.store.engine.unit_of_work import reading
from core.store.results.repository import results_about
from tests.core.services.sending import hospital, register, row, table

ONE_DATABASE = True
MONTH = parse_period("2566-M09")
TOGETHER = {
    "claims.visits": 1000, "claims.missing": 12, "claims.delayed": 0, "claims.expired": 0,
    "claims.sent": 900, "claims.error": 1,
}  # fmt: skip
APART = {
    "claims.uc_visits": 800, "claims.uc_missing": 4, "claims.uc_delayed": 0,
    "claims.uc_expired": 0, "claims.uc_sent": 700, "claims.uc_error": 1,
    "claims.csmbs_visits": 200, "claims.csmbs_missing": 3, "claims.csmbs_delayed": 0,
    "claims.csmbs_expired": 0, "claims.csmbs_sent": 200, "claims.csmbs_error": 0,
}  # fmt: skip


def claims(*rows: dict[str, Any]) -> Intake:
    return examine(table(*rows), "claims.csv")


def notes(intake: Intake) -> list[tuple[str, str]]:
    return [(one.cell, one.found) for one in intake.issues if one.code == "W421"]


def answers_of_msss() -> dict[str, int]:
    """Yes to every line of the checklist of supplies."""
    chosen = form("msss-4s4p")
    assert isinstance(chosen, TableForm)
    return {column.measure: 1 for column in chosen.columns if column.type == "answer"}


def test_a_file_of_totals_alone_is_told_so_once() -> None:
    intake = claims(row("10001", TOGETHER, month=8), row("10001", TOGETHER, month=9))
    assert notes(intake) == [("E1", "2")]
    said = next(one.text for one in intake.issues if one.code == "W421")
    assert "UC, CSMBS" in said.en


def test_only_rows_without_any_fund_are_counted() -> None:
    intake = claims(
        row("10001", TOGETHER | APART),
        row("10002", APART),
        row("10003", TOGETHER | {"claims.visits": 777}),
    )
    assert [found for _cell, found in notes(intake)] == ["1"]
    assert notes(claims(row("10001", APART))) == []


def test_plans_of_a_whole_round_are_told_so_once() -> None:
    whole = answers_of_msss() | {"msss.plan_drugs": 100, "msss.actual_drugs": 95}
    rows = [
        {"hcode": code, "fiscal_year": 2566, "round": 1, **whole} for code in ("10001", "10002")
    ]
    assert [found for _cell, found in notes(examine(table(*rows), "msss.csv"))] == ["2"]
    apart = {"msss.first_plan_drugs": 100, "msss.first_actual_drugs": 95}
    assert notes(examine(table(*(one | apart for one in rows)), "msss.csv")) == []


def test_each_fund_is_in_the_document_of_a_dropped_file() -> None:
    document: Any = intake_json(claims(row("10001", APART)))
    items = document["rows"][0]["results"]["revenue.defects"]["items"]
    missing = next(one for one in items if one["id"] == "revenue.defects.missing")
    assert (missing["figure"], missing["kinds"]) == (1.5, {"uc": 0.5, "csmbs": 1.5})


def test_each_fund_is_told_of_a_stored_result(engine: Engine) -> None:
    register(engine, hospital("10001"))
    data = table(row("10001", APART))
    store(engine, examine(data, "claims.csv"), data, by="office")
    with reading(engine) as session:
        number = dict(results_about(session, "10001", MONTH))["revenue.defects"].id
    missing = next(p for p in explain(engine, number).parts if p.id.endswith(".missing"))
    assert [(of.en, value) for of, value in missing.kinds] == [("UC", 0.5), ("CSMBS", 1.5)]
    assert "1.5%, UC 0.5%, CSMBS 1.5%" in part_line(missing).en
