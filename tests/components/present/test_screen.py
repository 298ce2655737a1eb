"""A slide as HTML: what is invented says so, whatever people wrote is text, ways are links."""

from dataclasses import replace

import pytest

from components.present.live import way_from
from components.present.screen import Way, slide_html
from components.reader.streamlit_internals import as_view_of
from core.text import Text
from tests.e2e.slide_pages import MOMENT
from tests.slides import SLIDES, slide


def test_invented_figures_are_marked_and_others_are_not() -> None:
    way = Way(end="/")
    assert 'role="note"' in slide_html(slide(), MOMENT, way)
    assert 'role="note"' not in slide_html(slide(), replace(MOMENT, is_demonstration=False), way)


@pytest.mark.parametrize("kind", SLIDES)
def test_a_slide_has_one_title_and_at_most_one_figure(kind: str) -> None:
    html = slide_html(SLIDES[kind], MOMENT, Way(end="/"))
    assert html.count("<h1") == 1
    assert html.count("<svg") == (SLIDES[kind].figure is not None)


def test_what_a_person_wrote_is_text() -> None:
    wicked = Text("<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>")
    html = slide_html(replace(slide(), title=wicked, sources=(wicked,)), MOMENT, Way(end="/"))
    assert "<img" not in html


def test_a_numbered_slide_says_its_number_and_how_far_one_can_jump() -> None:
    html = slide_html(slide(), MOMENT, Way(end="/", next="?item=3", number=2, of=7))
    assert 'data-present="items"' in html
    assert 'data-of="7"' in html
    assert "2/7" in html
    assert 'rel="next"' in html
    assert 'rel="prev"' not in html
    assert 'data-present="items"' not in slide_html(slide(), MOMENT, Way(end="/"))


def test_the_way_leads_through_the_pages_that_have_slides() -> None:
    pages = ["overview", "upload", "crisis", "criteria", "facility"]
    with as_view_of("area=P61&present=1&why=x&leaf=3"):
        way = way_from("crisis", pages)
        assert way.previous == "./?area=P61&present=1"
        assert way.next == "facility?area=P61&present=1"
        assert way.end == "crisis?area=P61"
    with as_view_of("present=1"):
        assert way_from("facility", pages).next == ""
        assert way_from("upload", pages).previous == "./?present=1"
