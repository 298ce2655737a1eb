"""Slides of areas say what the pages say, in both languages, with the same figures."""

import pytest
from sqlalchemy import Engine

from core.periods import parse_period
from core.reports.slide import AreaMap, Bars
from core.scoring.base.states import Verdict
from core.services.meeting.slides import has_slide
from core.services.meeting.views.figures import hospital_bars
from core.services.overview.crisis import crisis_view
from core.services.overview.view import overview
from core.services.rules.menu import menu
from core.store.engine.unit_of_work import unit_of_work
from core.store.register.repository import enter_areas, enter_facilities
from core.store.register.row import AreaRow, FacilityRow
from core.text import Text
from tests.core.services import lit
from tests.core.services.meeting.conftest import seen, tell_judged
from tests.core.store.filling import hospital

ONE_DATABASE = True
NOTHING_SENT = {
    "strategy": "No strategy plan is stored yet",
    "backoffice": "Nothing of back-office relief is stored yet",
    "claims": "No file of claims was sent yet.",
    "performance": "Nothing of a department's performance is stored yet",
}
"""Documents of their own are missed by their names."""
NOW = parse_period("2566-M09")


def test_the_title_is_the_key_message_in_both_languages(country: Engine) -> None:
    slide = seen(country, "overview")
    assert slide.title.en == (
        "Thailand: 2 of 5 hospitals are at level 4–7 (40.0%) · Level 7: 2 hospitals (target none)"
        " · Levels 4–6: 0.0% (target at most 2%) · Fail"
    )
    assert slide.title.th.startswith("ประเทศไทย: โรงพยาบาล 2 จาก 5 แห่งอยู่ระดับ 4–7")
    assert slide.place.en == "Thailand"
    assert slide.period.en == "Jun 2566 · FY 2566"


def test_above_a_province_the_map_has_the_areas_of_the_page(country: Engine) -> None:
    slide = seen(country, "overview", area="R03")
    shown = overview(country, NOW, "R03", "crisis")
    assert isinstance(slide.figure, AreaMap)
    assert [one.code for one in slide.figure.areas] == [row.place.code for row in shown.shown]
    assert slide.figure.areas[0].shown.en == "50.0 (2/4)"
    assert slide.figure.areas[0].tone == "fail"
    assert slide.target is not None
    assert slide.target.en == "Target Level 7: none, Levels 4–6: at most 2%"


def test_in_a_province_hospitals_stand_with_longitude_first(country: Engine) -> None:
    slide = seen(country, "overview", area="P61")
    assert isinstance(slide.figure, AreaMap)
    places = {one.code: one for one in slide.figure.areas}
    assert places["11201"].position == (100.02, 15.38)
    assert (places["11201"].tone, places["11201"].shown.en) == ("7", "Level 7")
    assert (places["11203"].tone, places["11203"].shown.th) == ("0", "ระดับ 0")
    assert slide.figure.focus == "P61"


def test_hospitals_without_a_place_on_the_map_are_bars(country: Engine) -> None:
    with unit_of_work(country) as session:
        enter_facilities(session, [hospital(f"1120{n}", "D6101") for n in range(1, 5)])
        session.commit()
    slide = seen(country, "overview", area="D6101", period="2566-M09")
    assert isinstance(slide.figure, Bars)
    assert [bar.value for bar in slide.figure.bars] == sorted(
        (bar.value for bar in slide.figure.bars), reverse=True
    )
    assert [limit.value for limit in slide.figure.limits] == [4.0]


def test_lines_begin_with_the_gravest(country: Engine) -> None:
    lines = seen(country, "overview", area="P61").lines
    assert [line.text.en for line in lines[:2]] == [
        "At level 6–7: 2 · Hospital 11202 (level 7) · Hospital 11201 (level 7)",
        "Risen to or within level 4–7 in a month: 1 · Hospital 11202 (0 → 7)",
    ]
    assert (lines[0].tone, lines[0].status.th) == ("fail", "ไม่ผ่าน")


