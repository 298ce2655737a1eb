"""A finance table from its file to the rows handed to programs. Every figure is invented."""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from core.errors import UsageError
from core.forms.cells.open import read_workbook
from core.forms.cells.workbook import Cell, Place, Sheet, Workbook
from core.forms.model.form import TableForm, form
from core.services.scored.finance import FinanceTable, finance_table
from tests import paths
from tests.core.forms import sheets
from tests.core.forms.sheets import HEADER, book, changed, sheet
from tests.effort import assert_effort, processor

FINANCE = form("finance")
assert isinstance(FINANCE, TableForm)
SAMPLES = paths.SAMPLES / "finance"
HGR, ISLAND = "facility.hgr", "facility.island"
ROW = changed(sheets.ROW, B=2566)


def scored(*rows: Any, readings: Mapping[str, str] | None = None) -> FinanceTable:
    return finance_table(FINANCE, book(sheet(*rows)), readings=readings)


def results(table: FinanceTable, line: int = 0) -> tuple[dict[str, Any], dict[str, Any]]:
    found = table.as_dict()["rows"][line]["results"]
    return found["crisis"], found["tps"]


def items(table: FinanceTable, line: int = 0) -> dict[str, dict[str, Any]]:
    return {
        item["id"].removeprefix("tps.score."): item for item in results(table, line)[1]["items"]
    }


def sample(name: str) -> FinanceTable:
    path = SAMPLES / name
    return finance_table(FINANCE, read_workbook(path.read_bytes(), path.name)[0])


# Samples


def test_the_good_sample_scores_every_hospital() -> None:
    table = sample("finance-good.csv")
    assert codes(table) == []
    found = [
        (row["row"], row["hcode"], row["period"], crisis["level"], tps["score"], tps["grade"])
        for row in table.as_dict()["rows"]
        for crisis, tps in [(row["results"]["crisis"], row["results"]["tps"])]
    ]
    assert found == [
        (3, "99901", "2566-M09", 0, 15.0, "A"),
        (4, "99902", "2566-M09", 1, 10.0, "C"),  # at the edges: 1.5, 1.0, 0.8, 90 and 60 days
        (5, "99903", "2566-M09", 7, 3.5, "F"),
        (6, "99904", "2566-M09", 5, 12.0, "A"),  # the hole fills in exactly 6 months
        (7, "99905", "2566-M09", 0, 9.0, "C"),
    ]


def test_the_bad_sample_is_told_cell_by_cell() -> None:
    table = sample("finance-bad.csv")
    assert {(issue.code, issue.cell) for issue in table.issues} == {
        ("W302", "K2"), ("W303", "L2"), ("W314", "A4"), ("W315", "D4"), ("W308", "B5"),
        ("W103", "F6"), ("W310", "C7"), ("W305", "A8"), ("W312", "G9"), ("W306", "A10"),
        ("W316", "A12"), ("W317", "A11"), ("W313", "E9"), ("W320", "D10"), ("W390", "A2"),
        ("W409", "E3"),
    }  # fmt: skip
    crisis = {row["row"]: row["results"]["crisis"] for row in table.as_dict()["rows"]}
    assert {row: found["status"] for row, found in crisis.items()} == {
        3: "contradictory", **dict.fromkeys((5, 6, 7, 8, 9), "error"), 10: "scored",
    }  # fmt: skip
    assert {row for row, found in crisis.items() if found["level"] is not None} == {10}


# The document of a row


def test_a_row_says_where_it_stands_and_what_it_came_to() -> None:
    row = scored(HEADER, ROW).as_dict()["rows"][0]
    assert (row["row"], row["sheet"], row["hcode"], row["period"]) == (
        2, "Sheet1", "11223", "2566-M09",
    )  # fmt: skip
    crisis = row["results"]["crisis"]
    assert {key: crisis[key] for key in ("level", "liquidity", "stability", "survival")} == {
        "level": 0, "liquidity": 0, "stability": 0, "survival": 0,
    }  # fmt: skip
    assert crisis["months"] == 100  # 100 baht of capital, 9 baht in 9 months
    assert crisis["status"] == "scored"
    assert [test["id"].rpartition(".")[2] for test in crisis["tests"]] == [
        "current_ratio", "quick_ratio", "cash_ratio", "net_working_capital", "income",
    ]  # fmt: skip


