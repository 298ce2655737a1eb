"""What is taken away from a page: files of figures and tables, its link, its print."""

import csv
import io
import json
import re
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit

DEMONSTRATION = "ข้อมูลสาธิต โรงพยาบาลและตัวเลขทั้งหมดสมมติขึ้น"
PNG = b"\x89PNG"


def file_of(page: Page, box: str, kind: str) -> tuple[str, bytes]:
    """The name and the bytes of a file from the button in `box`."""
    page.locator(f"{box} .t-download").first.click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name=kind).click()
    path = download.value.path()
    return download.value.suggested_filename, Path(path).read_bytes()


@pytest.fixture
def overview(visit: Visit) -> Page:
    page = visit("?area=R03")
    expect(page.locator(".t-map-list .t-download")).to_be_visible()
    return page


def test_a_table_is_taken_away_as_excel_and_csv(overview: Page) -> None:
    name, data = file_of(overview, ".t-map-list", "Excel")
    assert name.startswith("demo - ")
    assert name.endswith(".xlsx")
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    above = [row[0] for row in rows[:6]]
    assert above[1] == DEMONSTRATION
    assert above[2] == "ประเทศไทย › เขตสุขภาพที่ 3"
    assert "ปีงบ 2566" in above[4]
    assert "ข้อมูล ณ" in above[5]
    head = next(n for n, row in enumerate(rows) if row[0] == "จังหวัด")
    assert rows[head][:4] == ["จังหวัด", "ร้อยละ (แห่ง)", "จำนวน", "จาก"]
    first = next(sheet.iter_rows(min_row=head + 2))
    shown = overview.locator(".t-map-list tbody tr").first.inner_text()
    assert first[0].value in shown
    assert f"{first[1].value:.1f} ({first[2].value}/{first[3].value})" in shown
    assert first[1].number_format == "#,##0.0"
    _name, text = file_of(overview, ".t-map-list", "CSV")
    assert text.startswith("\ufeff".encode())
    lines = list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))
    assert [line[0] for line in lines if line][-1] == rows[-1][0]


def test_the_map_is_taken_away_as_a_picture_with_its_fonts(overview: Page) -> None:
    _name, picture = file_of(overview, ".t-map-side", "PNG")
    assert picture.startswith(PNG)
    _name, drawing = file_of(overview, ".t-map-side", "SVG")
    text = drawing.decode()
    assert text.count("@font-face") == 4
    assert DEMONSTRATION in text
    assert "var(" not in text
    assert "class=" not in text


def test_the_copied_link_names_the_period_where_no_clipboard_is_open(overview: Page) -> None:
    overview.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    overview.evaluate(
        "document.addEventListener('copy', () => { window.taken = String(getSelection())"
        " || document.activeElement.value })"
    )
    overview.get_by_role("button", name="คัดลอกลิงก์ของหน้านี้").click()
    expect(overview.get_by_role("status").filter(has_text="คัดลอกลิงก์แล้ว")).to_be_visible()
    assert re.search(r"area=R03&period=2566-M\d\d$", overview.evaluate("window.taken"))


def test_a_printed_page_has_its_head_and_no_menu(overview: Page, tmp_path: Path) -> None:
    paper = tmp_path / "page.pdf"
    overview.pdf(path=paper, prefer_css_page_size=True)
    text = subprocess.run(
        ["pdftotext", "-layout", paper, "-"], capture_output=True, check=True, text=True
    ).stdout
    assert "ประเทศไทย › เขตสุขภาพที่ 3" in text
    assert "ปีงบ 2566" in text
    assert "เกณฑ์การประเมิน" not in text
    assert overview.locator(".t-paper-head").count() == 0


def test_a_text_of_a_table_is_never_run_as_a_formula(overview: Page) -> None:
    """The writers themselves, with what no page should ever show."""
    made = overview.evaluate(
        """async () => {
            const base = new URL("app/static/takeaway/", document.baseURI);
            const { csv } = await import(new URL("table.js", base));
            const { workbook } = await import(new URL("workbook.js", base));
            const rows = [["=1+1"], [{ value: -5, format: "0" }]];
            const table = { title: "=a", heads: ["@b"], rows };
            const book = new Uint8Array(await workbook(table, false).arrayBuffer());
            return JSON.stringify([csv(table), Array.from(book)]);
        }"""
    )
    text, book = json.loads(made)
    assert "'=1+1" in text
    assert "'=a" in text
    assert "\r\n-5\r\n" in text
    sheet = load_workbook(io.BytesIO(bytes(book))).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells if cell.value != -5} == {"s"}


def test_a_table_is_sorted_and_filtered_by_column(overview: Page) -> None:
    """A table of its own: what is missing stands last, and a third press undoes it."""
    overview.evaluate(
        """() => {
            const rows = ["9.5", "–", "100.0", "20.0", "3.0", "4.0", "5.0", "6.0"];
            const cells = (one) => `<th>${one}</th><td class="t-number">${one}</td>`;
            const body = rows.map((one) => `<tr>${cells(one)}</tr>`);
            const head = '<tr><th>A</th><th class="t-number">B</th></tr>';
            document.querySelector(".t-breadcrumb").insertAdjacentHTML("afterend",
              `<div class="t-table" id="own"><table><caption>C</caption><thead>${head}</thead>` +
              `<tbody>${body.join("")}</tbody></table></div>`);
        }"""
    )
    names = overview.locator("#own tbody tr:visible th")
    head = overview.locator("#own thead th").nth(1)
    press = head.get_by_role("button")
    press.click()
    expect(head).to_have_attribute("aria-sort", "descending")
    expect(names.nth(0)).to_have_text("100.0")
    expect(names.last).to_have_text("–")
    press.click()
    expect(names.nth(0)).to_have_text("3.0")
    expect(names.last).to_have_text("–")
    press.click()
    expect(names.nth(0)).to_have_text("9.5")
    overview.locator("#own").get_by_role("button", name="กรองแถว").click()
    overview.get_by_label("กรองตาม B").fill(">= 9.5")
    expect(names).to_have_text(["9.5", "100.0", "20.0"])
    expect(overview.locator("#own [role='status']")).to_have_text("แสดง 3 จาก 8 แถว")
