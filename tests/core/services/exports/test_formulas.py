"""No text of a user runs as a formula, in any file that leaves the program."""

import ast
import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from core.forms.model.sheet_style import as_text
from core.reports.deck.charts.part import workbook as chart_workbook
from core.reports.deck.charts.xml import Column, Grid
from core.reports.verification.sheets import Cell, Sheet
from core.services.exports.delimited import delimited
from core.services.exports.tables import table_file
from core.services.exports.workbook import Head
from core.services.results.json_document import plain
from core.services.verification.draw import drawn
from core.text import runs_as_formula
from tests.paths import ROOT

HOSTILE = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1"]
Rows = list[list[object]]


def cells(data: bytes) -> list[tuple[object, str, bool]]:
    """Every cell of a workbook that says something: value, type, and whether it is kept as text."""
    book = load_workbook(io.BytesIO(data))
    return [
        (cell.value, cell.data_type, bool(cell.quotePrefix))
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]


def styled(rows: Rows) -> bytes:
    book, written = Workbook(), io.BytesIO()
    for down, row in enumerate(rows, 1):
        for across, text in enumerate(row, 1):
            as_text(book.active.cell(down, across), str(text))
    book.save(written)
    return written.getvalue()


def verification(rows: Rows) -> bytes:
    sheet = Sheet("x", (9.0,))
    sheet.cells = {(n, "A"): Cell(str(row[0]), "text") for n, row in enumerate(rows, 1)}
    return drawn([sheet], "", "equal", "differs")


WORKBOOKS: list[Callable[[Rows], bytes]] = [
    lambda rows: table_file(".xlsx", Head(HOSTILE[0], (HOSTILE[1],)), rows),
    styled,
    verification,
    lambda rows: chart_workbook(
        Grid(tuple(str(row[0]) for row in rows), (Column(HOSTILE[0], (1.0,)),))
    ),
]


@pytest.mark.parametrize("make", WORKBOOKS)
def test_texts_of_workbooks_stay_texts(make: Callable[[Rows], bytes]) -> None:
    found = cells(make([[text] for text in HOSTILE]))
    texts = [one for one in found if isinstance(one[0], str) and runs_as_formula(one[0])]
    assert len(texts) >= 4
    assert [one for one in found if one[1] == "f"] == []


@pytest.mark.parametrize("make", WORKBOOKS[:3])
def test_a_text_like_a_formula_stays_one_when_it_is_typed_again(
    make: Callable[[Rows], bytes],
) -> None:
    found = cells(make([[text] for text in HOSTILE]))
    like = [one for one in found if isinstance(one[0], str) and runs_as_formula(one[0])]
    assert [value for value, _type, is_kept in like if not is_kept] == []


@pytest.mark.parametrize(
    "make", [delimited, lambda rows: table_file(".csv", Head(HOSTILE[0], (HOSTILE[1],)), rows)]
)
def test_texts_of_delimited_files_are_made_inert(make: Callable[[Rows], bytes]) -> None:
    text = make([[text, 1] for text in HOSTILE]).decode("utf-8-sig")
    fields = [field for row in csv.reader(io.StringIO(text, newline="")) for field in row]
    assert [field for field in fields if runs_as_formula(field)] == []
    assert sum(field.startswith("'") for field in fields) >= len(HOSTILE)


def test_numbers_stay_numbers() -> None:
    assert delimited([[-1.5, -3, None]]).decode("utf-8-sig") == "-1.5,-3,\r\n"
    assert plain(-1.5) == -1.5
    assert plain(HOSTILE[0]) == f"'{HOSTILE[0]}"


# Whoever writes a table of cells is named here, and tested above or beside its own module.
WRITERS = {
    "core/demo/files/workbooks.py", "core/demo/files/writing.py", "core/demo/programmes/relief.py",
    "core/forms/blank_assessment/write.py", "core/forms/blank_table/write.py",
    "core/forms/document/filled.py", "core/forms/marked/value_copy.py",
    "core/forms/marked/write.py",
    "core/reports/deck/charts/part.py", "core/reports/spreadsheet/write.py",
    "core/services/exports/delimited.py", "core/services/exports/workbook.py",
    "core/services/verification/draw.py",
}  # fmt: skip
READERS = {"core/services/handbook/blanks.py"}  # Pictures of blanks read what we made.
WRITING = {"csv.writer", "csv.DictWriter", "Workbook", "load_workbook", "openpyxl.load_workbook",
           "openpyxl.Workbook", "xlsxwriter.Workbook"}  # fmt: skip


def calls_of(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}


def test_nobody_else_writes_tables_of_cells() -> None:
    tops = (ROOT / top for top in ("core", "components", "pages"))
    found = {
        str(file.relative_to(ROOT))
        for top in tops
        for file in top.rglob("*.py")
        for call in calls_of(file)
        if call in WRITING or call.endswith((".to_csv", ".to_excel"))
    }
    # The reader of files makes workbooks of its own, of cells.
    found = {name for name in found if not name.startswith("core/forms/cells/")} - READERS
    assert found <= WRITERS, "write by core.services.exports, or name the module and test it"


def test_the_browser_knows_the_same_beginnings() -> None:
    script = (ROOT / "static/takeaway/table.js").read_text(encoding="utf-8")
    assert r"const FORMULA = /^[=+\-@\t\r]/;" in script
