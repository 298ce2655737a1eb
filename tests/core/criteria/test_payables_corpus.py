"""The lines of payables in both rounds, as the guideline prints them."""

import pytest

from core.criteria.model import Block, Indicator, Taken
from tests.core.criteria.inspection import CATALOG, RULES, indicator, lines_of

PAYABLES = {
    "payables.structure": {
        "structure": "msss.score.structure of 13",
        "system": "msss.score.system of 10",
        "staff": "msss.score.staff of 3",
        "skill": "msss.score.skill of 2",
    },
    "payables.operation": {
        "structure": "msss.score.structure of 13",
        "system": "msss.score.system of 10",
        "staff": "msss.score.staff of 3",
        "skill": "msss.score.skill of 2",
        "plan": "msss.score.plan of 6",
        "procure": "msss.score.procure of 7",
        "port": "msss.score.port of 5",
        "pay": "msss.score.pay of 4",
    },
    "payables.round_1": {
        "structure": "payables.structure above 80",
        "supplies": "payables.supplies_current",
        "report": "payables.report_current",
        "paid": "share:payables.paid/payables.due above 80",
        "payment": "payables.payment_current",
        "cheque_gf": "shown share:payables.by_cheque/payables.by_gf",
        "defect_debt.over_90": "share:payables.over_90/payables.due up_to 10",
        "defect_debt.over_360": "shown payables.over_360",
    },
    "payables.round_2": {
        "operation": "payables.operation above 80",
        "supplies": "payables.supplies_current",
        "report": "payables.report_current",
        "paid": "share:payables.paid/payables.due above 90",
        "payment": "payables.payment_current",
        "cheque_gf": "shown share:payables.by_cheque/payables.by_gf",
        "defect_debt.over_360": "payables.over_360 up_to 0",
    },
    "payables.paid": {"paid": "shown share:payables.paid/payables.due"},
}


@pytest.mark.parametrize("key", PAYABLES)
def test_lines_of_payables(key: str) -> None:
    assert lines_of(indicator(key)) == PAYABLES[key]


def test_structure_has_28_lines_and_operation_all_50() -> None:
    assert indicator("payables.structure").full == 28
    assert indicator("payables.operation").full == 50


@pytest.mark.parametrize("rule", [indicator("payables.structure"), indicator("payables.operation")])
def test_what_is_taken_over_has_the_full_marks_it_is_given(rule: Indicator) -> None:
    for part in rule.parts:
        assert isinstance(part, Taken)
        taken = RULES.rule(part.part)
        assert isinstance(taken, Block)
        assert taken.full == part.points


def test_read_as_printed_the_line_of_360_days_moves_from_round_2_to_round_1() -> None:
    reading = {"payables.defect_debt_360": "round_1"}
    catalogue = CATALOG.ruleset(2566, reading).rules
    first, second = (lines_of(catalogue[f"payables.round_{number}"]) for number in (1, 2))
    assert first["defect_debt.over_360"] == "payables.over_360 up_to 0"
    assert second["defect_debt.over_360"] == "shown payables.over_360"
