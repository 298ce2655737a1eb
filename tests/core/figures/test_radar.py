"""A radar shows its target, its values and nothing it does not know."""

import math

import pytest

from core.figures.drawing import WIDTH, width_of
from core.figures.radar import Spoke, radar
from tests.core.figures.drawings import inside, labels, lines_of, of_class, parsed, points

SPOKES = (
    Spoke("การดูแลสุขภาพตามกลุ่มวัย", 2.5, "2.50"),
    Spoke("<b>พชอ.</b> & DHS", 0.0, "0.00"),
    Spoke("การพัฒนาระบบบริการ", None, "ไม่ได้ส่ง"),
    Spoke("Customer focus", 5.0, "5.00"),
)
DRAWN = radar("k", "title", SPOKES, 5.0)


def radii(name: str) -> list[list[float]]:
    """How far out the points of a line lie, 1 at the target."""
    (target,) = points(of_class(DRAWN, "t-target")[0])
    middle = [sum(places) / len(target) for places in zip(*target, strict=True)]
    full = math.dist(middle, target[0])
    return [
        [round(math.dist(middle, spot) / full, 2) for spot in line]
        for line in points(of_class(DRAWN, name)[0])
    ]


def test_the_target_goes_all_around() -> None:
    assert radii("t-target") == [[1, 1, 1, 1]]
    assert of_class(DRAWN, "t-target")[0].get("d").endswith("Z")


def test_a_spoke_without_value_has_no_point_and_stops_the_outline() -> None:
    assert radii("t-line") == [[0.5, 0], [1, 0.5]]
    assert radii("t-dots") == [[0.5], [0], [1]]
    assert radii("t-area") == [[0.5, 0, 0, 1]]


def test_every_spoke_prints_its_name_and_value_as_text() -> None:
    assert inside(DRAWN)
    printed = [one.lines for one in labels(DRAWN)]
    assert ["".join(name) for *name, _value in printed] == [
        "การดูแลสุขภาพตามกลุ่มวัย", "<b>พชอ.</b>& DHS", "การพัฒนาระบบบริการ", "Customerfocus",
    ]  # fmt: skip
    assert [value for *_name, value in printed] == ["2.50", "0.00", "ไม่ได้ส่ง", "5.00"]
    assert len(of_class(DRAWN, "t-value")) == 4


@pytest.mark.parametrize("name", ["ก", "การประเมินตนเองและทำแผนปรับปรุง", "ต" * 22])
@pytest.mark.parametrize("count", [3, 4, 5, 8])
def test_no_label_runs_out_of_the_drawing(name: str, count: int) -> None:
    found = radar("k", "title", [Spoke(name, 1, "100.0")] * count, 5.0)
    assert inside(found)
    for text in parsed(found).iter("text"):
        anchor, x = text.get("text-anchor", "start"), float(lines_of(text)[0].get("x"))
        widest = max(width_of(line.text) for line in lines_of(text))
        begin = {"start": x, "middle": x - widest / 2, "end": x - widest}[anchor]
        assert begin >= -1
        assert begin + widest <= WIDTH + 1


def test_the_round_before_is_a_thin_outline_only_where_there_was_one() -> None:
    before = radar("k", "title", SPOKES, 5.0, before=(1, None, 1, 1))
    assert len(of_class(before, "t-before")) == 1
    assert not of_class(DRAWN, "t-before")


def test_every_value_answers_to_the_pointer_and_stands_in_the_description() -> None:
    assert [DRAWN.description[mark.place].rpartition(": ")[2] for mark in DRAWN.marks] == [
        "2.50", "0.00", "5.00",
    ]  # fmt: skip
    assert parsed(DRAWN).find("desc").text.endswith("Customer focus: 5.00")


@pytest.mark.parametrize("count", [2, 9])
def test_fewer_than_three_or_more_than_eight_make_no_radar(count: int) -> None:
    with pytest.raises(ValueError, match="spokes"):
        radar("k", "title", SPOKES[:1] * count, 5.0)
