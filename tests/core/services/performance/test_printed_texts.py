"""Document 001 word by word: what its forms give back, and what the document itself prints."""

import csv
import io
import os
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import openpyxl
import pytest
from rapidfuzz.fuzz import partial_ratio

from core.forms.model.form import Column, table_form
from core.services.exports.delimited import delimited
from core.services.performance.sheets import MARK, Sheet
from core.services.performance.view import PerformanceView, performance_view
from core.services.performance.wording import (
    all_sheets,
    performance_csv_rows,
    performance_json,
    performance_workbook,
)
from core.store.engine.unit_of_work import close_engines
from core.text import Text, say, thai_digits_to_arabic
from tests.core.services.performance.filled import filled_with_the_report
from tests.paths import ROOT
from tests.printed.performance import OFFICE, YEAR, document
from tests.printed.typing import Row

SHARED = ROOT.parent / "shared"
SOURCES = SHARED / "sources"
if "TRUAT_SHARED_DATA" in os.environ:
    SOURCES = (SHARED / os.environ["TRUAT_SHARED_DATA"]).parent / "sources"
APART = ("office", "fiscal_year")
ALIKE = 90
"""Hundredths of a text that our copy of the document must print alike: its letters are misread."""


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PerformanceView]:
    engine = filled_with_the_report(tmp_path_factory.mktemp("texts"))
    found = performance_view(engine, office=OFFICE, year=str(YEAR))
    assert found
    yield found
    close_engines()


def tables() -> Iterator[tuple[str, str, list[Row]]]:
    """Every table of the document: its form, its id, its rows as they were typed."""
    for form, known in document().items():
        for table, rows in known.items():
            yield form, table, list(rows)


def expected(column: Column, typed: object) -> object:
    """A value as it must come back in Thai: as typed, letter by letter; of a choice its name."""
    if typed is None or (column.type == "number" and typed == "-"):
        return None
    if column.type == "flag":
        return "-" if typed == "-" else MARK
    if column.type == "choice":
        return next(one.name.th for one in column.choices if typed in (one.name.th, *one.aliases))
    if column.type == "label" and typed == "รวม":
        return say("Total").th
    if isinstance(typed, str):
        return " ".join(typed.split())
    return typed


def typed_table(form: str, table: str, rows: list[Row], sheet: Sheet) -> list[dict[str, Any]]:
    """A table as it must come back, by the columns of its sheet that hold what was typed."""
    own = {c.measure: c for t in table_form(form).tables if t.id == table for c in t.columns}
    shown_columns = [c.id for c in sheet.columns if c.id in own and c.id != "fiscal_year"]
    lost = {name for row in rows for name in row} - set(shown_columns) - set(APART)
    assert not lost, f"{form}.{table} does not show {lost}"
    return [{name: expected(own[name], row.get(name)) for name in shown_columns} for row in rows]


def thai(value: object) -> object:
    return value.th if isinstance(value, Text) else value


def test_every_text_and_figure_comes_back_on_the_page(shown: PerformanceView) -> None:
    sheets = {one.id: one for one in all_sheets(shown)}
    count = 0
    for form, table, rows in tables():
        sheet = sheets[f"{form}.{table}"]
        wanted = typed_table(form, table, rows, sheet)
        names = [column.id for column in sheet.columns]
        given = [dict(zip(names, map(thai, row), strict=True)) for row in sheet.rows]
        assert [{k: row[k] for k in wanted[0]} for row in given] == wanted
        count += sum(value is not None for row in wanted for value in row.values())
    assert count == sum(len(set(row) - set(APART)) for _, _, rows in tables() for row in rows) - 1
    # one tier is printed as a dash: it is no figure


def test_every_text_and_figure_comes_back_in_json(shown: PerformanceView) -> None:
    given = {t["id"]: t for s in performance_json(shown)["sections"] for t in s["tables"]}
    sheets = {one.id: one for one in all_sheets(shown)}
    for form, table, rows in tables():
        name = f"{form}.{table}"
        wanted = typed_table(form, table, rows, sheets[name])
        assert [{k: in_thai(row[k]) for k in wanted[0]} for row in given[name]["rows"]] == wanted


def in_thai(value: object) -> object:
    return value["th"] if isinstance(value, Mapping) else value


def test_every_text_and_figure_comes_back_in_excel_and_csv(shown: PerformanceView) -> None:
    book = openpyxl.load_workbook(io.BytesIO(performance_workbook(shown, "th")))
    pages = dict(zip([one.id for one in all_sheets(shown)], book.worksheets, strict=True))
    text = delimited(performance_csv_rows(shown, "th")).decode("utf-8-sig")
    lines = {tuple(map(unguarded, line)) for line in csv.reader(io.StringIO(text))}
    for sheet in all_sheets(shown):
        rows = [
            r[: len(sheet.columns)] for r in pages[sheet.id].iter_rows(min_row=5, values_only=True)
        ]
        for row, cells in zip(sheet.rows, rows, strict=True):
            for value, cell in zip(map(thai, row), cells, strict=True):
                is_figure = isinstance(value, float)
                assert unguarded(cell) == (pytest.approx(value) if is_figure else value or None)
            assert tuple(plain(value) for value in row) in lines


