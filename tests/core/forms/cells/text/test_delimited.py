"""Tables kept as text: encodings, separators, and what is no text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import WorkbookError
from core.forms.cells.container import STANDARD, Limits
from core.forms.cells.open import read_workbook
from core.forms.cells.workbook import Place, Sheet

ROWS = [["รหัสหน่วยบริการ", "เดือน", "เงินสด"], ["01122", "ต.ค.", "1,234.50"]]
ENCODINGS = ["utf-8", "utf-8-sig", "cp874", "tis-620", "utf-16", "utf-16-be-bom"]


def encoded(text: str, encoding: str) -> bytes:
    if encoding == "utf-16-be-bom":
        return b"\xfe\xff" + text.encode("utf-16-be")
    return text.encode(encoding)


def sheet_of(data: bytes, name: str = "table.csv", limits: Limits = STANDARD) -> Sheet:
    return read_workbook(data, name, limits)[0].sheets[0]


def values(sheet: Sheet) -> list[list[object]]:
    return [[cell.value for cell in row.values()] for row in sheet.rows.values()]


def code_of(data: bytes, name: str = "table.csv", limits: Limits = STANDARD) -> str:
    with pytest.raises(WorkbookError) as caught:
        sheet_of(data, name, limits)
    return caught.value.code


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_thai_tables_are_read_whatever_program_saved_them(
    encoding: str, separator: str, ending: str
) -> None:
    text = ending.join(separator.join(f'"{field}"' for field in row) for row in ROWS)
    assert values(sheet_of(encoded(text, encoding))) == ROWS


def test_leading_zeros_and_figures_stay_as_typed() -> None:
    sheet = sheet_of(b"hcode,cash\n01122,12.50\n")
    assert values(sheet)[1] == ["01122", "12.50"]


def test_a_comma_inside_figures_does_not_part_a_table_of_tabs() -> None:
    text = "รหัส\tเงินสด\n01122\t1,234,567\n01123\t12\n01124\t1,234\n"
    assert values(sheet_of(text.encode(), "table.tsv"))[1] == ["01122", "1,234,567"]


def test_a_line_naming_the_separator_is_no_row() -> None:
    sheet = sheet_of(b"sep=;\na;b,c\n")
    assert sheet.cells.keys() == {Place(2, 1), Place(2, 2)}  # rows are counted as Excel shows them
    assert values(sheet) == [["a", "b,c"]]


def test_empty_fields_are_no_cells() -> None:
    assert sheet_of(b"a,, ,b\n,,,\n").cells.keys() == {Place(1, 1), Place(1, 4)}


def test_a_table_of_one_column_is_read() -> None:
    assert values(sheet_of(b"hcode\n01122\n")) == [["hcode"], ["01122"]]


def test_text_with_control_characters_is_no_table() -> None:
    assert code_of(b"a,b\n\x01\x02\x03,1\n") == "F006"


def test_cells_are_limited() -> None:
    assert len(sheet_of(b"a,b\nc,d\n", limits=Limits(cells=4)).cells) == 4
    assert code_of(b"a,b\nc,d\n", limits=Limits(cells=3)) == "F010"


def test_separators_alone_are_limited_too() -> None:
    assert code_of(b"," * 5_000_000) == "F010"


def test_an_endless_field_is_damage_not_memory() -> None:
    assert code_of(b'"' + b"a" * 1_000_000) == "F004"


def outcome(data: bytes) -> str:
    try:
        sheet_of(data)
    except WorkbookError as error:
        return error.code
    return "read"


@given(st.binary(min_size=1, max_size=400))
def test_any_bytes_are_a_table_or_told(data: bytes) -> None:
    assert outcome(data) in {"read", "F004", "F006", "F008", "F016"}


@given(st.text(alphabet='กข๑1,;\t|"\r\n =', max_size=80))
def test_any_text_is_a_table(text: str) -> None:
    for cell in sheet_of(text.encode() or b" ").cells.values():
        assert isinstance(cell.value, str)
        # An empty text that Excel is to keep is one.
        assert cell.value.strip() or '=""' in text
