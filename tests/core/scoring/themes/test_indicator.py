"""Indicators: what missing, inapplicable and contradictory figures do to values and verdicts."""

import math
from typing import Any

import numpy as np
import pytest

from core.criteria.load import build_rule
from core.criteria.model import Indicator
from core.scoring.base.derived import Figures
from core.scoring.base.inputs import Column
from core.scoring.base.outcomes import HospitalMonths
from core.scoring.base.peers import PeerGroups
from core.scoring.base.states import State, Verdict
from core.scoring.themes.indicator import NO_GRADE, in_order, score_indicator, score_indicators

TEXT = {"th": "ทดสอบ", "en": "Test"}
NOTHING = {"reported": State.REPORTED, None: State.NOT_REPORTED, "n/a": State.NOT_APPLICABLE,
           "error": State.ERROR}  # fmt: skip


def rule(name: str = "trial.one", **said: Any) -> Indicator:
    raw = {"id": name, "kind": "indicator", "name": TEXT, "value": "percent_earned",
           "per": "round", **said}  # fmt: skip
    for part in raw["parts"]:
        named(part, name)
    found = build_rule(raw)
    assert isinstance(found, Indicator)
    return found


def named(part: dict[str, Any], above: str) -> None:
    part["id"] = f"{above}.{part['id']}"
    part["name"] = TEXT
    for below in part.get("parts", ()):
        named(below, part["id"])


def given(name: str, points: float = 1) -> dict[str, Any]:
    return {"id": name, "kind": "given_points", "figure": f"told.{name}", "points": points}


def case(**told: list[Any]) -> HospitalMonths:
    """Columns of `told.<name>`, a value a facility."""
    columns = {}
    for name, values in told.items():
        numbers = [math.nan if value in NOTHING else float(value) for value in values]
        states = [NOTHING.get(value, State.REPORTED) for value in values]
        columns[f"told.{name}"] = Column(np.array(numbers), np.array(states, dtype=np.int8))
    size = len(next(iter(told.values())))
    months = np.zeros(size, dtype=np.int64)
    figures = Figures(columns, months)
    return HospitalMonths(figures, PeerGroups(months, months), np.zeros(size, dtype=np.bool_))


FIVE = [given(name) for name in "abcde"]


def five() -> list[dict[str, Any]]:
    return [dict(part) for part in FIVE]


def verdict(scores: Any, row: int = 0) -> str:
    return Verdict(int(scores.verdicts[row])).name.lower()


@pytest.mark.parametrize(
    ("answers", "value", "judged", "state"),
    [
        ([1, 1, 1, 1, 1], 100, "pass", State.REPORTED),
        ([1, 1, 1, 1, 0], 80, "fail", State.REPORTED),
        ([1, 1, 1, 1, None], 100, "not_judged", State.NOT_REPORTED),
        ([0, 1, 1, 1, None], 75, "fail", State.REPORTED),
        ([1, 1, 1, 1, "n/a"], 100, "pass", State.REPORTED),
        ([1, 1, 1, 1, "error"], 100, "not_judged", State.ERROR),
        ([None] * 5, None, "not_judged", State.NOT_REPORTED),
        (["n/a"] * 5, None, "not_judged", State.NOT_APPLICABLE),
    ],
)
def test_a_verdict_waits_only_while_what_is_missing_could_change_it(
    answers: list[Any], value: float | None, judged: str, state: State
) -> None:
    told = {name: [answer] for name, answer in zip("abcde", answers, strict=True)}
    scores = score_indicator(rule(parts=five(), good={"above": 80}), case(**told))
    got = scores.value[0]
    assert (None if np.isnan(got) else got) == value
    assert (verdict(scores), scores.states[0]) == (judged, state)


def test_the_ends_of_an_open_value_are_told() -> None:
    told = {name: [1] for name in "abc"} | {"d": [None], "e": [0]}
    scores = score_indicator(rule(parts=five(), good={"above": 60}), case(**told))
    assert (scores.value[0], scores.worst[0], scores.best[0]) == (75, 60, 80)
    assert verdict(scores) == "not_judged"


def test_left_out_judges_by_what_was_measured() -> None:
    failing = rule(value="percent_failed", missing="left_out", parts=five(), good={"below": 50})
    told = {"a": [0, 0], "b": [1, 1], "c": [1, None], "d": [None, None], "e": [None, None]}
    scores = score_indicator(failing, case(**told))
    assert [round(value, 2) for value in scores.value] == [33.33, 50]
    assert [verdict(scores, row) for row in (0, 1)] == ["pass", "fail"]


def test_steps_count_from_the_first_on() -> None:
    phases = [
        {"id": f"p{n}", "kind": "block", "parts": [given(f"{n}x"), given(f"{n}y")]} for n in "123"
    ]
    told = {
        "1x": [1, 1, 1, None, 1], "1y": [1, 1, "n/a", None, None],
        "2x": [1, 0, 1, None, 1], "2y": [1, 1, 1, None, 1],
        "3x": [0, 1, 1, None, 0], "3y": [1, 1, 1, None, 1],
    }  # fmt: skip
    scores = score_indicator(
        rule(value="blocks_passed", parts=phases, good={"at_least": 2}), case(**told)
    )
    assert [None if np.isnan(v) else v for v in scores.value] == [2, 1, 3, None, 0]
    assert [verdict(scores, row) for row in range(5)] == [
        "pass", "fail", "pass", "not_judged", "not_judged",
    ]  # fmt: skip
    assert scores.best[4] == 2


