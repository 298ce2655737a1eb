"""Cells of .xlsx files as many programs write them; one reader, two ways that must agree."""

import io
import re
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from core.errors import WorkbookError
from core.forms.cells.container import Limits
from core.forms.cells.number_format import GENERAL
from core.forms.cells.open import read_workbook
from core.forms.cells.workbook import Cell, Merge, Place, Sheet, place_of
from core.forms.cells.xlsx import sheet as xlsx_sheet
from core.services.handbook.templates import blank
from tests.core.forms.assessment import star_books as star
from tests.core.forms.cells.new_excel import (
    DATE,
    PERCENT,
    YELLOW,
    cells,
    package,
    slowly,
    values,
)
from tests.core.forms.office import SOFFICE, converted


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="A1"><v>12.5</v></c>', 12.5),
        ('<c r="A1" t="n"><v>1E-2</v></c>', 0.01),
        ('<c r="A1" t="s"><v>1</v></c>', "สอง"),
        ('<c r="A1" t="s"><v>2</v></c>', "รวม & <แล้ว>"),
        ('<c r="A1" t="str"><f>"a"&amp;"b"</f><v>ab</v></c>', "ab"),
        ('<c r="A1"><f>"01122"</f></c>', "01122"),
        ('<c r="A1"><f> &quot;01122&#34; </f><v/></c>', "01122"),
        ('<c r="A1"><f>"ก"&amp;B1&amp;"ข"</f><v></v></c>', None),
        ('<c r="A1" t="inlineStr"><is><t>ใน &#3588;</t></is></c>', "ใน ค"),
        ('<c r="A1" t="inlineStr"><is><t xml:space="preserve"> ว่าง </t></is></c>', " ว่าง "),
        ('<c r="A1" t="inlineStr"><is><r><t>ตัว</t></r><r><t>หนา</t></r></is></c>', "ตัวหนา"),
        ('<c r="A1" t="inlineStr"><is><r><t>ก</t></r><rPh><t>ข</t></rPh></is></c>', "ก"),
        ('<c r="A1" t="inlineStr"><is><t><![CDATA[<ก>]]></t></is></c>', "<ก>"),
        ('<c r="A1" t="b"><v>1</v></c>', True),
        ('<c r="A1" t="b"><v>0</v></c>', False),
        ('<c r="A1" t="d"><v>2018-06-25</v></c>', 43276.0),
        ('<c t="str"><v>no name</v></c>', "no name"),
        ('<c t="s" r="A1"><v>0</v></c>', "หนึ่ง"),
        ('<c r="A1" t="s" s="3"><v>0</v></c>', "หนึ่ง"),
        ('<c r="A1"><f>1+1</f><v>2</v></c>', 2.0),
        ('<c r="A1"><f t="shared" ref="A1:A9" si="0">B1</f><v>7</v></c>', 7.0),
        ('<c r="A1"><f t="shared" si="0"/><v>7</v></c>', 7.0),
        ('<c r="A1" cm="1"><v>7</v></c>', 7.0),
        ('<c r="A1"><v>7</v><extLst><ext uri="x"/></extLst></c>', 7.0),
        ('<c r="A1" t="str"><v>a_x000D_\nb</v></c>', "a\r\nb"),
        ("<c r='A1'><v>7</v></c>", 7.0),
        ('<c\nr="A1"\n><v>7</v\n></c>', 7.0),
        ('<!-- <c r="A1"><v>1</v></c> --><c r="A1"><v>7</v></c>', 7.0),
    ],
)
def test_a_value_is_read_as_it_was_typed(cell, value, monkeypatch) -> None:
    strings = "<si><t>หนึ่ง</t></si><si><t>สอง</t></si><si><t>รวม &amp; &lt;แล้ว&gt;</t></si>"
    file = package(f'<row r="1">{cell}</row>', strings)
    assert values(file) == {"A1": value}
    assert slowly(file, monkeypatch).sheets[0].cells[Place(1, 1)].value == value


