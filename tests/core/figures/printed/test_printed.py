"""Drawings for paper: every value written, nothing outside, hostile names kept in their room."""

import re
from itertools import pairwise
from math import isnan
from xml.etree import ElementTree

import pytest

from core.figures.drawing import Drawing
from core.figures.printed.bars import PrintedBar, PrintedLimit, bars
from core.figures.printed.fitting import breadth, fitted
from core.figures.printed.land import PrintedPlace, land, shown_on
from core.figures.printed.lines import PrintedSeries, lines
from core.figures.printed.shapes import land_shapes
from core.figures.printed.style import TONES, WIDE, sign, signed, size
from core.figures.printed.wheel import wheel
from core.figures.radar import Spoke

SVG = "{http://www.w3.org/2000/svg}"
LONG = "โรงพยาบาลส่งเสริมสุขภาพตำบล" * 12


def texts(drawing: Drawing) -> list[str]:
    """Texts of a drawing, the lines of each joined."""
    found = ElementTree.fromstring(drawing.svg).iter(f"{SVG}text")
    return ["".join(one.itertext()) for one in found]


def rectangles(drawing: Drawing) -> list[tuple[float, float]]:
    """Left edge and width of the bars, which are 15 units high."""
    found = ElementTree.fromstring(drawing.svg).iter(f"{SVG}rect")
    return [(float(r.get("x", "")), float(r.get("width", ""))) for r in found
            if r.get("height") == "15"]  # fmt: skip


def test_bars_begin_at_zero_and_are_as_long_as_their_values() -> None:
    (drawn,) = bars("k", "t", [
        PrintedBar("A", 10.0, "10", "pass"), PrintedBar("B", -5.0, "−5", "fail"),
        PrintedBar("C", None, "ไม่ได้รายงาน", "none"), PrintedBar("D", 0.0, "0", "pass"),
    ])  # fmt: skip
    (a, a_wide), (b, b_wide), (_d, d_wide) = rectangles(drawn)
    assert a_wide == pytest.approx(2 * b_wide, abs=0.2)
    assert b + b_wide == pytest.approx(a, abs=0.2)
    assert d_wide == 0
    assert {"10", "−5", "ไม่ได้รายงาน", "0"} <= set(texts(drawn))


@pytest.mark.parametrize("limit", [4.0, -1e300, 1e300, float("nan")])
def test_a_cut_off_is_named_whatever_it_is(limit: float) -> None:
    (drawn,) = bars("k", "t", [PrintedBar("A", 1.0, "1", "pass")], [PrintedLimit(limit, "Target")])
    assert ("Target" in texts(drawn)) == (not isnan(limit))
    assert "nan" not in drawn.svg
    assert "inf" not in drawn.svg


def test_no_bar_gives_no_drawing() -> None:
    assert bars("k", "t", []) == ()


@pytest.mark.parametrize("name", [LONG, "W" * 300, "<&>\"'", "", "ก" * 300, "醫" * 90])
def test_a_long_name_is_broken_and_kept_whole(name: str) -> None:
    (drawn,) = bars("k", "t", [PrintedBar(name, 1.0, "1", "pass")])
    assert name in texts(drawn)
    assert all(breadth(line) <= 200 for line in fitted(name, 200))
    assert size(drawn.svg)[0] == WIDE


def test_a_line_breaks_where_nobody_reported() -> None:
    drawn = lines("k", "t", ["a", "b", "c"], [PrintedSeries("S", (1.0, None, 2.0), "2")])
    assert drawn is not None
    (path,) = re.findall(r'd="([^"]*)" stroke="#1F5A8C" stroke-width="2.5"', drawn.svg)
    assert path.count("M") == 2
    assert {"S2"} <= set(texts(drawn))


def test_names_of_series_that_end_together_do_not_lie_on_one_another() -> None:
    series = [PrintedSeries(name, (1.0, 1.0), "1.0") for name in ("A", "B", "C", "D")]
    drawn = lines("k", "t", ["x", "y"], series)
    assert drawn is not None
    tops = sorted(float(y) for y in re.findall(r'y="([\d.]+)">[ABCD]</tspan>', drawn.svg))
    assert len(tops) == 4
    assert all(after - before >= 38 for before, after in pairwise(tops))


