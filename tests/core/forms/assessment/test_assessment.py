"""Forms of our own are found by their names; where those lie, by their words."""

import io
import re

import openpyxl
import pytest
from openpyxl.workbook.defined_name import DefinedName

from core.criteria.catalog import catalog
from core.forms.model.form import form
from core.forms.model.identity import IDENTITY_SHEET, cell_name, parse_name
from core.services.handbook.templates import blank
from core.services.intake.examine import examine
from core.services.intake.kinds import Intake
from tests.core.forms.assessment import star_books as star
from tests.core.forms.fillings import drawn, typed_into

RULES, STAR = catalog().ruleset(2561), form("star-2561")


@pytest.fixture(scope="module")
def ours() -> bytes:
    """Our own form, filled in."""
    _, content = blank("star-2561")
    return typed_into(content, drawn(STAR, RULES, seed=5, errors=0.0), STAR, RULES)


@pytest.fixture(scope="module")
def original(ours: bytes) -> Intake:
    return star.read(ours)


def edited(file: bytes, *edits) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(file))
    for edit in edits:
        edit(book)
    return star.saved(book)


def without_names(book: openpyxl.Workbook) -> None:
    book.defined_names.clear()


def lost_names(book: openpyxl.Workbook) -> None:
    for name in list(book.defined_names):
        book.defined_names[name] = DefinedName(name, attr_text="#REF!")


def names_of_a_sheet_that_is_gone(book: openpyxl.Workbook) -> None:
    for name in list(book.defined_names):
        book.defined_names[name] = DefinedName(name, attr_text="'ไม่มี'!$A$1")


def another_form(book: openpyxl.Workbook) -> None:
    sheet = book[IDENTITY_SHEET]
    for row in sheet.iter_rows():
        if row[0].value == "form":
            row[1].value = "finance"


def no_form_at_all(book: openpyxl.Workbook) -> None:
    book[IDENTITY_SHEET].delete_rows(1, 20)


def unknown_form(book: openpyxl.Workbook) -> None:
    book[IDENTITY_SHEET]["B1"] = "=1/0"


@pytest.mark.parametrize(
    "edits",
    [
        (without_names,),
        (lost_names,),
        (names_of_a_sheet_that_is_gone,),
        (another_form,),
        (another_form, without_names),
        (no_form_at_all,),
        (no_form_at_all, without_names),
        (unknown_form,),
    ],
    ids=lambda edits: " + ".join(edit.__name__ for edit in edits),
)
def test_an_identity_that_lies_changes_nothing_typed(edits, ours, original: Intake) -> None:
    found = star.read(edited(ours, *edits))
    assert found.form == original.form
    assert star.inputs(found) == star.inputs(original)
    units = {key: total.totals for key, total in found.reading.units.items()}
    assert units == {key: total.totals for key, total in original.reading.units.items()}


def test_rows_inserted_and_sheets_renamed_move_the_names_along(ours, original: Intake) -> None:
    """What Excel does on inserting rows: it rewrites the names. Here it is done by hand."""

    def renamed(book: openpyxl.Workbook) -> None:
        for sheet in book.worksheets:
            old, new = sheet.title, f"ใหม่ {sheet.title}"[:31]
            if old != IDENTITY_SHEET:
                sheet.title = new
                for name, defined in book.defined_names.items():
                    text = re.sub(rf"^'?{re.escape(old)}'?!", f"'{new}'!", defined.attr_text)
                    book.defined_names[name] = DefinedName(name, attr_text=text)

    assert star.inputs(star.read(edited(ours, renamed))) == star.inputs(original)


def test_a_deleted_row_is_missed_like_any_other(ours) -> None:
    def lose(book: openpyxl.Workbook) -> None:
        name = cell_name("input", "star.a.24.3")
        book.defined_names[name] = DefinedName(name, attr_text="#REF!")

    found = star.read(edited(ours, lose))
    (issue,) = [issue for issue in found.issues if issue.code == "W011"]
    assert issue.params["item"] == "24.3"
    assert "star.a.24.3" not in found.reading.cells


def test_a_named_cell_that_was_merged_is_named_by_its_top_left(ours) -> None:
    def merge(book: openpyxl.Workbook) -> None:
        (sheet, cell), *_ = book.defined_names[cell_name("input", "star.a.01")].destinations
        place = book[sheet][cell]
        place.value = None
        book[sheet].cell(place.row, place.column - 1).value = 101
        book[sheet].merge_cells(
            start_row=place.row,
            end_row=place.row,
            start_column=place.column - 1,
            end_column=place.column,
        )

    found = star.read(edited(ours, merge))
    (issue,) = [issue for issue in found.issues if issue.code == "W101"]
    assert issue.cell == "D8"


@pytest.mark.parametrize("typed", [0, None])
def test_a_sheet_that_was_copied_is_told_where_it_was_filled_in(
    typed: int | None, ours, original: Intake
) -> None:
    def copied(book: openpyxl.Workbook) -> None:
        sheet = book.worksheets[0]
        copy = book.copy_worksheet(sheet)
        for name, defined in book.defined_names.items():
            label = parse_name(name)
            for title, cell in defined.destinations if label else ():
                if title == sheet.title and label.role in ("input", "numerator", "denominator"):
                    copy[cell].value = typed

    found = star.read(edited(ours, copied))
    assert star.inputs(found) == star.inputs(original)
    told = [issue for issue in found.issues if issue.code == "W015"]
    assert bool(told) is (typed is not None)
    assert {issue.sheet for issue in told} <= {STAR.sections[0].sheet.th}


def test_one_section_of_our_form_is_enough(ours) -> None:
    def only_c(book: openpyxl.Workbook) -> None:
        for sheet in list(book.worksheets):
            if sheet.title not in {IDENTITY_SHEET, STAR.sections[2].sheet.th}:
                del book[sheet.title]

    found = star.read(edited(ours, only_c))
    assert {section.id for section in found.reading.sections} == {"c"}
    assert star.codes(found, "W012") == [("W012", ""), ("W012", "")]


def test_the_english_form_is_read_by_its_words_too() -> None:
    _, content = blank("star-2561", language="en")
    file = typed_into(content, drawn(STAR, RULES, seed=6, errors=0.0), STAR, RULES)
    assert star.inputs(star.read(edited(file, without_names))) == star.inputs(star.read(file))


def test_the_same_file_reads_the_same_a_second_time(ours) -> None:
    first, second = examine(ours), examine(ours)
    assert star.inputs(first) == star.inputs(second)
    assert [i.text for i in first.issues] == [i.text for i in second.issues]


def test_a_layout_is_remembered_for_the_same_words_only() -> None:
    """The same words in the same cells, full marks in another column: another layout."""
    plain = star.read(star.sample())
    found = star.pages()
    for row in found[0].rows:
        if isinstance(row[star.FULL].value, int | float):
            row[star.EVIDENCE], row[star.FULL] = row[star.FULL], star.Box()
    assert star.inputs(star.read(found)) == star.inputs(plain)
    other = star.read(star.sample("star-2561-printed-half-filled.xlsx"))
    assert star.inputs(other) != star.inputs(plain)
    assert [c.spot for c in other.reading.cells.values()] == [
        c.spot for c in plain.reading.cells.values()
    ]