@pytest.mark.parametrize(
    ("cell", "flags"),
    [
        (f'<c r="A1" s="{PERCENT}"><v>0.86</v></c>', {"is_percent": True}),
        (f'<c r="A1" s="{DATE}"><v>43276</v></c>', {"is_date": True}),
        (f'<c r="A1" s="{YELLOW}"/>', {"is_filled": True}),
        (f'<c r="A1" s="{YELLOW}"></c>', {"is_filled": True}),
        ('<c r="A1"><f>B1</f><v/></c>', {"is_formula": True}),
        ('<c r="A1"><f>B1</f><v /></c>', {"is_formula": True}),
        ('<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', {"is_error": True, "is_formula": True}),
        ('<c r="A1" t="e"><v>#N/A</v></c>', {"is_error": True}),
        ('<c r="A1" t="d"><v>2018-06-25T00:00:00</v></c>', {"is_date": True}),
        ('<c r="A1" s="99"><v>1</v></c>', {}),
    ],
)
def test_what_a_cell_is_besides_its_value(cell, flags, monkeypatch) -> None:
    file = package(f'<row r="1">{cell}</row>')
    found = cells(file)["A1"]
    assert found._replace(value=None, format=GENERAL) == Cell(None, **flags)
    assert slowly(file, monkeypatch).sheets[0].cells[Place(1, 1)] == found


def test_cells_that_say_nothing_are_left_out() -> None:
    assert (
        cells(package('<row r="1"><c r="A1"/><c r="B1" s="1"/><c r="C1"><v></v></c></row>')) == {}
    )


def test_cells_without_names_follow_one_another() -> None:
    table = '<row><c><v>1</v></c><c><v>2</v></c></row><row r="5"><c r="C5"><v>3</v></c><c/></row>'
    assert values(package(table)) == {"A1": 1.0, "B1": 2.0, "C5": 3.0}


def test_rich_shared_texts_are_joined_and_reading_aids_left_out() -> None:
    strings = "<si><t>ก</t></si><si><r><rPr><b/></rPr><t>ข</t></r><r><t>ค</t></r></si>"
    strings += "<si><t>ง</t><rPh sb='0' eb='1'><t>จ</t></rPh></si><si/>"
    table = "".join(f'<c r="A{n}" t="s"><v>{n - 1}</v></c>' for n in range(1, 5))
    assert values(package(f"<row>{table}</row>", strings)) == {"A1": "ก", "A2": "ขค", "A3": "ง"}


@pytest.mark.parametrize("form", ["star-2561", "finance"])
def test_our_own_forms_are_read_the_quick_way_and_like_the_other(form: str, monkeypatch) -> None:
    file = blank(form)[1]
    with monkeypatch.context() as patched:
        patched.setattr(xlsx_sheet, "SheetPart", None)
        quickly = read_workbook(file)[0]
    assert quickly.sheets == slowly(file, monkeypatch).sheets


@pytest.mark.parametrize("quick", [True, False])
def test_merged_ranges_are_told(quick: bool, monkeypatch) -> None:
    after = '<mergeCells count="2"><mergeCell ref="A1:B3"/><mergeCell ref="D5"/></mergeCells>'
    file = package('<row r="1"><c r="A1"><v>1</v></c></row>', after=after)
    book = read_workbook(file)[0] if quick else slowly(file, monkeypatch)
    d5 = Place(5, 4)
    assert book.sheets[0].merges == [Merge(Place(1, 1), Place(3, 2)), Merge(d5, d5)]
    assert book.sheets[0].at(Place(3, 2)).value == 1.0


def prefixed(name: str, content: bytes) -> bytes:
    """The part with its elements in a prefix, as some libraries write them."""
    if "rels" in name or not name.endswith(".xml"):
        return content
    text = re.sub(r"<(/?)(?=[A-Za-z])", r"<\1x:", content.decode())
    return text.replace("xmlns=", "xmlns:x=", 1).encode()


def in_utf16(_: str, content: bytes) -> bytes:
    return re.sub(r"<\?xml.*?\?>", "", content.decode()).encode("utf-16")


