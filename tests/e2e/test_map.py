"""The map in a real browser, on a page of its own: pointed at, chosen, read, and sent."""

import re
import shutil
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from components.frame.navigation import menu
from core.services.geography.district_shapes import DistrictFile, keep, read_districts
from tests.core.services.geography.test_district_shapes import feature, geojson, square
from tests.e2e.conftest import ROOT, Visit, drawn, running_app, settle
from tests.e2e.reading import assert_fits, assert_no_barrier_anywhere, english_words

VIEWS = {
    "provinces": "?area=P50",
    "levels": "?view=levels",
    "region": "?focus=R08&area=P41",
    "facilities": "?view=facilities&focus=P50&area=10713",
    "districts": "?view=districts&focus=P60&area=D6001",
}
CHART = ".t-map-chart"
BOX = """e => {
  const { x, y, width, height } = e.getBoundingClientRect();
  return [x, y, width, height];
}"""

BY_ARROWS = """(chart, start) => {
  const reached = new Set([start]);
  for (const code of reached) {
    for (const key of ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"]) {
      chart.querySelector(`[role='button'][data-code='${code}']`).focus();
      document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
      reached.add(document.activeElement.dataset.code);
    }
  }
  return [...reached];
}"""


def districts() -> DistrictFile:
    """Nakhon Sawan as a chequered flag."""
    cells = [(99.5 + 0.25 * (n % 4), 15.2 + 0.25 * (n // 4)) for n in range(15)]
    codes = [f"60{n + 1:02}" for n in range(15)]
    found = read_districts(
        geojson(*(feature(c, square(*cell, 0.25)) for c, cell in zip(codes, cells, strict=True)))
    )
    assert len(found.shapes) == 15
    return found


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app with the map instead of its first page, and with the districts of one province."""
    home = tmp_path_factory.mktemp("map")
    root = home / "app"
    for folder in (".streamlit", "components", "core", "data", "pages", "static"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("var"))
    shutil.copy(ROOT / "app.py", root)
    shutil.copy(Path(__file__).parent / "map_page.py", root / "pages" / f"{menu().pages[0].id}.py")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRUAT_VAR_FOLDER", str(home / "var"))
        keep(districts())
        with running_app(home, root) as address:
            yield address


def area(page: Page, code: str) -> Locator:
    """An area or facility of the map that can be pressed."""
    return page.locator(f"{CHART} [role='button'][data-code='{code}']")


def ranked(page: Page, code: str) -> Locator:
    return page.locator(f".t-map-list button[data-code='{code}']")


def told(page: Page, *codes: str | None) -> None:
    """Which area the address named in each run so far."""
    expect(page.locator("#told")).to_have_text(str(list(codes)))


def shapes_stand(page: Page) -> None:
    expect(page.locator(".t-map-list tbody tr").first).to_be_visible()
    expect(page.locator(f"{CHART} [role='button']").first).to_be_attached()


@pytest.mark.parametrize("view", VIEWS)
def test_no_barrier_in_any_view(look: Visit, view: str) -> None:
    assert_no_barrier_anywhere(look, VIEWS[view], shapes_stand)


def test_every_province_is_drawn_and_counted(look: Visit) -> None:
    page = look()
    expect(page.locator(f"{CHART} [role='button']")).to_have_count(77)
    expect(page.locator(".t-map-list tbody tr")).to_have_count(77)
    counted = page.locator(".t-map-key b").all_inner_texts()
    assert sum(map(int, counted)) == 77
    expect(page.get_by_role("group", name="ร้อยละที่ผ่าน")).to_be_visible()


def test_a_click_chooses_once_and_shows_what_was_chosen(visit: Visit) -> None:
    page = visit()
    area(page, "P30").click()
    expect(page).to_have_url(re.compile(r"\?area=P30$"))
    told(page, None, "P30")
    expect(area(page, "P30")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(f"{CHART} [aria-pressed='true']")).to_have_count(1)
    expect(page.locator(".t-map-name")).to_have_text("นครราชสีมา")
    ranked(page, "P40").click()
    told(page, None, "P30", "P40")
    page.go_back()
    expect(page.locator(".t-map-name")).to_have_text("นครราชสีมา")


def test_the_keyboard_moves_by_arrows_and_stays_where_it_was(visit: Visit) -> None:
    page = visit("?area=P30")
    area(page, "P30").focus()
    page.keyboard.press("ArrowRight")
    expect(area(page, "P31")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowLeft")
    expect(area(page, "P31")).not_to_be_focused()
    page.keyboard.press("Home")
    first = page.locator(".t-map-list tbody tr").first.get_attribute("data-code")
    assert first is not None
    expect(area(page, first)).to_be_focused()
    page.keyboard.press("Enter")
    told(page, "P30", first)
    expect(area(page, first)).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.press("Space")
    expect(page.locator("#told")).to_have_text(re.compile(rf"\['P30', '{first}', 'P\d\d'\]"))


def test_tab_enters_the_map_once_and_the_ranking_once(visit: Visit) -> None:
    page = visit("?area=P30")
    area(page, "P30").focus()
    page.keyboard.press("Tab")
    # Between them stand what takes the figures away and what sorts the ranking.
    while page.evaluate("document.activeElement.matches('.t-map :is(.t-take, .t-sort)')"):
        page.keyboard.press("Tab")
    expect(ranked(page, "P30")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(ranked(page, "P30")).not_to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#told")).to_have_text(re.compile(r"\['P30', 'P\d\d'\]"))
    page.keyboard.press("Tab")
    assert not page.evaluate("document.querySelector('.t-map').contains(document.activeElement)")


def test_every_area_can_be_reached_by_arrows(visit: Visit) -> None:
    """From any province one comes to any other: arrows lead everywhere."""
    page = visit()
    expect(area(page, "P10")).to_be_attached()
    # Pressed within the page: a thousand keys of the driver would take ten times as long.
    assert len(page.locator(CHART).evaluate(BY_ARROWS, "P10")) == 77


def test_the_name_stands_there_for_pointer_and_keyboard(visit: Visit) -> None:
    page = visit()
    tip = page.locator(".t-map-tip")
    expect(tip).to_be_hidden()
    area(page, "P30").hover()
    expect(tip).to_contain_text("นครราชสีมา")
    expect(page.locator("tr.t-at")).to_have_attribute("data-code", "P30")
    area(page, "P30").click()
    told(page, None, "P30")
    expect(tip).to_contain_text("นครราชสีมา")
    page.mouse.move(5, 5)
    expect(tip).to_be_hidden()
    page.keyboard.press("Tab")
    area(page, "P40").focus()
    expect(tip).to_contain_text("ขอนแก่น")
    ranked(page, "P13").hover()
    expect(tip).to_contain_text("ปทุมธานี")


def test_bangkok_can_be_hit_in_its_inset(visit: Visit) -> None:
    page = visit()
    inset = page.locator(f"{CHART} g[aria-hidden] path[data-code='P10']")
    small, large = (e.evaluate(BOX) for e in (area(page, "P10"), inset))
    assert large[2] > 3 * small[2]
    assert min(large[2:]) > 24
    inset.click()
    told(page, None, "P10")


def test_status_is_never_colour_alone(look: Visit) -> None:
    page = look("?focus=R08")
    expect(area(page, "P42")).to_be_visible()
    for tone, sign in (("fail", "✕"), ("watch", "!"), ("pass", "✓"), ("none", "–")):
        assert sign in page.locator(f"{CHART} text.t-map-{tone}").all_text_contents()
    patterns = page.locator(f"{CHART} pattern path").evaluate_all(
        "found => found.map((path) => path.getAttribute('d'))"
    )
    assert len(set(patterns)) == 4
    expect(area(page, "P42")).to_have_attribute("aria-label", "เลย, 4.2, ผ่าน")


def test_thailand_keeps_its_proportions(look: Visit) -> None:
    page = look()
    expect(area(page, "P30")).to_be_visible()
    land = page.locator(f"{CHART} .t-map-coast").first
    _, _, width, height = land.evaluate(BOX)
    assert height / width == pytest.approx(1650 / 890, rel=0.06)
    _, _, _, room = page.locator(CHART).evaluate(BOX)
    assert height > 0.9 * room


def test_a_region_fills_the_frame_and_its_neighbours_are_still(visit: Visit) -> None:
    page = visit("?focus=R08")
    expect(page.locator(f"{CHART} [role='button']")).to_have_count(7)
    _, _, width, _ = page.locator(f"{CHART} .t-map-focus").evaluate(BOX)
    _, _, room, _ = page.locator(CHART).evaluate(BOX)
    assert width > 0.9 * room
    page.locator(f"{CHART} .t-map-context").nth(20).dispatch_event("click")
    told(page, None)


def test_regions_are_areas_too(visit: Visit) -> None:
    page = visit("?view=regions")
    expect(page.locator(f"{CHART} [role='button']")).to_have_count(13)
    area(page, "R03").focus()
    page.keyboard.press("Enter")
    told(page, None, "R03")


def test_facilities_are_circles_that_do_not_hide_one_another(visit: Visit) -> None:
    page = visit(VIEWS["facilities"])
    circles = page.locator(f"{CHART} .t-map-point")
    expect(circles).to_have_count(9)
    places = circles.locator("circle").evaluate_all(f"found => found.map({BOX})")
    for one, other in combinations(places, 2):
        apart = ((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) ** 0.5
        assert apart >= one[2] - 1.5
    expect(area(page, "10713").locator("text")).to_have_text("7")
    expect(page.locator(".t-map-hint")).to_contain_text("ไม่มีตำแหน่งบนแผนที่: 1")
    area(page, "11125").click()
    told(page, "10713", "11125")


def test_a_name_is_text_and_nothing_else(visit: Visit) -> None:
    page = visit(f"{VIEWS['facilities']}&lang=en")
    expect(ranked(page, "11121")).to_have_text("<i>เชียงดาว</i>")
    area(page, "11121").hover()
    expect(page.locator(".t-map-tip strong")).to_have_text("<i>เชียงดาว</i>")
    expect(page.locator(".t-map i")).to_have_count(0)


def test_loaded_districts_are_shapes_and_others_are_in_the_ranking(visit: Visit) -> None:
    page = visit(VIEWS["districts"])
    expect(page.locator(f"{CHART} [role='button']")).to_have_count(15)
    area(page, "D6007").click()
    told(page, "D6001", "D6007")
    page = visit("?view=districts&focus=P50")
    expect(page.locator(".t-map-list tbody tr")).to_have_count(25)
    expect(page.locator(".t-map-hint")).to_contain_text("ไม่มีตำแหน่งบนแผนที่: 25")
    ranked(page, "D5001").click()
    told(page, None, "D5001")


def test_on_a_telephone_the_ranking_has_what_is_too_small_on_the_map(visit: Visit) -> None:
    page = visit(size="telephone")
    expect(page.locator(".t-map-list tbody tr")).to_have_count(77)
    expect(page.locator(CHART)).to_be_visible()
    assert_fits(page)
    expect(page.locator(".t-map-key")).to_be_visible()
    ranked(page, "P20").click()
    told(page, None, "P20")


def test_turned_on_its_side_a_telephone_shows_the_map(visit: Visit) -> None:
    page = visit(size="telephone")
    expect(page.locator(CHART)).to_be_visible()
    page.set_viewport_size({"width": 844, "height": 390})
    expect(area(page, "P30")).to_be_visible()


@pytest.mark.parametrize("how", ["style.fontSize = '24px'", "style.zoom = 1.4"])
def test_in_a_larger_size_the_map_stays_in_its_frame(visit: Visit, how: str) -> None:
    page = visit("?area=P50")
    expect(page.locator(".t-map-name")).to_be_visible()
    page.locator("html").evaluate(f"html => {{ html.{how} }}")
    drawn(page)
    x, y, width, height = page.locator(CHART).evaluate(BOX)
    left, top, across, down = page.locator(f"{CHART} .t-map-coast").first.evaluate(BOX)
    assert x <= left
    assert y <= top
    assert left + across <= x + width
    assert top + down <= y + height
    assert left + across / 2 == pytest.approx(x + width / 2, abs=3)


def test_shapes_come_once_and_a_click_is_light(visit: Visit) -> None:
    page = visit()
    expect(area(page, "P30")).to_be_visible()
    asked: list[str] = []
    received: list[int] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda ws: ws.on("framereceived", lambda data: received.append(len(data))))
    # Listening begins when the connection stands already: it has to be made anew.
    page.reload()
    expect(area(page, "P30")).to_be_visible()
    settle(page)
    asked.clear()
    received.clear()
    area(page, "P30").click()
    told(page, None, "P30")
    settle(page)
    assert asked == []
    assert 0 < sum(received) <= 60_000


def test_without_shapes_the_ranking_still_works(visit: Visit) -> None:
    page = visit("criteria")
    page.route("**/geo/provinces.json*", lambda route: route.fulfill(status=404))
    page.goto(page.url.replace("/criteria", "/"))
    expect(page.locator(".t-map-hint")).to_contain_text("โหลดแผนที่ไม่สำเร็จ")
    expect(page.locator(CHART)).to_be_hidden()
    ranked(page, "P20").click()
    told(page, None, "P20")


def test_it_speaks_the_readers_language(look: Visit) -> None:
    page = look(VIEWS["provinces"])
    expect(area(page, "P50")).to_be_visible()
    assert english_words(page) == set()
    page = look(f"{VIEWS['provinces']}&lang=en")
    expect(area(page, "P50")).to_have_attribute("aria-label", "Chiang Mai, 5.0, Fail")
    assert not re.search("[\u0e00-\u0e7f]", page.locator(".t-map").inner_text())
