"""SVG as text: whatever a name holds it stays a name, and scales have round numbers."""

import pytest

from core.figures.drawing import element, path, picture, ticks
from tests.core.figures.drawings import Drawing, parsed


def test_names_are_escaped_wherever_they_stand() -> None:
    said = picture("k", "<b>&", ['"</svg><script>'], 10, element("g", id='"><script>'))
    root = parsed(Drawing(said))
    assert root.find("title").text == "<b>&"
    assert root.find("desc").text == '"</svg><script>'
    assert "<script" not in said


def test_a_drawing_is_an_image_with_title_and_description() -> None:
    root = parsed(Drawing(picture("k.1", "title", ["said", "more"], 10)))
    assert root.get("role") == "img"
    named = root.get("aria-labelledby", "").split()
    assert [one.text for name in named for one in root.iter() if one.get("id") == name] == [
        "title",
        "said; more",
    ]


def test_a_line_breaks_where_there_is_no_point() -> None:
    assert path([(0, 1), None, (2, 3.25), (4, 5)]) == "M0 1M2 3.2L4 5"
    assert path([None]) == ""


@pytest.mark.parametrize(
    ("low", "high", "found"),
    [
        (0, 15, (0, 5, 10, 15)),
        (0.31, 0.86, (0.4, 0.6, 0.8)),
        (-20, 160, (0, 50, 100, 150)),
        (-3, -1, (-3, -2.5, -2, -1.5, -1)),
        (5, 5, (5,)),
        (0, float("inf"), (0,)),
    ],
)
def test_a_scale_has_few_round_numbers(low: float, high: float, found: tuple[float, ...]) -> None:
    assert ticks(low, high) == pytest.approx(found)
    assert len(ticks(low, high)) <= 5
