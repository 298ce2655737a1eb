"""What a verification workbook shows, what may be typed into it, and what it is safe from."""

import io
import re
from dataclasses import replace

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from sqlalchemy import Engine

from core.errors import UsageError
from core.periods import parse_period
from core.reports.verification.model import Figure, Verification
from core.scoring.base.states import State
from core.services.verification.draw import sheet_title
from core.services.verification.workbook import verification, verified
from core.text import LANGUAGES, Text
from tests.core.services.verification.recalculated import written
from tests.country import NOW, small_store

ONE_DATABASE = True
NUMBER = re.compile(r"(?<![A-Z$!:'\d.])\d+(?:\.\d+)?(?![\d.]*[A-Z(])")
STRUCTURE = {"0", "1", "2", "3", "4", "5", "100"}
"""Numbers that are no rule's: states, whether something holds, and percent."""


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return small_store(tmp_path_factory.mktemp("country"))


@pytest.fixture(scope="module")
def made(country: Engine) -> Verification:
    return verified(country, "11202", NOW)


def opened(data: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def texts(book: Workbook) -> list[str]:
    return [str(c.value) for sheet in book for row in sheet for c in row if c.value is not None]


def test_the_same_results_give_the_same_bytes(country: Engine) -> None:
    for language in LANGUAGES:
        first = verification(country, "11202", NOW, language)
        assert first == verification(country, "11202", NOW, language)


def test_a_round_stands_for_its_last_month(country: Engine) -> None:
    by_round = verified(country, "11202", parse_period("2566-R2").month)
    assert by_round.period == verified(country, "11202", parse_period("2566-M12")).period


def test_nobody_has_no_workbook(country: Engine) -> None:
    with pytest.raises(UsageError):
        verification(country, "99999", NOW, "th")


def test_hospital_month_moment_and_demonstration_are_told(country: Engine) -> None:
    book = opened(verification(country, "11202", NOW, "en"))
    said = texts(book)
    assert "11202" in said
    assert "Hospital 11202" in said
    assert any("invented" in text for text in said)
    assert all("invented" in sheet.oddFooter.left.text for sheet in book)


def test_a_figure_tells_its_unit_file_sheet_and_cell(country: Engine) -> None:
    sheet = opened(verification(country, "11202", NOW, "en"))["Figures"]
    (row,) = [row for row in sheet if row[0].value == "Cash and cash equivalents"]
    assert [cell.value for cell in row[1:7]] == [10, "baht", None, "การเงิน.xlsx", "การเงิน", "A2"]


def test_only_figures_may_be_changed_and_they_are_tinted(country: Engine) -> None:
    book = opened(verification(country, "11202", NOW, "en"))
    open_cells = {
        (sheet.title, cell.fill.fgColor.rgb[-6:])
        for sheet in book
        for row in sheet
        for cell in row
        if not cell.protection.locked
    }
    assert ("Figures", "FFFF99") in open_cells
    assert open_cells <= {("Figures", "FFFF99"), ("Peers", "FFFF99")}
    assert all(sheet.protection.sheet for sheet in book)


def test_a_missing_figure_is_an_empty_cell_and_never_zero(country: Engine) -> None:
    sheet = opened(verification(country, "11202", NOW, "en"))["Figures"]
    (row,) = [row for row in sheet if row[0].value == "EBITDA"]
    assert row[1].value is None
    assert row[3].value == "Not reported"


def test_no_formula_holds_a_number_of_a_rule(country: Engine) -> None:
    book = opened(verification(country, "11202", NOW, "en"))
    formulas = [
        cell.value for sheet in book for row in sheet for cell in row if cell.data_type == "f"
    ]
    assert len(formulas) > 300
    bare = [re.sub(r'"[^"]*"', "", re.sub(r"'[^']*'!", "", one)) for one in formulas]
    bare = [re.sub(r"COUNT\([^()]*\)<\d+", "", one) for one in bare]  # How many parts there are.
    told = [one for one in bare if not set(NUMBER.findall(one)) <= STRUCTURE]
    assert told == []


def test_only_functions_of_old_programs_are_used(country: Engine) -> None:
    book = opened(verification(country, "11202", NOW, "en"))
    used = {
        name
        for sheet in book
        for row in sheet
        for cell in row
        if cell.data_type == "f"
        for name in re.findall(r"([A-Z.]+)\(", re.sub(r'"[^"]*"', "", cell.value))
    }
    assert used <= {
        "ABS", "AND", "AVERAGE", "COUNT", "COUNTIF", "IF", "IFERROR", "ISNUMBER", "MATCH", "MAX",
        "MEDIAN", "MIN", "NOT", "OR", "ROUND", "STDEV", "SUM", "SUMPRODUCT",
    }  # fmt: skip


@pytest.mark.parametrize("wicked", ["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3", "\x07=A1"])
def test_a_text_is_never_run(made: Verification, wicked: str) -> None:
    figure = Figure("finance.cash", 1.0, State.REPORTED, wicked, wicked, wicked)
    scope = replace(made.scopes[0], figures=(figure,), group=wicked)
    book = opened(written(replace(made, place=Text(wicked, wicked), scopes=(scope,))))
    cells = [cell for sheet in book for row in sheet for cell in row]
    plain = wicked.replace("\x07", "")
    assert sum(cell.value == plain for cell in cells) >= 3
    assert all(cell.data_type == "s" for cell in cells if cell.value == plain)


def test_names_of_sheets_fit_every_program(country: Engine) -> None:
    for language in LANGUAGES:
        book = opened(verification(country, "11202", NOW, language))
        assert all(len(name) <= 31 for name in book.sheetnames)
        assert len(set(book.sheetnames)) == 6
    assert sheet_title("[a]:b*c?/d\\e'" + "x" * 40) == "abcde" + "x" * 26


def test_no_english_heads_a_thai_column_of_scores(country: Engine) -> None:
    book = opened(verification(country, "11202", NOW, "th"))
    heads = [cell.value for cell in book.worksheets[1][4] if cell.value]
    assert len(heads) > 20
    assert not [head for head in heads if re.search("[A-Za-z]", head)]