def test_bars_of_levels_are_those_of_the_page(country: Engine) -> None:
    slide = seen(country, "crisis")
    counts = crisis_view(country, NOW, "TH").distribution
    assert isinstance(slide.figure, Bars)
    assert [bar.value for bar in slide.figure.bars] == [one.now for one in counts]
    assert slide.figure.bars[0].name.en == "Level 7"
    assert slide.figure.bars[-1].tone == "none"


def test_hospitals_in_crisis_are_named_with_their_tests_then_who_moved_and_who_is_silent(
    country: Engine,
) -> None:
    lines = seen(country, "crisis").lines
    assert [(line.tone, line.text.en) for line in lines] == [
        ("7", "Hospital 11202, risen from 0: Survival · Current ratio · and more: 4"),
        ("7", "Hospital 11201: Survival · Current ratio · and more: 4"),
        ("watch", "Since the month before 1 rose and 1 fell."),
        ("none", "Without a level: Hospital 11302"),
    ]
    assert lines[1].read.en.startswith("Hospital 11201: Survival · Current ratio · Quick ratio · ")
    assert "more" not in lines[1].read.en
    assert (lines[0].status.th, lines[0].status.en) == ("ระดับ 7 · กรอกเอง", "Level 7 · typed")


def test_what_levels_rest_on_stands_above_the_key_message_and_behind_the_slide(
    country: Engine,
) -> None:
    for page in ("overview", "crisis"):
        slide = seen(country, page, area="P61")
        assert slide.where[-1].en == "levels: typed 4"
        assert slide.facts[1].shown.th == "ระดับจาก: กรอกเอง 4"
    assert "levels" not in seen(country, "overview", area="P61", indicator="tps").where[-1].en


def test_figures_of_the_worst_name_their_file_sheet_and_cell(country: Engine) -> None:
    reported, _rests, level, *facts = seen(country, "overview", area="P61").facts
    assert (reported.shown.en, reported.origin) == ("4/4", Text("", "")), "a count is in no cell"
    assert level.name.en == "Hospital 11201: Crisis level"
    assert level.origin
    assert (level.shown.en, level.origin.en) == ("Level 7", "typed")
    first = facts[0]
    assert first.name.en == "Hospital 11201: Current assets"
    assert first.shown.en == "50 baht"
    assert first.origin is not None
    assert first.origin.en.startswith("file “การเงิน.xlsx”, sheet “การเงิน”, cell B2, sent on ")
    assert first.origin.th.startswith("ไฟล์ “การเงิน.xlsx”, ชีต “การเงิน”, เซลล์ B2, ส่งเมื่อ ")


def test_what_is_judged_names_who_does_not_pass_and_why(country: Engine) -> None:
    level, others = seen(country, "crisis", area="P61").indicators
    assert (level.result.en, level.target.en) == ("50.0% (2 of 4)", "none")
    assert level.status.en == "Fail"
    assert [one.name.en for one in level.failing] == ["Hospital 11202", "Hospital 11201"]
    assert level.failing[0].shown.en == "Level 7 · typed"
    assert level.failing[0].why.en == (
        "does not pass: Survival, Current ratio, Quick ratio, Cash ratio, and more: 2"
    )
    assert (others.failing, others.status.en) == ((), "Pass")


def test_above_a_province_those_that_do_not_pass_are_areas(country: Engine) -> None:
    level, others = seen(country, "crisis").indicators
    assert [(one.name.en, one.shown.en) for one in level.failing] == [
        ("Uthai Thani", "50.0% (2 of 4)")
    ]
    assert others.failing == ()


def test_where_nothing_is_pressing_a_line_says_so(country: Engine) -> None:
    lines = seen(country, "crisis", area="P65", period="2566-M08").lines
    assert [line.text.en for line in lines] == ["No hospital is at level 4–7."]
    assert lines[0].tone == "pass"


def test_who_is_silent_could_still_change_the_verdict(country: Engine) -> None:
    first, second = seen(country, "overview", area="P65").lines
    assert first.text.en == "Without a level, for lack of figures: 1 · Hospital 11302"
    assert second.text.en == "Areas whose verdict these could change: 1 · Mueang Phitsanulok"