def test_levels_are_whole_numbers_for_programs() -> None:
    crisis, _ = results(scored(HEADER, changed(ROW, H=-9)))
    assert json.dumps(crisis["level"]) == "1"


def test_without_liabilities_ratios_are_unbounded_and_pass() -> None:
    crisis, _ = results(scored(HEADER, changed(ROW, G=0, H=0)))
    assert (crisis["level"], crisis["months"], crisis["months_unbounded"]) == (0, None, True)
    assert [(t["figure"], t["unbounded"], t["points"]) for t in crisis["tests"][:3]] == [
        (None, True, 0),
        (None, True, 0),
        (None, True, 0),
    ]


def test_the_document_holds_no_number_json_does_not_know() -> None:
    wild = [
        changed(ROW, A=f"1122{n}", D=d, G=g, H=h)
        for n, (d, g, h) in enumerate(
            [(0, 0, 0), (None, 0, -1), ("x", 5, None), (1e13, 1e-9, 1)], 1
        )
    ]
    document = scored([*HEADER, HGR, "cost.op_unit"], *([*row, "A", 5] for row in wild)).as_dict()
    json.dumps(document, allow_nan=False)


def test_an_error_leaves_only_what_needs_the_cell_without_result() -> None:
    crisis, tps = results(scored(HEADER, changed(ROW, F="x")))
    assert (crisis["level"], crisis["liquidity"], crisis["status"]) == (None, None, "error")
    assert (crisis["stability"], crisis["survival"]) == (0, 0)
    assert tps["score"] == 2  # capital and cash ratio need no inventories


def test_silence_is_told_apart_from_errors_and_contradictions() -> None:
    assert results(scored(HEADER, changed(ROW, F=None)))[0]["status"] == "not_filled"
    table = scored(HEADER, ROW, changed(ROW, F=51))
    assert results(table)[0]["status"] == "contradictory"
    assert table.as_dict()["rows"][0]["other_rows"] == [3]


@pytest.mark.parametrize("change", [{"A": "รพ."}, {"B": 2019}, {"C": "?"}])
def test_a_row_that_says_not_whose_or_when_has_no_results(change: dict[str, Any]) -> None:
    crisis, tps = results(scored(HEADER, changed(ROW, **change)))
    assert (crisis["level"], crisis["status"], crisis["tests"]) == (None, "error", [])
    assert (tps["score"], tps["status"], tps["items"]) == (None, "error", [])


def test_a_partial_score_says_of_how_many_points_and_has_no_grade() -> None:
    _, tps = results(scored(HEADER, ROW))
    assert (tps["score"], tps["possible"], tps["grade"], tps["status"]) == (
        2,
        2,
        None,
        "not_filled",
    )


# Peers


def table_of_costs(
    *costs: Any, group: Any = "M2", readings: Mapping[str, str] | None = None
) -> FinanceTable:
    header = [*HEADER, HGR, "cost.op_unit"]
    rows = [[*changed(ROW, A=f"1122{code}"), group, cost] for code, cost in enumerate(costs, 1)]
    return scored(header, *rows, readings=readings)


def codes(table: FinanceTable) -> list[str]:
    """Codes of the messages but that quick assets are not given and amounts are small."""
    return [issue.code for issue in table.issues if issue.code not in ("W390", "W409")]


