"""The fifty lines of MSSS and its ten defects, as the guideline prints them."""

import pytest

from core.criteria.catalog import measures, walk
from core.criteria.model import Block, GivenPoints, Threshold
from tests.core.criteria.inspection import RULES, indicator, lines_of, local

# The fifty lines: the block, its printed points, and how many lines it has under each number.
FIFTY = {
    "structure": (13, {"1.1": 6, "1.2": 1, "1.3": 5, "1.4": 1}),
    "system": (10, {"2.1": 1, "2.2": 5, "2.3": 1, "2.4": 3}),
    "staff": (3, {"3.1": 1, "3.2": 1, "3.3": 1, "3.4": 0}),
    "skill": (2, {"3.5": 1, "3.6": 1}),
    "plan": (6, {"4.1": 1, "4.2": 1, "4.3": 1, "4.4": 1, "4.5": 1, "4.6": 1}),
    "procure": (7, {"5.1": 1, "5.2": 1, "5.3": 2, "5.4": 2, "5.5": 1}),
    "port": (5, {"6.1": 1, "6.2": 1, "6.3": 2, "6.4": 1}),
    "pay": (4, {"1)": 1, "2)": 1, "3)": 1, "4)": 1}),
}


@pytest.mark.parametrize("block", FIFTY)
def test_blocks_of_the_checklist_have_their_printed_lines(block: str) -> None:
    whole = RULES.rule(f"msss.score.{block}")
    assert isinstance(whole, Block)
    found: dict[str, float] = {}
    for part in whole.parts:
        found[str(part.label)] = found.get(str(part.label), 0) + part.full
    assert (whole.full, found) == FIFTY[block]


def test_the_fifty_lines_are_one_point_each() -> None:
    rule = indicator("msss.score")
    lines = [n for n in walk(rule) if isinstance(n, GivenPoints | Threshold)]
    assert {line.full for line in lines} == {1}
    assert len(lines) == rule.full == 50
    assert [local(rule, part) for part in rule.parts] == list(FIFTY)
    assert [part.full for part in rule.parts] == [13, 10, 3, 2, 6, 7, 5, 4]


MSSS_FIGURES = {
    "system.turnover.drugs": "days.inventory_drugs up_to 60",
    "system.turnover.supplies": "days.inventory_supplies up_to 60",
    "system.turnover.lab": "days.inventory_lab up_to 60",
    "staff.core": "share:msss.core_staff/msss.core_fte at_least 50 up_to 100",
    "staff.support": "share:msss.support_staff/msss.support_fte at_least 50 up_to 100",
    "staff.core_limit": "share:msss.core_staff/msss.core_fte up_to 100",
    "staff.support_limit": "shown share:msss.support_staff/msss.support_fte",
    "procure.vacancies": "msss.vacant_share below 1",
    "pay.drugs": "days.payables_drugs up_to 90",
    "pay.supplies": "days.payables_supplies up_to 90",
    "pay.lab": "days.payables_lab up_to 90",
    "pay.compensation": "days.compensation up_to 60",
}


def test_lines_of_the_checklist_that_are_figures() -> None:
    found = lines_of(indicator("msss.score"))
    assert {name: said for name, said in found.items() if ".line_" not in said} == MSSS_FIGURES


def test_every_answer_of_the_checklist_is_asked_once() -> None:
    asked = [said for said in lines_of(indicator("msss.score")).values() if ".line_" in said]
    assert sorted(asked) == sorted(code for code in measures() if code.startswith("msss.line_"))
    assert len(asked) == 50 - 11


MSSS_DEFECTS = {
    "plan_drugs": "distance:msss.actual_drugs/msss.plan_drugs@first,second below 10",
    "plan_supplies": "distance:msss.actual_supplies/msss.plan_supplies@first,second below 10",
    "plan_lab": "distance:msss.actual_lab/msss.plan_lab@first,second below 10",
    "plan_planfin": "distance:msss.actual_expense/msss.plan_expense@first,second below 10",
    "plan_maintenance": "distance:msss.actual_maintenance/msss.plan_maintenance@first,second "
    "below 10",
    "labour": "msss.labour_cost up_to mean",
    "drugs": "msss.drug_cost up_to mean",
    "supplies": "msss.supply_cost up_to mean",
    "lab": "msss.lab_cost up_to mean",
    "unit_cost.op": "msss.op_unit_cost up_to mean",
    "unit_cost.ip": "msss.ip_unit_cost up_to mean",
}


def test_ten_defects_of_the_checklist_count_one_each() -> None:
    rule = indicator("msss.defects")
    assert lines_of(rule) == MSSS_DEFECTS
    assert [part.full for part in rule.parts] == [1] * 10
