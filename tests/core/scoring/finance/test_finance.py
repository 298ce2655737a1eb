"""A table of hospital-months is scored in one call; results keep what they were judged by."""

import math
from dataclasses import replace

import numpy as np
import pytest

from bench import finance as bench
from core.criteria.catalog import catalog
from core.criteria.model import Crisis
from core.scoring.base.derived import Figures
from core.scoring.base.inputs import Column
from core.scoring.base.outcomes import HospitalMonths
from core.scoring.base.peers import PeerGroups
from core.scoring.base.states import State, Verdict
from core.scoring.finance.crisis import score_crisis
from core.scoring.finance.score import FinanceRules, FinanceScores, score_finance, year_before

SOUND = {
    "finance.cash": 80.0, "finance.current_assets": 200.0, "finance.inventories": 20.0,
    "finance.current_liabilities": 100.0, "finance.total_assets": 1000.0, "finance.revenue": 1000.0,
    "finance.plan_revenue": 1000.0, "finance.expense": 900.0, "finance.plan_expense": 900.0,
    "finance.net_income": 100.0, "finance.ebitda": 200.0, "finance.operating_revenue": 1000.0,
    "days.payables": 90.0, "days.uc": 60.0, "days.csmbs": 60.0, "days.inventory": 60.0,
    "cost.op_unit": 100.0, "cost.ip_unit": 100.0, "cost.labour": 100.0, "cost.drugs": 100.0,
    "cost.lab": 100.0, "cost.supplies": 100.0, "accounting.trial_balance_score": 1.0,
    "activity.occupancy": 80.0, "activity.adjrw": 1000.0,
}  # fmt: skip
OP = "tps.score.process.management.costs.op"


def rules(**readings: str) -> FinanceRules:
    chosen = catalog().ruleset(2566, readings).rules
    return FinanceRules(chosen["crisis.level"], chosen["tps.score"], chosen["tps.grade"])


def scored(rows=6, groups=None, published=None, columns=None, islands=None) -> FinanceScores:
    """Equal sound hospitals of one group, some columns replaced."""
    given = {code: np.full(rows, value) for code, value in SOUND.items()} | (columns or {})
    return score_finance(
        given,
        months=np.full(rows, 2566 * 12 + 8),
        groups=np.zeros(rows, dtype=np.int64) if groups is None else np.array(groups),
        islands=np.zeros(rows, dtype=np.bool_) if islands is None else np.array(islands),
        rules=rules(),
        published=published or {},
    )


def test_a_sound_hospital_is_at_level_0_and_grade_a() -> None:
    found = scored()
    assert found.crisis.level.tolist() == [0] * 6
    assert found.crisis.verdicts.tolist() == [Verdict.PASS] * 6
    assert found.tps.score.tolist() == [14] * 6  # AdjRW at the median is not above it.
    assert found.grade.letters == ("A",) * 6
    assert found.grade.verdicts.tolist() == [Verdict.PASS] * 6
    assert found.tps.states.tolist() == [State.REPORTED] * 6


def test_a_result_keeps_figure_cutoff_points_and_peers_of_every_item() -> None:
    costs = np.array([90.0, 95, 100, 105, 110, math.nan])
    item = scored(columns={"cost.op_unit": costs}).tps.items[OP]
    np.testing.assert_array_equal(item.figure, costs)
    # The mean of the five and one standard deviation of theirs.
    assert item.cutoff == pytest.approx([100 + math.sqrt(62.5)] * 6)
    assert item.points[:5].tolist() == [1, 1, 1, 1, 0]
    assert math.isnan(item.points[5])
    assert item.peers.count.tolist() == [5] * 6
    assert not item.peers.few.any()
    assert item.states.tolist() == [State.REPORTED] * 5 + [State.NOT_REPORTED]


def test_the_cutoff_used_is_the_one_of_the_facility() -> None:
    cash = np.array([79.5, 79.49])
    found = scored(2, columns={"finance.cash": cash}, islands=[True, False]).tps.items
    assert found["tps.score.process.assets.payables"].cutoff.tolist() == [90, 180]
    assert found["tps.score.process.assets.inventory"].cutoff.tolist() == [90, 60]


def test_items_and_blocks_stand_in_printed_order() -> None:
    found = scored(1).tps
    assert [key.split(".")[-1] for key in found.items] == [
        "revenue", "expense", "payables", "uc", "csmbs", "inventory", "op", "ip", "labour", "drugs",
        "lab", "supplies", "trial_balance", "occupancy", "adjrw", "operating_margin", "roa",
        "ebitda", "net_working_capital", "cash_ratio",
    ]  # fmt: skip
    assert sum(block.full for block in found.whole.parts) == found.full == 15