def test_costs_are_held_against_the_group_and_month() -> None:
    readings = {"tps.peer_value": "median"}
    table = table_of_costs(10, 11, 12, 13, 14, readings=readings)
    found = [items(table, line)["process.management.costs.op"] for line in range(5)]
    assert [item["points"] for item in found] == [1, 1, 1, 0, 0]
    assert {(item["cutoff"], item["peers"]) for item in found} == {(12, 5)}
    assert codes(table) == []
    by_default = items(table_of_costs(10, 11, 12, 13, 14))["process.management.costs.op"]
    assert by_default["cutoff"] == pytest.approx(12 + 2.5**0.5)  # Mean and deviation.


def test_fewer_than_five_peers_are_pointed_out_once() -> None:
    issues = [i for i in table_of_costs(10, 11, 12, 13).issues if i.code == "W323"]
    assert [(i.code, i.cell, i.found, i.expected) for i in issues] == [("W323", "I1", "4", "5")]


def test_without_a_group_there_is_nothing_to_hold_costs_against() -> None:
    table = table_of_costs(10, 11, group=None)
    item = items(table)["process.management.costs.op"]
    assert (item["points"], item["figure"], item["status"]) == (None, 10, "not_judged")
    assert codes(table) == ["W324"]
    assert [i.found for i in table.issues if i.code == "W324"] == ["2"]


def test_a_row_of_nobody_is_no_peer() -> None:
    header = [*HEADER, HGR, "cost.op_unit"]
    rows = [[*changed(ROW, A=f"1122{code}"), "M2", 10] for code in (1, 2, 3, 4, 5)]
    table = scored(header, *rows, [*changed(ROW, A="?"), "M2", 1])
    assert items(table)["process.management.costs.op"]["peers"] == 5


def test_islands_may_keep_more_in_store() -> None:
    header = [*HEADER, "facility.island", "days.inventory"]
    table = scored(header, [*ROW, "ใช่", 90], [*changed(ROW, A="11221"), "ไม่ใช่", 90])
    assert [items(table, n)["process.assets.inventory"]["points"] for n in (0, 1)] == [1, 0]


# Years and readings


def test_last_years_weights_are_found_in_the_same_table() -> None:
    header = [*HEADER, "activity.adjrw"]
    before = [*changed(ROW, B=2565), 100]
    table = scored(header, before, [*ROW, 105])
    assert [items(table, n)["process.management.productivity.adjrw"]["points"] for n in (0, 1)] == [
        None,
        1,
    ]
    typed = scored([*header, "activity.adjrw_previous_year"], [*before, None], [*ROW, 105, 104])
    # What is typed outranks: up by less than 5 %, and no group to hold it against.
    assert items(typed, 1)["process.management.productivity.adjrw"]["points"] is None


def test_readings_are_chosen_by_name() -> None:
    header, row = [*HEADER, "ค่าเสื่อมราคา"], [*changed(ROW, H=-9), 10]
    assert results(scored(header, row))[0]["level"] == 1
    chosen = {"crisis.level": "ni_plus_depreciation"}
    assert results(scored(header, row, readings=chosen))[0]["level"] == 0
    with pytest.raises(UsageError):
        scored(header, row, readings={"crisis.level": "guess"})


def test_each_row_knows_the_cell_of_its_figures_and_the_rules_of_its_year() -> None:
    table = scored(HEADER, changed(ROW, B=2561), changed(ROW, B="?"))
    assert table.spot(0, "finance.cash") == ("Sheet1", Place(2, 4))
    found = table.scores(0)
    assert found is not None
    year, row = found
    assert (year.rules.fiscal_year, float(year.scores.crisis.level[row])) == (2561, 0)
    assert table.scores(1) is None


def test_a_table_without_rows_is_no_failure() -> None:
    assert scored(HEADER).as_dict() == {"rows": []}


# A country at once


