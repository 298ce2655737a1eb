"""What is drawn, before any screen."""

import math

import numpy as np
import pytest

from core.errors import UsageError
from core.figures.projection import projected
from core.figures.province_map import TONES, MapValue, province_map, share_tone

NAKHON_SAWAN = (15.7, 100.1)


def test_the_order_of_the_ranking_is_the_callers() -> None:
    values = {code: MapValue(name=code, tone="pass") for code in ("P61", "P10", "P96")}
    assert [spot.code for spot in province_map(values).spots] == ["P61", "P10", "P96"]


def test_the_key_counts_every_tone_from_the_most_pressing() -> None:
    tones = ("pass", "fail", "pass", "none", "watch")
    values = {f"P{10 + n}": MapValue(name="", tone=tone) for n, tone in enumerate(tones)}
    counts = province_map(values).counts
    assert list(counts.items()) == [("fail", 1), ("watch", 1), ("pass", 2), ("none", 1)]


def test_a_facility_stands_where_it_is() -> None:
    latitude, longitude = NAKHON_SAWAN
    value = MapValue(name="a", tone="7", position=NAKHON_SAWAN)
    (spot,) = province_map({"11223": value}, focus="P60").spots
    assert spot.place == pytest.approx(projected(np.array([[longitude, latitude]]))[0], abs=0.1)


@pytest.mark.parametrize(
    "position", [None, (math.nan, math.nan), (NAKHON_SAWAN[1], NAKHON_SAWAN[0]), (0.0, 0.0)]
)
def test_a_facility_without_a_place_in_thailand_is_in_the_ranking_alone(
    position: tuple[float, float] | None,
) -> None:
    value = MapValue(name="a", tone="7", position=position)
    drawn = province_map({"11223": value}, focus="P60")
    assert [spot.place for spot in drawn.spots] == [None]
    assert drawn.counts == {"7": 1}


def test_nothing_reported_is_an_empty_map() -> None:
    drawn = province_map({})
    assert drawn.spots == ()
    assert drawn.counts == {}


@pytest.mark.parametrize("focus", ["TH", "R03", "P61"])
def test_country_region_and_province_fill_the_frame(focus: str) -> None:
    assert province_map({}, focus=focus).focus == focus


@pytest.mark.parametrize(
    ("focus", "error"), [("D6101", ValueError), ("11223", ValueError), ("X1", UsageError)]
)
def test_nothing_else_does(focus: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        province_map({}, focus=focus)


def test_levels_states_and_fifths_of_a_share_can_be_drawn() -> None:
    fifths = {"s0", "s1", "s2", "s3", "s4"}
    classes = {"fail-1", "fail-2", "fail-3", "pass-1", "pass-2"}
    assert set(TONES) == {"pass", "watch", "fail", "none"} | classes | set("01234567") | fifths


@pytest.mark.parametrize(
    ("percent", "tone"),
    [(0, "s0"), (19.99, "s0"), (20, "s1"), (79.99, "s3"), (80, "s4"), (100, "s4")],
)
def test_a_share_on_an_edge_lies_in_the_upper_fifth(percent: float, tone: str) -> None:
    assert share_tone(percent) == tone


def shares(**figures: float | None) -> dict[str, MapValue]:
    """Areas that all fail, in the order of the ranking."""
    return {
        code: MapValue(name=code, tone="fail", figure=figure, figure_text=f"{figure:.1f}")
        if figure is not None
        else MapValue(name=code, tone="fail")
        for code, figure in figures.items()
    }


def tones(values: dict[str, MapValue]) -> dict[str, str]:
    return {spot.code: spot.tone for spot in province_map(values).spots}


def test_a_little_and_a_lot_of_the_same_status_are_told_apart() -> None:
    assert tones(shares(P61=50.0, P10=7.7)) == {"P61": "fail-3", "P10": "fail-2"}
    many = province_map(shares(P61=50.0, P60=43.8, P10=27.3, P11=27.3, P12=9.1, P13=7.7))
    assert [spot.tone[-1] for spot in many.spots] == ["3", "3", "2", "2", "2", "1"]
    assert many.ranges == {
        "fail-3": ("43.8", "50.0"),
        "fail-2": ("9.1", "27.3"),
        "fail-1": ("7.7", "7.7"),
    }


def test_where_little_presses_the_ranking_says_so() -> None:
    assert tones(shares(P61=37.5, P10=60.0, P11=88.0)) == {
        "P61": "fail-3",
        "P10": "fail-2",
        "P11": "fail-1",
    }


def test_equal_or_unknown_figures_are_one_class() -> None:
    assert set(tones(shares(P61=50.0, P10=50.0)).values()) == {"fail"}
    assert set(tones(shares(P61=50.0, P10=None)).values()) == {"fail"}


def test_the_best_of_those_that_pass_are_told_from_the_rest() -> None:
    passing = {
        code: MapValue(name="", tone="pass", figure=figure, figure_text=str(figure))
        for code, figure in (("P61", 3.9), ("P10", 0.0))
    }
    assert tones(passing) == {"P61": "pass-1", "P10": "pass-2"}