def unguarded(cell: object) -> object:
    """A cell without the apostrophe that keeps a text from running as a formula."""
    return cell.removeprefix("'") if isinstance(cell, str) else cell


def plain(value: object) -> str:
    text = thai(value)
    return "" if text is None else str(text)


# ---- what was typed is what is printed


@cache
def print_() -> str:
    """Our copy of the document, its marks of layout left out."""
    file = next(iter(SOURCES.glob("001_*.txt")), None)
    if file is None:
        pytest.skip("the document is not there")
    return re.sub(r"<[^>]*>", " ", thai_digits_to_arabic(file.read_text(encoding="utf-8")))


def letters(text: str) -> str:
    """Letters and digits alone: spaces and lines break differently on paper."""
    return re.sub(r"[^\wก-๛]|_", "", thai_digits_to_arabic(text)).lower()


OTHERWISE = {
    # the print has the address of the system where its name was typed
    "ระบบรายงาน อสม.",
    # a part of a list in brackets: "คลินิกในกทม. 204 แห่ง โรงพยาบาล 55 แห่ง/ส่วนภูมิภาค คลินิก ..."
    "โรงพยาบาลใน กทม.", "คลินิกส่วนภูมิภาค", "โรงพยาบาลส่วนภูมิภาค",
    # the form's own names of its headings
    "ตัวชี้วัดความสำเร็จ/เป้าหมาย", "ผู้เสนอโครงการ (ตำแหน่ง)", "ผู้เห็นชอบโครงการ (ตำแหน่ง)",
    "ผู้อนุมัติโครงการ (ตำแหน่ง)",
    # the level stands in the text of the result
    "ร้อยละของสถานพยาบาลภาครัฐมีมาตรฐานตามเกณฑ์มาตรฐานระบบบริการสุขภาพ (ระดับพื้นฐาน)",
    # misread in our copy beyond a few letters: a scan of small type
    "รางวัลเลิศรัฐ /รางวัลการมีส่วนร่วม 1) ประชุมเสนอผลงานสมัครรางวัลประเภทต่างๆ",
    "ประชุมชี้แจงรายละเอียดการดำเนินงาน โดย ก.พ.ร.",
    "ประชุมพิจารณาข้อมูลประกอบการศึกษา โดย ก.พ.ร.",
    "การถ่ายโอนบทบาทภารกิจกรมให้ภาคส่วนอื่น ช่วยดำเนินการ : การสอบเทียบเครื่องมือแพทย์ (ไม่ใช้งบประมาณ)",
    "งานสนับสนุนการพัฒนาองค์กร ระดับกรม และกลุ่มพัฒนาระบบบริหาร (จ้างเหมาบริการ)",
    "งานพัฒนาระบบสารสนเทศและการสื่อสาร กลุ่มพัฒนาระบบบริหาร (จ้างเหมาบริการ)",
    "ค่าใช้สอย (เบี้ยเลี้ยง พาหนะ ที่พักเดินทางไปราชการ)",
}  # fmt: skip
"""Texts that the copy does not print in these letters, and why."""

NOT_PRINTED = ("budget.plan_rows", "line", "project")
SUMS = "plan.arithmetic"
"""Sums behind activities: their figures are held against the print, their words are misread."""


def test_every_text_that_was_typed_is_printed() -> None:
    paper = letters(print_())
    missing = set()
    for _, _, rows in tables():
        for row in rows:
            for name, text in row.items():
                if not isinstance(text, str) or name in (*NOT_PRINTED, *APART, SUMS):
                    continue
                for part in text.split("; "):
                    own = letters(part)
                    if own not in paper and partial_ratio(own, paper) < ALIKE:
                        missing.add(part)
    assert missing == OTHERWISE


LETTERS = {
    # addresses of web pages, numbers and hours of letters, telephones, post code
    164.115027, 215, 219, 701.7, 3388, 710.01, 1801, 1309, 10.39, 17.6, 2193, 7044, 18812, 711.7,
    31259, 71, 370, 202.1, 1801.68, 8465, 7766, 2947, 63, 8.32, 7010, 1501, 710.7, 2573, 21, 11000,
    # years named in the preface to the awards, awards of all agencies together
    2545, 2546, 2561, 2580, 2560, 49, 34, 103,
    # the letter's sum of both projects, and notes by hand in its margin
    925780, 320980, 560000,
}  # fmt: skip
"""Figures of the document that belong to no table of its forms."""


def numbers(text: str) -> set[float]:
    """Figures of a text; a comma before two digits is the decimal point the scan misread."""
    mended = re.sub(r"(?<![\d,])(\d{1,3}),(\d\d)(?!\d)", r"\1.\2", thai_digits_to_arabic(text))
    found = re.findall(r"\d[\d,]*(?:\.\d+)?", mended)
    return {float(one.replace(",", "")) for one in found}


def test_every_figure_that_is_printed_was_typed() -> None:
    text = print_()
    typed: set[float] = {YEAR}
    for _, _, rows in tables():
        for row in rows:
            for value in row.values():
                typed |= numbers(value) if isinstance(value, str) else {float(value)}
    paper = numbers(text[text.index("ตัวชี้วัดตามมาตรการปรับปรุง") :])
    assert paper - typed == LETTERS