def test_a_year_of_the_whole_country_is_scored_at_once() -> None:
    columns = [c.measure for c in FINANCE.columns if c.measure != "fiscal_month"]
    chance = np.random.default_rng(1)
    cells: dict[Place, Cell] = {Place(1, n): Cell(c) for n, c in enumerate(columns, 1)}
    figures = chance.random((900 * 12, len(columns))) + 1
    for row, values in enumerate(figures.tolist(), 2):
        values[:3] = [float(10000 + row % 900), 2566.0, float((row // 900) % 12 + 1)]
        cells.update({Place(row, n): Cell(value) for n, value in enumerate(values, 1)})
        cells[Place(row, columns.index(HGR) + 1)] = Cell(f"group {row % 20}")
        cells[Place(row, columns.index(ISLAND) + 1)] = Cell(row % 50 == 0)
    book = Workbook([Sheet("x", cells)])
    document, taken = processor(lambda: finance_table(FINANCE, book).as_dict())
    assert_effort(taken, most=8)
    assert len(document["rows"]) == 900 * 12


# What the ministry does


def test_a_row_of_zeros_is_not_judged_and_pointed_out() -> None:
    table = scored(HEADER, ROW, [*ROW[:3], 0, 0, 0, 0, 0])
    assert [(i.code, i.cell) for i in table.issues if i.code == "W392"] == []
    table = scored(HEADER, ROW, ["11221", *ROW[1:3], 0, 0, 0, 0, 0])
    crisis, tps = results(table, 1)
    assert (crisis["level"], crisis["survival"], tps["score"]) == (None, None, None)
    assert [(i.code, i.cell) for i in table.issues if i.code == "W392"] == [("W392", "E3")]
    assert results(table)[0]["level"] == 0


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ([12500300, 30220110, 4100200, 15300400, 0, 0], ["I2", "J2"]),
        ([12500300, 30220110, 4100200, 15300400, 1, 0], ["J2"]),
        ([12500300, 30220110, 4100200, 0, 2, 1], []),
        ([0, 0, 0, 15300400, 2, 1], ["E2"]),
        ([12500300, 30220110, 4100200, 15300400, 2, 1], []),
    ],
)
def test_a_zero_beside_amounts_is_pointed_out(row: list[int], cells: list[str]) -> None:
    *balances, revenue, expense = row
    header = [*HEADER, "รายได้รวม", "ค่าใช้จ่ายรวม"]
    table = scored(header, [*ROW[:3], *balances, None, revenue, expense])
    assert sorted(i.cell for i in table.issues if i.code == "W396") == cells


def test_quick_assets_decide_the_quick_ratio_where_they_are_given() -> None:
    header = [*HEADER, "สินทรัพย์สภาพคล่อง"]
    table = scored(
        header,
        [*changed(ROW, D=99), 99],
        [*changed(ROW, A="11221", F=None), 100],
        [*changed(ROW, A="11222"), None],
    )
    found = [results(table, line)[0]["tests"][1]["figure"] for line in range(3)]
    assert found == [0.99, 1, 1.5]
    told = [(i.code, i.cell, i.found) for i in table.issues if i.code != "W409"]
    assert told == [("W390", "I1", "1")]


def test_an_amount_finer_than_a_satang_is_used_as_typed_and_pointed_out() -> None:
    table = scored(HEADER, changed(ROW, E=99.999))
    crisis, _ = results(table)
    assert crisis["stability"] == 1  # Not 100.00, which would be enough.
    assert ("W352", "E2", "99.999") in [(i.code, i.cell, i.found) for i in table.issues]


@pytest.mark.parametrize(
    ("year", "month", "full"),
    [(2561, "กันยายน", 0), (2562, "ตุลาคม", 1), (2564, "มีนาคม", 1), (2564, "เมษายน", 2)],
)
def test_a_score_follows_the_rule_of_its_time(year: int, month: str, full: int) -> None:
    """Ten points until March of 2564, fifteen since April, nothing before there was a rule."""
    table = scored([*HEADER, "finance.ebitda"], [*changed(ROW, B=year, C=month), 1])
    _, tps = results(table)
    assert tps["possible"] == (3 if full == 2 else 0)
    assert len(tps["items"]) == {0: 0, 1: 18, 2: 20}[full]
    assert [i.cell for i in table.issues if i.code == "W391"] == (["B2"] if not full else [])
    assert results(table)[0]["level"] == 0
