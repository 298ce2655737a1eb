"""The picture of a blank form shows what the file has that is handed out."""

import pytest

from core.errors import UsageError
from core.forms.model.form import table_form
from core.forms.model.sheet_style import YELLOW
from core.services.handbook.blanks import BlankSheet, blank_sheets
from core.text import Language


def words(sheets: tuple[BlankSheet, ...]) -> str:
    return "\n".join(cell.text for sheet in sheets for row in sheet.rows for cell in row.cells)


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("form", ["compensation", "msss-4s4p"])
def test_every_column_of_a_table_is_in_the_picture(form: str, language: Language) -> None:
    sheets = blank_sheets(form, language)
    shown = words(sheets)
    for column in table_form(form).columns:
        assert column.name.in_(language) in shown
    tables = table_form(form).tables
    assert [one.title for one in sheets[:-1]] == [one.sheet.in_(language) for one in tables]


def test_where_one_types_is_yellow_and_empty_and_what_covers_cells_is_there_once() -> None:
    sheet, explained = blank_sheets("compensation", "en")
    inputs = [cell for row in sheet.rows for cell in row.cells if cell.is_input]
    assert {(cell.text, cell.fill) for cell in inputs} == {("", YELLOW)}
    assert len(sheet.rows) < 12
    for row in sheet.rows:
        assert sum(cell.across for cell in row.cells) == len(sheet.columns)
    assert not any(cell.is_input for row in explained.rows for cell in row.cells)


def test_a_long_form_says_how_much_is_below_and_shows_no_hidden_sheet_column_or_formula() -> None:
    sheets = blank_sheets("star-2561", "th")
    assert any(sheet.below for sheet in sheets)
    assert not any(cell.text.startswith("=") for s in sheets for r in s.rows for cell in r.cells)
    assert [letter for letter, _width in sheets[0].columns] == list("ABCDEFGH")
    assert "star-2561" not in words(sheets)


def test_a_form_that_is_none_is_refused() -> None:
    with pytest.raises(UsageError, match="U001"):
        blank_sheets("none", "th")
