"""Figures as people read them: half up, and never rounded across a cut-off."""

import math

import pytest

from components.reader.numbers import (
    NONE,
    figure_text,
    percent_figure,
    points,
    rounded_beside,
    score,
    whole,
)


@pytest.mark.parametrize(
    ("value", "shown"),
    [(1.0, "1.00"), (3.575, "3.575"), (0.125, "0.125"), (1 / 3, "0.3333"), (1234.5, "1,234.50")],
)
def test_points_keep_the_decimals_that_change_them(value: float, shown: str) -> None:
    assert points(value) == shown


@pytest.mark.parametrize(("value", "shown"), [(9.995, "10.00"), (2.675, "2.68"), (0.0, "0.00")])
def test_a_score_rounds_half_up_as_the_form_does(value: float, shown: str) -> None:
    assert score(value) == shown


@pytest.mark.parametrize("missing", [None, math.nan])
def test_nothing_is_a_dash_and_never_zero(missing: float | None) -> None:
    assert points(missing) == score(missing) == NONE
    assert figure_text(None, 1.0) == NONE


@pytest.mark.parametrize(
    ("value", "limit", "shown"),
    [
        (1.4999, 1.5, "1.4999"),
        (1.5, 1.5, "1.50"),
        (1.5001, 1.5, "1.5001"),
        (1.234567, 1.5, "1.23"),
        (1.4999, None, "1.50"),
        (0.1 + 0.2, 0.3, "0.300000000"),
        (math.inf, 1.5, "∞"),
    ],
)
def test_a_figure_stays_on_its_side_of_the_limit(
    value: float, limit: float | None, shown: str
) -> None:
    assert figure_text(value, limit) == shown


def test_weights_have_the_decimals_they_have() -> None:
    assert [whole(2.5), whole(61.5), whole(100.0)] == ["2.5", "61.5", "100"]


def test_percentages_have_one_decimal_or_two_in_tables() -> None:
    assert (percent_figure(41.25), percent_figure(41.255, 2)) == ("41.3", "41.26")


@pytest.mark.parametrize(
    ("value", "edges", "shown"),
    [
        (90.04, [90, 80], "90.04"),
        (90.0, [90, 80], "90.0"),
        (79.996, [90, 80], "79.996"),
        (85.25, [90, 80], "85.3"),
        (1234.5, [90], "1,234.5"),
        (-0.01, [10, 0], "\u22120.01"),
    ],
)
def test_a_figure_stays_on_its_side_of_every_limit(
    value: float, edges: list[float], shown: str
) -> None:
    assert rounded_beside(value, edges, decimals=1, most=6) == shown
