"""An inspection report is about areas, and says each of their indicators once."""

from dataclasses import replace

import pytest

from core.reports.slide import Indicator, Slide
from core.services.meeting.files import inspected, written
from core.text import Text
from tests.core.reports.reports import sample


def word(text: str) -> Text:
    return Text(text, text)


def slide(page: str, place: str, *results: str) -> Slide:
    asked = [
        Indicator(word("ระดับวิกฤต"), word("ไม่มี"), word(one), "fail", word("ไม่ผ่าน"))
        for one in results
    ]
    empty = word("")
    return Slide(page, (), word(place), empty, empty, indicators=tuple(asked))


def told(*slides: Slide) -> list[tuple[str, str, list[str]]]:
    report = inspected(replace(sample(), slides=slides))
    return [(o.page, o.place.th, [i.result.th for i in o.indicators]) for o in report.slides]


def test_the_deck_has_the_borders_of_districts_that_were_loaded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    loaded = {"D6101": ["M2500 6000l200 0 0 200 -200 0z", 2600, 6100, 90]}
    plain = written("deck", sample(), "th")
    monkeypatch.setattr(
        "core.services.meeting.files.shapes_of", lambda province: {"P61": loaded}[province]
    )
    assert len(written("deck", sample(), "th")) > len(plain)


def test_an_indicator_of_a_place_is_told_once_and_that_of_another_place_again() -> None:
    slides = (
        slide("overview", "ก", "1"),
        slide("crisis", "ก", "1", "2"),
        slide("overview", "ข", "1"),
    )
    assert told(*slides) == [
        ("overview", "ก", ["1"]),
        ("crisis", "ก", ["2"]),
        ("overview", "ข", ["1"]),
    ]


def test_single_hospitals_are_left_out_where_areas_are_shown() -> None:
    assert told(slide("overview", "ก", "1"), slide("facility", "รพ.ก"), slide("star", "ข")) == [
        ("overview", "ก", ["1"])
    ]


def test_a_meeting_about_hospitals_alone_is_about_them() -> None:
    assert [page for page, *_ in told(slide("facility", "รพ.ก"), slide("star", "ข"))] == [
        "facility",
        "star",
    ]
