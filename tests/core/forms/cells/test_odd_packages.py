"""Workbooks as odd programs write them: one odd detail costs that detail, never the file."""

import re
import zipfile
from io import BytesIO

import openpyxl
import pytest

from core.errors import WorkbookError
from core.forms.cells.open import read_workbook
from core.forms.cells.workbook import Cell, Loss, Merge, Place, Workbook
from core.forms.model.values import read_number
from core.scoring.base.states import State
from tests.core.forms.assessment import star_books as star
from tests.core.forms.cells.new_excel import (
    MAIN,
    RELATION,
    SHEET,
    STYLES,
    cells,
    package,
    slowly,
    values,
    zipped,
)

STRINGS = "xl/sharedStrings.xml"
BOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
TEXT = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'


def parts_of(file: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(file)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def styled(code: str) -> dict[str, str]:
    """Styles in which number 2 has this format."""
    return {"xl/styles.xml": re.sub(r'formatCode="[^"]*"', f'formatCode="{code}"', STYLES)}


# Formats


@pytest.mark.parametrize("quick", [True, False])
@pytest.mark.parametrize(
    ("code", "value", "number", "error"),
    [
        ("#,##0_%", 1234.5, 1234.5, None),
        ("[&lt;=1]0%;#,##0", 1234.5, 1234.5, None),
        ("[&lt;=1]0%;#,##0", 0.86, 86, None),
        ("_D_M_-", 1234.5, 1234.5, None),
        ("[h]", 1.5, None, "W114"),
        ("[s]", 1.5, None, "W114"),
    ],
)
def test_a_number_is_what_its_section_shows(code, value, number, error, quick, monkeypatch) -> None:
    file = package(f'<row r="1"><c r="A1" s="2"><v>{value}</v></c></row>', others=styled(code))
    book = read_workbook(file)[0] if quick else slowly(file, monkeypatch)
    reading = read_number(book.sheets[0].at(Place(1, 1)))
    assert reading.code == error
    assert reading.state == (State.ERROR if error else State.REPORTED)
    assert number is None or reading.number == number


def test_dates_that_count_from_1904_are_those_the_user_sees() -> None:
    table = '<row r="1"><c r="A1" s="2"><v>43276</v></c><c r="B1"><v>43276</v></c></row>'
    file = package(table, calculation='<workbookPr date1904="1"/>')
    assert values(file) == {"A1": 43276.0 + 1462, "B1": 43276.0}


# Formulas nobody calculated


FORMULAS = (
    '<row r="1"><c r="A1"><f>B1</f><v>{}</v></c><c r="B1"><v>0</v></c>'
    '<c r="C1"><f>1+1</f><v>{}</v></c></row>'
)
ASKS = '<calcPr fullCalcOnLoad="1"/>'
BY = "<Properties><Application>{}</Application></Properties>"


@pytest.mark.parametrize(
    ("results", "calculation", "others", "left"),
    [
        (("0", "0"), ASKS, {}, (None, None)),
        (("0", "2"), ASKS, {}, (None, 2.0)),
        (("0.0", "0"), "", {}, (None, None)),
        (("0", "0"), "", {"docProps/app.xml": BY.format("Apache POI")}, (None, None)),
        (("0", "0"), "", {"docProps/app.xml": BY.format("Microsoft Excel")}, (None, None)),
        (("0", "2"), "", {}, (0.0, 2.0)),  # somebody calculated
        (("0", "0"), "", {"xl/calcChain.xml": "<calcChain/>"}, (0.0, 0.0)),
        (("0", "0"), "", {"docProps/app.xml": BY.format("LibreOffice/25.2")}, (0.0, 0.0)),
        (("0", "0"), ASKS, {"docProps/app.xml": BY.format("LibreOffice/25.2")}, (None, None)),
        (("", ""), "", {}, (None, None)),
    ],
)
def test_a_saved_0_that_nobody_calculated_is_no_zero(results, calculation, others, left) -> None:
    table = FORMULAS.format(*results)
    read = cells(package(table, calculation=calculation, others=others))
    assert (read["A1"].value, read["C1"].value) == left
    assert read["B1"].value == 0.0  # typed
    for name, value in zip(("A1", "C1"), left, strict=True):
        assert read_number(read[name]).code == ("W108" if value is None else None)


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        ('<c r="A1" t="str"><f>""</f><v></v></c>', "", None),
        ('<c r="A1" t="str"><f>B1</f></c>', None, "W108"),
        ('<c r="A1" t="str"><f t="shared" si="0"/></c>', None, "W108"),
        ('<c r="A1" t="str"/>', None, None),
        ('<c r="A1" t="b"><v>true</v></c>', True, "W103"),
        ('<c r="A1" t="b"><v>FALSE</v></c>', False, "W103"),
        ('<c r="A1"><v>5_0</v></c>', "5_0", "W115"),
        ('<c r="A1" t="n"><v>5_0.5</v></c>', "5_0.5", "W115"),
        ('<c r="A1"><v>x</v></c>', "x", "W115"),
        ('<c r="A1" t="s"><v>-1</v></c>', "-1", "W115"),
        ('<c r="A1" t="s"><v>9</v></c>', "9", "W115"),
        ('<c r="A1" t="s"><v>0_0</v></c>', "0_0", "W115"),
        ('<c r="A1" t="b"><v>2</v></c>', "2", "W115"),
        ('<c r="A1" t="d"><v>T08:30:00</v></c>', 8.5 / 24, "W114"),
        ('<c r="A1" t="d"><v>08:30</v></c>', 8.5 / 24, "W114"),
        ('<c r="A1" t="d"><v>soon</v></c>', "soon", "W115"),
        ('<c r="A1" s=""><v>7</v></c>', 7.0, None),
        ('<c r="A1" s="x"><v>7</v></c>', 7.0, None),
    ],
)
def test_what_a_cell_has_wrong_costs_that_cell(cell, value, code, monkeypatch) -> None:
    file = package(
        f'<row r="1">{cell}<c r="B1"><v>3</v></c></row>', "<si><t>a</t></si><si><t>b</t></si>"
    )
    for book in (read_workbook(file)[0], slowly(file, monkeypatch)):
        sheet = book.sheets[0]
        assert sheet.at(Place(1, 1)).value == (pytest.approx(value) if value else value)
        assert read_number(sheet.at(Place(1, 1))).code == code
        assert sheet.at(Place(1, 2)).value == 3.0


