"""The rung a stored assessment item fell into, in the same words as when it was uploaded."""

import math

import numpy as np

from core.criteria.model import Node, Sum
from core.forms.assessment.plan import FORM_KINDS
from core.scoring.base.scores import Scores
from core.scoring.base.states import State
from core.scoring.explain.reasons import Reason, explain
from core.store.results.detail import Part
from core.store.results.repository import StoredResult


def reason_of(stored: StoredResult, rule: Node) -> Reason | None:
    """Why an item has its points; None for a result of any other kind of rule."""
    if not isinstance(rule, FORM_KINDS):
        return None
    whole = Part(
        stored.value, math.nan, stored.points, stored.full_marks, stored.state, math.nan, 0
    )
    return explain(rule, _scores(stored, rule, whole))


def _scores(stored: StoredResult, rule: Node, part: Part) -> Scores:
    """The scores of one subject, put together again from the stored parts."""
    parts = tuple(
        _scores(stored, below, stored_part)
        for below in (rule.parts if isinstance(rule, Sum) else ())
        if (stored_part := stored.detail.parts.get(below.id.removeprefix(f"{stored.criterion}.")))
    )
    return Scores(
        id=rule.id,
        points=np.array([part.points]),
        full=np.array([part.full_marks]),
        figure=np.array([part.figure]),
        states=np.array([State(part.state)], dtype=np.int8),
        parts=parts,
    )
