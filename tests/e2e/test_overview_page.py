"""From the country to one hospital in a real browser, and back."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit, settle
from tests.e2e.reading import assert_no_barrier
from tests.e2e.tabs import SIZES

CHART = ".t-map-chart"


def area(page: Page, code: str) -> None:
    """Press an area or a hospital on the map."""
    page.locator(f"{CHART} [role='button'][data-code='{code}']").click()


def place(page: Page, name: str) -> None:
    """Wait until a place is where the reader is."""
    expect(page.locator(".t-breadcrumb li").last).to_have_text(name)
    settle(page)


def test_down_by_clicks_and_up_by_the_path_and_by_back(visit: Visit) -> None:
    page = visit()
    page.get_by_role("link", name="เขตสุขภาพที่ 3").click()
    place(page, "เขตสุขภาพที่ 3")
    area(page, "P61")
    place(page, "อุทัยธานี")
    expect(page).to_have_url(re.compile(r"/\?area=P61$"))
    page.locator(".t-compact").get_by_role("link", name="ทัพทัน").click()
    place(page, "ทัพทัน")
    page.locator(".t-breadcrumb").get_by_role("link", name="อุทัยธานี").click()
    place(page, "อุทัยธานี")
    page.go_back()
    place(page, "ทัพทัน")
    page.go_back()
    place(page, "อุทัยธานี")
    page.go_back()
    place(page, "เขตสุขภาพที่ 3")
    page.go_back()
    place(page, "ประเทศไทย")
    page.go_forward()
    place(page, "เขตสุขภาพที่ 3")


def test_a_link_within_the_app_does_not_load_it_anew(visit: Visit) -> None:
    page = visit()
    page.evaluate("window.here = true")
    page.locator(".t-compact").get_by_role("link", name="เขตสุขภาพที่ 2").click()
    place(page, "เขตสุขภาพที่ 2")
    assert page.evaluate("window.here")


def test_a_copied_address_opens_the_same_view(visit: Visit) -> None:
    page = visit("?area=R03")
    page.get_by_label("เดือน").click()
    page.get_by_role("option", name="พ.ค. 2566").click()
    expect(page.locator("h1")).to_contain_text("2 จาก 4 แห่ง")
    page.get_by_label("ตัวชี้วัด").click()
    page.get_by_role("option", name="ระดับวิกฤตสูงสุด").click()
    expect(page).to_have_url(re.compile("indicator=worst"))
    settle(page)
    other = visit(page.url.split("/", 3)[-1])
    expect(other.locator("h1")).to_have_text(page.locator("h1").inner_text())
    rows = page.locator(".t-map-list").inner_text()
    expect(other.locator(".t-map-list")).to_have_text(rows, use_inner_text=True)


def test_a_hospital_on_the_map_opens_its_page(visit: Visit) -> None:
    page = visit("?area=D6102&lang=en")
    area(page, "11203")
    expect(page).to_have_url(re.compile(r"/facility\?facility=11203"))
    settle(page)
    page.go_back()
    place(page, "Thap Than")


def test_title_tiles_map_ranking_and_attention_stand_above_the_fold(look: Visit) -> None:
    page = look()
    height = SIZES["desk"][1]
    seen = ("h1", ".t-tiles", CHART, ".t-map-list tbody tr", ".t-attention li")
    for part in seen:
        box = page.locator(part).first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= height, part


def test_a_telephone_shows_figures_before_the_long_list(visit: Visit) -> None:
    page = visit(size="telephone")
    parts = (".t-tiles", ".t-attention", CHART, ".t-map-list")
    boxes = [page.locator(part).first.bounding_box() for part in parts]
    tops = [box["y"] for box in boxes if box]
    assert len(tops) == len(parts)
    assert tops == sorted(tops)
    page.locator(f"{CHART} [data-code='P61']").first.scroll_into_view_if_needed()
    expect(page.locator(f"{CHART} [role='button'][data-code='P61']")).to_be_in_viewport()


def test_no_barrier_below_the_country(look: Visit) -> None:
    assert_no_barrier(look("?area=P61"))