def test_points_are_out_of_the_full_marks_told_beside_them() -> None:
    parts = [
        {"id": name, "kind": "points_of", "figure": f"told.{name}", "of": f"told.{name}_full"}
        for name in "ab"
    ]
    graded = rule(parts=parts, good={"above": 80}, grades=[
        {"grade": "A", "above": 90, "name": TEXT}, {"grade": "B", "name": TEXT},
    ])  # fmt: skip
    told = {
        "a": [9, 11, 9, 5], "a_full": [10, 10, 10, 0],
        "b": [19, 20, None, 20], "b_full": [20, 20, 20, 20],
    }  # fmt: skip
    scores = score_indicator(graded, case(**told))
    assert scores.value[0] == pytest.approx(100 * 28 / 30)
    assert [verdict(scores, row) for row in range(4)] == [
        "pass", "not_judged", "not_judged", "not_judged",
    ]  # fmt: skip
    assert [State(state).name for state in scores.states] == [
        "REPORTED", "ERROR", "NOT_REPORTED", "ERROR",
    ]  # fmt: skip
    assert scores.places.tolist() == [0, NO_GRADE, NO_GRADE, NO_GRADE]


def test_what_is_only_shown_neither_earns_nor_is_missed() -> None:
    parts = [given("a"), {"id": "b", "kind": "shown", "figure": "told.b"}]
    scores = score_indicator(rule(parts=parts, good={"at_least": 100}), case(a=[1, 1], b=[7, None]))
    assert [verdict(scores, row) for row in (0, 1)] == ["pass", "pass"]
    assert scores.whole.items["trial.one.b"].figure[0] == 7
    assert np.isnan(scores.whole.items["trial.one.b"].points).all()


def test_a_rule_may_take_values_and_parts_of_another() -> None:
    first = rule(
        "trial.first",
        parts=[{"id": "block", "kind": "block", "parts": [given("a"), given("b")]}, given("c")],
        good={"above": 50},
    )
    second = rule(
        "trial.second",
        parts=[
            {"id": "part", "kind": "taken", "part": "trial.first.block", "points": 2},
            {"id": "value", "kind": "threshold", "figure": "trial.first", "points": 1,
             "cutoffs": [{"above": 50}]},
        ],
        good={"above": 60},
    )  # fmt: skip
    assert [one.id for one in in_order([second, first])] == ["trial.first", "trial.second"]
    scores = score_indicators([second, first], case(a=[1, 1, 1], b=[1, None, 0], c=[1, 1, None]))
    assert scores["trial.second"].value.tolist() == [100, 100, 50]
    assert [verdict(scores["trial.second"], row) for row in range(3)] == [
        "pass", "pass", "not_judged",
    ]  # fmt: skip


def test_rules_that_need_one_another_are_refused() -> None:
    pair = [
        rule(f"trial.{name}", parts=[
            {"id": "x", "kind": "threshold", "figure": f"trial.{other}", "points": 1,
             "cutoffs": [{"above": 1}]},
        ])
        for name, other in (("a", "b"), ("b", "a"))
    ]  # fmt: skip
    with pytest.raises(ValueError, match=r"trial\.a, trial\.b"):
        in_order(pair)


@pytest.mark.parametrize(
    ("kind", "part", "whole", "value"),
    [
        ("share", 29, 100, 29),
        ("share", 0.07, 0.1, 70),
        ("change", 141.5, 100, 41.5),
        ("distance", 0.27, 0.3, 10),
        ("distance", 110, 100, 10),
        ("share", 0, 0, "n/a"),
        ("share", 1, 0, "error"),
        ("share", None, 100, None),
    ],
)
def test_percentages_are_exact_at_their_edges(kind: str, part: Any, whole: Any, value: Any) -> None:
    figure = {"id": "x", "kind": "shown", "figure": {kind: "told.part", "of": "told.whole"}}
    scores = score_indicator(rule(value="figure", parts=[figure]), case(part=[part], whole=[whole]))
    if value in NOTHING:
        assert np.isnan(scores.value[0])
        assert scores.states[0] == NOTHING[value]
    else:
        assert (scores.value[0], scores.states[0]) == (value, State.REPORTED)


def test_what_was_measured_and_cannot_be_held_against_anything_leaves_a_share_open() -> None:
    """Without a known group nobody's mean is known; the defect is not "left out" for that."""
    against_mean = {
        "id": "mean", "kind": "threshold", "figure": "told.cost", "points": 1,
        "cutoffs": [{"up_to": "mean"}],
    }  # fmt: skip
    shared = rule(value="percent_failed", missing="left_out", parts=[given("a"), against_mean])
    told = case(a=[1, 1], cost=[10, None])
    alone = HospitalMonths(
        told.figures, PeerGroups(np.array([-1, -1]), told.figures.months), told.islands
    )
    scores = score_indicator(shared, alone)
    assert (scores.best[0], scores.worst[0], scores.states[0]) == (0, 50, State.NOT_REPORTED)
    # What was not measured is left out, as before.
    assert (scores.value[1], scores.states[1]) == (0, State.REPORTED)
