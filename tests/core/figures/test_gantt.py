"""A plan by month: a bar for each run of months, colours by how things stand, on both grounds."""

from typing import Any

import pytest

from core.figures.gantt import Row, gantt
from core.figures.style import DARK, LIGHT, Palette

MONTHS = tuple(f"m{n}" for n in range(1, 13))
LATE = Row("1.1.1 <a>", "Late 0%", (1, 2, 5), "late")
DONE = Row("1", "Done", (12,), "done", 11.5, is_part=True)


def values(*rows: Row, layer: int, palette: Palette = LIGHT) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = gantt(rows, MONTHS, 6, palette)["layer"][layer]["data"]["values"]
    return found


def test_a_bar_for_each_run_of_months() -> None:
    bars = values(LATE, DONE, layer=2)
    assert [(bar["from"], bar["to"]) for bar in bars] == [(0, 2), (4, 5), (11, 12)]
    heights = [bar["high"] - bar["low"] for bar in bars]
    assert heights[0] == heights[1] == 2 * heights[2]
    assert bars[0]["low"] < bars[2]["low"]


def test_a_row_without_months_has_its_name_and_no_bar() -> None:
    nothing = Row("2", "No month given", (), "unscheduled")
    assert values(nothing, layer=2) == []
    assert [row["name"] for row in values(nothing, layer=4)] == ["2"]


def test_the_day_of_doing_and_the_end_of_the_month_lie_inside_the_year() -> None:
    beyond = Row("3", "Done", (1,), "done", 14.0)
    before = Row("4", "Done", (1,), "done", -2.0)
    rows = (DONE, beyond, before, LATE)
    assert [row["done"] for row in values(*rows, layer=3)] == [11.5, 12, 0, None]
    assert values(DONE, layer=1) == [
        {"at": 6, "low": 0, "high": gantt([DONE], MONTHS, 6)["height"]}
    ]


def test_states_differ_by_colour_on_both_grounds() -> None:
    for palette in (LIGHT, DARK):
        colours = [bar["colour"] for bar in values(LATE, DONE, layer=2, palette=palette)]
        assert colours[0] == colours[1] != colours[2]
    assert values(LATE, layer=2)[0]["colour"] != values(LATE, layer=2, palette=DARK)[0]["colour"]


def test_months_are_named_and_a_plan_needs_a_row() -> None:
    assert '"m12"' in str(gantt([DONE], MONTHS, 6))
    with pytest.raises(ValueError, match="needs a row"):
        gantt([], MONTHS, 6)
