"""Levels the ministry published, where its figures lie beside the checkout: they are not shipped.

`TRUAT_SHARED_DATA` names their folder; else it is `../shared/data`.
"""

import csv
import os
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.criteria.catalog import catalog
from core.forms.cells.open import read_workbook
from core.forms.model.form import TableForm, form
from core.scoring.finance.score import score_finance
from core.services.rules.finance import finance_rules
from core.services.scored.finance import FinanceTable, finance_table
from tests import paths

SHARED = Path(os.environ.get("TRUAT_SHARED_DATA", paths.ROOT.parent / "shared" / "data"))
REGION, CASES = SHARED / "region1", SHARED / "cases"
FINANCE = form("finance")
assert isinstance(FINANCE, TableForm)


def shared(path: Path) -> Path:
    if not path.exists():
        pytest.skip(f"{path.name} is not here")
    return path


def scored(path: Path, **readings: str) -> FinanceTable:
    workbook, _ = read_workbook(shared(path).read_bytes(), path.name)
    return finance_table(FINANCE, workbook, readings=readings)


def records(path: Path) -> list[dict[str, str]]:
    with shared(path).open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def results(table: FinanceTable) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    rows = (row["results"] for row in table.as_dict()["rows"])
    return [(found["crisis"], found["tps"]) for found in rows]


@pytest.mark.parametrize(("name", "rows"), [("official_levels", 176), ("rounded_ratios", 17)])
def test_every_published_level_follows(name: str, rows: int) -> None:
    expected = records(REGION / f"{name}.expected.csv")
    parts = ("level", "liquidity", "stability", "survival")
    found = [crisis for crisis, _ in results(scored(REGION / f"{name}.csv"))]
    wanted = [{part: int(row[part]) for part in parts} for row in expected]
    assert len(found) == rows
    assert [{part: crisis[part] for part in parts} for crisis in found] == wanted


@pytest.mark.parametrize(("rounding", "equal"), [("two_decimals", 1529), ("unrounded", 1518)])
def test_levels_from_published_amounts_are_the_published_ones(rounding: str, equal: int) -> None:
    rows = records(REGION / "official.csv")

    def column(name: str) -> np.ndarray:
        return np.array([float(row[name] or "nan") for row in rows])

    names = ("current_assets", "quick_assets", "cash", "current_liabilities")
    scores = score_finance(
        {f"finance.{name}": column(name) for name in names}
        | {"finance.net_income": column("revenue") - column("expense")},
        months=np.array(
            [int(row["period"][:4]) * 12 + int(row["period"][-2:]) - 1 for row in rows]
        ),
        groups=np.full(len(rows), -1),
        islands=np.zeros(len(rows), dtype=np.bool_),
        rules=finance_rules(catalog().ruleset(2568, {"crisis.rounding": rounding})),
    )
    assert int(np.count_nonzero(scores.crisis.level == column("level"))) == equal


def test_exactly_three_months_belong_to_the_outer_band() -> None:
    found = results(scored(CASES / "exact3.csv"))
    assert [(crisis["survival"], crisis["level"]) for crisis, _ in found] == [(2, 3), (0, 3)]


def test_without_quick_assets_the_substitute_is_pointed_out() -> None:
    table = scored(CASES / "qr_other_assets.csv")
    assert [crisis["level"] for crisis, _ in results(table)] == [2]
    assert [issue.code for issue in table.issues if issue.code == "W390"] == ["W390"]


def test_costs_are_held_against_mean_and_deviation() -> None:
    found = results(scored(CASES / "tps_peer_mean.csv"))
    assert Counter(tps["score"] for _, tps in found)[14] == 5


def test_a_row_of_zeros_is_not_judged() -> None:
    table = scored(CASES / "allzero.csv")
    assert [(crisis["level"], tps["score"], tps["grade"]) for crisis, tps in results(table)] == [
        (None, None, None),
        (None, None, None),
    ]
    assert Counter(issue.code for issue in table.issues)["W392"] == 2


def test_a_year_is_scored_by_its_own_rule() -> None:
    found = results(scored(CASES / "tps2562.csv"))
    assert [tps["possible"] for _, tps in found] == [9, 15, 15]  # No CMI is told in 2562.
    assert [tps["score"] for _, tps in found][1:] == [14, 14]
