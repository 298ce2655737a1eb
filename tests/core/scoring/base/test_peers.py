"""A peer value is the median (or mean) of who reports in one group and month: it says how many."""

import math
import statistics

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.scoring.base.peers import FEW_PEERS, PeerGroups, group_codes
from core.scoring.base.threshold import keeps

ROWS = st.lists(
    st.tuples(
        st.integers(-1, 3),
        st.integers(0, 2),
        st.one_of(st.none(), st.integers(-1000, 1000).map(lambda n: n / 100)),
    ),
    min_size=1,
    max_size=60,
)


def peers(rows, kind="median"):
    groups, months, values = zip(*rows, strict=True)
    figure = np.array([math.nan if value is None else value for value in values])
    return PeerGroups(np.array(groups), 30000 + np.array(months)).values(figure, kind)


def cell(rows, row):
    """The reporting peers of one row."""
    return [
        value for group, month, value in rows if (group, month) == row[:2] and value is not None
    ]


@given(ROWS)
def test_is_the_median_of_the_reporting_peers(rows) -> None:
    found = peers(rows)
    for place, row in enumerate(rows):
        same = cell(rows, row) if row[0] >= 0 else []
        assert found.count[place] == len(same)
        if same:
            assert found.value[place] == pytest.approx(statistics.median(same), abs=1e-12)
        else:
            assert math.isnan(found.value[place])


@given(ROWS)
def test_is_the_mean_and_one_sample_deviation(rows) -> None:
    found = peers(rows, "mean_plus_sd")
    for place, row in enumerate(rows):
        same = cell(rows, row) if row[0] >= 0 else []
        if same:
            spread = statistics.stdev(same) if len(same) > 1 else 0.0
            assert found.value[place] == pytest.approx(statistics.mean(same) + spread, abs=1e-9)


@given(ROWS)
def test_half_of_a_group_is_never_above_its_median(rows) -> None:
    found = peers(rows)
    for place, row in enumerate(rows):
        same = cell(rows, row)
        if row[0] >= 0 and same:
            above = sum(value > found.value[place] for value in same)
            assert above <= len(same) / 2


def test_groups_of_very_different_size_stand_apart() -> None:
    rows = [(0, 0, float(n)) for n in range(301)] + [(1, 0, 7.0), (1, 0, 9.0), (2, 0, 5.0)]
    found = peers(rows)
    assert (found.value[0], found.count[0]) == (150, 301)
    assert (found.value[301], found.count[301]) == (8, 2)
    assert (found.value[303], found.count[303]) == (5, 1)


@pytest.mark.parametrize(("number", "few"), [(1, True), (FEW_PEERS - 1, True), (FEW_PEERS, False)])
def test_fewer_than_five_peers_are_pointed_out(number: int, few: bool) -> None:
    found = peers([(0, 0, 1.0)] * number)
    assert found.few.tolist() == [few] * number


def test_who_does_not_report_is_no_peer() -> None:
    found = peers([(0, 0, 1.0)] * 4 + [(0, 0, None)])
    assert found.count.tolist() == [4] * 5
    assert found.few.all()


def test_without_a_group_there_are_no_peers() -> None:
    found = peers([(-1, 0, 1.0), (-1, 0, 2.0)])
    assert np.isnan(found.value).all()
    assert not found.few.any()


def test_another_month_is_another_group() -> None:
    found = peers([(0, 0, 1.0), (0, 1, 5.0)])
    assert found.value.tolist() == [1, 5]


def test_a_published_value_outranks_the_computed_one_where_there_is_one() -> None:
    found = peers([(0, 0, 1.0), (0, 0, 3.0)]).overlaid(np.array([9.0, math.nan]))
    assert found.value.tolist() == [9, 2]
    assert found.count.tolist() == [0, 2]
    assert found.few.tolist() == [False, True]


@pytest.mark.parametrize("offset", [n / 100 for n in range(0, 1000, 7)])
def test_lying_exactly_on_the_average_of_two_others_is_not_above_it(offset: float) -> None:
    """Binary fractions put many such averages a hair beside the written figure."""
    written = round(100 + offset, 2)
    others = [round(written - 0.1, 2), round(written + 0.1, 2)]
    found = peers([(0, 0, value) for value in others])
    assert keeps(np.array([written]), "up_to", found.value[:1] + found.slack[:1])[0]
    assert not keeps(np.array([written]), "above", found.value[:1] + found.slack[:1])[0]
    satang_more = np.array([round(written + 0.01, 2)])
    assert not keeps(satang_more, "up_to", found.value[:1] + found.slack[:1])[0]


def test_codes_of_group_names() -> None:
    assert group_codes(["M1", None, "F2", "M1"]).tolist() == [0, -1, 1, 0]
