"""No number of a finance rule can move unnoticed: some case breaks, or the file is refused."""

import copy
import math
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from core.criteria.catalog import catalog
from core.criteria.load import build_rule, read_yaml, rule_source
from core.criteria.references import with_numbers
from core.scoring.examples import FINANCE_KINDS, example_outcome
from core.services.rules.cases.files import Case, month_of, read_cases
from core.services.rules.checking import check_file

CATALOG = catalog()
FINANCE = [
    key for key in sorted(CATALOG.criteria)
    if isinstance(CATALOG.criteria[key].editions[0].rule, FINANCE_KINDS)
]  # fmt: skip
EDGES = ("below", "up_to", "at_least", "above", "within", "points", "cap", "through_month")
# Levels, types, months and percentages of a share are whole; other figures are not.
WHOLE = {"crisis.area", "crisis.planfin"}
# So are levels of readiness, tests passed that light a light, and receivables not sent.
WHOLE_PARTS = {
    ("governance.financial", "parts", 0),
    ("governance.efficiency", "parts", 0),
    ("governance.efficiency", "parts", 1),
    ("governance.funds", "parts", 0),
    ("revenue.defects", "parts", 1),
    ("revenue.defects", "parts", 2),
    ("transfer.level", "good", "at_least"),
}
# A value that counts tests moves by one of them.
ONE_TEST = {
    "msss.score": 100 / 50,
    "payables.operation": 100 / 50,
    "payables.structure": 100 / 28,
    "payables.round_1": 100 / 6,
    "payables.round_2": 100 / 6,
    "revenue.defects": 100 / 5,
}
DAYS = {("parts", 0, "parts", 1): range(4), ("parts", 3): range(2, 7)}
"""Blocks of the Total Performance Score, and which of their tests hold days against cut-offs."""
TURNED = {"below": "up_to", "up_to": "below", "at_least": "above", "above": "at_least"}

Place = tuple[Any, ...]


def numbers(raw: Any, place: Place = ()) -> Iterator[Place]:
    """Where a rule's plain data holds an edge, points or a cap."""
    entries = raw.items() if isinstance(raw, dict) else enumerate(raw)
    for key, value in entries:
        if isinstance(value, dict | list):
            yield from numbers(value, (*place, key))
        elif key in EDGES and isinstance(value, int | float):
            yield (*place, key)


def is_of_days(place: Place) -> bool:
    return any(
        place[: len(block)] == block and place[len(block) + 1] in tests
        for block, tests in DAYS.items()
    )


def step_of(criterion: str, place: Place) -> float:
    if place[0] == "good" and criterion in ONE_TEST:
        return ONE_TEST[criterion]
    whole = criterion in WHOLE or (criterion, *place[:2]) in WHOLE_PARTS
    # Days are compared as whole days.
    whole |= criterion == "tps.score" and place[-1] == "up_to" and is_of_days(place)
    # Tests of a block are counted.
    whole |= "enough" in place and place[-1] == "at_least"
    return 1 if whole or {"targets", "verdicts"} & set(place) else 0.02


def edges(raw: Any, place: Place = ()) -> Iterator[Place]:
    """Where a rule's plain data compares, with a number or with the peers."""
    entries = raw.items() if isinstance(raw, dict) else enumerate(raw)
    for key, value in entries:
        if isinstance(value, dict | list):
            yield from edges(value, (*place, key))
        elif key in TURNED and value is not None:
            yield (*place, key)


def turned(raw: dict[str, Any], place: Place) -> dict[str, Any]:
    """The rule with the other strictness of one edge: below for up to, above for at least."""
    changed = copy.deepcopy(raw)
    holder: Any = changed
    for key in place[:-1]:
        holder = holder[key]
    holder[TURNED[place[-1]]] = holder.pop(place[-1])
    return changed


def moved(raw: dict[str, Any], place: Place, by: float) -> dict[str, Any]:
    changed = copy.deepcopy(raw)
    holder: Any = changed
    for key in place[:-1]:
        holder = holder[key]
    holder[place[-1]] += by
    return changed


def holds(rule: Any, cases: list[Case]) -> bool:
    for case in cases:
        got = example_outcome(rule, case.value)
        for name, wanted in case.points.items():
            same = got[name] == wanted
            if isinstance(wanted, float) and isinstance(got[name], float):
                same = math.isclose(got[name], wanted)
            if not same:
                return False
    return True


