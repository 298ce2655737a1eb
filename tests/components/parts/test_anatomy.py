"""The parts of a page say everything they were given, and nothing of it as HTML."""

# ruff: noqa: PLC0415 - a little page is run by itself and brings its imports along.

import re

from components.parts.anatomy import Past, _spark
from tests.components.drawn import draw, html_of


def tiles() -> None:
    from components.parts.anatomy import Tile, tiles

    tiles(
        [
            Tile(label="A", value="3", target="≤ 4", change="+1", reported=(1200, 1300)),
            Tile(label="<i>", value="–", status="none"),
        ]
    )


def test_a_tile_shows_only_what_there_is() -> None:
    full, bare = html_of(draw(tiles)).split("</li>")[:2]
    for part in ("A", "<strong>3</strong>", "เป้าหมาย ≤ 4", "+1", "รายงานแล้ว 1,200 จาก 1,300 แห่ง"):
        assert part in full
    assert "t-status" not in full
    assert "&lt;i&gt;" in bare
    assert "ไม่มีข้อมูล" in bare
    assert "<small>" not in bare


def messages() -> None:
    from components.parts.anatomy import Message, messages

    messages(
        [
            Message(kind="error", text="108 > 100", where="C47", advice="Mend it"),
            Message(kind="note", text="plain"),
        ]
    )


def test_a_message_says_what_where_and_what_to_do() -> None:
    error, note = html_of(draw(messages)).split("</li>")[:2]
    assert "ข้อผิดพลาด" in error
    assert "<strong>C47</strong>: 108 &gt; 100" in error
    assert "Mend it" in error
    assert "หมายเหตุ" in note
    assert "<strong>" not in note


def place() -> None:
    from components.parts.anatomy import breadcrumb, headline, section, sources

    headline("3 จาก 13", breadcrumb("ประเทศไทย", "<b>"))
    section("ส่วน")
    sources("ก", "ข")


def test_place_title_and_sources() -> None:
    html = html_of(draw(place))
    assert '<nav class="t-breadcrumb" aria-label="ตำแหน่งของหน้านี้"><ol><li>ประเทศไทย</li>' in html
    assert "<li>&lt;b&gt;</li>" in html
    assert '<h1 class="t-headline">3 จาก 13</h1>' in html
    assert '<h2 class="t-section">ส่วน</h2>' in html
    assert '<p class="t-sources">ก · ข</p>' in html


def test_a_period_without_a_figure_is_a_gap_and_no_zero() -> None:
    past = (Past("Jul", 0.0, "0"), Past("Aug", None, "no data"), Past("Sep", 4.0, "4"))
    drawn = str(_spark(past))
    assert re.findall(r"<i[^>]*>", drawn) == [
        '<i style="height:0%">',
        '<i class="t-gap">',
        '<i style="height:100%">',
    ]
    assert "Aug no data" in drawn
    assert str(_spark(past[1:])) == "", "one figure is no course"


def test_bars_below_zero_hang_from_it() -> None:
    past = (Past("Jul", -1.0, "-1"), Past("Aug", 0.0, "0"), Past("Sep", 3.0, "3"))
    assert re.findall(r"<i[^>]*>", str(_spark(past))) == [
        '<i style="height:25%;bottom:0%">',
        '<i style="height:0%;bottom:25%">',
        '<i style="height:75%;bottom:25%">',
    ]
    below = (Past("Jul", -1.0, "-1"), Past("Aug", -4.0, "-4"))
    assert re.findall(r"<i[^>]*>", str(_spark(below))) == [
        '<i style="height:25%;bottom:75%">',
        '<i style="height:100%;bottom:0%">',
    ]
