"""The vectorised rules of the inspection themes are the slow exact ones, whatever the figures."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.criteria.catalog import catalog
from core.scoring.base.derived import Figures
from core.scoring.base.inputs import Column
from core.scoring.base.outcomes import HospitalMonths
from core.scoring.base.peers import PeerGroups
from core.scoring.base.states import State, Verdict
from core.scoring.themes.indicator import IndicatorScores, score_indicators
from core.services.rules.indicators import IndicatorRules
from tests.core.scoring.themes import theme_twin as twin

STEPS = tuple(
    len(phase.parts)
    for phase in catalog().ruleset(2566).rules["transfer.level"].parts  # type: ignore[union-attr]
)
ANSWERS = [
    *(f"msss.line_{line}" for lines in twin.LINES.values() for line in lines),
    "payables.supplies_current", "payables.report_current", "payables.payment_current",
    *(f"transfer.step_{n}_{k}" for n, count in enumerate(STEPS, 1) for k in range(1, count + 1)),
]  # fmt: skip
# Figures around every cut-off, so that examples meet the edges and not only the plain.
POOLS = {
    **{f"days.inventory_{kind}": "0 59.99 60 60.01" for kind in ("drugs", "supplies", "lab")},
    **{f"days.payables_{kind}": "0 89.99 90 90.01" for kind in ("drugs", "supplies", "lab")},
    "days.compensation": "30 60 60.01",
    "msss.core_staff": "49 50 100 101", "msss.core_fte": "0 100",
    "msss.support_staff": "49 50 100 101", "msss.support_fte": "0 100",
    "msss.vacant_share": "0 0.99 1",
    "payables.paid": "0 79.99 80 80.01 90 90.01 100", "payables.due": "0 100",
    "payables.over_90": "0 9.99 10 10.01", "payables.over_360": "0 0.01",
    **{
        f"sproi.{plan}_received": "0 40 40.01 140 140.01"
        for plan in ("covid", "stroke_stemi", "ods_mis")
    },
    **{f"sproi.{plan}_cost": "0 100" for plan in ("covid", "stroke_stemi", "ods_mis")},
    "coverage.foreign_insured": "0 70 71 95 96", "coverage.foreign_eligible": "0 100",
    "coverage.foreign_checkup_insured": "0 70 95 96 100 101", "coverage.foreign_checkup": "0 100",
    "coverage.fss_spent": "0 70 70.01",
    "coverage.fss_budget": "0 100", "coverage.thai_insured": "98 99 100",
    "coverage.thai_citizens": "100",
    "compensation.paid_on_time": "0 90 90.01", "compensation.due": "0 100",
    "claims.visits": "0 100 1000", "claims.missing": "0 1 2 10", "claims.delayed": "0 1",
    "claims.expired": "0 1", "claims.sent": "0 100 1000", "claims.error": "0 1 9 10 11",
    "audit.adjrw_claimed": "0 100 0.3", "audit.adjrw_audited": "0 89.9999 90 110 110.0001 0.27",
    **dict.fromkeys(ANSWERS, "0 1 1 1 1"),
    **{f"revenue.{name}_points": "0 6 7 8 9 10" for name in twin.DIMENSIONS},
    **{f"revenue.{name}_full": "10" for name in twin.DIMENSIONS},
}  # fmt: skip


@st.composite
def facilities(draw: st.DrawFn) -> list[dict[str, Any]]:
    """A few facilities, most of what each tells there, or everything, or little."""
    rows = []
    for _ in range(draw(st.integers(1, 4))):
        holes: list[Any] = draw(st.sampled_from([[], [None], [None] * 8, ["n/a"], [None, "n/a"]]))
        luck = draw(st.randoms(use_true_random=False))
        rows.append(
            {code: luck.choice([*pool.split() * 4, *holes]) for code, pool in POOLS.items()}
        )
    return rows


def column(rows: list[dict[str, Any]], code: str) -> Column:
    states = {None: State.NOT_REPORTED, "n/a": State.NOT_APPLICABLE}
    told = [row[code] for row in rows]
    values = np.array([math.nan if value in states else float(value) for value in told])
    found = [states.get(value, State.REPORTED) for value in told]
    return Column(values, np.array(found, dtype=np.int8))


def shipped(
    rows: list[dict[str, Any]], per: str, readings: Mapping[str, str]
) -> Mapping[str, IndicatorScores]:
    rules = IndicatorRules(catalog().ruleset(2566, readings), per)
    months = np.zeros(len(rows), dtype=np.int64)
    case = HospitalMonths(
        figures=Figures({code: column(rows, code) for code in POOLS}, months),
        peers=PeerGroups(np.zeros(len(rows), dtype=np.int64), months),
        islands=np.zeros(len(rows), dtype=np.bool_),
    )
    return score_indicators(rules.units.values(), case)


def agree(scores: IndicatorScores, row: int, expected: twin.Outcome) -> None:
    value, verdict = expected
    assert Verdict(scores.verdicts[row]).name.lower() == verdict, scores.id
    got = float(scores.value[row])
    assert (None if math.isnan(got) else got) == (
        None if value is None else pytest.approx(float(value), rel=1e-13, abs=1e-13)
    ), scores.id
    if verdict != "not_judged":
        assert scores.states[row] == State.REPORTED


@pytest.mark.parametrize(
    "readings",
    [
        {},
        {"payables.defect_debt_90": "below_10", "sproi.roi": "net"},
        {"payables.defect_debt_360": "round_1", "coverage.foreign": "checkup_95"},
    ],
    ids=lambda chosen: " ".join(chosen.values()) or "-",
)
@settings(max_examples=30, deadline=None)
@given(rows=facilities())
def test_what_is_judged_by_rounds(readings: dict[str, str], rows: list[dict[str, Any]]) -> None:
    scores = shipped(rows, "round", readings)
    for place, row in enumerate(rows):
        agree(scores["msss.score"], place, twin.checklist(row))
        agree(scores["payables.structure"], place, twin.checklist(row, twin.FOUR_S))
        agree(scores["payables.operation"], place, twin.checklist(row))
        for number in (1, 2):
            unit = scores[f"payables.round_{number}"]
            agree(unit, place, twin.payables(row, number, readings))
        for plan in ("covid", "stroke_stemi", "ods_mis"):
            agree(scores[f"sproi.{plan}"], place, twin.service_plan(row, plan, readings))
        for unit_id, expected in twin.coverage(row, readings).items():
            agree(scores[unit_id], place, expected)
        agree(scores["transfer.level"], place, twin.readiness(row, STEPS))


@pytest.mark.parametrize(
    "readings",
    [
        {},
        {"claims.missing": "up_to_1", "claims.audit": "below_10", "revenue.error_claim": "below_1"},
    ],
    ids=["default", "others"],
)
@settings(max_examples=30, deadline=None)
@given(rows=facilities())
def test_what_is_judged_by_months(readings: dict[str, str], rows: list[dict[str, Any]]) -> None:
    scores = shipped(rows, "month", readings)
    for place, row in enumerate(rows):
        agree(scores["revenue.defects"], place, twin.claim_defects(row, readings))
        agree(scores["compensation.on_time"], place, twin.staff_paid(row))


@settings(max_examples=30, deadline=None)
@given(rows=facilities())
def test_quality_of_revenue_centres_and_their_grades(rows: list[dict[str, Any]]) -> None:
    scores = shipped(rows, "round", {})["revenue.score"]
    grades = catalog().ruleset(2566).rules["revenue.score"].grades  # type: ignore[union-attr]
    for place, row in enumerate(rows):
        value, verdict, grade = twin.revenue_centre(row)
        if value is not None:
            agree(scores, place, (value, verdict))
            assert grades[scores.places[place]].grade == grade
        elif any(row[f"revenue.{name}_points"] is None for name in twin.DIMENSIONS):
            # Who left something out passes only where that could not matter.
            assert scores.best[place] >= scores.worst[place] or math.isnan(scores.best[place])


@settings(max_examples=30, deadline=None)
@given(rows=facilities(), order=st.randoms(use_true_random=False))
def test_results_do_not_depend_on_the_order_of_rows(rows: list[dict[str, Any]], order: Any) -> None:
    places = list(range(len(rows)))
    order.shuffle(places)
    straight = shipped(rows, "round", {})
    mixed = shipped([rows[place] for place in places], "round", {})
    for unit, scores in straight.items():
        np.testing.assert_array_equal(scores.value[places], mixed[unit].value)
        np.testing.assert_array_equal(scores.verdicts[places], mixed[unit].verdicts)