@pytest.mark.parametrize(
    ("periods", "values"), [([], []), (["a"], [None]), (["a", "b"], [1e300, -1e300])]
)
def test_a_trend_nobody_can_read_is_not_drawn(
    periods: list[str], values: list[float | None]
) -> None:
    assert lines("k", "t", periods, [PrintedSeries("S", tuple(values), "")]) is None


@pytest.mark.parametrize(("count", "is_drawn"), [(2, False), (3, True), (8, True), (9, False)])
def test_a_radar_has_three_to_eight_spokes(count: int, is_drawn: bool) -> None:
    spokes = [Spoke(f"S{at}", 1.0, "1.0") for at in range(count)]
    assert (wheel("k", "t", spokes, 5.0, ["now"]) is not None) == is_drawn


@pytest.mark.parametrize(("value", "is_drawn"), [(5.0, True), (5.01, False), (-0.1, False)])
def test_a_radar_stays_within_its_outline(value: float, is_drawn: bool) -> None:
    spokes = [Spoke("A", value, "x"), Spoke("B", None, "–"), Spoke("C", 1.0, "1")]
    drawn = wheel("k", "t", spokes, 5.0, ["now", "before"], (1.0, None, 2.0))
    assert (drawn is not None) == is_drawn
    assert drawn is None or {"now", "before"} <= set(texts(drawn))


def test_provinces_carry_the_numbers_of_their_list() -> None:
    places = [PrintedPlace("P61", "U", "7", "7"), PrintedPlace("P10", "B", "0", "0")]
    drawn = land("k", "t", "TH", places)
    assert drawn is not None
    assert texts(drawn) == ["1", "2"]
    assert drawn.description == ("1. U: 7", "2. B: 0")


def test_a_mistyped_position_is_nowhere() -> None:
    places = [
        PrintedPlace("1", "in", "x", "pass", (99.5, 15.3)),
        PrintedPlace("2", "sea", "x", "pass", (0.0, 0.0)),
        PrintedPlace("3", "elsewhere", "x", "pass", (100.5, 7.0)),
        PrintedPlace("4", "none", "x", "pass"),
        PrintedPlace("5", "nan", "x", "pass", (float("nan"), 15.0)),
    ]
    assert shown_on("P61", places) == {0}
    drawn = land("k", "t", "P61", places)
    assert drawn is not None
    assert texts(drawn) == ["1"]
    assert land("k", "t", "P61", places[1:]) is None
    assert land("k", "t", "D6101", places) is None


def test_facilities_in_one_place_stand_apart() -> None:
    places = [PrintedPlace(str(at), "x", "x", "pass", (99.5, 15.3)) for at in range(12)]
    drawn = land("k", "t", "P61", places)
    assert drawn is not None
    circles = [
        (float(one.get("cx", "")), float(one.get("cy", "")))
        for one in ElementTree.fromstring(drawn.svg).iter(f"{SVG}circle")
        if one.get("r") == "10"
    ]
    assert len(circles) == 12
    near = [
        abs(complex(*one) - complex(*other))
        for at, one in enumerate(circles)
        for other in circles[:at]
    ]
    assert min(near) > 18


def test_there_is_a_shape_for_every_province_region_and_the_country() -> None:
    codes = land_shapes().keys()
    assert len([code for code in codes if code.startswith("P")]) == 77
    assert {f"R{at:02}" for at in range(1, 14)} | {"TH"} <= codes


@pytest.mark.parametrize("tone", TONES)
def test_every_tone_has_a_sign_of_its_own_beside_its_colour(tone: str) -> None:
    others = {re.sub("#[0-9A-F]{6}", "", sign(other, 0, 0)) for other in TONES if other != tone}
    assert re.sub("#[0-9A-F]{6}", "", sign(tone, 0, 0)) not in others
    ElementTree.fromstring(signed(tone))
