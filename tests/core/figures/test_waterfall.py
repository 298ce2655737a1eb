"""Steps that begin where the one before ended, and a whole that is drawn only when it is known."""

import pytest

from core.figures.waterfall import StepBar, waterfall

PARTS = (
    StepBar("Cash <ratio>", 1.0, "+1"),
    StepBar("Income", None, "no data"),
    StepBar("Survival", 2.0, "+2"),
)


def test_a_step_begins_where_the_one_before_ended() -> None:
    drawn = waterfall(PARTS, StepBar("Level", 3.0, "3"), 7).data[0]
    assert list(drawn.base) == [0.0, 1.0, 1.0, 0.0]
    assert list(drawn.x) == [1.0, 0.0, 2.0, 3.0]


def test_what_is_not_known_has_no_bar_and_says_so() -> None:
    figure = waterfall(PARTS, StepBar("Level", None, "no level"), 7)
    assert figure.data[0].x[-1] == 0.0
    said = [one.text for one in figure.layout.annotations]
    assert said == ["<b>+1</b>", "<b>no data</b>", "<b>+2</b>", "<b>no level</b>"]


def test_the_scale_runs_to_the_worst_and_names_are_escaped() -> None:
    layout = waterfall(PARTS, StepBar("Level", 3.0, "3"), 7).layout
    assert list(layout.xaxis.range) == [0, 7]
    assert "&lt;ratio&gt;" in layout.yaxis.ticktext[0]


def test_a_waterfall_needs_a_part() -> None:
    with pytest.raises(ValueError, match="part"):
        waterfall((), StepBar("Level", 3.0, "3"), 7)
