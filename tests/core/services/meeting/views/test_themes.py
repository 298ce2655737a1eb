"""Slides of themes, matrices, self-assessments and of all indicators at once."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from core.reports.slide import Bars, Matrix, Radar
from core.services.meeting.slides import has_slide, slide_of
from core.services.profiles.networks import star_view
from core.services.profiles.wording import star_message
from core.services.rules.menu import menu
from core.services.themes.view import resolve_selection, theme_view
from tests.core.services.meeting.conftest import check, seen

ONE_DATABASE = True
WITHOUT = {
    "audit", "meeting", "uploads", "upload", "criteria", "readings", "agreement", "users", "verify",
}  # fmt: skip


def test_every_page_of_results_has_a_slide_and_no_other() -> None:
    assert {page.id for page in menu().pages if not has_slide(page.id)} == WITHOUT
    assert not has_slide("nothing")


def test_a_page_without_one_is_refused(engine: Engine) -> None:
    with pytest.raises(KeyError):
        slide_of(engine, "upload", {})


@pytest.mark.parametrize("page", [page.id for page in menu().pages if page.id not in WITHOUT])
@pytest.mark.parametrize("area", ["", "R03", "P61", "D6102", "11201"])
def test_every_slide_keeps_its_promises_everywhere(themed: Engine, page: str, area: str) -> None:
    check(slide_of(themed, page, {"area": area}), {"area": area})


def test_a_theme_shows_its_facilities_against_the_limit_the_worst_first(themed: Engine) -> None:
    slide = seen(themed, "revenue", area="P61")
    selected = resolve_selection(
        themed, ["revenue.area"], criterion="revenue.area", period="", area="P61"
    )
    assert selected is not None
    units = theme_view(themed, selected).units
    assert isinstance(slide.figure, Bars)
    assert [bar.value for bar in slide.figure.bars] == [one.value for one in units]
    assert [limit.value for limit in slide.figure.limits] == [80.0]
    failing = [line for line in slide.lines if line.tone == "fail"]
    assert [line.text.en for line in failing] == ["Hospital 11201: 60.00%"]
    assert [line.read.en for line in failing] == ["Hospital 11201: 60.00%, asked is above 80%"]
    (judged,) = slide.indicators
    assert [(one.name.en, one.shown.en, one.why.en) for one in judged.failing] == [
        ("Hospital 11201", "60.00%", "asked is above 80%")
    ]


def test_above_a_province_a_theme_shows_areas_against_their_target(themed: Engine) -> None:
    slide = seen(themed, "revenue", area="R03")
    assert isinstance(slide.figure, Bars)
    (bar,) = slide.figure.bars
    assert (bar.name.en, bar.shown.en, bar.tone) == ("Uthai Thani", "33.3 (1/3)", "fail")
    assert [limit.value for limit in slide.figure.limits] == [90.0]
    assert slide.lines[0].text.en == "Uthai Thani: 33.3% (1 of 3)"
    (judged,) = slide.indicators
    assert [(one.name.en, one.why.en) for one in judged.failing] == [
        ("Uthai Thani", "target above 90%")
    ]


def test_one_that_did_not_report_is_a_gap_and_no_zero(themed: Engine) -> None:
    slide = seen(themed, "revenue", area="P61")
    assert isinstance(slide.figure, Bars)
    bars = {bar.name.en: bar for bar in slide.figure.bars}
    assert (bars["Hospital 11203"].value, bars["Hospital 11203"].shown.en) == (None, "Not reported")
    assert "Not reported: 1 · Hospital 11203" in [line.text.en for line in slide.lines]


def test_a_theme_of_which_an_area_told_nothing_has_a_sentence(themed: Engine) -> None:
    slide = seen(themed, "revenue", area="P65")
    assert slide.problem is not None
    assert slide.problem.en == "No facility of Phitsanulok has to report this."


def test_a_matrix_has_the_hospitals_in_need_first(themed: Engine) -> None:
    slide = seen(themed, "governance", area="P61")
    assert isinstance(slide.figure, Matrix)
    name, cells = slide.figure.rows[0]
    assert name.en == "Hospital 11201"
    assert (cells[0].shown.en, cells[0].tone, cells[0].mark) == ("7", "fail", "✕")
    assert len(cells) == len(slide.figure.columns)
    assert slide.lines[0].text.en.startswith("Hospital 11201: red ")


def test_a_network_shows_its_radar_and_its_lowest_sections(themed: Engine) -> None:
    slide = seen(themed, "star", area="D6101")
    shown = star_view(themed, period="", area="D6101")
    assert shown is not None
    assert shown.chosen is not None
    assert isinstance(slide.figure, Radar)
    assert slide.figure.series[-1].values == tuple(s.value for s in shown.radars[0].spokes)
    # The last one says how far it is verified.
    assert len(slide.lines) == min(5, len(shown.sections)) + 1
    assert all(one.origin is not None and ".xlsx" in one.origin.en for one in slide.facts)


def test_a_network_that_sent_nothing_has_a_sentence(themed: Engine) -> None:
    slide = seen(themed, "star", area="D6102")
    assert slide.problem is not None
    assert slide.title.en == "Thap Than: no self-assessment of FY 2561 is stored"


def test_networks_without_a_total_are_not_taken_for_none(themed: Engine) -> None:
    shown = star_view(themed, period="", area="P61")
    assert shown is not None
    assert shown.networks
    partly = tuple(replace(one, total=None) for one in shown.networks)
    message = star_message(replace(shown, networks=partly)).en
    assert message.endswith("assessed themselves, none of them in every section")
    assert "is stored" in star_message(replace(shown, networks=())).en


def test_the_scorecard_puts_rows_that_miss_most_first(themed: Engine) -> None:
    slide = seen(themed, "scorecard", area="P61")
    assert isinstance(slide.figure, Matrix)
    fails = [sum(cell.tone == "fail" for cell in cells) for _name, cells in slide.figure.rows]
    assert fails == sorted(fails, reverse=True)
    assert fails[0] > 0
    assert any("Revenue centre" in line.text.en for line in slide.lines)


def test_a_name_that_no_row_has_is_told(themed: Engine) -> None:
    slide = seen(themed, "scorecard", area="P61", name="nobody")
    assert slide.problem is not None
    assert slide.problem.en == "No row is called “nobody”."


def test_areas_side_by_side_and_a_month_beside_the_one_before(country: Engine) -> None:
    areas = seen(country, "compare", areas="P61,P65")
    assert isinstance(areas.figure, Matrix)
    assert [column.en for column in areas.figure.columns] == ["Uthai Thani", "Phitsanulok"]
    crisis = next(cells for name, cells in areas.figure.rows if "Crisis" in name.en)
    assert [cell.shown.en for cell in crisis] == ["50.0%", "0.0%"]
    assert [cell.tone for cell in crisis] == ["fail", "pass"]
    months = seen(country, "compare", by="periods", area="P61")
    assert isinstance(months.figure, Matrix)
    assert [column.en for column in months.figure.columns] == [
        "May 2566", "Jun 2566", "Change (points)"
    ]  # fmt: skip