@cache
def plain_rules(criterion: str) -> list[dict[str, Any]]:
    """The plain data of every edition, edges of other rules as the numbers they stand for."""
    raw = read_yaml(CATALOG.paths[criterion])
    return [
        with_numbers(
            rule_source(raw, edition), CATALOG.ruleset(edition["fiscal_years"][0] or 2566).rule
        )
        for edition in raw["editions"]
    ]


def all_places(find: Callable[[Any], Iterator[Place]]) -> Iterator[tuple[str, int, Place]]:
    for criterion in FINANCE:
        for number, rule in enumerate(plain_rules(criterion)):
            for place in find(rule):
                yield criterion, number, place


@cache
def rule_and_cases(criterion: str, edition: int) -> tuple[dict[str, Any], list[Case]]:
    """The plain data of an edition, and the cases of its years under the default readings."""
    rule = plain_rules(criterion)[edition]
    holds_in = CATALOG.criteria[criterion].editions[edition].holds_in
    cases = [
        case
        for case in read_cases(CATALOG, criterion)
        if not case.reading and holds_in(case.fiscal_year, month_of(case))
    ]
    assert holds(build_rule(rule), cases)
    return rule, cases


# The targets of months 3 and 6 are both 0, so the month between them may fall either way.
SAME_EITHER_WAY = {("crisis.area", 0, ("parts", 1, "targets", 0, "through_month"))}


@pytest.mark.parametrize(
    ("criterion", "edition", "place"),
    [given for given in all_places(numbers) if given not in SAME_EITHER_WAY],
    ids=lambda part: ".".join(map(str, part)) if isinstance(part, tuple) else str(part),
)
@pytest.mark.parametrize("way", [1, -1], ids=["up", "down"])
def test_no_number_can_move(criterion: str, edition: int, place: Place, way: int) -> None:
    rule, cases = rule_and_cases(criterion, edition)
    try:
        changed = build_rule(moved(rule, place, way * step_of(criterion, place)))
    except ValidationError:
        return
    assert not holds(changed, cases)


@pytest.mark.parametrize(
    ("criterion", "edition", "place"),
    list(all_places(edges)),
    ids=lambda part: ".".join(map(str, part)) if isinstance(part, tuple) else str(part),
)
def test_no_edge_can_change_sides(criterion: str, edition: int, place: Place) -> None:
    rule, cases = rule_and_cases(criterion, edition)
    try:
        changed = build_rule(turned(rule, place))
    except ValidationError:
        return
    assert not holds(changed, cases)


@pytest.mark.parametrize(
    ("criterion", "figure"),
    [(key, name) for key in ("crisis.level", "tps.score")
     for name in CATALOG.ruleset(2566).rules[key].decimals],
)  # fmt: skip
@pytest.mark.parametrize("change", [1, None], ids=["one more", "unrounded"])
def test_no_rounding_can_change(criterion: str, figure: str, change: int | None) -> None:
    edition = CATALOG.criteria[criterion].editions.index(CATALOG.ruleset(2566).editions[criterion])
    rule, cases = rule_and_cases(criterion, edition)
    changed = copy.deepcopy(rule)
    decimals = changed["decimals"].pop(figure)
    if change is not None:
        changed["decimals"][figure] = decimals + change
    assert not holds(build_rule(changed), cases)


def options() -> Iterator[tuple[str, str]]:
    for criterion in FINANCE:
        for edition in CATALOG.criteria[criterion].editions:
            for key, switch in edition.readings.items():
                yield from (
                    (criterion, f"{key}={name}")
                    for name in switch.options
                    if name != switch.default
                )


@pytest.mark.parametrize(("criterion", "reading"), list(options()))
def test_every_reading_has_a_case_that_the_default_reads_otherwise(
    criterion: str, reading: str
) -> None:
    cases = [case for case in read_cases(CATALOG, criterion) if case.reading == reading]
    assert cases
    assert not holds(CATALOG.ruleset(2566).rules[criterion], cases)


