"""What the demonstration is made from: whole, and without anybody's name."""

import re
from pathlib import Path

import pytest

from core.demo.country.places import districts
from core.demo.files.reporting import demo_reports
from core.demo.parameters import FOLDER, hospital_parameters, reporting_parameters, story_parameters

STORIES = story_parameters()
DISTRICTS = {district.code: district for district in districts()}


def test_every_province_has_a_story_and_every_story_a_province() -> None:
    assert set(STORIES.provinces) == {district.province for district in districts()}
    assert set(STORIES.provinces.values()) == set(STORIES.province_stories)


def test_shares_of_a_province_add_up_and_name_stories_that_are_there() -> None:
    for shares in STORIES.province_stories.values():
        assert sum(shares.values()) == pytest.approx(1)
        assert set(shares) <= set(STORIES.hospital_stories)


@pytest.mark.parametrize("name", ["revenue", "expense", "patients"])
def test_a_year_has_twelve_months_worth_twelve(name: str) -> None:
    months = getattr(STORIES.seasons, name)
    assert len(months) == 12
    assert sum(months) == pytest.approx(12)


def test_ranges_run_upwards() -> None:
    for story in STORIES.hospital_stories.values():
        spans = [
            *story.margin,
            *(getattr(story, n) for n in type(story).model_fields if n != "margin"),
        ]
        assert all(low <= high for low, high in spans)


def test_places_named_are_of_the_register() -> None:
    told = hospital_parameters()
    assert set(told.islands) <= set(DISTRICTS)
    for province, chosen in told.only_in.items():
        assert {DISTRICTS[code].province for code in chosen} == {province}
    assert set(reporting_parameters().silent) <= set(STORIES.provinces)


def test_measures_named_are_invented_ones() -> None:
    told = reporting_parameters()
    named = (
        told.never_reported.measures
        + told.mistyped.measures
        + told.does_not_apply.measures
        + told.contradictory.measures
    )
    assert set(named) <= set(demo_reports().columns)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.name)
def test_no_file_names_a_person(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"นาย|นาง|น\.ส\.|นพ\.|พญ\.|ดร\.|\bMr\b|\bMrs\b|\bDr\b", text)
