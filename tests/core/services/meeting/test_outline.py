"""The agenda of an area: what has results, those in need first, always in the same order."""

import pytest
from sqlalchemy import Engine

from core.forms.model.form import AssessmentForm, form
from core.periods import parse_period
from core.services.meeting.outline import AgendaEntry, agenda_of
from core.services.meeting.slides import has_slide, slide_of
from tests.core.services import lit
from tests.core.services.sending import SOUND, register, row, send
from tests.core.store.filling import hospital

ONE_DATABASE = True


def told(entries: tuple[AgendaEntry, ...]) -> list[tuple[str, str]]:
    """Pages with what tells them apart."""
    names = ("facility", "criterion", "matrix", "indicator", "area")
    return [
        (one.page, next(dict(one.parameters)[n] for n in names if n in dict(one.parameters)))
        for one in entries
    ]


def test_a_province_goes_from_its_summary_to_network_after_network(themed: Engine) -> None:
    assert told(agenda_of(themed, "P61", "2566-M12")) == [
        ("overview", "P61"),
        ("crisis", "P61"),
        ("revenue", "revenue.area"),
        ("governance", "governance.financial"),
        ("facility", "11201"),
        ("overview", "D6102"),
        ("facility", "11202"),
        ("facility", "11203"),
    ]


def test_a_network_that_assessed_itself_comes_after_its_hospitals(themed: Engine) -> None:
    known = form("star-2561")
    assert isinstance(known, AssessmentForm)
    for criterion in (known.sections[0].group, known.total):
        lit.tell(themed, criterion, parse_period("2566"), {"D6102": 20.0})
    last = agenda_of(themed, "P61", "2566-M12")[-1]
    assert (last.page, dict(last.parameters)["area"]) == ("star", "D6102")
    assert last.title.en == "Thap Than · Star assessment results"


def test_titles_are_in_both_languages_and_addresses_name_the_month(themed: Engine) -> None:
    first = agenda_of(themed, "P61", "2566-R2")[0]
    assert (first.title.th, first.title.en) == ("สรุปภาพรวม อุทัยธานี", "Uthai Thani: summary")
    assert first.parameters == (("area", "P61"), ("period", "2566-M09"))


def test_a_region_has_the_summaries_of_its_provinces_then_who_needs_attention(
    country: Engine,
) -> None:
    assert told(agenda_of(country, "R03", "")) == [
        ("overview", "R03"),
        ("crisis", "R03"),
        ("overview", "P61"),
        ("facility", "11202"),
        ("facility", "11201"),
    ]


def test_the_country_has_its_regions(country: Engine) -> None:
    summaries = [one for one in agenda_of(country, "", "") if one.page == "overview"]
    assert [dict(one.parameters).get("area") for one in summaries] == [None, "R02", "R03"]


def test_a_facility_has_its_own_page(country: Engine) -> None:
    (entry,) = agenda_of(country, "11202", "")
    assert (entry.page, dict(entry.parameters)["facility"]) == ("facility", "11202")
    assert entry.title.en == "Hospital 11202"


@pytest.mark.parametrize("area", ["", "R03", "P61", "D6101", "P99", "11202"])
def test_every_entry_is_a_slide_with_something_to_show(country: Engine, area: str) -> None:
    entries = agenda_of(country, area, "")
    assert entries
    for one in entries:
        assert has_slide(one.page)
        assert slide_of(country, one.page, dict(one.parameters)).figure is not None


def test_the_order_does_not_depend_on_the_order_of_sending(engine: Engine) -> None:
    register(engine, hospital("11202", "D6102"), hospital("11201"))
    send(engine, row("11202", SOUND), row("11201", SOUND))
    pages = told(agenda_of(engine, "P61", ""))
    assert [which for page, which in pages if page == "facility"] == ["11201", "11202"]


def test_an_empty_store_has_no_agenda(engine: Engine) -> None:
    assert agenda_of(engine, "P61", "") == ()
