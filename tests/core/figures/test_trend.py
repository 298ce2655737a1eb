"""A trend breaks where there is no value, shades the silent months and names its cut-offs."""

import pytest

from core.figures.trend import CutoffLine, TrendPoint, trend

POINTS = (
    TrendPoint("ก.ค.", 1.0),
    TrendPoint("ส.ค.", None, is_reported=False),
    TrendPoint("ก.ย.", None),
    TrendPoint("ต.ค.", 0.5),
)
LINE = CutoffLine(0.8, "เกณฑ์ <0.8>")


def test_a_month_without_value_has_no_point_and_breaks_the_line() -> None:
    drawn = trend(POINTS, [LINE]).data[0]
    assert list(drawn.y) == [1.0, None, None, 0.5]
    assert drawn.connectgaps is False


def test_only_months_nobody_reported_are_shaded() -> None:
    shaded = [shape for shape in trend(POINTS, ()).layout.shapes if shape.type == "rect"]
    assert [(shape.x0, shape.x1) for shape in shaded] == [(0.5, 1.5)]


def test_a_cutoff_is_dashed_named_and_within_the_scale() -> None:
    far = CutoffLine(9.0, "far")
    layout = trend(POINTS, [LINE, far]).layout
    lines = [shape for shape in layout.shapes if shape.type == "line"]
    assert [(line.y0, line.y1) for line in lines] == [(0.8, 0.8), (9.0, 9.0)]
    assert all("px" in line.line.dash for line in lines)
    assert layout.annotations[0].text == "เกณฑ์ &lt;0.8&gt;"
    low, high = layout.yaxis.range
    assert low < 0.5
    assert high > 9.0


def test_the_newest_value_is_written_at_its_point() -> None:
    written = trend(POINTS, (), last="0.50").layout.annotations
    assert [(one.x, one.y, one.text) for one in written] == [(3, 0.5, "<b>0.50</b>")]
    assert not trend(POINTS[:2], (), last="0.50").layout.annotations


def test_the_newest_value_stands_where_the_line_does_not_come_from() -> None:
    fallen, risen = ([TrendPoint("a", one), TrendPoint("b", 1.0)] for one in (2.0, 0.0))
    assert trend(fallen, (), last="1").layout.annotations[0].yanchor == "top"
    assert trend(risen, (), last="1").layout.annotations[0].yanchor == "bottom"
    at_the_end = trend(fallen, (), last="1", scale=(1.0, 2.0))
    assert at_the_end.layout.annotations[0].yanchor == "bottom", "below it are the months"


def test_the_newest_month_is_always_named() -> None:
    many = [TrendPoint(str(place), 1.0) for place in range(24)]
    names = trend(many, ()).layout.xaxis.ticktext
    assert names[0] == "23"
    assert len(names) <= 3


def test_a_trend_needs_a_month() -> None:
    with pytest.raises(ValueError, match="month"):
        trend((), ())