# Letters


@pytest.mark.parametrize(
    ("escaped", "text"),
    [
        ("a_xD83D_b", "a\ufffdb"),
        ("_xD83D__xDE00_", "\U0001f600"),
        ("_xDE00__xD83D_", "\ufffd\ufffd"),
        ("a_x0000_b", "a\ufffdb"),
        ("_x0007_", "\ufffd"),
        ("a_x000A_b_x0009_", "a\nb\t"),
        ("_x005F_x0041_", "_x0041_"),
        ("_x0E01_", "ก"),
    ],
)
@pytest.mark.parametrize("kind", ["s", "str", "inlineStr"])
def test_no_text_holds_what_no_store_takes(escaped: str, text: str, kind: str, monkeypatch) -> None:
    body = {
        "s": "<v>0</v>",
        "str": f"<v>{escaped}</v>",
        "inlineStr": f"<is><t>{escaped}</t></is>",
    }[kind]
    file = package(
        f'<row r="1"><c r="A1" t="{kind}">{body}</c></row>', f"<si><t>{escaped}</t></si>"
    )
    assert values(file) == {"A1": text}
    assert slowly(file, monkeypatch).sheets[0].at(Place(1, 1)).value == text
    text.encode()


def with_strings(strings: bytes) -> bytes:
    return package(TEXT, others={STRINGS: strings})


PREFIXED = f"<x:sst xmlns:x={MAIN[6:]}><x:si><x:t>เงินสด</x:t></x:si></x:sst>"
SST = f"<sst {MAIN}><si><t>เงินสด</t></si></sst>"


@pytest.mark.parametrize(
    "strings",
    [
        pytest.param(PREFIXED.encode(), id="prefix"),
        pytest.param(SST.encode("utf-16"), id="UTF-16"),
        pytest.param(
            ('<?xml version="1.0" encoding="UTF-16"?>' + SST).encode("utf-16-le"),
            id="UTF-16 without mark",
        ),
        pytest.param(SST.encode("cp874"), id="Thai, not declared"),
        pytest.param(
            ('<?xml version="1.0" encoding="windows-874"?>' + SST).encode("cp874"), id="Windows"
        ),
        pytest.param(
            ('<?xml version="1.0" encoding="TIS-620"?>' + SST).encode("tis-620"), id="TIS-620"
        ),
    ],
)
def test_shared_texts_may_be_written_in_other_letters(strings: bytes) -> None:
    assert values(with_strings(strings)) == {"A1": "เงินสด"}


def test_shared_texts_in_latin_1_are_read_as_declared() -> None:
    strings = '<?xml version="1.0" encoding="ISO-8859-1"?><sst><si><t>Caf\xe9</t></si></sst>'
    assert values(with_strings(strings.encode("latin-1"))) == {"A1": "Café"}


# Parts


