"""The rung a stored assessment item fell into, told by the same words as when it was uploaded."""

import math

import numpy as np

from core.criteria.model import Node, Sum
from core.forms.assessment.plan import FORM_KINDS
from core.scoring.base.scores import Scores
from core.scoring.base.states import State
from core.scoring.explain.reasons import Reason, explain
from core.store.results.detail import Part
from core.store.results.repository import StoredResult


def reason_of(found: StoredResult, rule: Node) -> Reason | None:
    """Why an item has its points; None for a result of any other kind of rule."""
    if not isinstance(rule, FORM_KINDS):
        return None
    whole = Part(found.value, math.nan, found.points, found.full_marks, found.state, math.nan, 0)
    return explain(rule, _scores(found, rule, whole))


def _scores(found: StoredResult, rule: Node, part: Part) -> Scores:
    """The scores of one subject, put together again from what was kept."""
    parts = tuple(
        _scores(found, below, kept)
        for below in (rule.parts if isinstance(rule, Sum) else ())
        if (kept := found.detail.parts.get(below.id.removeprefix(f"{found.criterion}.")))
    )
    return Scores(
        id=rule.id,
        points=np.array([part.points]),
        full=np.array([part.full_marks]),
        figure=np.array([part.figure]),
        states=np.array([State(part.state)], dtype=np.int8),
        parts=parts,
    )
