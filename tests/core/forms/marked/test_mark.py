"""The returned copy: marks, comments and the list in front; nothing typed is changed by it."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import numpy as np
import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.workbook import Workbook

from core.criteria.catalog import catalog
from core.forms.blank_assessment.write import write_template
from core.forms.cells.open import read_workbook
from core.forms.cells.summary_sheet import summary_title
from core.forms.marked import summary
from core.forms.marked.cells import COLOURS, MARKS_SHEET
from core.forms.marked.write import MOST_CELLS, mark_copy
from core.forms.model.form import AssessmentForm, form
from core.forms.model.issues import CellIssue
from core.scoring.base.states import State
from core.services.intake.examine import examine
from core.services.intake.marking import marked
from core.text import Language
from tests.core.forms.fillings import counted, drawn, leaves, typed_into
from tests.core.forms.office import SOFFICE, converted

LIST = summary_title().th
OUT_OF_RANGE = CellIssue("W101", "ข้อมูล", "B2", "108", "0–100")
NOT_A_STEP = CellIssue("W107", "ข้อมูล", "B2", "3", "0, 1, 2")
WHOLE_FILE = CellIssue("W202")


def saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def small(change: Callable[[Any], None] = lambda _: None) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = "ข้อมูล"
    sheet["A1"], sheet["B1"], sheet["A2"], sheet["B2"] = "ชื่อ", "ร้อยละ", "ก", 108
    change(sheet)
    return saved(book)


def opened(data: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def listed(data: bytes) -> list[list[str]]:
    rows = opened(data)[LIST].iter_rows(min_row=5, values_only=True)
    return [[str(value or "") for value in row] for row in rows]


@pytest.mark.parametrize(("language", "word"), [("th", "ข้อผิดพลาด"), ("en", "Error")])
def test_a_problem_cell_is_coloured_and_says_what_to_mend(language: Language, word: str) -> None:
    cell = opened(mark_copy(small(), [OUT_OF_RANGE], language))["ข้อมูล"]["B2"]
    assert cell.fill.fgColor.rgb[2:] == COLOURS["error"]
    assert cell.comment.text == f"{word}: {OUT_OF_RANGE.text.in_(language)}"
    assert cell.value == 108


def test_the_worst_of_several_problems_gives_the_colour_and_all_are_said() -> None:
    cell = opened(mark_copy(small(), [NOT_A_STEP, OUT_OF_RANGE]))["ข้อมูล"]["B2"]
    assert cell.fill.fgColor.rgb[2:] == COLOURS["error"]
    assert [line.split(":")[0] for line in cell.comment.text.splitlines()] == [
        "ข้อผิดพลาด",
        "ข้อควรตรวจ",
    ]


def test_the_list_in_front_names_every_problem_and_leads_to_its_cell() -> None:
    data = mark_copy(small(), [NOT_A_STEP, OUT_OF_RANGE, WHOLE_FILE], "en")
    book = opened(data)
    assert book.active.title == book.sheetnames[0] == summary_title().en
    sheet = book.active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5, max_col=5)]
    assert rows == [
        ["Note W202", None, None, None, None],
        ["Error W101", "ข้อมูล", "B2", "108", "0–100"],
        ["Warning W107", "ข้อมูล", "B2", "3", "0, 1, 2"],
    ]
    assert sheet["F6"].value == OUT_OF_RANGE.text.en
    assert sheet["C6"].hyperlink.location == "'ข้อมูล'!B2"
    assert sheet["C6"].hyperlink.target is None


def test_only_the_list_is_chosen_when_the_copy_opens() -> None:
    book = opened(mark_copy(small(), [OUT_OF_RANGE]))
    assert [s.title for s in book.worksheets if s.sheet_view.tabSelected] == [LIST]


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1", "-1", "@x", "  =1"])
def test_text_that_looks_like_a_formula_stays_text(text: str) -> None:
    cell = opened(mark_copy(small(), [CellIssue("W103", "ข้อมูล", "B2", text, "0–5")]))[LIST]["D5"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_a_comment_that_was_there_is_kept_above_ours() -> None:
    def comment(sheet: Any) -> None:
        sheet["B2"].comment = Comment("ตรวจแล้ว", "ผู้กรอก")

    text = opened(mark_copy(small(comment), [OUT_OF_RANGE]))["ข้อมูล"]["B2"].comment.text
    assert text.startswith("ตรวจแล้ว\n")
    assert text.endswith(OUT_OF_RANGE.text.th)


def test_a_problem_inside_a_merged_range_is_marked_at_its_top_left() -> None:
    data = small(lambda sheet: sheet.merge_cells("B2:C4"))
    inside = CellIssue("W101", "ข้อมูล", "C4", "108", "0–100")
    sheet = opened(mark_copy(data, [inside]))["ข้อมูล"]
    assert sheet["B2"].comment.text.endswith(inside.text.th)
    assert [str(merged) for merged in sheet.merged_cells.ranges] == ["B2:C4"]


def test_a_protected_sheet_is_marked_and_stays_protected() -> None:
    def protect(sheet: Any) -> None:
        sheet.protection.sheet = True
        sheet.protection.password = "x"

    sheet = opened(mark_copy(small(protect), [OUT_OF_RANGE]))["ข้อมูล"]
    assert sheet.protection.sheet
    assert sheet.protection.password
    assert sheet["B2"].comment


def test_a_problem_on_a_sheet_that_is_not_there_is_only_listed() -> None:
    elsewhere = CellIssue("W101", "ไม่มี", "B2", "108", "0–100")
    data = mark_copy(small(), [elsewhere])
    assert listed(data)[0][1:3] == ["ไม่มี", "B2"]
    assert opened(data)["ข้อมูล"]["B2"].comment is None


def test_macros_are_left_out_and_that_is_said() -> None:
    buffer = io.BytesIO(small())
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    data = mark_copy(buffer.getvalue(), [OUT_OF_RANGE], "en")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not any("vba" in name for name in archive.namelist())
    assert opened(data).active["A3"].value == "Macros were left out of this copy."


def test_results_of_formulas_are_kept() -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = "ข้อมูล"
    formulas = ("=1+1", '="ก"&"ข&"', "=1/0", "=1=1", "=NA()")
    for row, formula in enumerate(formulas, 1):
        sheet.cell(row, 1, formula)
    results = (b"<v>2</v>", b"<v>x</v>", b"<v>#DIV/0!</v>", b"<v>1</v>", b"<v />")
    kinds = (b"", b' t="str"', b' t="e"', b' t="b"', b"")
    source, target = io.BytesIO(saved(book)), io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for member in old.infolist():
            part = old.read(member)
            if member.filename == "xl/worksheets/sheet1.xml":
                for row, (result, kind) in enumerate(zip(results, kinds, strict=True), 1):
                    head, place, tail = part.partition(b'r="A%d"' % row)
                    part = (
                        head
                        + place
                        + kind
                        + tail.replace(b"<v />", result, 1)
                        .replace(b"<v/>", result, 1)
                        .replace(b"<v></v>", result, 1)
                    )
            new.writestr(member, part)
    before, _ = read_workbook(target.getvalue())
    after, _ = read_workbook(mark_copy(target.getvalue(), [OUT_OF_RANGE]))
    cells = {place.name: cell for place, cell in before.sheets[0].cells.items()}
    assert [cells[f"A{n}"].value for n in range(1, 5)] == [2, "x", "#DIV/0!", True]
    kept = {place.name: cell for place, cell in after.sheets[0].cells.items() if place.column == 1}
    assert kept == cells


@pytest.fixture(scope="module")
def star() -> AssessmentForm:
    chosen = form("star-2561")
    assert isinstance(chosen, AssessmentForm)
    return chosen


@pytest.fixture(scope="module")
def filled(star: AssessmentForm) -> bytes:
    rules = catalog().ruleset(star.fiscal_year)
    return typed_into(write_template(star, rules), drawn(star, rules, 7, 0.1), star, rules)


def told() -> set[str]:
    """Every code the form may report under: its inputs and their counts."""
    chosen = form("star-2561")
    assert isinstance(chosen, AssessmentForm)
    every = leaves(chosen, catalog().ruleset(chosen.fiscal_year))
    return {leaf.id for leaf in every}.union(*(counted(leaf, chosen) or () for leaf in every))


def same_inputs(one: bytes, other: bytes, name: str = "x.xlsx") -> None:
    first, second = examine(one, name), examine(other, "marked.xlsx")
    assert first.reading is not None
    assert second.reading is not None
    codes = sorted(told())
    ours, theirs = first.reading.inputs.table(codes), second.reading.inputs.table(codes)
    np.testing.assert_array_equal(ours[0], theirs[0])
    np.testing.assert_array_equal(ours[1], theirs[1])
    problems = (
        sorted(str(issue) for issue in found.issues if issue.code != "W202")
        for found in (first, second)
    )
    assert next(problems) == next(problems)


def test_the_marked_copy_says_what_the_original_said(filled: bytes) -> None:
    intake = examine(filled, "x.xlsx")
    assert intake.reading is not None
    _, states = intake.reading.inputs.table(sorted(told()))
    assert {State.ERROR, State.REPORTED, State.NOT_APPLICABLE} <= set(states[:, 0])
    same_inputs(filled, marked(filled, intake))


def test_marking_again_takes_off_what_was_mended(filled: bytes) -> None:
    first = examine(filled, "x.xlsx")
    errors = [issue for issue in first.issues if issue.cell and issue.severity == "error"]
    copy = opened(marked(filled, first))
    original = opened(filled)
    for issue in errors:
        copy[issue.sheet][issue.cell].value = None
    second = saved(copy)
    again = opened(marked(second, examine(second, "x.xlsx")))
    assert [title for title in again.sheetnames if title.startswith(LIST)] == [LIST]
    assert again.sheetnames.count(MARKS_SHEET) == 1
    still = {(issue.sheet, issue.cell) for issue in examine(second, "x.xlsx").issues}
    mended = [issue for issue in errors if (issue.sheet, issue.cell) not in still]
    assert mended
    for issue in mended:
        cell, before = (book[issue.sheet][issue.cell] for book in (again, original))
        assert cell.fill.fgColor.rgb == before.fill.fgColor.rgb
        assert cell.border.left.style == before.border.left.style
        assert cell.comment is None


def test_marking_twice_says_everything_once(filled: bytes) -> None:
    once = marked(filled, examine(filled, "x.xlsx"))
    twice = marked(once, examine(once, "x.xlsx"))
    comments = [
        {c.coordinate: c.comment.text for row in book["พชอ. DHS-PCA"] for c in row if c.comment}
        for book in (opened(once), opened(twice))
    ]
    assert comments[0]
    assert comments[0] == comments[1]


def test_a_text_table_comes_back_as_a_workbook_by_its_values() -> None:
    data = "รหัส,ร้อยละ\n01122,108\n=1+1,-\n".encode()
    issue = CellIssue("W101", read_workbook(data, "a.csv")[0].sheets[0].name, "B2", "108", "0–100")
    book = opened(mark_copy(data, [issue], name="a.csv"))
    sheet = book.worksheets[1]
    assert sheet["A2"].value in ("01122", 1122)
    assert (sheet["A3"].value, sheet["A3"].data_type) == ("=1+1", "s")
    assert sheet["B2"].comment.text.endswith(issue.text.th)


@pytest.mark.parametrize(
    "data",
    [b"", b"rubbish", small()[:-200], b"PK\x03\x04" + bytes(100)],
    ids=["empty", "rubbish", "cut short", "no archive"],
)
def test_a_file_that_cannot_be_read_comes_back_as_the_list(data: bytes) -> None:
    copy = mark_copy(data, [CellIssue("F004")], "en")
    assert opened(copy).sheetnames == [summary_title().en]
    assert opened(copy).active["A5"].value == "Error F004"


def test_a_very_large_workbook_comes_back_as_the_list() -> None:
    columns = 250
    row = b"".join(b"<c><v>1</v></c>" for _ in range(columns))
    rows = b"<row>%b</row>" % row * (MOST_CELLS // columns + 1)
    copy = mark_copy(with_sheet(b"<sheetData>%b</sheetData>" % rows), [OUT_OF_RANGE])
    assert opened(copy).sheetnames == [LIST]


@pytest.mark.parametrize(
    "tail",
    [
        b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        b'<hyperlinks><hyperlink ref="A1:XFD1048576" location="x"/></hyperlinks>',
    ],
    ids=["merged", "linked"],
)
def test_ranges_as_large_as_the_sheet_cost_nothing(tail: bytes) -> None:
    cell = b'<sheetData><row r="2"><c r="B2"><v>108</v></c></row></sheetData>'
    sheet = opened(mark_copy(with_sheet(cell + tail), [OUT_OF_RANGE]))["ข้อมูล"]
    assert sheet["B2"].value == 108
    assert sheet["B2"].comment or sheet["A1"].comment


def with_sheet(content: bytes) -> bytes:
    """A workbook whose sheet holds raw XML."""
    target = io.BytesIO()
    head = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    with zipfile.ZipFile(io.BytesIO(small())) as old, zipfile.ZipFile(target, "w", 8) as new:
        for member in old.infolist():
            is_sheet = member.filename == "xl/worksheets/sheet1.xml"
            new.writestr(member, head + content + b"</worksheet>" if is_sheet else old.read(member))
    return target.getvalue()


def test_a_flood_of_problems_is_listed_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(summary, "MOST_LISTED", 50)
    issues = [CellIssue("W101", "ข้อมูล", f"B{row}", "108", "0–100") for row in range(1, 100)]
    sheet = opened(mark_copy(small(), issues))[LIST]
    assert sheet.max_row == 4 + 50 + 1
    assert "49" in sheet.cell(sheet.max_row, 1).value


@pytest.mark.office
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_an_old_xls_comes_back_as_xlsx_with_the_same_values(
    filled: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("office")
    old = converted({"filled": filled}, folder, "xls")["filled"]
    same_inputs(old, marked(old, examine(old, "x.xls")), "x.xls")


@pytest.mark.office
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_marked_copy_and_its_comments(
    filled: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    copy = marked(filled, examine(filled, "x.xlsx"))
    again = converted({"copy": copy}, tmp_path_factory.mktemp("office"))["copy"]
    ours, theirs = opened(copy), opened(again)
    for title in ours.sheetnames[:3]:
        for row in ours[title]:
            for cell in row:
                if cell.comment:
                    other = theirs[title][cell.coordinate]
                    assert other.comment.text.strip() == cell.comment.text.strip()
                    assert other.fill.fgColor.rgb[2:] in COLOURS.values()
    same_inputs(filled, again)