def test_readings_have_the_names_of_the_interface() -> None:
    found = {key: tuple(CATALOG.switches[key].options) for key in CATALOG.switches}
    wanted = {
        "crisis.level": ("ni", "ni_plus_depreciation", "ebitda"),
        "tps.payables_days": ("by_cash_ratio", "always_90"),
        "tps.management": ("cost_block_capped", "half_points_either_or", "section_capped"),
        "tps.peer_value": ("mean_sd_costs", "median", "mean_and_sd"),
        "crisis.rounding": ("two_decimals", "unrounded"),
        "crisis.survival_edge": ("three_in_outer", "three_in_middle"),
    }
    assert {key: found[key] for key in wanted} == wanted
    assert {key: CATALOG.switches[key].default for key in wanted} == {
        key: names[0] for key, names in wanted.items()
    }


@pytest.mark.parametrize("management", ["half_points_either_or", "section_capped"])
@pytest.mark.parametrize("peer_value", ["median", "mean_sd_costs", "mean_and_sd"])
def test_tps_is_out_of_15_however_it_is_read(management: str, peer_value: str) -> None:
    readings = {"tps.management": management, "tps.peer_value": peer_value}
    process, result = CATALOG.ruleset(2566, readings).rules["tps.score"].parts
    assert (process.full, result.full) == (10, 5)
    assert [block.full for block in process.parts] == [2, 3, 5]


@pytest.mark.parametrize(
    ("criterion", "old", "new"),
    [
        ("crisis.level", "cutoffs: [{below: 1.5}]", "cutoffs: [{below: 1.5, up_to: 2}]"),
        ("crisis.level", "cutoffs: [{below: 1.5}]", "cutoffs: [{}]"),
        ("crisis.level", "cutoffs: [{below: 1.5}]", "cutoffs: []"),
        ("crisis.level", "figure: quick_ratio", "figure: quick_raito"),
        ("crisis.level", "figure: quick_ratio", "figure: assets / liabilities"),
        ("crisis.level", "full: 7", "full: 8"),
        ("crisis.level", "income: ni\n", "income: profit\n"),
        ("crisis.level", "{capital: negative, income: neg", "{capital: not_negative, income: neg"),
        ("crisis.level", "- {up_to: 3, verdict: watch}", "- {up_to: 0, verdict: watch}"),
        ("crisis.level", "- {verdict: fail}", "- {verdict: red}"),
        ("tps.score", "- {island: true, up_to: 90}", "- {island: false, up_to: 90}"),
        ("tps.score", "- {island: true, up_to: 90}", "- {up_to: 90}"),
        ("tps.score", "- {island: true, up_to: 90}", "- {island: true, below: 90}"),
        ("tps.score", "cutoffs: [{above: median}]", "cutoffs: [{above: average}]"),
        ("tps.score", "cutoffs: [{within: 5}]", "cutoffs: [{within: -5}]"),
        ("tps.score", "cap: 2\n", "cap: 2.5\n"),
        ("tps.score", "part: process.assets.payables, cut", "part: process.asset.payables, cut"),
        ("tps.grade", "at_least: 9,", "at_least: 11,"),
        ("tps.grade", "- {grade: F,", "- {at_least: 1, grade: F,"),
        ("crisis.area", "headline: level_4_to_7", "headline: level_8"),
        ("crisis.area", "- {through_month: 6, up_to: 0}", "- {through_month: 2, up_to: 0}"),
        ("crisis.area", "- {through_month: 6, up_to: 0}", "- {through_month: 6, below: 1}"),
        ("crisis.area", "over: reporting", "over: everybody"),
        ("crisis.area", "units: {at_least: {full_of: crisis.level}}", "units: {}"),
        ("crisis.area", "{full_of: crisis.level}", "{full_of: crisis.levels}"),
        ("crisis.efficiency", "grade: B}", "grade: G}"),
    ],
)  # fmt: skip
def test_a_malformed_rule_is_refused_with_its_line(
    tmp_path: Path, criterion: str, old: str, new: str
) -> None:
    text = CATALOG.paths[criterion].read_text("utf-8")
    assert old in text
    path = tmp_path / "trial" / f"{criterion}.yaml"
    path.parent.mkdir()
    path.write_text(text.replace(old, new, 1), "utf-8")
    changed = text[: text.index(old)].count("\n") + 1
    faults = check_file(path).faults
    assert {fault.file for fault in faults} == {path.name}
    assert any(1 < fault.line <= changed + 1 for fault in faults)
