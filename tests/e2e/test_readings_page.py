"""Readings of the rules in a real browser: from a score to its contradiction, and no barrier."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.e2e.conftest import SCHEMES, SIZES, Visit, settle

COMPARED = "readings?reading=crisis.level%3Debitda"


def whole(page: Page, size: str) -> Page:
    """The page in a window as high as it is."""
    height = page.locator("[data-testid='stMain']").evaluate("main => main.scrollHeight")
    page.set_viewport_size({"width": SIZES[size][0], "height": height})
    return page


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("path", [COMPARED, f"{COMPARED}&lang=en"])
def test_no_barrier_in_either_size_scheme_and_language(
    visit: Visit, path: str, size: str, scheme: str
) -> None:
    found = Axe().run(whole(visit(path, size=size, scheme=scheme), size))
    assert not found.response["violations"], found.generate_report()


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_wider_than_the_window(visit: Visit, size: str) -> None:
    page = visit(COMPARED, size=size)
    main = page.locator("[data-testid='stMain']")
    assert main.evaluate("main => main.scrollWidth <= main.clientWidth")


def test_title_tiles_and_outcomes_stand_above_the_fold(visit: Visit) -> None:
    page = visit(COMPARED)
    for part in ("h1", ".t-tiles", ".t-outcomes"):
        box = page.locator(part).first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= SIZES["desk"][1], part


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
