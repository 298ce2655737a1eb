"""Marks stand where their shares are, the foremost above; only outermost values are written."""

import json
from typing import Any

import pytest

from core.figures.style import DARK, LIGHT, Palette
from core.figures.tracks import MARKS, Spot, Track, Words, tracks
from tests.effort import calls

WORDS = Words("row", "who", "value", "when", "limit")
SPOTS = tuple(
    Spot(value, f"{value}%", mark, kind, f"area {kind}", "2566")
    for kind, (value, mark) in enumerate(zip((50.0, 0.0, 100.0, 75.0), MARKS, strict=True))
)
ROW = Track("TPS <10.5>", "above 40%", SPOTS, 40.0, "above 40%")


def drawn(*rows: Track, palette: Palette = LIGHT) -> dict[str, Any]:
    return tracks(rows, WORDS, palette)


def rows_of(chart: dict[str, Any]) -> list[dict[str, Any]]:
    return chart["layer"][0]["data"]["values"]


def marks_of(chart: dict[str, Any]) -> list[dict[str, Any]]:
    return chart["layer"][1]["data"]["values"]


def texts_of(chart: dict[str, Any]) -> list[str]:
    return next(one["value"] for one in chart["params"] if one["name"] == "texts")


def test_the_foremost_mark_is_drawn_last_and_filled_alone() -> None:
    marks = marks_of(drawn(ROW))
    assert [one["value"] for one in marks] == [75.0, 100.0, 0.0, 50.0]
    assert [one["fill"] == one["colour"] for one in marks] == [False, False, False, True]
    assert len({one["shape"] for one in marks}) == 4


def test_kinds_differ_by_mark_and_colour_on_both_grounds() -> None:
    for palette in (LIGHT, DARK):
        colours = [one["colour"] for one in marks_of(drawn(ROW, palette=palette))]
        assert colours == list(reversed(palette.kinds))
        assert len(set(colours)) == 4


def test_the_outermost_values_are_written_each_on_its_side() -> None:
    marks = marks_of(drawn(ROW))
    assert [(one["value"], one["left"], one["right"]) for one in marks] == [
        (75.0, "", ""), (100.0, "", "100.0%"), (0.0, "0.0%", ""), (50.0, "", ""),
    ]  # fmt: skip


def test_marks_at_one_place_have_one_value_written() -> None:
    same = tuple(Spot(90.0, "90.0%", mark) for mark in MARKS[:2])
    written = [one["left"] + one["right"] for one in marks_of(drawn(Track("a", "", same)))]
    assert sorted(written) == ["", "90.0%"]


def test_a_row_without_marks_has_its_name_and_nothing_that_joins() -> None:
    chart = drawn(Track("a", "", ()))
    (row,) = rows_of(chart)
    assert texts_of(chart)[row["name"]] == "a"
    assert (row["low"], row["high"], row["target"]) == (None, None, None)
    assert marks_of(chart) == []


def test_the_target_stands_on_its_own_track() -> None:
    without, row = rows_of(drawn(Track("a", "", SPOTS[:1]), ROW))
    assert without["target"] is None
    assert row["target"] == 40.0
    assert without["at"] < row["from"] < row["at"] < row["to"]


def test_a_way_is_told_in_its_colour_and_rows_make_it_higher() -> None:
    way = Track("a", "", (Spot(20.0, "20", "right", 1), Spot(10.0, "10", "ring", 3)))
    chart = drawn(way, ROW)
    assert [row["tie"] for row in rows_of(chart)] == [LIGHT.kinds[1], LIGHT.line]
    assert chart["height"] > drawn(ROW)["height"]


def test_the_pointer_is_told_of_value_period_and_limit_and_who_else_stands_out() -> None:
    spots = drawn(ROW)["layer"][1]
    points = next(one for one in spots["layer"] if one["mark"]["type"] == "point")
    said = {one["field"]: one["title"] for one in points["encoding"]["tooltip"]}
    assert said == {"row": "row", "who": "who", "shown": "value", "when": "when", "limit": "limit"}
    assert said.keys() <= spots["data"]["values"][0].keys()
    chosen = next(one for one in drawn(ROW)["params"] if "select" in one)
    assert chosen["select"]["fields"] == ["who"]


def test_what_many_marks_say_is_sent_once() -> None:
    chart = drawn(ROW, Track("b", "", SPOTS[:1], None, "above 40%"))
    texts = texts_of(chart)
    assert len(texts) == len(set(texts))
    said = [[texts[mark[name]] for name in ("row", "who", "limit")] for mark in marks_of(chart)]
    assert said[-2:] == [["TPS <10.5>", "area 0", "above 40%"], ["b", "area 0", "above 40%"]]


def test_rows_of_one_chart_are_not_those_of_another() -> None:
    first = drawn(ROW)
    drawn(Track("b", "", ()))
    assert [texts_of(first)[row["name"]] for row in rows_of(first)] == ["TPS <10.5>"]


def test_a_chart_is_made_once_and_its_rows_are_put_into_it() -> None:
    """The Plotly figure that it replaced took 500,000 calls."""
    drawn(ROW)
    assert calls(lambda: drawn(*[ROW] * 7)) < 1_500
    assert len(json.dumps(drawn(*[ROW] * 7))) < 12_000


def test_tracks_need_a_row() -> None:
    with pytest.raises(ValueError, match="row"):
        tracks([], WORDS)
