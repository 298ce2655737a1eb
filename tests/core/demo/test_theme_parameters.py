"""What the themes are made from: whole, and of the places and stories that are told of."""

from typing import get_args

import pytest

from core.demo.country.places import districts
from core.demo.parameters import Level, hospital_parameters, story_parameters
from core.demo.theme_parameters import Theme, theme_parameters, transfer_parameters
from core.forms.model.form import forms
from core.periods import parse_period

THEMES, TRANSFER = theme_parameters(), transfer_parameters()
PROVINCES = {district.province for district in districts()}


def test_every_story_and_theme_is_told_of() -> None:
    assert set(THEMES.stories) == set(story_parameters().hospital_stories)
    assert set(THEMES.spreads) == set(get_args(Theme))


def test_work_runs_upwards_in_every_range() -> None:
    assert all(0 <= low < high <= 1 for course in THEMES.stories.values() for low, high in course)


def test_places_are_of_the_register_and_of_one_kind_each() -> None:
    told = THEMES.coverage
    named = [province for places in told.places.values() for province in places]
    assert len(named) == len(set(named))
    assert {*named, *told.fss} <= PROVINCES
    assert set(told.places) == set(told.foreign)
    assert set(TRANSFER.without) <= set(hospital_parameters().only_in)


@pytest.mark.parametrize("plan", ["covid", "stroke_stemi", "ods_mis"])
def test_service_plans_tell_of_every_level(plan: str) -> None:
    assert set(getattr(THEMES.sproi, plan).levels) == set(get_args(Level))
    assert set(THEMES.coverage.people) == set(get_args(Level))


def test_rounds_are_told_whole() -> None:
    years, numbers = THEMES.rounds.fiscal_years, range(1, len(THEMES.rounds.quarters) + 1)
    assert set(THEMES.reporting.lost) == {f"{y}-R{n}" for y in years for n in numbers}
    assert len(THEMES.sproi.waning) == len(THEMES.reporting.lost)
    assert TRANSFER.fiscal_year in years
    assert len(TRANSFER.seen) == len(TRANSFER.lost) == len(numbers)


def test_what_was_never_sent_is_a_form_of_a_province_and_time() -> None:
    for form, province, period in THEMES.reporting.never_sent:
        assert form in forms()
        assert province in PROVINCES
        assert parse_period(period).part in ("R", "Q")


def test_units_are_two_to_five() -> None:
    assert set(TRANSFER.units) == {"2", "3", "4", "5"}
    assert sum(TRANSFER.units.values()) == pytest.approx(1)
