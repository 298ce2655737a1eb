"""The slide of foresight: each line says that it is simulated or foretold, none has a verdict."""

from sqlalchemy import Engine

from core.reports.slide import Bars, Slide
from tests.core.services.meeting.conftest import seen

ONE_DATABASE = True
MARKS = {"จำลอง", "พยากรณ์"}


def is_marked(slide: Slide) -> bool:
    return {line.status.th for line in slide.lines} <= MARKS and {"none"} == {
        line.tone for line in slide.lines
    }


def test_an_area_says_what_would_lift_it_and_why_nothing_is_foretold(country: Engine) -> None:
    slide = seen(country, "foresight", area="P61")
    assert is_marked(slide)
    assert isinstance(slide.figure, Bars)
    assert {bar.tone for bar in slide.figure.bars} == {"none"}
    assert "24" in slide.lines[-1].text.th


def test_an_area_that_needs_nothing_says_what_is_missing(country: Engine) -> None:
    slide = seen(country, "foresight", area="P65")
    assert slide.problem is not None
    assert "24" in slide.problem.th


def test_a_hospital_says_its_ways_down(country: Engine) -> None:
    slide = seen(country, "foresight", facility="11201")
    assert is_marked(slide)
    assert slide.title.th.startswith("จำลอง ไม่ใช่ผลจริง")
    assert "ให้ถึงระดับ 6" in slide.title.th
    assert [line.text.th.partition(":")[0] for line in slide.lines[:2]] == [
        "ให้ถึงระดับ 3",
        "ให้ถึงระดับ 0",
    ]


def test_a_hospital_without_a_level_is_told_of(country: Engine) -> None:
    slide = seen(country, "foresight", facility="11302")
    assert slide.problem is not None
    assert "ไม่มีอะไรให้จำลอง" in slide.title.th
