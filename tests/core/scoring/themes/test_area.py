"""The share of an area: reported n of m, who is silent, and whether the silent could change it."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.criteria.catalog import catalog
from core.scoring.base.states import State, Verdict
from core.scoring.themes.area import score_area

STATES = [*State, State.REPORTED, State.REPORTED, State.REPORTED]
FACILITIES = st.lists(
    st.tuples(st.integers(0, 7), st.sampled_from(STATES), st.integers(-1, 2)), max_size=40
)
RULES = catalog().ruleset(2566).rules


def scored(criterion, facilities, months):
    values, states, areas = zip(*facilities, strict=True) if facilities else ((), (), ())
    return score_area(
        RULES[criterion],
        np.array(values, dtype=np.float64),
        np.array(states, dtype=np.int8),
        np.array(areas, dtype=np.int64),
        np.array(months),
    )


def verdict(worst: int, some: int, of: int, month: int) -> Verdict:
    """The rule for 2566 in plain words: none at 7; of 4-6 at most 0, 0, 2, 4 % by month."""
    most = {1: 0, 2: 0, 3: 2, 4: 4}[(month + 2) // 3]
    if of == 0:
        return Verdict.NOT_JUDGED
    return Verdict.PASS if worst == 0 and Fraction(100 * some, of) <= most else Verdict.FAIL


@given(FACILITIES, st.lists(st.integers(1, 12), min_size=3, max_size=3))
def test_crisis_of_an_area_is_judged_over_those_that_report(facilities, months) -> None:
    found = scored("crisis.area", facilities, months)
    for area, month in enumerate(months):
        here = [f for f in facilities if f[2] == area and f[1] != State.NOT_APPLICABLE]
        levels = [level for level, state, _ in here if state == State.REPORTED]
        at_7, at_4_to_6 = levels.count(7), sum(4 <= level <= 6 for level in levels)
        silent = len(here) - len(levels)
        assert (found.expected[area], found.reporting[area]) == (len(here), len(levels))
        assert found.verdicts[area] == verdict(at_7, at_4_to_6, len(levels), month)
        if levels:
            assert found.headline.number[area] == at_7 + at_4_to_6
            assert found.highest[area] == max(levels)
            assert found.best[area] == verdict(at_7, at_4_to_6, len(here), month)
            assert found.worst[area] == verdict(at_7 + silent, at_4_to_6 + silent, len(here), month)


@given(FACILITIES)
def test_silence_never_helps_a_good_share(facilities) -> None:
    """Whoever falls silent cannot turn a fail into a pass."""
    scores = [(2.0 * value, state, area) for value, state, area in facilities]
    before = scored("crisis.efficiency", scores, [12, 12, 12])
    for place in range(len(scores)):
        value, _, area = scores[place]
        silenced = [*scores[:place], (value, State.NOT_REPORTED, area), *scores[place + 1 :]]
        after = scored("crisis.efficiency", silenced, [12, 12, 12])
        gained = (before.verdicts == Verdict.FAIL) & (after.verdicts == Verdict.PASS)
        was_applicable = scores[place][1] != State.NOT_APPLICABLE
        assert not (gained.any() and was_applicable)


@given(FACILITIES)
def test_the_verdict_lies_between_best_and_worst(facilities) -> None:
    for criterion in ("crisis.area", "crisis.efficiency"):
        found = scored(criterion, facilities, [12, 12, 12])
        settled = ~found.open
        np.testing.assert_array_equal(found.best[settled], found.worst[settled])
        assert not ((found.best == Verdict.FAIL) & (found.worst == Verdict.PASS)).any()


def test_when_all_report_nothing_is_open() -> None:
    found = scored("crisis.area", [(0, State.REPORTED, 0), (7, State.REPORTED, 1)], [12, 12])
    assert found.verdicts.tolist() == [Verdict.PASS, Verdict.FAIL]
    assert not found.open.any()


@pytest.mark.parametrize(
    "state", [State.NOT_REPORTED, State.STALE, State.CONTRADICTORY, State.ERROR]
)
def test_only_what_is_reported_counts_as_reporting(state: State) -> None:
    found = scored("crisis.area", [(0, State.REPORTED, 0), (0, state, 0)], [12])
    assert (found.reporting[0], found.expected[0]) == (1, 2)
    assert found.open[0]


def test_a_facility_outside_every_area_is_not_counted() -> None:
    found = scored("crisis.area", [(7, State.REPORTED, -1), (0, State.REPORTED, 0)], [12])
    assert (found.expected[0], found.verdicts[0]) == (1, Verdict.PASS)


def test_a_line_without_a_target_is_shown_and_not_judged() -> None:
    found = scored("crisis.area", [(5, State.REPORTED, 0)], [12]).headline
    assert (found.share[0], found.verdicts[0]) == (100, Verdict.NOT_JUDGED)
    assert np.isnan(found.target[0])
