"""Steps that begin where the one before ended, and a whole that is drawn only when it is known."""

import pytest

from core.figures.drawing import WIDTH, Drawing
from core.figures.waterfall import StepBar, waterfall
from tests.core.figures.drawings import inside, labels, of_class, parsed, points

PARTS = (
    StepBar("Cash <ratio>", 1.0, "+1"),
    StepBar("Income", None, "no data"),
    StepBar("ความอยู่รอด ระยะเวลาเข้าสู่ปัญหาทางการเงิน", 2.0, "+2"),
)


def drawn(level: float | None = 3.0, said: str = "3") -> Drawing:
    found = waterfall("k", "title", PARTS, StepBar("Level", level, said), 7)
    assert inside(found)
    return found


def bars(found: Drawing, name: str) -> list[tuple[float, float]]:
    """Where bars begin and end, in units of the scale."""
    grid = [line[0][0] for line in points(of_class(found, "t-grid")[0])]
    unit = grid[1] - grid[0]
    spans = [(float(b.get("x")), float(b.get("width"))) for b in of_class(found, name)]
    return [
        (round((x - grid[0]) / unit, 1), round((x + wide - grid[0]) / unit, 1)) for x, wide in spans
    ]


def test_a_step_begins_where_the_one_before_ended() -> None:
    assert bars(drawn(), "t-bar-now") == [(0, 1), (1, 3)]
    assert bars(drawn(), "t-whole") == [(0, 3)]


def test_what_is_not_known_has_no_bar_and_says_so() -> None:
    found = drawn(None, "no level")
    assert not of_class(found, "t-whole")
    values = [one.lines[0] for one in labels(found, "t-value")]
    assert values == ["+1", "no data", "+2", "Level", "no level"]


def test_the_scale_runs_to_the_worst_within_the_drawing() -> None:
    lines = points(of_class(drawn(), "t-grid")[0])
    assert len(lines) == 8
    assert lines[-1][0][0] < WIDTH
    steps = [one.lines[0] for one in labels(drawn(), "t-quiet")]
    assert steps == [str(step) for step in range(8)]


def test_names_stand_in_lines_and_in_the_description() -> None:
    names = [one for one in labels(drawn()) if one.lines[0].startswith(("Cash", "ความ"))]
    assert names[0].lines == ("Cash <ratio>",)
    assert len(names[1].lines) == 2
    assert parsed(drawn()).find("desc").text.startswith("Cash <ratio>: +1; Income: no data")


def test_a_waterfall_needs_a_part() -> None:
    with pytest.raises(ValueError, match="part"):
        waterfall("k", "title", (), StepBar("Level", 3.0, "3"), 7)
