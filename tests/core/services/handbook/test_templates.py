"""Blank forms with the facilities of a network filled in."""

import io

import openpyxl
import pytest
from sqlalchemy import Engine

from core.services.geography.places import facilities_of
from core.services.handbook.templates import blank, kind_filled_in
from core.services.intake.examine import examine
from tests.core.services.sending import hospital, register

CODES = ("01122", "11201")


def rows(content: bytes, sheet: int = 0) -> list[list[object]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    found = book.worksheets[sheet].iter_rows(min_row=5, values_only=True)
    return [list(row) for row in found if row[0] is not None]


def test_each_facility_has_a_row_with_its_code_as_text_and_the_year() -> None:
    name, content = blank("coverage", cup="D6101", fiscal_year=2567, facilities=CODES)
    assert name == "coverage-D6101.xlsx"
    assert [(row[0], row[2]) for row in rows(content)] == [(code, 2567) for code in CODES]
    assert "fiscal_year" not in str(rows(blank("coverage", facilities=CODES)[1]))
    assert rows(blank("coverage")[1]) == []


def test_more_facilities_than_prepared_rows_are_all_there_and_open_for_input() -> None:
    many = [f"{number:05}" for number in range(11000, 11400)]
    _, content = blank("coverage", facilities=many)
    assert [row[0] for row in rows(content)] == many
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert not sheet.cell(4 + len(many), 5).protection.locked


@pytest.mark.parametrize("form", ["coverage", "finance", "transfer"])
def test_what_was_filled_in_is_no_mistake_of_whoever_sends_it(form: str) -> None:
    _, content = blank(form, facilities=CODES, fiscal_year=2566)
    intake = examine(content, "a.xlsx")
    assert intake.form is not None
    assert intake.form.id == form
    assert not intake.has_errors


def test_forms_know_which_kind_of_facilities_they_are_about() -> None:
    kinds = {
        id_: kind_filled_in(id_) for id_ in ("coverage", "transfer", "star-2561", "facilities")
    }
    assert kinds == {
        "coverage": "hospital", "transfer": "pcu", "star-2561": None, "facilities": None,
    }  # fmt: skip


def test_facilities_of_a_district_are_those_of_the_kind_that_are_open(engine: Engine) -> None:
    register(engine, hospital("11201"), hospital("11202"))
    assert facilities_of(engine, "D6101", "hospital") == ("11201", "11202")
    assert facilities_of(engine, "D6101", "pcu") == ()
    assert facilities_of(engine, "D9999", "hospital") == ()


def test_a_turned_form_has_a_column_for_each_facility() -> None:
    codes = [str(10661 + number) for number in range(40)]
    _, content = blank("msss-4s4p", cup="D6101", facilities=codes, fiscal_year=2566)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    first = [cell.value for cell in sheet[5][3:]]
    assert first == codes
    assert {cell.value for cell in sheet[6][3:]} == {2566}
    assert not sheet.cell(9, 43).protection.locked
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    # Whose a column is, and what is asked, stand on every page.
    assert sheet.print_title_rows == "$4:$5"
    assert sheet.print_title_cols == "$A:$C"
    # The answers are read for each of them.
    for place, code in enumerate(codes[:2], 4):
        sheet.cell(7, place).value = 1
        sheet.cell(9, place).value = "ใช่"
        assert sheet.cell(5, place).value == code
    filled = io.BytesIO()
    sheet.parent.save(filled)
    intake = examine(filled.getvalue(), "4s4p.xlsx")
    assert [line.subject for line in intake.reading.lines] == codes[:2]
