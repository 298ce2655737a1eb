"""A trend breaks where there is no value, shades the silent months and names its cut-offs."""

from itertools import pairwise

import pytest

from core.figures.trend import CutoffLine, TrendPoint, trend
from tests.core.figures.drawings import Drawing, inside, labels, of_class, parsed, points

POINTS = (
    TrendPoint("ก.ค.", 1.0, "1.00"),
    TrendPoint("ส.ค.", None, "ไม่ได้รายงาน", is_reported=False),
    TrendPoint("ก.ย.", None, "–"),
    TrendPoint("ต.ค.", 0.5, "0.50"),
)
LINE = CutoffLine(0.8, "เกณฑ์ <0.8>")


def drawn(
    shown: tuple[TrendPoint, ...] = POINTS,
    lines: tuple[CutoffLine, ...] = (),
    scale: tuple[float, float] | None = None,
) -> Drawing:
    found = trend("k", "title", shown, lines, scale=scale)
    assert inside(found)
    return found


def test_a_month_without_value_has_no_point_and_breaks_the_line() -> None:
    (line,), (dots,) = (of_class(drawn(), name) for name in ("t-line", "t-dots"))
    assert [len(one) for one in points(line)] == [1, 1]
    assert len(points(dots)) == 2


def test_higher_values_stand_higher_and_later_months_to_the_right() -> None:
    (first,), (last,) = points(of_class(drawn(), "t-line")[0])
    assert first[0] < last[0]
    assert first[1] < last[1]


def test_only_months_nobody_reported_are_shaded() -> None:
    (shaded,) = of_class(drawn(), "t-silent")
    begin, width = float(shaded.get("x")), float(shaded.get("width"))
    (first,), (last,) = points(of_class(drawn(), "t-line")[0])
    assert width == pytest.approx((last[0] - first[0]) / 3, abs=0.1)
    assert first[0] + width / 2 == pytest.approx(begin, abs=0.1)


def test_a_cutoff_is_named_and_within_the_scale() -> None:
    found = drawn(lines=(LINE, CutoffLine(9.0, "far")))
    lines = [points(one)[0] for one in of_class(found, "t-cutoff")]
    assert len(lines) == 2
    for (x, y), (end, level) in lines:
        assert y == level
        assert x < end
        assert 0 < y < 160
    assert "เกณฑ์ <0.8>" in [one.lines[0] for one in labels(found)]
    below = points(of_class(drawn(lines=(LINE,)), "t-line")[0])
    (_x, cutoff), _end = points(of_class(drawn(lines=(LINE,)), "t-cutoff")[0])[0]
    assert below[0][0][1] < cutoff < below[1][0][1]


def test_names_of_cutoffs_close_together_do_not_lie_on_one_another() -> None:
    near = tuple(CutoffLine(value, f"line {value}") for value in (12.0, 10.5, 9.0, 7.5))
    found = drawn(lines=near, scale=(0, 100))
    heights = [one.y for one in labels(found) if one.lines[0].startswith("line")]
    assert all(after - before >= 14 for before, after in pairwise(heights))


def test_the_newest_value_is_written_at_its_point() -> None:
    (written,) = labels(drawn(), "t-value")
    assert written.lines == ("0.50",)
    assert not labels(drawn(POINTS[:2]), "t-value")


@pytest.mark.parametrize(
    ("before", "scale", "is_below"),
    [(2.0, None, True), (0.0, None, False), (2.0, (1.0, 2.0), False)],
    ids=["fallen", "risen", "at the end, where the months are"],
)
def test_the_newest_value_stands_where_the_line_does_not_come_from(
    before: float, scale: tuple[float, float] | None, is_below: bool
) -> None:
    found = drawn((TrendPoint("a", before, "b"), TrendPoint("b", 1.0, "1")), scale=scale)
    (written,) = labels(found, "t-value")
    newest = points(of_class(found, "t-line")[0])[0][-1]
    assert (written.y > newest[1] + 8) == is_below


def test_the_newest_month_is_always_named_and_few_others() -> None:
    many = tuple(TrendPoint(f"m{place}", 1.0, "1") for place in range(24))
    names = [one.lines[0] for one in labels(drawn(many), "t-quiet")]
    assert "m23" in names
    assert sum(name.startswith("m") for name in names) <= 3


def test_every_month_with_a_value_answers_and_the_description_tells_all() -> None:
    found = drawn()
    assert found.description == ("ก.ค.: 1.00", "ส.ค.: ไม่ได้รายงาน", "ก.ย.: –", "ต.ค.: 0.50")
    assert [found.description[mark.place] for mark in found.marks] == ["ก.ค.: 1.00", "ต.ค.: 0.50"]
    assert parsed(found).find("desc").text == "; ".join(found.description)


def test_a_trend_needs_a_month() -> None:
    with pytest.raises(ValueError, match="month"):
        drawn(())


@pytest.mark.parametrize("before", [-0.9, 1.9])
@pytest.mark.parametrize("newest", [-1, -0.2, -0.1, 0, 0.1, 0.2, 0.6, 0.7, 0.8, 0.9, 1, 2])
def test_no_cut_off_strikes_the_newest_value_out(newest: float, before: float) -> None:
    shown = (TrendPoint("ก.ย.", before, "x"), TrendPoint("ต.ค.", newest, "here"))
    found = drawn(shown, (LINE, CutoffLine(0, "0")))
    (written,) = labels(found, "t-value")
    lines = [points(line)[0][0][1] for line in of_class(found, "t-cutoff")]
    assert min(abs(written.y - line) for line in lines) > 8
