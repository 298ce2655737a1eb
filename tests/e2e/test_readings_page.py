"""Readings of the rules in a real browser: from a score to its contradiction, and no barrier."""

import re

from playwright.sync_api import expect

from tests.e2e.conftest import Visit, settle
from tests.e2e.reading import assert_fits, assert_no_barrier, assert_no_barrier_anywhere
from tests.e2e.tabs import SIZES

COMPARED = "readings?reading=crisis.level%3Debitda"


def test_no_barrier_and_what_counts_stands_above_the_fold(look: Visit) -> None:
    page = look(COMPARED)
    for part in ("h1", ".t-tiles", ".t-outcomes"):
        box = page.locator(part).first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= SIZES["desk"][1], part
    assert_no_barrier_anywhere(look, COMPARED)


def test_no_barrier_in_english(look: Visit) -> None:
    # Longer words, the same colours.
    assert_fits(look(f"{COMPARED}&lang=en"))
    assert_no_barrier(look(f"{COMPARED}&lang=en", size="telephone"))


def test_a_score_leads_to_its_contradiction_and_from_there_to_a_hospital(visit: Visit) -> None:
    page = visit("facility?area=11202&period=2566-M09&lang=en")
    page.get_by_text("Why it comes to this").locator("visible=true").first.click()
    page.get_by_role("link", name="Who would come out otherwise?").locator(
        "visible=true"
    ).first.click()
    expect(page).to_have_url(re.compile(r"/readings\?.*reading=crisis\.level"))
    settle(page)
    expect(page.locator("h1")).to_contain_text("would")
    expect(page).to_have_url(re.compile(r"period=2566-M09"))


def test_another_reading_is_chosen_and_back_leads_to_the_one_before(visit: Visit) -> None:
    page = visit("readings?reading=crisis.level&lang=en")
    page.get_by_role("combobox", name="Reading", exact=True).click()
    page.get_by_role("option", name="Read as: EBITDA").click()
    expect(page).to_have_url(re.compile(r"reading=crisis\.level%3Debitda"))
    settle(page)
    page.go_back()
    expect(page).to_have_url(re.compile(r"reading=crisis\.level&"))
    settle(page)
    expect(page.locator("h1")).to_contain_text("hospitals would change")
