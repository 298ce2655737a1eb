"""The slide of a facility: what fails, with its figure, its cut-off and how far it is."""

from datetime import date

from sqlalchemy import Engine

from core.periods import parse_period
from core.reports.slide import Radar, Trend
from core.services.profiles.facility import profile
from core.store.engine.unit_of_work import unit_of_work
from core.store.register.repository import enter_facilities
from tests.core.services.meeting.conftest import seen
from tests.core.store.filling import hospital

ONE_DATABASE = True
NOW = parse_period("2566-M09")


def test_the_trend_is_the_level_of_24_months_with_gaps(country: Engine) -> None:
    slide = seen(country, "facility", facility="11202")
    shown = profile(country, "11202", NOW)
    assert shown is not None
    assert isinstance(slide.figure, Trend)
    (levels,) = slide.figure.series
    assert levels.values == tuple(point.level for point in shown.series)
    assert (levels.values[0], levels.shown[0].en) == (None, "not reported")
    assert (levels.values[-1], levels.shown[-1].th) == (7, "ระดับ 7")
    assert [limit.value for limit in slide.figure.limits] == [shown.cutoffs.crisis]
    assert len(slide.figure.periods) == 24
    assert slide.where[-1].th == "ระดับ: กรอกเอง"
    assert slide.facts[0].origin
    assert (slide.facts[0].shown.en, slide.facts[0].origin.en) == ("Level 7", "typed")


def test_failing_tests_have_figure_cutoff_and_distance_the_weightiest_first(
    country: Engine,
) -> None:
    lines = seen(country, "facility", facility="11202").lines
    assert lines[0].read.en.startswith("Survival: 2 of 2 points of risk · With 53.34 baht more NWC")
    assert lines[1].text.en == "Current ratio: 0.5 times, a risk when below 1.5 times"
    assert lines[1].read.en == (
        "Current ratio: 0.5 times, a risk when below 1.5 times · It must rise by 1 times to pass."
    )
    assert lines[1].text.th.startswith("อัตราส่วนทุนหมุนเวียน: 0.5 เท่า (เสี่ยงเมื่อน้อยกว่า 1.5 เท่า)")
    assert lines[-1].text.en.startswith("Also not passing: Net working capital · Net income")
    assert {line.tone for line in lines} == {"fail"}


def test_a_sound_hospital_says_that_all_passes(country: Engine) -> None:
    texts = [line.text.en for line in seen(country, "facility", facility="11203").lines]
    assert not any("a risk when" in text for text in texts)
    assert "crisis level 0" in seen(country, "facility", facility="11203").title.en


def test_the_address_may_name_it_as_an_area(country: Engine) -> None:
    named = seen(country, "facility", area="11202")
    assert named.title == seen(country, "facility", facility="11202", area="P61").title


def test_one_that_is_silent_says_since_when(country: Engine) -> None:
    slide = seen(country, "facility", facility="11302")
    assert slide.problem is not None
    assert slide.where == (slide.place, slide.period), "without a level nothing to rest on"
    assert slide.problem.en == "It has sent no figures for this month; its last are of May 2566."
    assert slide.title.en == "Hospital 11302: nothing reported for Jun 2566, last for May 2566"


def test_one_that_is_closed_says_so_and_one_still_open_that_month_does_not(
    country: Engine,
) -> None:
    with unit_of_work(country) as session:
        closed = [
            hospital("11302", "D6501", closed_on=date(2023, 5, 31)),
            hospital("11401", "D6501", closed_on=date(2023, 6, 30)),
        ]
        enter_facilities(session, closed)
        session.commit()
    gone = seen(country, "facility", facility="11302").problem
    assert gone is not None
    assert gone.en == "It is closed; its last day was 31 May 2566."
    assert gone.th.endswith("31 พ.ค. 2566")
    open_ = seen(country, "facility", facility="11401").problem
    assert open_ is not None
    assert open_.en == "It has sent no figures in the last 24 months."


def test_one_that_nobody_knows_is_named_by_its_code(country: Engine) -> None:
    slide = seen(country, "facility", facility="99999")
    assert slide.title.en == "No hospital has the code 99999"
    assert seen(country, "facility").title.en == "Choose a hospital first"


def test_what_it_reported_of_a_theme_stands_where_the_month_is_missing(themed: Engine) -> None:
    slide = seen(themed, "facility", facility="11202", period="2566-M12")
    assert slide.problem is None
    assert isinstance(slide.figure, Trend | Radar)
