"""The Word report: what it says, whose it is, and that a name in it is never an instruction."""

import io
import zipfile
from functools import cache
from pathlib import Path

import pytest
from docx import Document

from core.errors import ReportError
from core.reports.document.standard import standard
from core.reports.document.write import document, standard_template
from core.reports.paper import engine
from core.reports.slide import Bars
from core.text import LANGUAGES, Language
from tests.core.reports import reports
from tests.core.reports.papers import WHY, inspected, short, template_of


@cache
def written(language: Language) -> bytes:
    return document(short(inspected(), 0, 3, 4, 7), language)


def read(content: bytes):  # type: ignore[no-untyped-def]
    return Document(io.BytesIO(content))


def tables(content: bytes) -> list[list[list[str]]]:
    return [[[c.text for c in row.cells] for row in t.rows] for t in read(content).tables]


@pytest.mark.parametrize("language", LANGUAGES)
def test_results_stand_in_a_table_with_who_does_not_pass(language: Language) -> None:
    head, first, second = next(t for t in tables(written(language)) if len(t[0]) == 6)
    fails, met = inspected().slides[0].indicators
    assert first[1:4] == [
        fails.name.in_(language),
        fails.target.in_(language),
        f"{fails.result.in_(language)} ({fails.silence.in_(language)})",  # type: ignore[union-attr]
    ]
    assert first[4] == f"✕\u00a0{fails.status.in_(language)}"
    assert first[5] == ", ".join(unit.name.in_(language) for unit in fails.failing)
    assert second[1:] == [
        met.name.in_(language), "60 %", "75.00 %", f"✓\u00a0{met.status.in_(language)}", "–",
    ]  # fmt: skip
    assert len(set(head)) == 6


def test_why_units_fail_stands_beside_them() -> None:
    table = next(t for t in tables(written("th")) if WHY.th in t[1])
    assert [row[0] for row in table[1:]] == ["รพ.ดอนแก้ว", "รพ.หนองบัวทอง", "รพ.บ้านไร่ใต้"]


def test_a_matrix_keeps_every_cell_and_its_head_is_repeated() -> None:
    file = read(written("en"))
    table = next(t for t in file.tables if t.cell(0, 0).text == "Hospital")
    assert [c.text for c in table.rows[0].cells][1:] == [c.en for c in reports.matrix().columns]
    assert len(table.rows) == len(reports.matrix().rows) + 1
    assert "tblHeader" in table.rows[0]._tr.xml
    for row, (name, cells) in zip(list(table.rows)[1:], reports.matrix().rows, strict=True):
        texts = [cell.text for cell in row.cells]
        assert texts[0] == name.en
        assert all(cell.shown.en in text for cell, text in zip(cells, texts[1:], strict=True))


def test_the_columns_of_a_table_fill_the_page_and_none_is_a_sliver() -> None:
    table = next(t for t in read(written("th")).tables if t.cell(0, 0).text == "โรงพยาบาล")
    widths = [cell.width.cm for cell in table.rows[0].cells]
    assert sum(widths) == pytest.approx(16.5, abs=0.3)
    assert min(widths) > 1
    assert widths[0] == max(widths)


def test_figures_are_pictures_that_say_what_they_show() -> None:
    file = read(written("th"))
    assert len(file.inline_shapes) == 2
    bars = inspected().slides[0].figure
    assert isinstance(bars, Bars)
    described = file.inline_shapes[0]._inline.docPr.get("descr")
    assert all(f"{bar.name.th}: {bar.shown.th}" in described for bar in bars.bars)


def test_without_pango_figures_are_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_name: str) -> None:
        raise OSError("no pango")

    monkeypatch.setattr(engine, "import_module", missing)
    file = read(document(short(inspected(), 0), "th"))
    assert len(file.inline_shapes) == 0
    cells = [cell for table in file.tables for row in table.rows for cell in row.cells]
    assert {"−18.4", "ไม่ได้รายงาน", "96.2"} <= {cell.text for cell in cells}


def test_every_page_of_invented_figures_is_marked_in_its_header() -> None:
    header = read(written("th")).sections[0].header
    assert [p.text for p in header.paragraphs] == [
        "ข้อมูลสาธิต โรงพยาบาลและตัวเลขทั้งหมดสมมติขึ้น",
        "จังหวัดอุทัยธานี · รอบที่ 1 ปีงบประมาณ 2569",
    ]
    real = read(document(short(inspected(is_demonstration=False), 7), "th")).sections[0].header
    assert len(real.paragraphs) == 1


def test_an_office_cannot_take_the_mark_away(tmp_path: Path) -> None:
    def odd(file) -> None:  # type: ignore[no-untyped-def]
        file.sections[0].different_first_page_header_footer = True
        file.settings.odd_and_even_pages_header_footer = True
        file.add_section().header.is_linked_to_previous = False

    path = template_of(tmp_path, "{{ title }}", change=odd)
    file = read(document(short(inspected(), 7), "en", path))
    for section in file.sections:
        assert section.header.paragraphs[0].text.startswith("Demonstration")
    first = file.sections[0]
    for head in (first.first_page_header, first.even_page_header):
        assert head.paragraphs[0].text.startswith("Demonstration")


def test_questions_and_room_to_write_and_sign() -> None:
    file = read(written("th"))
    texts = [paragraph.text for paragraph in file.paragraphs]
    assert f"1. {inspected().questions[0]}" in texts
    assert "ข้อเสนอแนะของคณะตรวจราชการ" in texts
    assert any("ลงชื่อ" in cell for table in tables(written("th")) for row in table for cell in row)


def test_a_name_is_never_an_instruction() -> None:
    wicked = "รพ. {{ title }} {% for x in y %} {{ 7 * 7 }} <w:p/> & ]]> {#"
    slide = reports.slide(reports.both(wicked), lines=(reports.line("fail", wicked, wicked),))
    file = read(document(reports.replace(inspected(), slides=(slide,), questions=(wicked,)), "th"))
    texts = [paragraph.text for paragraph in file.paragraphs]
    assert f"1. {wicked}" in texts
    assert sum(wicked in text for text in texts) == 5


def test_a_wicked_report_is_written_whole() -> None:
    file = read(document(short(reports.wicked(), 0, 4, 5), "th"))
    cells = "".join(cell.text for table in file.tables for row in table.rows for cell in row.cells)
    assert "W" * 300 in cells
    assert "<script>&amp;</script>" in cells


def test_the_same_report_is_the_same_bytes() -> None:
    report = short(inspected(), 0, 7)
    assert document(report, "en") == document(report, "en")
    properties = read(document(report, "en")).core_properties
    assert properties.modified.replace(tzinfo=None) == report.as_of.replace(tzinfo=None)
    assert properties.title == "Inspection report Uthai Thani province Round 1, fiscal year 2569"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_standard_template_is_the_one_that_is_written(language: Language) -> None:
    stored = zipfile.ZipFile(standard_template(language))
    made = zipfile.ZipFile(io.BytesIO(standard(language)))
    assert stored.namelist() == made.namelist()
    for name in made.namelist():
        assert stored.read(name) == made.read(name), "run `python -m data.reports.write`"


def test_a_template_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReportError) as error:
        document(short(inspected(), 7), "th", tmp_path / "none.docx")
    assert error.value.code == "R002"
    assert error.value.params["file"] == "none.docx"
