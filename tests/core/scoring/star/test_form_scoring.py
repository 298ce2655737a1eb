"""The vectorised scoring of forms gives what a slow, obvious twin gives, figure by figure."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.criteria.catalog import catalog, walk
from core.criteria.model import Ladder, Leaf, RatioToTarget, Sum
from core.scoring.base.inputs import Column, Inputs
from core.scoring.base.scores import Scores
from core.scoring.base.states import State
from core.scoring.star.composite import score, score_group, score_radar
from tests.core.scoring.star.slow_twin import WrongFigureError, points

RULES = catalog().ruleset(2561)
PRINTED = catalog().ruleset(2561, {"star.a.05": "printed"})
ITEMS = [
    rule
    for group in ("star.a", "star.b", "star.c")
    for rule in (RULES.rule(member.criterion) for member in RULES.rule(group).members)
]
LEAVES = [leaf for item in ITEMS for leaf in walk(item) if isinstance(leaf, Leaf)]


def edges(leaf):
    """Figures where something changes, and their neighbours to the third decimal."""
    found = {0.0, leaf.full, 100.0}
    if isinstance(leaf, Ladder):
        found |= {band.edge for band in leaf.bands if band.edge is not None}
    return [Decimal(repr(e)) + Decimal(d) / 1000 for e in sorted(found) for d in (-5, -4, 0, 4, 5)]


def figures(leaf):
    """What a person may type: nothing, an edge or near it, any figure in or just out of range."""
    top = 101 if isinstance(leaf, Ladder | RatioToTarget) else leaf.full + 0.5
    anything = st.decimals(Decimal("-0.5"), Decimal(repr(top)), places=3)
    return st.one_of(st.none(), st.sampled_from(edges(leaf)), anything)


def columns(filled):
    """A fill-in per subject -> columns, as a reader would hand them over."""
    keys = {key for one in filled for key in one}
    values = {
        key: np.array([np.nan if one.get(key) is None else float(one[key]) for one in filled])
        for key in keys
    }
    return Inputs({key: Column.of(value) for key, value in values.items()}, len(filled))


def twin(rule, typed):
    try:
        return float(points(rule, typed))
    except WrongFigureError:
        return np.nan


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
@given(data=st.data())
def test_an_item_scores_as_its_twin(item, data):
    leaves = [leaf for leaf in walk(item) if isinstance(leaf, Leaf)]
    one = st.fixed_dictionaries({leaf.id: figures(leaf) for leaf in leaves})
    filled = data.draw(st.lists(one, min_size=1, max_size=4))
    scores = score(item, columns(filled))
    np.testing.assert_allclose(scores.points, [twin(item, typed) for typed in filled], atol=1e-9)
    assert np.array_equal(np.isnan(scores.points), scores.states == State.ERROR)


@pytest.mark.parametrize("leaf", LEAVES, ids=lambda leaf: leaf.id)
def test_a_line_scores_as_its_twin_at_every_edge(leaf):
    typed = [{leaf.id: figure} for figure in edges(leaf)] + [{leaf.id: None}]
    got = score(leaf, columns(typed)).points
    np.testing.assert_allclose(got, [twin(leaf, one) for one in typed], atol=1e-9)


def test_subjects_do_not_touch_one_another():
    item = RULES.rule("star.a.05")
    alone = [{"star.a.05.4.1": Decimal(d)} for d in ("81.99", "85", "101", "12")]
    together = score(item, columns(alone)).points
    np.testing.assert_array_equal(
        together, [score(item, columns([one])).points[0] for one in alone]
    )


def test_the_blank_form_gives_what_is_printed_on_it():
    scored = {item.id: score(PRINTED.rule(item.id), Inputs({}, 1)) for item in ITEMS}
    section = score_group(PRINTED.rule("star.a"), scored)
    assert round(float(section.total[0]), 2) == 5.30
    assert round(float(section.score[0]), 2) == 3.02
    rows = {key: round(float(value[0]), 2) for key, value in section.weighted.items() if value[0]}
    numbers = {"01": 0.50, "02": 0.30, "03": 0.30, "05": 0.40, "09": 0.50, "11": 0.80, "12": 2.50}
    assert rows == {f"star.a.{number}": value for number, value in numbers.items()}
    every = {key: part for whole in scored.values() for key, part in whole.by_id.items()}
    spokes = score_radar(PRINTED.rule("star.radar.overall"), every)
    printed = {"G": 0.32, "D": 0.20, "M": 1.12, "S": 0, "quantity": 0, "dissemination": 0}
    assert {key: round(float(spokes[key][0]), 2) for key in printed} == printed


def test_the_default_reading_gives_the_ladder_its_word():
    scored = {item.id: score(item, Inputs({}, 1)) for item in ITEMS}
    section = score_group(RULES.rule("star.a"), scored)
    assert round(float(section.total[0]), 2) == 5.22
    assert round(float(section.score[0]), 2) == 2.97


def member(points_, full=5.0, state=State.REPORTED):
    array = np.array([points_])
    return Scores("x", array, np.array([full]), array, np.array([state], dtype=np.int8))


def group_of(**members):
    found = {
        m.criterion: member(0.0, state=State.NOT_REPORTED) for m in RULES.rule("star.b").members
    }
    return score_group(RULES.rule("star.b"), found | {f"star.b.{k}": v for k, v in members.items()})


def test_an_error_counts_as_zero_and_beside_it_stands_the_score_without_it():
    wrong = member(np.nan, 2.0, State.ERROR)
    right = member(6.0, 6.0)
    scores = group_of(**{"01": wrong, "02": right})
    assert np.isnan(scores.weighted["star.b.01"][0])
    assert scores.score[0] == pytest.approx(15 * 6 / 20)
    assert scores.scored_only[0] == pytest.approx(15 * 6 / 18)
    assert scores.filled_only[0] == pytest.approx(15.0)


def test_what_does_not_apply_leaves_the_denominator():
    scores = group_of(**{"01": member(0.0, 0.0, State.NOT_APPLICABLE), "02": member(6.0, 6.0)})
    assert scores.score[0] == pytest.approx(15 * 6 / 18)


def test_a_line_that_does_not_apply_shrinks_its_item():
    item = RULES.rule("star.a.24")
    states = {leaf.id: State.REPORTED for leaf in walk(item) if isinstance(leaf, Leaf)}
    states["star.a.24.2"] = State.NOT_APPLICABLE
    inputs = {
        key: Column(np.array([np.nan if state else 5.0]), np.array([state], dtype=np.int8))
        for key, state in states.items()
    }
    scores = score(item, Inputs(inputs, 1))
    assert (scores.points[0], scores.full[0]) == (40.0, 80.0)


def test_a_percentage_of_counts_is_exact_where_floats_are_not():
    item = RULES.rule("star.a.01")
    counts = {
        "star.ltc_passed": np.array([29.0, 12999.0]),
        "star.tambons": np.array([100.0, 20000.0]),
    }
    scores = score(item, Inputs({k: Column.of(v) for k, v in counts.items()}, 2))
    np.testing.assert_array_equal(scores.figure, [29.0, 65.0])


@pytest.mark.parametrize(("top", "bottom"), [(5, 4), (1, 0), (-1, 4)])
def test_counts_that_cannot_be_are_an_error(top, bottom):
    counts = {"star.ltc_passed": float(top), "star.tambons": float(bottom)}
    inputs = Inputs({k: Column.of(np.array([v])) for k, v in counts.items()}, 1)
    scores = score(RULES.rule("star.a.01"), inputs)
    assert np.isnan(scores.points[0])
    assert scores.states[0] == State.ERROR


def test_a_typed_percentage_outranks_the_counts():
    values = {"star.a.01": 75.0, "star.ltc_passed": 1.0, "star.tambons": 10.0}
    inputs = Inputs({k: Column.of(np.array([v])) for k, v in values.items()}, 1)
    assert score(RULES.rule("star.a.01"), inputs).points[0] == 5


def test_sums_are_sums_of_their_parts():
    sums = [node for item in ITEMS for node in walk(item) if isinstance(node, Sum)]
    assert all(node.parts for node in sums)
    assert {node.full for node in sums if node.then} == {5.0}
