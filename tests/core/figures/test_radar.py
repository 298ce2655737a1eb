"""A radar shows its target, its values and nothing it does not know."""

import pytest

from core.figures.radar import Spoke, radar
from core.figures.style import DARK, LIGHT

SPOKES = (
    Spoke("การดูแลสุขภาพตามกลุ่มวัย", 2.5, "2.50"),
    Spoke("<b>พชอ.</b> & DHS", 0.0, "0.00"),
    Spoke("การพัฒนาระบบบริการ", None, "ไม่ได้ส่ง"),
    Spoke("Customer focus", 5.0, "5.00"),
)


def test_the_target_is_dashed_at_full_scale_all_around() -> None:
    target = radar(SPOKES, 5.0).data[0]
    assert list(target.r) == [5.0] * 5
    assert "px" in target.line.dash


def test_a_spoke_without_value_has_no_point_and_stops_the_outline() -> None:
    figure = radar(SPOKES, 5.0)
    _, area, outline, points = figure.data
    assert list(points.r) == [2.5, 0.0, None, 5.0]
    assert list(outline.r) == [2.5, 0.0, None, 5.0, 2.5]
    assert outline.connectgaps is False
    assert list(area.r) == [2.5, 0.0, 0.0, 5.0]


def test_every_spoke_prints_its_name_and_value_as_text() -> None:
    labels = radar(SPOKES, 5.0).layout.polar.angularaxis.ticktext
    assert labels[0] == "การดูแลสุขภาพ<br>ตามกลุ่มวัย<br><b>2.50</b>"
    assert "&lt;b&gt;" in labels[1]
    assert "&amp; DHS" in labels[1]
    assert labels[2].endswith("<b>ไม่ได้ส่ง</b>")


def test_the_margins_hold_the_widest_and_tallest_label() -> None:
    short = radar([Spoke("ก", 1, "1")] * 4, 5.0).layout
    long = radar([Spoke("การประเมินตนเองและทำแผนปรับปรุง", 1, "1")] * 4, 5.0).layout
    for side in ("l", "r", "t", "b"):
        assert long.margin[side] > short.margin[side] > 0
    assert long.height > short.height


@pytest.mark.parametrize("count", [3, 8])
def test_three_to_eight_spokes_make_a_radar(count: int) -> None:
    assert len(radar(SPOKES[:1] * count, 5.0).layout.polar.angularaxis.ticktext) == count


@pytest.mark.parametrize("count", [2, 9])
def test_fewer_or_more_do_not(count: int) -> None:
    with pytest.raises(ValueError, match="spokes"):
        radar(SPOKES[:1] * count, 5.0)


def test_dark_ground_has_colours_of_its_own() -> None:
    light, dark = (radar(SPOKES, 5.0, palette) for palette in (LIGHT, DARK))
    assert light.layout.font.color != dark.layout.font.color
    assert light.data[2].line.color != dark.data[2].line.color
