"""A workbook's own results, held against what the criteria give."""

import pytest

from core.services.intake.kinds import Intake
from tests.core.forms.assessment import star_books as star
from tests.core.forms.office import SOFFICE, converted

SUM, SCORE_A, RAW_2, WEIGHTED_2, RUNG_1 = "E4", "E3", "E10", "E9", "E7"


def told(found: Intake) -> dict[str, tuple[str, str]]:
    """Cell -> what the file says and what the criteria give."""
    return {i.cell: (i.found, i.expected) for i in found.issues if i.code == "W201"}


@pytest.mark.parametrize(
    ("cell", "ours"),
    [(SUM, "34.148"), (SCORE_A, "19.4338"), (RAW_2, "13"), (WEIGHTED_2, "1.3"), (RUNG_1, "1")],
)
def test_a_result_that_differs_is_told_with_both(cell: str, ours: str) -> None:
    found = star.read(star.put(cell, 9.99))
    assert told(found) == {cell: ("9.99", ours)}
    assert star.points(found) == star.points(star.read(star.sample()))
    assert star.codes(found, "W202") == []


@pytest.mark.parametrize(("theirs", "is_told"), [(1.3049, False), (1.2951, False), (1.306, True)])
def test_what_two_decimals_do_not_show_is_no_difference(theirs: float, is_told: bool) -> None:
    assert bool(told(star.read(star.put(WEIGHTED_2, theirs)))) is is_told


def test_a_file_without_results_says_so_once() -> None:
    assert star.codes(star.read(star.sample()), "W2") == [("W202", "")]


def test_results_in_error_are_no_results() -> None:
    found = star.put(WEIGHTED_2, "#DIV/0!")
    assert star.codes(star.read(found), "W2") == [("W202", "")]


def test_an_item_in_error_counts_as_zero_as_in_the_forms_own_sum() -> None:
    found = star.put("E12", "สิบ")
    star.put(WEIGHTED_2, 0, found=found)
    assert told(star.read(found)) == {}


@pytest.mark.office
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_results_that_libreoffice_computed_agree(tmp_path) -> None:
    names = list(star.EXPECTED)
    files = converted({name.removesuffix(".xlsx"): star.sample(name) for name in names}, tmp_path)
    for file in files.values():
        found = star.read(file)
        wrong = {cell for cell, _ in told(found).items()}
        # In an empty form the printed formula of 4.1 and ours agree by the default reading.
        assert wrong == set()
        assert star.codes(found, "W202") == []