def enter(engine: Engine, *hospitals: FacilityRow) -> None:
    """Add a province whose only hospitals these are."""
    with unit_of_work(engine) as session:
        enter_areas(
            session,
            [
                AreaRow("P60", "นครสวรรค์", "Nakhon Sawan", "R03"),
                AreaRow("D6001", "เมืองนครสวรรค์", "Mueang Nakhon Sawan", "P60"),
            ],
        )
        enter_facilities(session, hospitals)
        session.commit()


@pytest.mark.parametrize("page", ["overview", "crisis"])
def test_a_province_without_a_report_has_a_sentence(country: Engine, page: str) -> None:
    enter(country, hospital("11401", "D6001"))
    slide = seen(country, page, area="P60")
    assert slide.problem is not None
    assert slide.problem.en == "None of its 1 hospital has sent figures for Jun 2566."
    assert slide.title.en == "Nakhon Sawan: no hospital has reported for this month"


@pytest.mark.parametrize("page", ["overview", "crisis"])
def test_a_province_without_a_hospital_has_a_sentence(country: Engine, page: str) -> None:
    enter(country)
    slide = seen(country, page, area="P60")
    assert slide.problem is not None
    assert slide.problem.en == "The register has no hospital in Nakhon Sawan in Jun 2566."


def test_scores_nobody_has_are_told_apart_from_figures_nobody_sent(country: Engine) -> None:
    slide = seen(country, "overview", area="P61", indicator="tps")
    assert slide.problem is not None
    assert slide.problem.en == "None of its 4 hospitals has a score for Jun 2566."


@pytest.fixture
def scored(country: Engine) -> Engine:
    """The same with scores of two hospitals of a province, one of them high enough."""
    scores = {"11201": (3.0, Verdict.FAIL), "11203": (13.0, Verdict.PASS)}
    tell_judged(country, "tps.grade", NOW, scores)
    areas = {"TH": (1, 4), "R03": (1, 4), "P61": (1, 4)}
    lit.tell_shares(country, "crisis.efficiency", NOW, areas, reporting=2)
    return country


def test_scores_name_who_has_too_few_points_and_who_has_none(scored: Engine) -> None:
    slide = seen(scored, "overview", area="P61", indicator="tps")
    assert [line.text.en for line in slide.lines] == [
        "Hospital 11201: 3.00 points",
        "Without a complete score: Hospital 11202 · Hospital 11204",
    ]
    (judged,) = [one for one in slide.indicators if "TPS" in one.name.en]
    assert [(one.name.en, one.shown.en) for one in judged.failing] == [
        ("Hospital 11201", "3.00 points")
    ]
    above = seen(scored, "overview", area="R03", indicator="tps").lines
    assert [line.text.en for line in above] == ["Uthai Thani: 25.0% (1 of 4)"]


def test_scores_without_a_place_on_the_map_are_bars_of_points(scored: Engine) -> None:
    shown = overview(scored, NOW, "P61", "tps")
    bars = hospital_bars(Text("ก", "a"), shown.shown, "tps", shown.edges)
    assert {bar.name.en: bar.value for bar in bars.bars} == {
        row.place.name.en: row.points for row in shown.shown
    }
    assert [bar.tone for bar in bars.bars if bar.value == 13.0] == ["pass"]
    assert [limit.value for limit in bars.limits] == [shown.edges.passing]


def test_an_area_that_there_is_not_is_the_country_as_on_the_page(country: Engine) -> None:
    assert seen(country, "overview", area="P99").place.en == "Thailand"
    assert seen(country, "overview", area="<b>").place.en == "Thailand"


def test_an_earlier_month_is_another_slide(country: Engine) -> None:
    assert "2 of 6 hospitals" in seen(country, "overview", period="2566-M08").title.en


@pytest.mark.parametrize("page", [page.id for page in menu().pages if has_slide(page.id)])
def test_an_empty_store_says_what_to_do(engine: Engine, page: str) -> None:
    slide = seen(engine, page)
    assert slide.title.en == NOTHING_SENT.get(page, "There are no results yet")
    assert slide.problem is not None
    assert "วางไฟล์" in slide.problem.th
