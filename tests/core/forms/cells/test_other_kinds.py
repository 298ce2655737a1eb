"""What is no workbook we read is told apart by what it is; text tables by what they hold."""

import pytest

from core.errors import WorkbookError
from core.forms.cells.open import read_workbook
from core.forms.cells.workbook import Loss
from core.forms.model.issues import issue_of
from core.services.intake.examine import examine
from tests.core.forms.assessment import star_books as star
from tests.core.forms.cells.new_excel import zipped
from tests.core.forms.cells.old_excel import container

TABLE = "รหัสหน่วยบริการ\tเดือน\tเงินสด\n11122\tตุลาคม\t5\n11123\tตุลาคม\t6\n"
XML_2003 = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
)
HTML = "<table><tr><td>รหัส</td></tr></table>"
FODS = '<?xml version="1.0"?><office:document xmlns:office="x"/>'


def refused(data: bytes, name: str = "a.xls") -> WorkbookError:
    with pytest.raises(WorkbookError) as caught:
        read_workbook(data, name)
    return caught.value


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (HTML.encode(), "F008", "HTML"),
        (b"\r\n  " + HTML.upper().encode(), "F008", "HTML"),
        (("\ufeff<html>" + HTML).encode("utf-16"), "F008", "HTML"),
        (XML_2003.encode(), "F008", "2003"),
        (XML_2003.encode("utf-16"), "F008", "2003"),
        (XML_2003.encode("utf-16-le"), "F008", "2003"),
        (FODS.encode(), "F008", "OpenDocument"),
        (b"<?xml version='1.0'?><a/>", "F008", "XML"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "F008", ".mht"),
        (b"{\\rtf1\\ansi", "F008", "Word"),
        (zipped({"content.xml": "<x/>", "mimetype": "x"}), "F008", "OpenDocument"),
        (zipped({"_rels/.rels": "<Relationships/>", "xl/workbook.bin": "x"}), "F008", ".xlsb"),
        (zipped({"_rels/.rels": "<x/>", "word/document.xml": "<x/>"}), "F008", "Word"),
        (zipped({"Index/Document.iwa": "x"}), "F008", "Numbers"),
        (zipped({"งาน/book.xlsx": "x"}), "F016", "book.xlsx"),
        (b"Rar!\x1a\x07\x00" + bytes(20), "F016", "RAR"),
        (b"\x09\x04\x06\x00\x00\x00\x10\x00" + bytes(20), "F008", "Excel 4"),
        (container(b"x", "WordDocument"), "F008", "Word"),
        (zipped({"_rels/.rels": "<x/>", "a.xml": "<x/>"}), "F006", ""),
        (b"a letter, in words;\nand nothing else", "F006", ""),
        (bytes(range(256)), "F006", ""),
    ],
)
def test_another_kind_of_file_is_named_with_what_to_do(data: bytes, code: str, words: str) -> None:
    error = refused(data)
    text = issue_of(error).text
    assert (error.code, words in text.th, words in text.en) == (code, True, True)
    assert ".xlsx" in text.th or code == "F016"


@pytest.mark.parametrize("name", ["a.xls", "a.xlsx", "a.txt", "a.csv", "a", ""])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874", "utf-16", "utf-16-le"])
def test_a_text_table_is_read_under_any_name(name: str, encoding: str) -> None:
    book, package = read_workbook(TABLE.encode(encoding), name)
    assert package.kind == "csv"
    assert [cell.value for cell in book.sheets[0].rows[2].values()] == ["11122", "ตุลาคม", "5"]


def test_a_mark_of_utf_8_before_a_workbook_is_passed_over() -> None:
    file = star.sample()
    assert read_workbook(b"\xef\xbb\xbf" + file)[0] == read_workbook(file)[0]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ('a,b\n="01122",2\n', ["01122", "2"]),
        ('a,b\n"=""01122""",2\n', ["01122", "2"]),
        ('a,b\n="",2\n', ["", "2"]),
        ("a,b\n=1+1,2\n", ["=1+1", "2"]),
        ("a,b\n01122,2\n\x1a", ["01122", "2"]),
        ("a,b\n01122,2\n\x1a\x1a\r\n", ["01122", "2"]),
    ],
)
def test_what_excel_and_old_programs_add_is_taken_off(text: str, row: list[str]) -> None:
    sheet = read_workbook(text.encode(), "a.csv")[0].sheets[0]
    assert [cell.value for cell in sheet.rows[2].values()] == row
    assert sheet.last_row == 2


def test_one_bad_byte_costs_one_letter_and_is_told() -> None:
    data = "รหัส,ชื่อ\n11122,โรงพยาบาลก\n".encode().replace(b"11122,", b"11122,\xff")
    book, _ = read_workbook(data, "a.csv")
    assert [cell.value for cell in book.sheets[0].rows[2].values()] == ["11122", "\ufffdโรงพยาบาลก"]
    assert book.losses == [Loss("W018", "CSV", "B2", "\ufffdโรงพยาบาลก")]


@pytest.mark.parametrize(
    ("text", "cell"),
    [("????????,a\n1,2\n", "A1"), ("a,??? (???)\n1,2\n", "B1"), ("a?,b\n1,2\n", "")],
)
def test_thai_letters_lost_before_are_told(text: str, cell: str) -> None:
    book, _ = read_workbook(text.encode(), "a.csv")
    assert [(loss.code, loss.cell) for loss in book.losses] == ([("W019", cell)] if cell else [])


def test_lost_letters_are_told_also_of_a_form_not_recognised() -> None:
    found = examine(b"????,?????\n1,2\n", "a.csv")
    assert [issue.code for issue in found.issues] == ["F011", "W019"]


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_nearest_form_is_named_only_where_any_of_it_is(language) -> None:
    nothing = examine(b"apples,pears\n1,2\n3,4\n", "a.csv").issues[0]
    some = examine("รหัสหน่วยบริการ,สินทรัพย์หมุนเวียน,pears\n11122,2,3\n".encode(), "a.csv").issues[0]
    assert (nothing.code, some.code) == ("F011", "F011")
    assert "“" not in nothing.text.in_(language)
    assert "“" in some.text.in_(language)
    assert "0 " not in nothing.text.in_(language)


def test_a_file_name_holds_nothing_that_no_store_takes() -> None:
    found = examine(b"", "a\udcff\x00.xlsx")
    assert found.file == "a\ufffd\ufffd.xlsx"
