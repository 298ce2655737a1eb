"""What facilities and areas of the inspection pass by, its readings, numbers and wordings."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from core.criteria.catalog import measures
from core.criteria.load import read_yaml
from core.criteria.model import AreaShare
from core.scoring.base.derived import measures_of
from tests.core.criteria.inspection import CATALOG, CRITERIA, indicator

# Criterion: how its value comes about, when it is judged, and what passes.
UNITS = {
    "revenue.score": ("percent_earned", "round", {"above": 80}),
    "revenue.defects": ("percent_failed", "month", {"below": 50}),
    "msss.score": ("percent_earned", "round", {"above": 80}),
    "msss.defects": ("percent_failed", "round", None),
    "payables.structure": ("percent_earned", "round", {"above": 80}),
    "payables.operation": ("percent_earned", "round", {"above": 80}),
    "payables.paid": ("figure", "round", None),
    "payables.round_1": ("percent_earned", "round", {"at_least": 100}),
    "payables.round_2": ("percent_earned", "round", {"at_least": 100}),
    "sproi.covid": ("figure", "round", {"above": 40}),
    "sproi.stroke_stemi": ("figure", "round", {"above": 40}),
    "sproi.ods_mis": ("figure", "round", {"above": 40}),
    "coverage.foreign": ("figure", "round", {"above": 70}),
    "coverage.foreign_checkup": ("figure", "round", {"above": 95}),
    "coverage.fss": ("figure", "round", {"above": 70}),
    "coverage.thai": ("figure", "round", {"at_least": 99}),
    "compensation.on_time": ("figure", "month", {"above": 90}),
    "transfer.level": ("blocks_passed", "round", {"at_least": 4}),
    "governance.figures": ("percent_earned", "month", None),
}


@pytest.mark.parametrize("key", UNITS)
def test_a_facility_passes_as_the_guideline_says(key: str) -> None:
    rule = indicator(key)
    good = dict(rule.good.edges) if rule.good else None
    assert (rule.value, rule.per, good) == UNITS[key]
    assert rule.of == ("pcu" if key == "transfer.level" else "hospital")


def test_rounds_of_payables_hold_in_their_round_only() -> None:
    found = {key: rule.round for key in UNITS if (rule := indicator(key)).round is not None}
    assert found == {"payables.round_1": 1, "payables.round_2": 2}


def test_only_defects_and_monthly_figures_leave_out_what_was_not_measured() -> None:
    found = {key for key in UNITS if indicator(key).missing == "left_out"}
    assert found == {"revenue.defects", "msss.defects", "governance.figures"}


# Criterion: what is counted, and the share of facilities asked for; None is shown only.
AREAS = {
    "revenue.area": ("revenue.score", {"above": 90}),
    "revenue.defects_area": ("revenue.defects", None),
    "msss.area": ("msss.score", {"above": 90}),
    "payables.area_1": ("payables.round_1", {"above": 90}),
    "payables.area_2": ("payables.round_2", {"above": 90}),
    "sproi.covid_area": ("sproi.covid", {"above": 90}),
    "sproi.stroke_stemi_area": ("sproi.stroke_stemi", {"above": 90}),
    "sproi.ods_mis_area": ("sproi.ods_mis", {"above": 90}),
    "coverage.foreign_area": ("coverage.foreign", None),
    "coverage.foreign_checkup_area": ("coverage.foreign_checkup", None),
    "coverage.fss_area": ("coverage.fss", None),
    "coverage.thai_area": ("coverage.thai", None),
    "compensation.area": ("compensation.on_time", None),
    "transfer.area": ("transfer.level", {"above": 90}),
}


def shares(year: int, key: str) -> tuple[str, dict[str, float] | None]:
    rule = CATALOG.ruleset(year).rules[key]
    assert isinstance(rule, AreaShare)
    assert rule.over == "expected"
    assert rule.counts_passes
    (line,) = rule.parts
    targets = [dict(target.edges) for target in line.targets]
    return rule.of, targets[0] if targets else None


@pytest.mark.parametrize("key", AREAS)
def test_good_facilities_are_shared_over_all_that_should_report(key: str) -> None:
    assert shares(2566, key) == AREAS[key]


def test_the_target_of_revenue_centres_was_75_percent_in_2565() -> None:
    assert shares(2565, "revenue.area") == ("revenue.score", {"at_least": 75})


def test_nothing_is_missing_and_nothing_is_more() -> None:
    matrices = {"governance.financial", "governance.efficiency", "governance.funds"}
    assert set(CRITERIA) == {*UNITS, *AREAS, *matrices}


# The readings of the specification's table; the default stands first.
READINGS = {
    "revenue.error_claim": ("below_10", "below_1", "up_to_1"),
    "revenue.area": ("above_90", "at_least_90"),
    "coverage.foreign": ("insured_70", "checkup_95"),
    "sproi.ods_mis_divisor": ("cost", "as_printed"),
    "sproi.roi": ("received_over_cost", "net"),
    "payables.defect_debt_360": ("round_2", "round_1"),
    "payables.defect_debt_90": ("up_to_10", "below_10"),
    "claims.missing": ("below_1", "up_to_1"),
    "claims.audit": ("up_to_10", "below_10"),
}


def switches() -> Iterator[tuple[str, str]]:
    for key in CRITERIA:
        for edition in CATALOG.criteria[key].editions:
            yield from ((name, key) for name in edition.readings)


def test_readings_have_the_names_of_the_interface() -> None:
    found = {name: tuple(CATALOG.switches[name].options) for name, _ in switches()}
    assert found == READINGS
    assert {name: CATALOG.switches[name].default for name in found} == {
        name: options[0] for name, options in READINGS.items()
    }


def test_readings_stand_in_every_rule_they_change() -> None:
    found: dict[str, set[str]] = {}
    for name, key in switches():
        found.setdefault(name, set()).add(key)
    assert found == {
        "revenue.error_claim": {"revenue.defects"},
        "revenue.area": {"revenue.area"},
        "claims.missing": {"revenue.defects"},
        "claims.audit": {"revenue.defects"},
        "coverage.foreign": {"coverage.foreign"},
        "sproi.ods_mis_divisor": {"sproi.ods_mis"},
        "sproi.roi": {"sproi.covid", "sproi.stroke_stemi", "sproi.ods_mis"},
        "payables.defect_debt_90": {"payables.round_1"},
        "payables.defect_debt_360": {"payables.round_1", "payables.round_2"},
    }


# Theme: its heading in the specification, and every number the guideline prints before it.
NUMBERS = {
    "revenue": ("2", {"ตัวชี้วัดที่ 2"}),
    "msss": ("3", {"ตัวชี้วัดที่ 3", "ตัวชี้วัดที่ 4"}),
    "payables": ("4", {"ตัวชี้วัดที่ 4", "แผนการตรวจราชการ ลำดับ 7"}),
    "sproi": ("5", {"ตัวชี้วัดที่ 3", "ตัวชี้วัดที่ 5"}),
    "coverage": ("6", {"ตัวชี้วัดที่ 5", "ตัวชี้วัดที่ 6"}),
    "compensation": ("7", {"ตัวชี้วัดที่ 6", "ตัวชี้วัดที่ 7"}),
    "transfer": ("8", {"ตัวชี้วัดที่ 8"}),
}


@pytest.mark.parametrize("theme", NUMBERS)
def test_printed_numbers_are_kept_as_aliases(theme: str) -> None:
    number, printed = NUMBERS[theme]
    own = [CATALOG.criteria[key] for key in CRITERIA if key.startswith(f"{theme}.")]
    assert {criterion.no for criterion in own} == {number}
    aliases = {alias for criterion in own for alias in criterion.aliases}
    assert {alias for alias in aliases if re.search(r"\d$", alias)} == printed


@pytest.mark.parametrize(
    ("key", "missions"),
    [
        ("crisis.level", "3, 6"),
        ("revenue.score", "3, 6"),
        ("msss.score", "3, 5, 6"),
        ("sproi.covid", "1, 2, 3, 6"),
        ("sproi.stroke_stemi", "1, 2, 3, 6"),
        ("sproi.ods_mis", "1, 2, 3, 6"),
        ("coverage.foreign", "2, 3, 4, 6"),
        ("compensation.on_time", "3"),
    ],
)
def test_the_printed_marks_of_missions_are_kept(key: str, missions: str) -> None:
    notes = CATALOG.criteria[key].editions[0].notes
    assert [
        note for note in notes if f"M: {missions} (" in note.th and f"M: {missions} (" in note.en
    ]


@pytest.mark.parametrize("key", CRITERIA)
def test_rules_cite_the_guideline_and_hold_from_2566_on(key: str) -> None:
    editions = CATALOG.criteria[key].editions
    document = "002" if key.startswith("coverage.thai") else "004"
    assert {edition.source.document for edition in editions} == {document}
    first = 2565 if key == "revenue.score" else 2566
    assert editions[0].fiscal_years == (first, None)


# Kept beside results, by no rule of a facility: controls of defects, names, budgets and equity.
BESIDE = re.compile(
    r"claims\.control_.*|msss\.software|transfer\.(budget_.*|sop_issued|cups_briefed|pao_briefed)"
    r"|transfer\.per_head_.*"
)


def test_every_measure_of_a_theme_is_used_by_a_rule_or_kept_beside_results() -> None:
    own = ("revenue", "claims", "audit", "msss", "payables", "sproi", "coverage", "compensation",
           "transfer")  # fmt: skip
    codes = {code for code in measures() if code.split(".")[0] in own}
    used: set[str] = set()
    for key in UNITS:
        for edition in CATALOG.criteria[key].editions:
            used |= _measures_in(edition.rule)
    used |= _measures_in(CATALOG.ruleset(2566, {"coverage.foreign": "checkup_95"}).rules[
        "coverage.foreign"])  # fmt: skip
    assert {code for code in codes - used if not BESIDE.fullmatch(code)} == set()


def _measures_in(rule: Any) -> set[str]:
    found: set[str] = set()
    for figure in rule.figures:
        found |= {figure, *measures_of(figure)}
    return found


def wordings(raw: Any) -> Iterator[dict[str, str]]:
    if isinstance(raw, dict):
        if set(raw) == {"th", "en"}:
            yield raw
        for value in raw.values():
            yield from wordings(value)
    elif isinstance(raw, list):
        for value in raw:
            yield from wordings(value)


@pytest.mark.parametrize("key", CRITERIA)
def test_wordings_are_in_their_language(key: str) -> None:
    found = list(wordings(read_yaml(CATALOG.paths[key])))
    assert found
    assert [text["en"] for text in found if re.search("[\u0e00-\u0e7f]", text["en"])] == []
    # A Thai wording has Thai letters, unless it is one of the source's own abbreviations.
    plain = [text["th"] for text in found if not re.search("[\u0e00-\u0e7f]", text["th"])]
    assert plain == []
    assert [text["th"] for text in found if re.search("[\u0e4d\ue000-\uf8ff]", text["th"])] == []
