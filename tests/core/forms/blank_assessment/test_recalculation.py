"""A filled blank, computed by LibreOffice, agrees with the scoring core on every figure."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import isnan, nan
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from core.criteria.catalog import RuleSet, catalog
from core.criteria.model import Ladder, Steps
from core.forms.assessment.plan import group_of, items_of, radar_of, takes, typed_rule
from core.forms.blank_assessment.plan import Column as SheetColumn
from core.forms.blank_assessment.write import write_template
from core.forms.model.form import AssessmentForm, form
from core.forms.model.identity import cell_name, parse_name
from core.scoring.base.inputs import Inputs
from core.scoring.star.assessment import CompiledForm
from core.services.intake.examine import examine
from tests.core.forms.fillings import (
    Filling,
    Typed,
    counted,
    drawn,
    inputs_of,
    leaves,
    typed_into,
    values_at_edges,
)
from tests.core.forms.office import SOFFICE, converted

pytestmark = [
    pytest.mark.office,
    pytest.mark.timeout(240),
    pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed"),
]

RANDOM = {f"random {errors} {seed}": (seed, errors) for errors in (0, 0.03) for seed in range(3)}
READINGS = {"printed": {"star.a.05": "printed"}, "filled only": {"star.form": "filled_only"}}


@dataclass(frozen=True)
class Case:
    """One workbook: the rules its formulas were made from, and what is typed."""

    rules: RuleSet
    filling: Filling


@cache
def star() -> AssessmentForm:
    chosen = form("star-2561")
    assert isinstance(chosen, AssessmentForm)
    return chosen


@cache
def cases() -> Mapping[str, Case]:
    rules = catalog().ruleset(star().fiscal_year)
    every = leaves(star(), rules)
    edges = {leaf.id: values_at_edges(leaf) for leaf in every}
    empty: dict[str, Typed] = dict.fromkeys((leaf.id for leaf in every), None)
    full: dict[str, Typed] = {key: max(values) for key, values in edges.items()}
    away: dict[str, Typed] = dict.fromkeys(empty, "ไม่เกี่ยวข้อง")
    found = {"empty": Filling(empty), "full": Filling(full), "away": Filling(away)}
    for number in range(max(map(len, edges.values()))):
        typed: dict[str, Typed] = {k: values[number % len(values)] for k, values in edges.items()}
        found[f"edges {number}"] = Filling(typed)
    found |= {name: drawn(star(), rules, *how) for name, how in RANDOM.items()}
    plain = {name: Case(rules, filling) for name, filling in found.items()}
    printed, filled_only = (
        catalog().ruleset(star().fiscal_year, chosen) for chosen in READINGS.values()
    )
    return plain | {
        "printed": Case(printed, Filling(empty)),
        "filled only": Case(filled_only, found["random 0 1"]),
    }


def typed(name: str) -> bytes:
    """The blank of a case with its filling typed in."""
    case = cases()[name]
    blank = blank_under(*case.rules.readings.items())
    return typed_into(blank, case.filling, star(), case.rules)


@cache
def blank_under(*readings: tuple[str, str]) -> bytes:
    return write_template(star(), catalog().ruleset(star().fiscal_year, dict(readings)))


def with_formats(data: bytes) -> bytes:
    """The same workbook with a percentage shown as 86 %, a date, and text in cells of numbers."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    odd = {"star.a.01": (0.86, "0%"), "star.a.08": (41_000, "d/m/yyyy"), "star.a.09": ("x", "@")}
    for node, (value, number_format) in odd.items():
        (sheet, cell), *_ = book.defined_names[cell_name("input", node)].destinations
        book[sheet][cell].value, book[sheet][cell].number_format = value, number_format
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def figures(data: bytes, rules: RuleSet) -> dict[str, object]:
    """Name -> what LibreOffice computed, with the hidden points of every typed line."""
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    found: dict[str, object] = {}
    for name, defined in book.defined_names.items():
        parsed = parse_name(name)
        (sheet, cell), *_ = defined.destinations
        place = book[sheet][cell]
        if parsed is None or parsed.role in {"numerator", "denominator", "unit"}:
            continue
        if parsed.role != "input":
            found[f"{parsed.role} {parsed.id}"] = place.value
        elif takes(typed_rule(rules, parsed.id)) == "points":
            points = book[sheet].cell(place.row, SheetColumn.POINTS)
            found[f"raw {parsed.id}"] = points.value
    return found


