"""Marks stand where their shares are, the foremost above; only outermost values are written."""

import pytest

from core.figures.style import DARK, LIGHT
from core.figures.tracks import MARKS, Spot, Track, tracks

SPOTS = tuple(
    Spot(value, f"{value}%", mark, kind)
    for kind, (value, mark) in enumerate(zip((50.0, 0.0, 100.0, 75.0), MARKS, strict=True))
)
ROW = Track("TPS <10.5>", "target above 40%", SPOTS, 40.0)


def texts(figure: object) -> list[str]:
    return [one.text for one in figure.layout.annotations]  # type: ignore[attr-defined]


def test_the_foremost_mark_is_drawn_last_and_filled_alone() -> None:
    drawn = tracks([ROW]).data[0]
    assert list(drawn.x) == [75.0, 100.0, 0.0, 50.0]
    symbols = list(drawn.marker.symbol)
    assert [symbol.endswith("-open") for symbol in symbols] == [True, True, True, False]
    assert len(set(symbols)) == 4


def test_kinds_differ_by_mark_and_colour_on_both_grounds() -> None:
    for palette in (LIGHT, DARK):
        colours = list(tracks([ROW], palette).data[0].marker.color)
        assert colours == list(reversed(palette.kinds))
        assert len(set(colours)) == 4


def test_name_what_is_said_and_the_outermost_values_are_written() -> None:
    assert texts(tracks([ROW])) == [
        "<b>TPS &lt;10.5&gt;</b>", "target above 40%", "100.0%", "0.0%",
    ]  # fmt: skip


def test_marks_at_one_place_have_one_value_written() -> None:
    same = tuple(Spot(90.0, "90.0%", mark) for mark in MARKS[:2])
    assert texts(tracks([Track("a", "", same)])) == ["<b>a</b>", "", "90.0%"]


def test_a_row_without_marks_has_its_name_and_its_track() -> None:
    figure = tracks([Track("a", "", ())])
    assert not figure.data[0].x
    assert len(figure.layout.shapes) == 1


def test_the_target_is_dashed_across_its_own_track() -> None:
    figure = tracks([Track("a", "", SPOTS[:1]), ROW])
    dashed = [shape for shape in figure.layout.shapes if shape.line.dash]
    assert [(shape.x0, shape.x1) for shape in dashed] == [(40.0, 40.0)]
    assert 1 < dashed[0].y0 < dashed[0].y1 < 1.5


def test_a_way_is_told_in_its_colour_and_rows_stand_below_one_another() -> None:
    way = Track("a", "", (Spot(20.0, "20", "right", 1), Spot(10.0, "10", "ring", 3)))
    figure = tracks([way, ROW])
    ties = [shape.line.color for shape in figure.layout.shapes if shape.line.width == 4]
    assert ties == [LIGHT.kinds[1], LIGHT.line]
    assert figure.layout.height > tracks([ROW]).layout.height


def test_tracks_need_a_row() -> None:
    with pytest.raises(ValueError, match="row"):
        tracks([])