def moved(book: str, target: str | None = None) -> bytes:
    """The package with its workbook part elsewhere, found through the package's relations."""
    parts = parts_of(package(TEXT, "<si><t>a</t></si>"))
    relations = parts.pop(RELATIONS).decode().replace('"worksheets', '"/xl/worksheets')
    relations = relations.replace('"sharedStrings', '"/xl/sharedStrings')
    folder, _, name = book.rpartition("/")
    parts[book] = parts.pop(BOOK)
    parts[f"{folder}/_rels/{name}.rels".lstrip("/")] = relations.encode()
    parts["_rels/.rels"] = (
        f'<Relationships><Relationship Id="rId1" Type="{RELATION}/officeDocument" '
        f'Target="{target or book}"/></Relationships>'
    ).encode()
    return zipped(parts)


@pytest.mark.parametrize(
    ("book", "target"),
    [
        ("xl/workbook2.xml", None),
        ("xl/workbook2.xml", "/xl/workbook2.xml"),
        ("xl/workbook2.xml", "xl\\workbook2.xml"),
        ("book.xml", None),
        ("a b/book.xml", "a%20b/book.xml"),
    ],
)
def test_the_workbook_is_found_through_the_relations(book: str, target: str | None) -> None:
    assert values(moved(book, target)) == {"A1": "a"}


@pytest.mark.parametrize(
    "target",
    ["worksheets\\sheet1.xml", "/xl/worksheets/sheet1.xml", "../xl/worksheets/sheet%31.xml"],
)
def test_a_target_may_be_written_in_other_ways(target: str) -> None:
    relations = parts_of(package(TEXT))[RELATIONS].decode()
    changed = relations.replace("worksheets/sheet1.xml", target)
    assert values(package(TEXT, "<si><t>a</t></si>", others={RELATIONS: changed})) == {"A1": "a"}


def two_sheets(missing: str) -> bytes:
    made = openpyxl.Workbook()
    made.active.append(["a", 1])
    made.create_sheet("สอง").append(["b", 2])
    return star.repacked(star.saved(made), lambda name, part: None if name == missing else part)


def test_a_missing_sheet_costs_that_sheet_and_is_told() -> None:
    book, _ = read_workbook(two_sheets("xl/worksheets/sheet2.xml"))
    assert [(sheet.name, len(sheet.cells)) for sheet in book.sheets] == [("Sheet", 2), ("สอง", 0)]
    assert book.losses == [Loss("W016", "สอง", "", "สอง")]
    found = star.read(star.data([*star.pages(), star.Page("z", [[star.Box("x")]])]))
    assert star.codes(found, "W016") == []


def test_a_workbook_without_any_of_its_sheets_is_damaged() -> None:
    with pytest.raises(WorkbookError) as caught:
        read_workbook(package(TEXT, others={SHEET: None}))
    assert caught.value.code == "F004"


@pytest.mark.parametrize(
    ("ref", "merge"),
    [
        ("A:A", Merge(Place(1, 1), Place(1_048_576, 1))),
        ("2:3", Merge(Place(2, 1), Place(3, 16_384))),
        ("$B$1:$C$2", Merge(Place(1, 2), Place(2, 3))),
    ],
)
def test_ranges_of_whole_columns_and_rows_are_ranges(ref: str, merge: Merge) -> None:
    file = package(
        TEXT, "<si><t>a</t></si>", after=f'<mergeCells><mergeCell ref="{ref}"/></mergeCells>'
    )
    sheet = read_workbook(file)[0].sheets[0]
    assert (sheet.merges, sheet.cells) == ([merge], {Place(1, 1): Cell("a")})


def test_what_is_no_range_or_no_cell_is_left_out_and_told() -> None:
    after = '<mergeCells><mergeCell ref="?"/></mergeCells>'
    table = '<row r="1"><c r="A1"><v>1</v></c><c r="1A"><v>2</v></c></row>'
    book, _ = read_workbook(package(table, after=after))
    assert list(book.sheets[0].cells) == [Place(1, 1)]
    assert book.losses == [Loss("W017", "One", "", "1A 2"), Loss("W017", "One", "", "?")]


# Hidden rows and columns


@pytest.mark.parametrize("quick", [True, False])
def test_hidden_rows_and_columns_are_known(quick: bool, monkeypatch) -> None:
    table = (
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="2" hidden="1"><c r="A2"><v>2</v></c></row>'
    )
    columns = '<cols><col min="1" max="1"/><col min="3" max="4" width="0" hidden="1"/></cols>'
    file = package(table, before=columns)
    book: Workbook = read_workbook(file)[0] if quick else slowly(file, monkeypatch)
    sheet = book.sheets[0]
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({2}, {3, 4})
    assert sheet.at(Place(2, 1)).value == 2.0


def test_what_openpyxl_hides_is_hidden() -> None:
    made = openpyxl.Workbook()
    made.active["C3"] = 1
    made.active.row_dimensions[3].hidden = True
    made.active.column_dimensions["C"].hidden = True
    sheet = read_workbook(star.saved(made))[0].sheets[0]
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({3}, {3})
