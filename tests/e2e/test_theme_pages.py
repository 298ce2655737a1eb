"""Pages of themes with a country of figures in a real browser: barriers, words, the way down."""

import re
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from components.frame.navigation import menu
from core.criteria.catalog import catalog, measures
from tests.demonstration import demo_database
from tests.e2e.conftest import Visit, running_app, settle
from tests.e2e.reading import assert_no_barrier, english_words, thai_texts
from tests.e2e.tabs import SIZES

THEMES = [theme.id for theme in menu().pages if theme.indicators]
HOSPITAL = "facility?area=99005&period=2566-M12"
THAI_IN_ENGLISH = {menu().switch.en}


def _names() -> set[str]:
    """Latin words in the Thai names of rules and figures: the field's own, not ours."""
    rules = catalog().ruleset(2566).nodes.values()
    texts = [text.th for node in rules for text in (node.name, node.short, node.hint) if text]
    texts += [measure.name.th for measure in measures().values()]
    texts += [text.th for known in catalog().criteria.values() for e in known.editions
              for text in (*(a.text for a in e.assumptions), *e.notes)]  # fmt: skip
    return set(re.findall("[a-z]{2,}", " ".join(texts).lower()))


NAMES = _names()
# Columns of a sheet, the kind of its file, and what a group of hospitals is called.
CELLS = re.compile(
    "[a-z]{2}|procure|invs|demo|finance|revenue|msss|payables|sproi|coverage|compensation|csv"
)


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an app that shows the demonstration."""
    home = tmp_path_factory.mktemp("country")
    (home / "var").mkdir()
    shutil.copyfile(demo_database(tmp_path_factory), home / "var" / "demo.db")
    with running_app(home) as address:
        yield address


@pytest.mark.parametrize("path", [*THEMES, HOSPITAL])
def test_a_full_page_has_no_barrier_and_no_foreign_word(look: Visit, path: str) -> None:
    page = look(path)
    if path in THEMES and path != "governance":
        assert_above_the_fold(page)
    foreign = english_words(page) - NAMES
    assert {word for word in foreign if not CELLS.fullmatch(word)} == set()
    assert_no_barrier(page)
    other = "&" if "?" in path else "?"
    english = look(f"{path}{other}lang=en", size="telephone", scheme="dark")
    assert thai_texts(english) - THAI_IN_ENGLISH == set()
    assert_no_barrier(english)


def assert_above_the_fold(page: Page) -> None:
    """Title, tiles and the main chart."""
    for part, most in ((".t-headline", 0.32), (".t-tiles", 0.9), (".t-map-chart", 0.98)):
        box = page.locator(part).first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] < most * SIZES["desk"][1], part


def test_three_clicks_lead_from_the_country_to_the_why_of_one_result(visit: Visit) -> None:
    page = visit("revenue")
    page.locator(".t-map-chart [role='button'][data-code='P61']").click()
    expect(page.locator(".t-breadcrumb li").last).to_have_text("อุทัยธานี")
    settle(page)
    page.get_by_role("link", name="เหตุผล").first.click()
    expect(page).to_have_url(re.compile("/facility"))
    settle(page)
    opened = page.locator("details[open]").first
    expect(opened).to_be_visible()
    expect(opened).to_contain_text("โครงสร้าง (Structure)")
    page.go_back()
    expect(page).to_have_url(re.compile(r"/revenue\?.*area=P61"))


def test_a_round_chosen_stands_in_the_address_and_follows_to_other_themes(visit: Visit) -> None:
    page = visit("supplies")
    page.get_by_label("งวด").click()
    page.get_by_role("option", name="รอบที่ 1 · ปีงบ 2566").click()
    expect(page).to_have_url(re.compile("period=2566-R1"))
    settle(page)
    page.get_by_role("link", name="การบริหารการจ่ายเงิน").click()
    expect(page).to_have_url(re.compile("/payables.*period=2566-R1"))
    settle(page)
    expect(page.locator("h1")).to_contain_text("รอบที่ 1")