def test_an_unknown_group_has_no_peers_and_no_grade() -> None:
    found = scored(6, groups=[0, 0, 0, 0, 0, -1])
    assert found.grade.letters == ("A",) * 5 + (None,)
    assert found.tps.possible.tolist() == [15] * 5 + [10]
    item = found.tps.items[OP]
    assert item.states[5] == State.REPORTED
    assert math.isnan(item.points[5])
    assert found.tps.states[5] == State.NOT_REPORTED


def test_a_published_value_outranks_the_median() -> None:
    published = {("cost.op_unit", "mean_plus_sd"): np.array([99.0, 100.0] + [math.nan] * 4)}
    item = scored(published=published).tps.items[OP]
    assert item.points.tolist() == [0, 1, 1, 1, 1, 1]
    assert item.cutoff.tolist() == [99, 100, 100, 100, 100, 100]
    assert item.peers.count.tolist() == [0, 0, 6, 6, 6, 6]


def test_few_peers_are_pointed_out_but_judged() -> None:
    item = scored(4).tps.items[OP]
    assert item.peers.few.all()
    assert item.points.tolist() == [1] * 4


@pytest.mark.parametrize(
    ("state", "whole"),
    [
        (State.NOT_REPORTED, State.NOT_REPORTED),
        (State.NOT_APPLICABLE, State.NOT_REPORTED),
        (State.STALE, State.STALE),
        (State.CONTRADICTORY, State.CONTRADICTORY),
        (State.ERROR, State.ERROR),
    ],
)
def test_an_input_that_is_not_reported_never_earns_a_point(state: State, whole: State) -> None:
    states = np.array([State.REPORTED, state], dtype=np.int8)
    found = scored(2, columns={"days.uc": Column(np.array([30.0, 30.0]), states)})
    item = found.tps.items["tps.score.process.assets.uc"]
    assert item.states.tolist() == [State.REPORTED, state]
    assert found.tps.score.tolist() == [14, 13.5]
    assert found.tps.possible.tolist() == [15, 14.5]
    assert found.grade.letters == ("A", None)
    assert found.tps.states.tolist() == [State.REPORTED, whole]


def test_a_whole_does_not_apply_only_when_nothing_does() -> None:
    states = np.full(1, State.NOT_APPLICABLE, dtype=np.int8)
    columns = {code: Column(np.full(1, value), states) for code, value in SOUND.items()}
    found = scored(1, columns=columns)
    assert found.tps.states.tolist() == found.crisis.states.tolist() == [State.NOT_APPLICABLE]
    assert math.isnan(found.tps.score[0])


@pytest.mark.parametrize(
    "missing",
    [
        "finance.cash",
        "finance.current_assets",
        "finance.inventories",
        "finance.current_liabilities",
    ],
)
def test_no_level_without_every_input_of_its_tests(missing: str) -> None:
    found = scored(1, columns={missing: np.array([math.nan])}).crisis
    assert math.isnan(found.level[0])
    assert found.states.tolist() == [State.NOT_REPORTED]
    assert found.verdicts.tolist() == [Verdict.NOT_JUDGED]


def test_figures_made_for_another_reading_are_refused() -> None:
    months, figures = np.array([30000]), Figures({}, np.array([30000]), "ebitda")
    case = HospitalMonths(figures, PeerGroups(np.array([0]), months), np.array([False]))
    crisis = rules().crisis
    assert isinstance(crisis, Crisis)
    with pytest.raises(ValueError, match="ebitda"):
        score_crisis(crisis, case)
    assert math.isnan(score_crisis(crisis, replace(case, figures=Figures({}, months))).level[0])


def test_an_empty_table_gives_empty_results() -> None:
    found = scored(0)
    assert found.crisis.level.size == found.tps.score.size == len(found.grade.letters) == 0


def test_a_figure_of_the_year_before_belongs_to_the_same_facility_and_month() -> None:
    facilities = np.array([1, 1, 2, 1, 2])
    months = np.array([30000, 30012, 30012, 30011, 30001])
    values = np.array([5.0, 6.0, 7.0, 8.0, 9.0])
    found = year_before(values, facilities, months)
    np.testing.assert_array_equal(found, [math.nan, 5, math.nan, math.nan, math.nan])


def test_of_repeated_rows_of_the_year_before_the_last_counts() -> None:
    found = year_before(np.array([5.0, 6.0, 7.0]), np.array([1, 1, 1]), np.array([0, 0, 12]))
    assert found[2] == 6


def test_the_benchmark_compares_equal_work() -> None:
    bench.check(bench.invented())