def expected(inputs: Inputs, rules: RuleSet) -> dict[str, float]:
    """The same figures by the scoring core."""
    items = [typed_rule(rules, item.id) for item in items_of(star(), rules, {})]
    groups = [group_of(section.group, rules) for section in star().sections]
    total = group_of(star().total, rules)
    radars = [radar_of(key, rules) for key in star().radars]
    scored = CompiledForm(items, groups, total, radars).score(inputs)
    found: dict[str, Any] = {}
    for whole in scored.items.values():
        found |= {f"raw {key}": part.points[0] for key, part in whole.by_id.items()}
    for key, group in scored.groups.items():
        found |= {f"weighted {item}": value[0] for item, value in group.weighted.items()}
        found |= {f"total {key}": group.total[0], f"score {key}": group.score[0]}
    for radar, spokes in scored.radars.items():
        found |= {f"spoke {radar}.{spoke}": value[0] for spoke, value in spokes.items()}
    return {key: float(value) for key, value in found.items()}


@pytest.mark.parametrize("group", ["edges", "random", "empty full away printed filled"])
def test_every_figure_agrees_with_the_core(group: str, tmp_path: Path) -> None:
    names = [name for name in cases() if name.split()[0] in group.split()]
    computed = converted({name: typed(name) for name in names}, tmp_path)
    assert len(computed) > 3
    assert {name: wrong for name in names if (wrong := differences(name, computed[name]))} == {}


def differences(name: str, computed: bytes) -> dict[str, tuple[object, ...]]:
    """Figure -> what LibreOffice has, what the core has, what was typed; where the two differ."""
    case = cases()[name]
    ours = expected(inputs_of(case.filling, star(), case.rules), case.rules)
    shown = figures(computed, case.rules)
    assert len(shown) > len(leaves(star(), case.rules))
    wrong: dict[str, tuple[object, ...]] = {}
    for key, value in shown.items():
        # What counts as not filled in shows no weighted score of its own.
        if name == "filled only" and key.startswith("weighted") and value in (None, ""):
            continue
        theirs = nan if value in (None, "") else value
        if theirs != pytest.approx(ours[key], abs=1e-9, nan_ok=True):
            wrong[key] = (value, ours[key], case.filling.typed.get(key.split()[1]))
    return wrong


def test_the_cases_try_what_they_should() -> None:
    plain = [case for name, case in cases().items() if name not in READINGS]
    scores = [expected(inputs_of(c.filling, star(), c.rules), c.rules) for c in plain]
    assert {found["raw star.a.04"] for found in scores} >= {0.0, 1.0, 5.0}
    assert any(isnan(found["raw star.a.20"]) for found in scores)
    assert any(found["score star.c"] == 50 for found in scores)
    assert 64.995 in {case.filling.typed["star.a.01"] for case in plain}
    by_counts = {
        type(leaf)
        for case in plain
        for leaf in leaves(star(), case.rules)
        if case.filling.typed[leaf.id] is None
        and set(counted(leaf, star()) or ("none",)) <= set(case.filling.counts)
    }
    assert {Ladder, Steps} <= by_counts


@pytest.mark.parametrize(
    ("name", "total", "score", "tuberculosis", "diseases"),
    [("printed", 5.30, 3.02, 0.40, 0.20), ("empty", 5.22, 2.97, 0.32, 0.16)],
)
def test_the_blank_computes_the_printed_figures(
    name: str, total: float, score: float, tuberculosis: float, diseases: float, tmp_path: Path
) -> None:
    found = figures(converted({name: typed(name)}, tmp_path)[name], cases()[name].rules)
    shown = {key: round(value, 2) for key, value in found.items() if isinstance(value, float | int)}
    assert shown["total star.a"] == total
    assert shown["score star.a"] == score
    assert shown["weighted star.a.05"] == tuberculosis
    spokes = {spoke: shown[f"spoke star.radar.overall.{spoke}"] for spoke in "GDMS"}
    assert spokes == {"G": 0.32, "D": diseases, "M": 1.12, "S": 0}


def test_a_percent_format_counts_a_hundredfold_and_a_date_is_an_error(tmp_path: Path) -> None:
    computed = converted({"formats": with_formats(typed("empty"))}, tmp_path)["formats"]
    found = figures(computed, cases()["empty"].rules)
    assert found["raw star.a.01"] == 5
    assert found["raw star.a.08"] in (None, "")
    assert found["raw star.a.09"] in (None, "")


def test_a_computed_workbook_agrees_with_itself_when_it_is_read(tmp_path: Path) -> None:
    names = ("full", "random 0 1")
    computed = converted({name: typed(name) for name in names}, tmp_path)
    for name in names:
        found = examine(computed[name], "computed.xlsx")
        assert not {"W201", "W202"} & {issue.code for issue in found.issues}, name
