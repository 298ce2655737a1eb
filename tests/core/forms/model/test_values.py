"""What one cell says, as people type it."""

import math
import random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.forms.cells.workbook import Cell
from core.forms.model.values import NOTHING, plain, read_number
from core.scoring.base.states import State

THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (12.5, 12.5),
        (-3.0, -3.0),
        ("12.5", 12.5),
        (" 12.5 ", 12.5),
        ("12.5%", 12.5),
        ("12.5 %", 12.5),
        ("ร้อยละ 12.5", 12.5),
        ("รอยละ 12.5", 12.5),
        ("12.5 เปอร์เซ็นต์", 12.5),
        ("๑๒.๕", 12.5),
        ("๑,๒๓๔.๕๐", 1234.5),
        ("12,345.00", 12345),
        ("1,234,567", 1234567),
        ("(12.5)", -12.5),
        ("-12.5", -12.5),
        ("−12.5", -12.5),
        ("+5", 5),
        (".5", 0.5),
        ("5.", 5),
        ("1e2", 100),
        ("0", 0),
    ],
)
def test_a_number_however_typed(value, number: float) -> None:
    found = read_number(Cell(value))
    assert (found.number, found.state, found.code) == (number, State.REPORTED, None)


@pytest.mark.parametrize(
    "value", ["", " ", "-", "–", "—", "- ", "--", "ไม่มีข้อมูล", "ไมมีขอมูล", "ไม่ได้รายงาน", "n/a", "N/A"]
)
def test_words_for_nothing_reported(value: str) -> None:
    found = read_number(Cell(value))
    assert math.isnan(found.number)
    assert (found.state, found.code) == (State.NOT_REPORTED, None)


@pytest.mark.parametrize("value", ["ไม่เกี่ยวข้อง", "ไม่เข้าเกณฑ์", "NA", "na"])
def test_words_for_what_does_not_apply(value: str) -> None:
    assert (read_number(Cell(value)).state, read_number(Cell(value)).code) == (
        State.NOT_APPLICABLE,
        None,
    )


@pytest.mark.parametrize(
    ("cell", "code", "shown"),
    [
        (Cell("สิบ"), "W103", "สิบ"),
        (Cell("12..5"), "W103", "12..5"),
        (Cell("1,23"), "W103", "1,23"),
        (Cell("12 - 13"), "W103", "12 - 13"),
        (Cell("1e999"), "W103", "1e999"),
        (Cell("12.5 13"), "W357", "12.5 13"),
        (Cell("0.0\n5"), "W357", "0.0\n5"),
        (Cell("1 234"), "W357", "1 234"),
        (Cell("."), "W103", "."),
        (Cell("%"), "W103", "%"),
        (Cell("²"), "W103", "²"),
        (Cell(math.inf), "W103", "inf"),
        (Cell(True), "W103", "TRUE"),
        (Cell(43276.0, is_date=True), "W114", "25/6/2018"),
        (Cell("#DIV/0!", is_error=True), "W105", "#DIV/0!"),
        (Cell(None, is_error=True), "W105", ""),
        (Cell(None, is_formula=True), "W108", ""),
    ],
)
def test_anything_else_is_an_error_and_never_nothing(cell: Cell, code: str, shown: str) -> None:
    found = read_number(cell)
    assert (found.state, found.code, found.shown) == (State.ERROR, code, shown)
    assert math.isnan(found.number)


def test_an_empty_cell_says_nothing() -> None:
    assert read_number(Cell(None)) is NOTHING
    assert read_number(Cell(None, is_filled=True)) is NOTHING
    assert read_number(Cell("", is_formula=True)).state == State.NOT_REPORTED


@pytest.mark.parametrize(
    ("value", "number"), [(0.86, 86), (0.07, 7), (1.0, 100), (0.64995, 64.995)]
)
def test_percent_formatted_numbers_count_a_hundredfold(value: float, number: float) -> None:
    assert read_number(Cell(value, is_percent=True)).number == number


@given(st.decimals(-(10**9), 10**9, places=3))
def test_every_way_of_writing_a_number_means_the_same(number) -> None:
    draw = random.Random(str(number))
    text = f"{number:,f}" if draw.random() < 0.5 else str(number)
    text = text.translate(THAI) if draw.random() < 0.5 else text
    assert read_number(Cell(f" {text}{draw.choice(['', '%', ' '])}")).number == float(number)


@given(st.floats(allow_nan=False, allow_infinity=False))
@example(100_000_000_000_000.25)
@example(1_234_567.1 + 0.2)
def test_a_shown_number_is_the_number(number: float) -> None:
    shown = plain(number)
    # Ten decimals, or the last digit that a number of that size has.
    assert float(shown) == pytest.approx(number, rel=1e-15, abs=1e-10)
    assert abs(number) >= 1e15 or "e" not in shown
    assert not shown.endswith(".0")


@pytest.mark.parametrize(
    ("number", "shown"),
    [(5.0, "5"), (0.1 + 0.2, "0.3"), (64.995, "64.995"), (0.0, "0"), (1e-7, "0.0000001")],
)
def test_numbers_are_shown_as_people_write_them(number: float, shown: str) -> None:
    assert plain(number) == shown
