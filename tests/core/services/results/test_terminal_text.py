"""Results in lines for a terminal: units, cut-offs, and words where there is no number."""

import math
from typing import Any

import pytest

from core.criteria.catalog import catalog
from core.periods import parse_period
from core.services.results.listing import ResultRow
from core.services.results.part_text import part_line
from core.services.results.terminal_text import result_lines
from core.services.rules.explanation import Explanation, Held
from core.services.rules.units import edges_of, unit_of, with_unit
from core.text import Text


def row(**changed: Any) -> ResultRow:
    """A stored percentage of one hospital, good above 90."""
    plain: dict[str, Any] = {
        "id": 7, "indicator": "compensation.on_time", "name": Text("x", "x"), "subject": "10001",
        "subject_name": None, "period": parse_period("2566-M09"), "value": 91.0, "points": None,
        "full_marks": None, "grade": None, "verdict": "pass", "state": "reported", "version": 1,
        "unit": "percent", "edges": (90.0,),
    }  # fmt: skip
    return ResultRow(**(plain | changed))


def said(**changed: Any) -> str:
    (line,) = result_lines([row(**changed)])
    return line.en.rpartition(": ")[2]


@pytest.mark.parametrize(
    ("value", "shown"),
    [(89.999999, "89.99%"), (90.000001, "90.01%"), (90.0, "90%"), (12.345, "12.35%")],
)
def test_a_value_is_never_rounded_onto_its_cutoff(value: float, shown: str) -> None:
    assert said(value=value) == shown


def test_a_value_has_its_unit_and_a_score_its_full_marks() -> None:
    assert said(value=3.0, unit="level", edges=()) == "3"
    assert said(value=12.0, points=12.0, full_marks=15.0, unit="points") == "12 of 15 points"
    assert said(value=2.0, grade="B", unit="grade") == "B"
    assert said(value=85.0, grade="B") == "85%, grade B"


def test_an_area_says_whether_its_target_is_met_or_that_nobody_reported() -> None:
    area = {"unit": "share", "edges": (4.0,)}
    assert said(value=0.0, verdict="pass", **area) == "0%, target met"
    assert said(value=4.000001, verdict="fail", **area) == "4.01%, target not met"
    assert said(value=50.0, verdict="not_judged", **area) == "50%"
    assert said(value=None, state="not_reported", verdict="not_judged", **area) == "nobody reported"


def test_a_value_that_is_missing_says_why() -> None:
    assert said(value=None, state="error") == "Error in the figures"
    assert said(value=None, state="not_applicable") == "Does not apply"


def part(**changed: Any) -> str:
    return part_line(Explanation(id="x", name=Text("x", "x"), **changed)).en.strip()


def test_a_line_of_an_area_speaks_of_facilities() -> None:
    held = Held(requirement=Text("ไม่เกิน 4%", "at most 4%"), limit=4.0, is_met=True)
    line = {"unit": "share", "held": held, "full_marks": 1.0}
    assert part(figure=0.0, points=0.0, **line) == "x: 0 of 1 facility, 0%; target at most 4%, met"
    assert part(figure=None, points=0.0, **line) == "x: nobody reported"


def test_a_block_without_data_and_a_test_without_a_figure_say_so() -> None:
    assert part(is_block=True, full_marks=0.0) == "x: nothing of it could be judged"
    silent = {"full_marks": 1.0, "unit": "days", "state": "not_reported"}
    assert part(**silent) == "x: Not reported; not judged, of 1 point"
    assert part(**(silent | {"figure": 60.0, "points": 1.0})) == "x: 60 days; 1 of 1 point"
    assert part(figure=0.5, points=0.5, full_marks=1.0, unit="points") == "x: 0.5 of 1 point"
    endless = {"figure": math.inf, "points": 0.0, "full_marks": 1.0}
    assert part(unit="ratio", **endless) == "x: without bound; 0 of 1 point"


def test_figures_have_units_whether_measured_or_derived() -> None:
    units = {
        "finance.cash": "baht", "days.uc": "days", "cash_ratio": "ratio",
        "operating_margin": "percent", "capital_months": "months",
        "share:claims.error/claims.sent@uc,csmbs": "percent",
        "count:claims.delayed@uc,csmbs": "count",
        "nonsense": "",
    }  # fmt: skip
    assert {figure: unit_of(figure) for figure in units} == units
    assert with_unit("1.5", "ratio").en == "1.5 times"
    assert with_unit("1.5", "level").en == "1.5"


@pytest.mark.parametrize(
    ("criterion", "edge"),
    [("compensation.on_time", 90), ("tps.grade", 10.5), ("crisis.area", 4), ("revenue.score", 80)],
)
def test_the_edges_of_a_result_are_those_of_its_rule(criterion: str, edge: float) -> None:
    assert edge in edges_of(catalog().ruleset(2566).rules[criterion])
