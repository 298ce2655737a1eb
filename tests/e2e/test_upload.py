"""The first screen in a real browser: drop, read, understand, take away."""

import csv
import json
import re
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from components.frame.navigation import addresses, menu
from tests.e2e.conftest import ROOT, Visit, settle
from tests.e2e.reading import (
    OF_COLOURS,
    assert_fits,
    assert_no_barrier,
    assert_no_barrier_in_both_sizes,
    english_words,
    resize,
    thin,
)
from tests.e2e.tabs import SIZES

ADDRESSES = dict(zip((theme.id for theme in menu().pages), addresses(), strict=True))
UPLOAD = ADDRESSES["upload"]
DATA = ROOT / "tests" / "data"
STAR = DATA / "star"
EXPECTED = json.loads((STAR / "star-2561-expected.json").read_text(encoding="utf-8"))
BLANK, HALF, FILLED = sorted(EXPECTED, key=lambda name: len(EXPECTED[name]["typed"]))

# What the form, the file and the sources call themselves.
# "TO Excellence" is a part of the form.
NAMES = {"star", "printed", "filled", "half", "dhs", "pca", "uccare", "json", "to", "excellence"}
CUT = """chart => {
  const box = chart.getBoundingClientRect();
  const outside = (text) => {
    const place = text.getBoundingClientRect();
    return place.left < box.left - 1 || place.right > box.right + 1
      || place.top < box.top - 1 || place.bottom > box.bottom + 1;
  };
  return [...chart.querySelectorAll("text")].filter(outside).map((text) => text.textContent);
}"""
OPEN_SOME = """() => [...document.querySelectorAll("details")].forEach((details, place) => {
  details.open = place < 12 || place % 20 === 0;
})"""
OVERLAPPING = """chart => {
  const labels = [...chart.querySelectorAll("text")];
  const boxes = labels.map((label) => label.getBoundingClientRect());
  const apart = (a, b) => a.right <= b.left || b.right <= a.left
    || a.bottom <= b.top || b.bottom <= a.top;
  return boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => !apart(a, b))).length;
}"""


def drop(page: Page, *files: Path) -> Page:
    page.locator("input[type=file]").set_input_files(files)
    # Not the list of the place to drop: what we say of the file.
    told = page.locator("[data-testid='stMain'] .stHtml", has_text=files[-1].name)
    expect(told.first).to_be_visible()
    settle(page)
    return page


def numbers(page: Page) -> list[str]:
    return [text.strip() for text in page.locator(".t-tile strong").all_inner_texts()]


def shown(value: float) -> str:
    return f"{value:.2f}"


def check_scores(page: Page, name: str) -> None:
    expected = EXPECTED[name]
    wanted = [shown(expected["section_a"]), shown(expected["section_b"]), "–", "–"]
    assert numbers(page)[:4] == wanted
    rows = page.locator("table.t-items").first.locator("> tbody > tr:first-child")
    for row, weighted in zip(rows.all(), expected["weighted"].values(), strict=True):
        assert shown(weighted) in row.inner_text()
    radar = page.get_by_role("region", name="วิเคราะห์ตนเองในภาพรวม").inner_text()
    printed = page.locator(".angularaxistick text").all_text_contents()
    for value, label in zip(expected["radar"].values(), printed, strict=False):
        assert shown(value) in radar
        assert label.endswith(shown(value))


@pytest.mark.parametrize(("scheme", "rules"), [("light", None), ("dark", OF_COLOURS)])
def test_a_dropped_workbook_is_shown_rightly_everywhere(
    visit: Visit, scheme: str, rules: list[str] | None
) -> None:
    page = drop(visit(UPLOAD, scheme=scheme), STAR / FILLED)
    check_scores(page, FILLED)
    for size in SIZES:
        resize(page, size)
        chart = page.locator(".t-drawing").first
        page.wait_for_function(f"chart => ({CUT})(chart).length === 0", arg=chart.element_handle())
        page.wait_for_function(f"chart => ({OVERLAPPING})(chart) === 0", arg=chart.element_handle())
    assert_fits(page)
    # What stands behind the numbers is judged as well: one of each kind, all would take a minute.
    thin(page)
    page.evaluate(OPEN_SOME)
    assert_no_barrier_in_both_sizes(page, rules)


@pytest.mark.parametrize("name", [BLANK, HALF])
def test_the_other_samples_show_their_numbers(visit: Visit, name: str) -> None:
    check_scores(drop(visit(UPLOAD), STAR / name), name)


def test_title_tiles_and_radar_begin_above_the_fold(visit: Visit) -> None:
    page = drop(visit(UPLOAD), STAR / HALF)
    height = SIZES["desk"][1]
    for part, most in ((".t-headline", 0.3), (".t-tiles", 0.55), (".t-drawing", 0.75)):
        box = page.locator(part).first.bounding_box()
        assert box is not None
        end = box["y"] if part == ".t-drawing" else box["y"] + box["height"]
        assert end < most * height, part


def test_no_english_word_of_ours_on_the_thai_screen(visit: Visit) -> None:
    page = drop(visit(UPLOAD), STAR / HALF)
    # Codes such as W112 and cells such as E85 hold a single letter.
    assert english_words(page) - NAMES == set()


def test_the_why_of_an_item_opens_by_keyboard(visit: Visit) -> None:
    page = drop(visit(UPLOAD), STAR / FILLED)
    opener = page.locator("table.t-items summary").first
    opener.focus()
    page.keyboard.press("Enter")
    behind = page.locator("table.t-items details").first
    expect(behind.get_by_text("ช่อง E8")).to_be_visible()
    expect(behind.locator(".t-hit")).to_be_visible()
    page.keyboard.press("Enter")
    expect(behind.get_by_text("ช่อง E8")).to_be_hidden()


