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
    assert set(TONES) == {"pass", "watch", "fail", "none"} | set("01234567") | fifths


@pytest.mark.parametrize(
    ("percent", "tone"),
    [(0, "s0"), (19.99, "s0"), (20, "s1"), (79.99, "s3"), (80, "s4"), (100, "s4")],
)
def test_a_share_on_an_edge_lies_in_the_upper_fifth(percent: float, tone: str) -> None:
    assert share_tone(percent) == tone
