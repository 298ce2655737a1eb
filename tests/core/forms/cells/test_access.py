"""The ministry's D-file: an Access database, bare or in an archive, read under the same limits."""

import io
import zipfile
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from core.errors import WorkbookError
from core.forms.cells.container import STANDARD, Limits
from core.forms.cells.open import read_workbook
from core.forms.cells.workbook import Cell, Place, Workbook
from core.forms.model.issues import issue_of
from tests.core.forms.cells.access_files import BALANCES, INTEGER, WORDS, balances, d_file
from tests.core.forms.cells.access_files import DAY as DAY_OF

DAY = date(2025, 10, 31)
ACCOUNTS = [("1101010101.101", 90.25, 0.0), ("2101010102.133", 0.0, 90.25)]
ROWS = balances("11223", DAY, ACCOUNTS)


def zipped(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_mdb", ".mdb").replace("_xlsx", ".xlsx"), content)
    return buffer.getvalue()


def opened(data: bytes, name: str = "D9911223.mdb", limits: Limits = STANDARD) -> Workbook:
    return read_workbook(data, name, limits)[0]


def refused(data: bytes, name: str = "D.mdb", limits: Limits = STANDARD) -> WorkbookError:
    with pytest.raises(WorkbookError) as refusal:
        opened(data, name, limits)
    return refusal.value


def row(book: Workbook, number: int) -> list[Cell]:
    return [book.sheets[0].at(Place(number, column)) for column in range(1, 8)]


def test_its_table_of_balances_is_a_sheet_with_money_in_baht() -> None:
    book = opened(d_file(ROWS))
    assert [sheet.name for sheet in book.sheets] == ["DataIn"]
    titles = ["PDate", "OrgID", "AccCode", "Dr", "Cr", "EndDr", "EndCr"]
    assert [cell.value for cell in row(book, 1)] == titles
    day, *others = row(book, 2)
    assert day.is_date
    assert day.value == (DAY - date(1899, 12, 30)).days
    assert [one.value for one in others] == ["11223", "1101010101.101", 90.25, 0, 90.25, 0]


def test_in_an_archive_it_is_the_same() -> None:
    data = d_file(ROWS)
    assert opened(zipped(D9911223_mdb=data)).sheets == opened(data).sheets


def test_when_each_line_was_sent_is_read_where_the_database_says_so() -> None:
    sent = date(2025, 11, 9)
    rows = [(*one, sent) for one in ROWS]
    book = opened(d_file(rows, columns={**BALANCES, "SentDate": DAY_OF}))
    cell = book.sheets[0].at(Place(2, 8))
    assert (cell.is_date, cell.value) == (True, (sent - date(1899, 12, 30)).days)


def test_no_other_table_and_no_other_column_is_read() -> None:
    columns = {**BALANCES, "Officer": WORDS}
    book = opened(d_file([(*one, "a name") for one in ROWS], columns=columns))
    assert "a name" not in {cell.value for cell in book.sheets[0].cells.values()}


def test_a_citizen_number_in_a_column_that_is_not_read_is_found() -> None:
    columns = {**BALANCES, "Officer": WORDS}
    # Invented: a right check digit, a number that nobody has.
    rows = [(*one, "1234567890121" if n else "a name") for n, one in enumerate(ROWS)]
    refusal = refused(d_file(rows, columns=columns))
    assert (refusal.code, refusal.params["table"], refusal.params["place"]) == (
        "F061", "DataIn", "Officer 2",
    )  # fmt: skip
    assert "1234567890121" not in str(refusal)


def test_hundreds_of_rows_over_many_pages_are_all_there() -> None:
    accounts = [(f"11010101{n:02}.101", float(n), 0.0) for n in range(99)] * 5
    book = opened(d_file(balances("11223", DAY, accounts)))
    assert book.sheets[0].last_row == 496
    assert sum(row(book, n)[3].value for n in range(2, 497)) == sum(range(99)) * 5  # type: ignore[misc]


@pytest.mark.parametrize(
    ("name", "kind"), [("C1611.mdb", "a C-file"), ("m1611.mdb", "an M-file"), ("Q1611.mdb", "a Q-"),
                       ("Database1.mdb", "another Access database")]
)  # fmt: skip
def test_another_database_is_named(name: str, kind: str) -> None:
    other = d_file([(1, "x")], "Quality", {"Id": INTEGER, "Words": WORDS})
    refusal = refused(other, name)
    assert refusal.code == "F022"
    assert kind in str(refusal.params["kind"])


def test_a_table_of_that_name_without_its_columns_is_another_database() -> None:
    assert refused(d_file([(1, "x")], columns={"Id": INTEGER, "Words": WORDS})).code == "F022"


def test_a_d_file_without_any_balance_says_so() -> None:
    assert refused(d_file([])).code == "F023"
    assert refused(d_file([(None,) * len(BALANCES)])).code == "F023"


def test_two_in_one_archive_are_asked_about() -> None:
    data = d_file(ROWS)
    for second in ("D2_mdb", "books_xlsx"):
        refusal = refused(zipped(**{"D1_mdb": data, second: data}))
        assert refusal.code == "F021"
        assert "d1.mdb" in issue_of(refusal).text.th


def test_what_a_mac_adds_to_an_archive_is_no_second_database() -> None:
    data = d_file(ROWS)
    assert opened(zipped(D1_mdb=data, **{"__MACOSX/._D1_mdb": b"x"})).sheets[0].last_row == 3


@pytest.mark.parametrize("left", [4096, 8192, 12288, 16384, 20000, 30])
def test_one_that_was_cut_off_is_damaged_never_read_in_part(left: int) -> None:
    data = d_file(ROWS * 60)
    assert len(data) > 20480
    assert refused(data[:left]).code == "F020"


def test_rows_that_are_missing_are_damage() -> None:
    data = d_file(ROWS * 60)
    assert refused(data[:-4096]).code == "F020"


@pytest.mark.parametrize("seed", range(12))
def test_bytes_turned_over_never_break_the_program(seed: int) -> None:
    data = bytearray(d_file(ROWS * 20))
    for n in range(40):
        data[(seed * 7919 + n * 104729) % len(data)] ^= 0x5A
    try:
        opened(bytes(data))
    except WorkbookError as error:
        assert error.code in {"F006", "F010", "F020", "F022"}  # noqa: PT017


def test_a_chain_of_pages_that_turns_back_ends() -> None:
    data = bytearray(d_file(ROWS))
    data[3 * 4096 + 4] = 3
    assert opened_or_refused(bytes(data)) in {"F020", "read"}


def opened_or_refused(data: bytes) -> Any:
    try:
        opened(data)
    except WorkbookError as error:
        return error.code
    return "read"


def test_more_cells_than_the_limit_are_refused() -> None:
    few = replace(STANDARD, cells=300)
    assert refused(d_file(ROWS * 60), limits=few).code == "F010"
