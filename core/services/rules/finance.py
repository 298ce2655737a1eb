"""The finance rules of a fiscal year: crisis level, Total Performance Score, grade."""

from typing import Final

from core.criteria.catalog import RuleSet
from core.criteria.model import Crisis, GradeScale, ThresholdSet
from core.errors import CriteriaError
from core.scoring.finance.score import FinanceRules

CRISIS: Final = "crisis.level"


TPS: Final = "tps.score"


GRADE: Final = "tps.grade"


GROUP: Final = "facility.hgr"


ISLAND: Final = "facility.island"


def finance_rules(rules: RuleSet) -> FinanceRules:
    """The finance rules of a rule set; `CriteriaError` when one is of another kind."""
    crisis, tps, grade = (rules.rule(criterion) for criterion in (CRISIS, TPS, GRADE))
    if not isinstance(crisis, Crisis):
        raise CriteriaError("C001", file=CRISIS, line=1, reason="is no crisis level")
    if not isinstance(tps, ThresholdSet):
        raise CriteriaError("C001", file=TPS, line=1, reason="is no threshold set")
    if not isinstance(grade, GradeScale):
        raise CriteriaError("C001", file=GRADE, line=1, reason="is no grade scale")
    return FinanceRules(crisis, tps, grade)