def upper_names(file: bytes) -> bytes:
    """Parts named in other letters than their relations say."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(file)) as source,
        zipfile.ZipFile(buffer, "w") as target,
    ):
        for name in source.namelist():
            target.writestr(name.replace("sheet1", "Sheet1"), source.read(name))
    return buffer.getvalue()


@pytest.mark.parametrize(
    "written",
    [
        pytest.param(lambda file: star.repacked(file, prefixed), id="prefixed namespaces"),
        pytest.param(lambda file: star.repacked(file, in_utf16), id="UTF-16"),
        pytest.param(upper_names, id="letters of part names"),
        pytest.param(lambda file: file + b"\0" * 100, id="padded"),
        pytest.param(lambda file: star.repacked(file, lambda _, c: c), id="packed again"),
    ],
)
def test_a_package_may_be_written_in_other_ways(written) -> None:
    plain, other = read_workbook(star.sample())[0], read_workbook(written(star.sample()))[0]
    assert other.sheets[0].cells == plain.sheets[0].cells


@pytest.mark.parametrize("name", [p.name for p in sorted(star.SAMPLES.glob("*.xlsx"))])
def test_both_ways_of_reading_give_the_same(name: str, monkeypatch) -> None:
    file = star.sample(name)
    assert slowly(file, monkeypatch) == read_workbook(file)[0]


def test_a_sheet_longer_than_one_piece_is_read_whole() -> None:
    """Pieces of a megabyte end in the midst of a row."""
    table = "".join(
        f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}" t="str"><v>ข้อความ {n}</v></c></row>'
        for n in range(1, 40_001)
    )
    found = values(package(table, after='<mergeCells><mergeCell ref="A1:A2"/></mergeCells>'))
    assert len(found) == 80_000
    assert found["B40000"] == "ข้อความ 40000"


CELL = st.one_of(
    st.integers(-(10**12), 10**12).map(lambda n: n / 1000),
    st.booleans(),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40),
)


@given(st.dictionaries(st.tuples(st.integers(1, 300), st.integers(1, 60)), CELL, max_size=30))
def test_what_openpyxl_writes_comes_back(typed) -> None:
    book = openpyxl.Workbook()
    for (row, column), value in typed.items():
        cell = book.active.cell(row, column)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"
    found, _ = read_workbook(star.saved(book))
    got = {tuple(place): cell.value for place, cell in found.sheets[0].cells.items()}
    assert got == typed


# The last three are characters to XML; to HTML they are none, or others.
REFERENCES = {
    "&amp;lt;": "&lt;", "&lt;&gt;&quot;&apos;": "<>\"'", "&#3585;&#xE02;": "กข",
    "a&#64976;b": "a\ufdd0b", "&#x80;": "\x80", "&#x1FFFE;": "\U0001fffe",
}  # fmt: skip


@pytest.mark.parametrize("quick", [True, False])
def test_references_are_those_of_xml(quick: bool, monkeypatch) -> None:
    cells = "".join(
        f'<c r="A{n}" t="str"><v>{written}</v></c>' for n, written in enumerate(REFERENCES, 1)
    )
    file = package(f"<row>{cells}</row>")
    book = read_workbook(file)[0] if quick else slowly(file, monkeypatch)
    assert [cell.value for cell in book.sheets[0].cells.values()] == [*REFERENCES.values()]


@pytest.mark.parametrize("wrong", ["&nbsp;", "&", "&lt", "&#0;", "&#xD800;", "&#xFFFF;", "&#11;"])
def test_what_is_no_reference_of_xml_is_refused_and_not_guessed(wrong: str) -> None:
    with pytest.raises(WorkbookError):
        read_workbook(package(f'<row><c r="A1" t="str"><v>a{wrong}</v></c></row>'))


def test_rich_text_of_openpyxl_is_read() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = CellRichText("ร้อยละ", TextBlock(InlineFont(b=True), "ที่ได้"))
    assert values(star.saved(book)) == {"A1": "ร้อยละที่ได้"}


def test_names_of_cells_are_read_and_lost_ones_left_out() -> None:
    book = openpyxl.Workbook()
    book.active.title = "o'ne ๑"
    for name, reference in (
        ("good", "'o''ne ๑'!$B$12"),
        ("lost", "#REF!"),
        ("gone", "'o''ne ๑'!#REF!"),
        ("wide", "'o''ne ๑'!$A$1:$B$2"),
        ("sum", "1+1"),
    ):
        book.defined_names.add(
            openpyxl.workbook.defined_name.DefinedName(name, attr_text=reference)
        )
    found, _ = read_workbook(star.saved(book))
    assert found.names == {"good": ("o'ne ๑", Place(12, 2))}


def test_a_name_of_one_sheet_does_not_hide_the_workbooks_own() -> None:
    book = openpyxl.Workbook()
    copied = book.create_sheet("copy")
    own = openpyxl.workbook.defined_name.DefinedName("truat.x", attr_text="Sheet!$A$1")
    book.defined_names.add(own)
    local = openpyxl.workbook.defined_name.DefinedName("truat.x", attr_text="copy!$A$1")
    copied.defined_names.add(local)
    assert read_workbook(star.saved(book))[0].names == {"truat.x": ("Sheet", Place(1, 1))}


def test_hidden_sheets_are_told_and_chart_sheets_are_empty() -> None:
    book = openpyxl.Workbook()
    book.create_sheet("b").sheet_state = "veryHidden"
    book.create_chartsheet("c")
    found, _ = read_workbook(star.saved(book))
    assert [(s.name, s.is_hidden, len(s.cells)) for s in found.sheets] == [
        ("Sheet", False, 0),
        ("b", True, 0),
        ("c", False, 0),
    ]


def test_macros_are_noted_and_the_cells_read_all_the_same() -> None:
    buffer = io.BytesIO(star.sample())
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xcc\x61" * 500)
        archive.writestr("xl/externalLinks/externalLink1.xml", "<externalLink/>")
    found = star.read(buffer.getvalue(), "a.xlsm")
    assert star.points(found) == star.points(star.read(star.sample()))
    assert star.codes(found, "W013", "W014") == [("W013", ""), ("W014", "")]


@pytest.mark.parametrize(
    ("limits", "code"),
    [(Limits(cells=510), "F010"), (Limits(sheets=0), "F009"), (Limits(file_bytes=99), "F002")],
)
def test_limits_hold(limits: Limits, code: str) -> None:
    with pytest.raises(WorkbookError) as caught:
        read_workbook(star.sample(), "", limits)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("name", "place"), [("A1", (1, 1)), ("$E$12", (12, 5)), ("XFD1048576", (1048576, 16384))]
)
def test_cells_by_name(name: str, place: tuple[int, int]) -> None:
    assert place_of(name) == Place(*place)
    assert Place(*place).name == name.replace("$", "")


@pytest.mark.parametrize("name", ["", "12", "A", "1A", "A1B", "๑A", "A๑"])
def test_what_is_no_cell(name: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(name)}$"):
        place_of(name)


def test_of_huge_merged_ranges_the_near_cells_are_known() -> None:
    sheet = Sheet("a", {Place(1, 1): Cell(1.0)}, [Merge(Place(1, 1), Place(1048576, 16384))] * 9)
    assert sheet.at(Place(400, 50)).value == 1.0
    assert sheet.at(Place(40_000, 50)).value is None


@pytest.mark.office
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_what_libreoffice_saves_reads_the_same(kind: str, tmp_path) -> None:
    found = converted({"a": star.data([*star.pages(), star.page_c()])}, tmp_path, kind)
    ours, theirs = star.read([*star.pages(), star.page_c()]), star.read(found["a"], f"a.{kind}")
    assert star.inputs(theirs) == star.inputs(ours)
    assert star.points(theirs) == star.points(ours)
    assert star.codes(theirs, "W010", "W011", "W015") == []


@pytest.mark.office
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_an_open_document_is_refused_with_what_to_do(tmp_path) -> None:
    found = star.read(converted({"a": star.sample()}, tmp_path, "ods")["a"], "a.ods")
    assert star.codes(found) == [("F008", "")]
