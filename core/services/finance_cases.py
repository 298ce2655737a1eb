"""Runs the cases of finance rules: measures of one hospital-month in, what the rule says out."""

from typing import Any, Final

from core.criteria.catalog import RuleSet
from core.criteria.model import AreaShare, Crisis, GradeScale, Node, ThresholdSet

FINANCE_KINDS: Final = (Crisis, ThresholdSet, GradeScale, AreaShare)


def finance_outcome(rule: Node, value: Any, rules: RuleSet) -> Any:
    raise NotImplementedError
