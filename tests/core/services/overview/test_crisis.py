"""The crisis levels of an area: steps of the year, the measures, every hospital with its tests."""

import pytest
from sqlalchemy import Engine

from core.scoring.base.states import Verdict
from core.services.overview.crisis import crisis_view, matrix
from tests.country import BEFORE, NOW, small_store


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return small_store(tmp_path_factory.mktemp("var"))


def test_every_step_of_the_year_is_held_against_its_own_target(country: Engine) -> None:
    seven, four_to_six = crisis_view(country, NOW, "TH").targets
    assert [(step.through_month, step.limit) for step in seven.steps] == [(12, 0)]
    assert seven.steps[0].is_current
    assert seven.steps[0].line is not None
    assert seven.steps[0].line.share == 40
    assert seven.steps[0].line.verdict is Verdict.FAIL
    assert [(step.through_month, step.limit) for step in four_to_six.steps] == [
        (3, 0), (6, 0), (9, 2), (12, 4),
    ]  # fmt: skip
    # Months 3 and 6 were never told of, month 12 is to come.
    assert [step.line is not None for step in four_to_six.steps] == [False, False, True, False]
    assert [step.is_current for step in four_to_six.steps] == [False, False, True, False]


def test_the_step_under_way_is_shown_as_it_stands(country: Engine) -> None:
    _seven, four_to_six = crisis_view(country, BEFORE, "TH").targets
    current = four_to_six.steps[2]
    assert current.is_current
    assert current.line is not None
    assert current.line.share == 0


def test_levels_are_counted_now_and_before(country: Engine) -> None:
    found = crisis_view(country, NOW, "TH").distribution
    assert [one.level for one in found] == [7, 6, 5, 4, 3, 2, 1, 0, None]
    counted = {one.level: (one.now, one.before) for one in found}
    assert counted[7] == (2, 2)
    assert counted[0] == (3, 4)
    assert counted[None] == (1, 0)
    assert sum(one.now for one in found) == 6
    assert {one.before for one in crisis_view(country, BEFORE, "TH").distribution} == {None}


def test_measures_are_those_with_figures(country: Engine) -> None:
    found = crisis_view(country, NOW, "TH").measures
    assert [one.letter for one in found] == ["B"]
    assert (found[0].share.number, found[0].share.over) == (3, 6)
    assert found[0].share.verdict is Verdict.FAIL


def test_areas_below_are_ranked_and_a_district_has_none(country: Engine) -> None:
    assert [row.place.code for row in crisis_view(country, NOW, "TH").ranking] == ["P61", "P65"]
    assert [row.place.code for row in crisis_view(country, NOW, "P61").ranking] == [
        "D6101",
        "D6102",
    ]
    assert crisis_view(country, NOW, "D6101").ranking == ()


def test_the_matrix_adds_up_to_the_level_and_shows_the_worst_first(country: Engine) -> None:
    shown = crisis_view(country, NOW, "TH")
    assert sum(test.full for test in shown.tests) == 7
    rows = matrix(country, shown)
    assert [row.hospital.place.code for row in rows][:2] == ["11202", "11201"]
    for row in rows:
        if row.hospital.level is not None:
            assert sum(cell.points or 0 for cell in row.cells) == row.hospital.level
    cash = rows[0].cells[2]
    assert (cash.figure, cash.limit, cash.points) == (0.1, 0.8, 1)


def test_who_told_nothing_comes_last_without_tests(country: Engine) -> None:
    last = matrix(country, crisis_view(country, NOW, "TH"))[-1]
    assert last.hospital.place.code == "11302"
    assert last.cells == ()


def test_the_matrix_begins_where_it_is_asked_to(country: Engine) -> None:
    shown = crisis_view(country, NOW, "TH")
    assert [row.hospital.place.code for row in matrix(country, shown, 5)] == ["11302"]
