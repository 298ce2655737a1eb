"""Strict shapes of criteria: what a criteria file may say, and nothing else."""

from core.criteria.model.base import Band, Range, Source, Strict, TextField
from core.criteria.model.criterion import (
    RULE,
    AnyRule,
    Assumption,
    Criterion,
    Edition,
    Option,
    Switch,
)
from core.criteria.model.rules import (
    Checklist,
    Ladder,
    Leaf,
    Member,
    Node,
    PassFail,
    Radar,
    Ratio,
    RatioToTarget,
    Rule,
    Spoke,
    Step,
    Steps,
    Sum,
    WeightedGroup,
)

__all__ = [
    "RULE", "AnyRule", "Assumption", "Band", "Checklist", "Criterion", "Edition", "Ladder", "Leaf",
    "Member", "Node", "Option", "PassFail", "Radar", "Range", "Ratio", "RatioToTarget", "Rule",
    "Source", "Spoke", "Step", "Steps", "Strict", "Sum", "Switch", "TextField", "WeightedGroup",
]
