"""The finance rules of a fiscal year: crisis level, Total Performance Score, grade."""

from typing import Final, NamedTuple

from core.criteria.catalog import RuleSet, catalog
from core.criteria.model import AreaShare, Crisis, GradeScale, ThresholdSet
from core.criteria.references import Reference, number_of
from core.errors import CriteriaError
from core.scoring.finance.score import FinanceRules
from core.text import say

CRISIS: Final = "crisis.level"
TPS: Final = "tps.score"
GRADE: Final = "tps.grade"
CRISIS_AREA: Final = "crisis.area"
EFFICIENCY: Final = "crisis.efficiency"
GROUP: Final = "facility.hgr"
ISLAND: Final = "facility.island"


def finance_rules(rules: RuleSet) -> FinanceRules:
    """The finance rules of a rule set; `CriteriaError` when one is of another kind.

    There may be no edition of the score for its period.
    """
    crisis, tps, grade = rules.rule(CRISIS), rules.rules.get(TPS), rules.rules.get(GRADE)
    if not isinstance(crisis, Crisis):
        raise _wrong_kind(CRISIS, "crisis")
    if not isinstance(tps, ThresholdSet | None):
        raise _wrong_kind(TPS, "threshold_set")
    if not isinstance(grade, GradeScale | None):
        raise _wrong_kind(GRADE, "grade_scale")
    return FinanceRules(crisis, tps, grade)


def _wrong_kind(criterion: str, kind: str) -> CriteriaError:
    return CriteriaError(
        "C001", file=f"{criterion}.yaml", line=1, reason=say("its kind must be {kind}", kind=kind)
    )


class Edges(NamedTuple):
    """Edges that sentences of the screen name.

    `first` is the lowest level that is a crisis, `worst` the highest there is; from `grave` on a
    hospital is named first. `passing` is the TPS from which the area measure counts a hospital.
    """

    first: int
    grave: int
    worst: int
    passing: float


def edges(rules: RuleSet) -> Edges:
    """The edges in force in a fiscal year."""
    return Edges(
        first=int(number_of(Reference("first_level_of", CRISIS, "fail"), rules.rule)),
        grave=_grave(rules),
        worst=int(number_of(Reference("full_of", CRISIS, ""), rules.rule)),
        passing=_passing(rules),
    )


def _grave(rules: RuleSet) -> int:
    """The lowest level an area is judged by alone, or in a reading may be."""
    intervals = [line.units.edges for line in _area(CRISIS_AREA, rules).parts if line.units]
    alone = [
        edges["at_least"]
        for edges in intervals
        if "at_least" in edges and edges.get("up_to") == edges["at_least"]
    ]
    return int(min(alone, default=number_of(Reference("full_of", CRISIS, ""), rules.rule)))


def _passing(rules: RuleSet) -> float:
    rule = _area(EFFICIENCY, rules)
    headline = next(line for line in rule.parts if line.id == f"{rule.id}.{rule.headline}")
    edges = headline.units.edges if headline.units else {}
    return next(iter(edges.values()), 0.0)


def _area(criterion: str, rules: RuleSet) -> AreaShare:
    """An area's rule; in years without one its earliest."""
    editions = catalog().criteria[criterion].editions
    earliest = min(editions, key=lambda one: one.fiscal_years[0] or 0)
    rule = rules.rules.get(criterion, earliest.rule)
    if not isinstance(rule, AreaShare):
        raise _wrong_kind(criterion, "area_share")
    return rule
