"""A CUP team's whole way on an empty store, in a browser: register, files, a copy mended, versions.

The overview is looked at after each step, and must be true.
"""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.core.services.sending import BROKE, SOUND, row, table
from tests.e2e.conftest import Visit, running_app, settle
from tests.e2e.reading import assert_fits, resize

CODES = [str(code) for code in range(10001, 10013)]
MILLION = {name: value * 1_000_000 for name, value in SOUND.items()}
POOR = {name: value * 1_000_000 for name, value in BROKE.items()}
WRONG = "สิบล้าน"
MINISTRY = [
    "ชื่อ", "รหัส 9 หลัก", "รหัส 5 หลัก", "ประเภทหน่วยบริการสุขภาพ", "ระดับโรงพยาบาล",
    "สถานะการใช้งาน", "รหัสจังหวัด", "จังหวัด", "รหัสอำเภอ", "อำเภอ/เขต",
]  # fmt: skip


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an app in which nobody has stored anything."""
    with running_app(tmp_path_factory.mktemp("empty")) as address:
        yield address


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ministry's list of twelve hospitals, and twelve files, three of which are bad."""
    folder = tmp_path_factory.mktemp("sent")
    text = io.StringIO()
    place = ["61", "อุทัยธานี", "01", "เมืองอุทัยธานี"]
    rows = [
        [f"โรงพยาบาล {code}", f"0000{code}", code, "โรงพยาบาลชุมชน", "F2", "เปิดดำเนินการ", *place]
        for code in CODES
    ]
    csv.writer(text).writerows([MINISTRY, *rows])
    (folder / "ทะเบียน.csv").write_text(text.getvalue(), encoding="utf-8")
    for code in CODES[:8]:
        (folder / f"{code}.csv").write_bytes(table(row(code, MILLION)))
    # Of this one a cell is wrong, and comes back marked.
    wrong = POOR | {"finance.cash": WRONG}
    (folder / f"{CODES[8]}.csv").write_bytes(table(row(CODES[8], wrong)))
    (folder / "เสีย.xlsx").write_bytes(b"PK\x03\x04 rubbish")
    (folder / "อื่น.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (folder / "ว่าง.csv").write_bytes(table(row(CODES[0], MILLION)).split(b"\n")[0])
    return folder


def assert_overview(page: Page, says: str) -> None:
    """What the overview says now; the page is gone to as a reader does."""
    go(page, "overview")
    expect(page.locator("h1")).to_contain_text(says)


def go(page: Page, to: str) -> None:
    page.locator(f".t-menu a[data-page='{to}']").click()
    expect(page).to_have_url(re.compile(r"/(\?|$)" if to == "overview" else rf"/{to}(\?|$)"))
    settle(page)


def drop(page: Page, *files: Path) -> None:
    page.locator("input[type=file]").set_input_files(files)
    # Not the list of the place to drop: what we say of the file.
    shown = page.locator("[data-testid='stMain'] .stHtml", has_text=files[-1].name)
    expect(shown.first).to_be_visible()
    settle(page)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=re.compile(name)).last.click()
    settle(page)


def fill(page: Page, label: str, text: str = "ผู้ส่ง") -> None:
    field = page.get_by_label(label).first
    field.fill(text)
    field.press("Enter")
    settle(page)


def mended(copy: Path) -> Path:
    """The copy that came back, its marked cell put right as somebody would in Excel."""
    book = openpyxl.load_workbook(copy)
    # The first sheet lists the problems.
    (cell,) = [
        cell
        for sheet in book.worksheets[1:]
        for cells in sheet.iter_rows()
        for cell in cells
        if cell.value == WRONG
    ]
    assert cell.comment
    cell.value = POOR["finance.cash"]
    book.save(copy)
    return copy


def begin_register(page: Page, sent: Path) -> None:
    """A register from the ministry's export: nobody has reported yet."""
    drop(page, sent / "ทะเบียน.csv")
    fill(page, "ผู้เริ่มทะเบียน")
    press(page, "เริ่มทะเบียนด้วยหน่วยบริการ 12 แห่ง")
    expect(page.get_by_text("หน่วยบริการใหม่ 12 แห่ง")).to_be_visible()
    assert_overview(page, "ยังไม่มีผลการประเมิน")


def store_nine(page: Page, sent: Path) -> None:
    """Twelve files, three of them bad: twelve rows, nine are stored. Of one a cell is missing."""
    drop(page, *sorted(path for path in sent.iterdir() if path.name != "ทะเบียน.csv"))
    expect(page.locator(".st-key-many tbody tr")).to_have_count(12)
    for size in ("telephone", "desk"):
        resize(page, size)
        assert_fits(page)
    fill(page, "ผู้บันทึก")
    press(page, "ดูว่าทุกไฟล์จะเปลี่ยนอะไร")
    press(page, "ยืนยันและบันทึก 9 ไฟล์")
    expect(page.get_by_role("region", name="ใบรับ").locator("tbody tr")).to_have_count(9)
    assert_overview(page, "0 จาก 8 แห่ง")


def mend_one(visit: Visit, sent: Path, copy: Path) -> Page:
    """The copy of that one comes back, is mended, and dropped again another day."""
    page = visit("upload?store=own")
    drop(page, sent / f"{CODES[8]}.csv")
    with page.expect_download() as download:
        press(page, "ดาวน์โหลดไฟล์ที่ทำเครื่องหมาย")
    download.value.save_as(copy)
    page = visit("upload?store=own")
    drop(page, mended(copy))
    fill(page, "ผู้จัดเก็บ")
    press(page, "ดูสิ่งที่จะเปลี่ยน")
    assert_differs(page)
    press(page, "ยืนยันและจัดเก็บ")
    expect(page.get_by_text("SHA-256").first).to_be_visible()
    assert_overview(page, "1 จาก 9 แห่ง")
    return page


def assert_differs(page: Page) -> None:
    """The one figure that was mended is shown beside what was there before."""
    table = page.get_by_role("region", name="ตัวเลขที่ต่างจากเดิม")
    expect(table).to_contain_text("10,000,000")
    expect(table.locator("tbody tr")).to_have_count(1)


def sent_file(page: Page, name: str) -> None:
    """One of the files that were sent, opened from their list."""
    go(page, "uploads")
    page.locator("a.t-link", has_text=name).first.click()
    expect(page.locator("h2", has_text=name)).to_be_visible()
    settle(page)


def take_back_and_restore(page: Page, name: str) -> None:
    """Compared with the version before it, taken back, and restored."""
    sent_file(page, name)
    assert_differs(page)
    for deed, state, headline in (
        ("ถอนฉบับนี้", "ถอนแล้ว", "0 จาก 8 แห่ง"),
        ("นำกลับมาใช้", "ใช้อยู่", "1 จาก 9 แห่ง"),
    ):
        page.locator("summary", has_text=deed).click()
        fill(page, "ผู้ดำเนินการ")
        page.get_by_label("เหตุผล").first.fill("ลองดู")
        press(page, deed)
        expect(page.locator(".t-status", has_text=state).first).to_be_visible()
        assert_overview(page, headline)
        sent_file(page, name)


def test_from_an_empty_store_to_a_version_taken_back_and_restored(
    visit: Visit, sent: Path, tmp_path: Path
) -> None:
    begin_register(visit("upload?store=own"), sent)
    store_nine(visit("upload?store=own"), sent)
    page = mend_one(visit, sent, tmp_path / "mended.xlsx")
    take_back_and_restore(page, "mended.xlsx")
