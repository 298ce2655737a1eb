"""Names of cells and the hidden sheet of our blank forms."""

import pytest

from core.forms.cells.workbook import Cell, Place, Sheet, Workbook
from core.forms.model.identity import (
    IDENTITY_SHEET,
    CellName,
    Identity,
    Role,
    cell_name,
    parse_name,
    read_identity,
)

NAMES: list[tuple[str, Role, str, int]] = [
    ("truat.star.a.01", "input", "star.a.01", 0),
    ("truat.star.a.01.numerator", "numerator", "star.a.01", 0),
    ("truat.star.a.01.denominator", "denominator", "star.a.01", 0),
    ("truat.star.a.04.tambon.centre.unit12", "unit", "star.a.04.tambon.centre", 12),
    ("truat.weighted.star.a.01", "weighted", "star.a.01", 0),
    ("truat.raw.star.a.02.1", "raw", "star.a.02.1", 0),
    ("truat.total.star.a", "total", "star.a", 0),
    ("truat.score.star.a", "score", "star.a", 0),
    ("truat.spoke.star.radar.overall.G", "spoke", "star.radar.overall.G", 0),
]


@pytest.mark.parametrize(("name", "role", "node", "unit"), NAMES)
def test_a_name_is_made_and_read_back(name: str, role: Role, node: str, unit: int) -> None:
    assert cell_name(role, node, unit) == name
    assert parse_name(name) == CellName(role, node, unit)


@pytest.mark.parametrize(
    "name", ["_xlnm.Print_Area", "truat", "truat.", "other.star.a.01", "truat.star/a", "xtruat.a"]
)
def test_names_of_others_are_left_alone(name: str) -> None:
    assert parse_name(name) is None


def test_part_ids_of_digits_are_no_units() -> None:
    assert parse_name("truat.star.a.05.1") == CellName("input", "star.a.05.1")


def book(*rows: tuple[object, object], name: str = IDENTITY_SHEET) -> Workbook:
    sheet = Sheet(name, is_hidden=True)
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            sheet.cells[Place(number, column)] = Cell(value)  # type: ignore[arg-type]
    return Workbook([Sheet("1"), sheet])


def test_the_hidden_sheet_gives_back_what_was_written() -> None:
    written = Identity("star-2561", 1, "00123", "คปสอ.ตัวอย่าง", 2561)
    assert read_identity(book(*written.rows)) == written


def test_what_is_not_known_stays_unknown() -> None:
    assert read_identity(book(*Identity("finance").rows)) == Identity("finance")


def test_numbers_retyped_as_numbers_are_the_same() -> None:
    rows = (("form", "star-2561"), ("version", 1.0), ("cup", 123.0), ("fiscal_year", "2562"))
    assert read_identity(book(*rows)) == Identity("star-2561", 1, "123", None, 2562)


def test_what_was_tampered_with_counts_as_absent() -> None:
    rows = (("form", "star-2561"), ("version", "two"), ("fiscal_year", "9" * 40))
    assert read_identity(book(*rows)) == Identity("star-2561")


def test_other_workbooks_have_no_identity() -> None:
    assert read_identity(book(("form", "star-2561"), name="Sheet1")) is None
    assert read_identity(book(("version", "1"))) is None
    assert read_identity(Workbook([])) is None