def test_another_reading_counts_at_once_and_stands_in_the_address(visit: Visit) -> None:
    page = drop(visit(UPLOAD), STAR / BLANK)
    page.get_by_text("จุดที่เอกสารต้นทางขัดแย้งกันเอง").click()
    choice = page.get_by_role("combobox", name="ข้อ 4.1 ที่เว้นว่าง")
    option = page.get_by_role("option", name="ตามแบบพิมพ์")
    # A list closes when the page still moves under it.
    for _ in range(20):
        choice.press("ArrowDown")
        with suppress(PlaywrightTimeout):
            option.click(timeout=1_000)
            break
    printed = EXPECTED[BLANK]["alternative_tb_4_1"]["section_a"]
    expect(page.locator(".t-tile strong").first).to_have_text(shown(printed))
    expect(page).to_have_url(re.compile("star.a.05=printed"))


def test_results_outlive_a_change_of_language_and_of_page(visit: Visit) -> None:
    page = drop(visit(UPLOAD), STAR / HALF)
    page.get_by_role("button", name=menu().switch.th).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("10.00 of 35 points")
    page.get_by_role("link", name="Criteria").click()
    expect(page).to_have_url(re.compile("/criteria"))
    page.get_by_role("link", name="Check a workbook").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("10.00 of 35 points")


def test_a_refused_file_is_told_and_takes_nothing_with_it(visit: Visit, tmp_path: Path) -> None:
    page = drop(visit(UPLOAD), STAR / FILLED)
    rubbish = tmp_path / "rubbish.xlsx"
    rubbish.write_bytes(b"PK\x03\x04 cut off")
    drop(page, rubbish)
    row = page.get_by_role("row", name=re.compile("rubbish.xlsx"))
    expect(row).to_contain_text("ไม่รับ")
    assert numbers(page)[0] == shown(EXPECTED[FILLED]["section_a"])


def test_a_file_too_large_is_told_and_not_taken(visit: Visit, tmp_path: Path) -> None:
    page = visit(UPLOAD)
    large = tmp_path / "large.xlsx"
    large.write_bytes(b"\0" * 21_000_000)
    page.locator("input[type=file]").set_input_files(large)
    expect(page.get_by_text("ไฟล์ต้องไม่เกิน")).to_be_visible()
    expect(page.locator(".t-tiles")).to_have_count(0)


def test_many_files_have_a_row_each_and_one_is_chosen(visit: Visit) -> None:
    page = drop(visit(UPLOAD), *(STAR / name for name in EXPECTED))
    for name, expected in EXPECTED.items():
        row = page.get_by_role("row", name=re.compile(name))
        expect(row).to_contain_text(shown(expected["section_a"]))
        expect(row).to_contain_text(shown(expected["section_b"]))
    page.get_by_role("combobox", name="ดูรายละเอียด").click()
    page.get_by_role("option", name=HALF).click()
    expect(page.locator(".t-tile strong").first).to_have_text(shown(EXPECTED[HALF]["section_a"]))


def test_results_and_the_marked_copy_are_taken_away(visit: Visit) -> None:
    page = drop(visit(UPLOAD), STAR / HALF)
    taken = {}
    for name in ("ทำเครื่องหมาย", "(JSON)", "(CSV)"):
        with page.expect_download() as waiting:
            page.get_by_role("button", name=name).click()
        taken[name] = waiting.value.path()
    assert taken["ทำเครื่องหมาย"].read_bytes().startswith(b"PK")
    totals = json.loads(taken["(JSON)"].read_bytes())["totals"]
    assert totals["a"]["score"] == pytest.approx(EXPECTED[HALF]["section_a"])
    rows = list(csv.reader(taken["(CSV)"].read_text(encoding="utf-8-sig").splitlines()))
    assert {row[0] for row in rows} >= {"1", "5.4.1", "24"}


def test_the_blank_form_is_downloaded_filled_in_by_nobody(visit: Visit) -> None:
    page = visit(UPLOAD)
    # There are more forms than the list shows at once: a few letters find one.
    page.get_by_role("combobox", name="แบบฟอร์ม").fill("ติดดาว")
    page.get_by_role("option", name="แบบประเมินตนเอง คปสอ.ติดดาว ปี 2561").click()
    settle(page)
    page.get_by_text("ดูหน้าตาแบบฟอร์มนี้").click()
    expect(page.get_by_role("region", name="แบบฟอร์มเปล่า").first).to_contain_text(
        "เกณฑ์การประเมิน คปสอ.ติดดาว ปี 2561"
    )
    with page.expect_download() as waiting:
        page.get_by_role("button", name="ดาวน์โหลดแบบฟอร์มเปล่า").click()
    blank = waiting.value
    assert blank.suggested_filename == "star-2561.xlsx"
    home = blank.path().with_name("star-2561.xlsx")
    blank.save_as(home)
    assert numbers(drop(page, home))[-1] == "0.0"


def test_a_finance_table_shows_level_and_score_of_each_row(visit: Visit) -> None:
    page = drop(visit(UPLOAD, size="telephone"), DATA / "finance" / "finance-good.csv")
    assert page.locator(".t-level").all_inner_texts() == ["0", "1", "7", "5", "0"]
    page.locator("table.t-items summary").nth(2).click()
    expect(page.get_by_text("ระดับวิกฤต 7 =")).to_be_visible()
    assert_no_barrier(page)
