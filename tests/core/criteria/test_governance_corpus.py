"""The three governance matrices: where their lights change, and what they show."""

import pytest

from core.criteria.model import LightMatrix, Threshold
from core.scoring.examples import example_outcome
from tests.core.criteria.inspection import RULES, indicator, lines_of, local

# Values and the lights they must light, as the three tables print them.
LIGHTS = {
    "governance.financial": {
        "crisis": "0 green, 1 yellow, 2 yellow, 3 yellow, 4 red, 7 red",
        "revenue": "100 green, 90.01 green, 90 yellow, 80 yellow, 79.99 red, 0 red",
        "expense": "100 green, 90.01 green, 90 yellow, 80 yellow, 79.99 red, 0 red",
        "payables": "100 green, 90.01 green, 90 yellow, 80 yellow, 79.99 red, 0 red",
        "accounting": "100 green, 99.5 yellow, 99 yellow, 95 yellow, 94.99 red",
        "tps": "15 green, 12 green, 10.5 green, 10.49 yellow, 9 yellow, 7.5 yellow, 7.49 red",
    },
    "governance.efficiency": {
        "plan": "2 green, 1 yellow, 0 red",
        "collection": "3 green, 2 yellow, 1 yellow, 0 red",
        "inventory": "59.99 green, 60 yellow, 90 yellow, 90.01 red",
        "payables": "89.99 green, 90 yellow, 120 yellow, 120.01 red",
        "occupancy": "80.01 green, 80 yellow, 50 yellow, 49.99 red",
        "cmi": "10.01 green, 10 yellow, 0 yellow, -0.01 red",
    },
    "governance.funds": {
        "transfer": "5 green, 4 green, 3 yellow, 2 yellow, 1 red, 0 red",
        "foreign": "70.01 green, 70 yellow, 50 yellow, 49.99 red",
        "fss": "70.01 green, 70 yellow, 50 yellow, 49.99 red",
        "stroke_stemi": "40.01 green, 40 yellow, 20 yellow, 19.99 red",
        "covid": "40.01 green, 40 yellow, 20 yellow, 19.99 red",
        "compensation": "90.01 green, 90 yellow, 80 yellow, 79.99 red",
    },
}


def matrix(key: str) -> LightMatrix:
    rule = RULES.rules[key]
    assert isinstance(rule, LightMatrix)
    return rule


@pytest.mark.parametrize("key", LIGHTS)
def test_columns_of_a_matrix_stand_in_printed_order(key: str) -> None:
    assert [local(matrix(key), column) for column in matrix(key).parts] == list(LIGHTS[key])


@pytest.mark.parametrize(
    ("key", "column"), [(key, column) for key in LIGHTS for column in LIGHTS[key]]
)
def test_lights_change_where_the_tables_say(key: str, column: str) -> None:
    for said in LIGHTS[key][column].split(", "):
        value, colour = said.split()
        assert example_outcome(matrix(key), {column: float(value)})[column] == colour, said


SOURCES = {
    "governance.financial": {
        "crisis": "crisis.level",
        "revenue": "revenue.score",
        "expense": "msss.score",
        "payables": "payables.paid",
        "accounting": "governance.figures figure accounting",
        "tps": "tps.score",
    },
    "governance.efficiency": {
        "plan": "governance.figures points plan",
        "collection": "governance.figures points collection",
        "inventory": "governance.figures figure inventory",
        "payables": "governance.figures figure payables",
        "occupancy": "governance.figures figure occupancy",
        "cmi": "governance.figures margin cmi",
    },
    "governance.funds": {
        "transfer": "transfer.level",
        "foreign": "coverage.foreign",
        "fss": "coverage.fss",
        "stroke_stemi": "sproi.stroke_stemi",
        "covid": "sproi.covid",
        "compensation": "compensation.on_time",
    },
}


@pytest.mark.parametrize("key", SOURCES)
def test_columns_of_a_matrix_show_their_results(key: str) -> None:
    found = {}
    for column in matrix(key).parts:
        (of,) = column.of
        part = f" {column.take} {column.part}" if column.part else ""
        found[local(matrix(key), column)] = f"{of}{part}"
        assert RULES.rule(f"{of}.{column.part}" if column.part else of)
    assert found == SOURCES[key]


def test_what_tps_judges_by_exceptions_stands_beside_its_light() -> None:
    beside = {column.id: column.beside for column in matrix("governance.efficiency").parts}
    assert {key: id_ for key, id_ in beside.items() if id_} == {
        "governance.efficiency.inventory": "tps.score.process.assets.inventory",
        "governance.efficiency.payables": "tps.score.process.assets.payables",
    }
    assert all(isinstance(RULES.rule(id_), Threshold) for id_ in beside.values() if id_)


def test_the_light_of_tps_changes_where_its_grades_do() -> None:
    grades = {grade.grade: grade.at_least for grade in RULES.rules["tps.grade"].grades}
    column = next(c for c in matrix("governance.financial").parts if c.of == ("tps.score",))
    assert [light.at_least for light in column.lights] == [grades["B"], grades["D"], None]


MATRIX_FIGURES = {
    "plan.revenue": "revenue_plan_difference within 5",
    "plan.expense": "expense_plan_difference within 5",
    "collection.uc": "days.uc up_to 60",
    "collection.csmbs": "days.csmbs up_to 60",
    "collection.sss": "days.sss up_to 60",
    "inventory": "shown days.inventory",
    "payables": "shown days.payables",
    "occupancy": "shown activity.occupancy",
    "cmi": "activity.cmi at_least median",
    "accounting": "shown accounting.quality",
}


def test_monthly_figures_the_matrices_need() -> None:
    rule = indicator("governance.figures")
    assert lines_of(rule) == MATRIX_FIGURES
    assert [part.full for part in rule.parts] == [2, 3, 0, 0, 0, 1, 0]
