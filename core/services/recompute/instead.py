"""Figures scored in place of those that were sent: nothing of it is stored."""

from collections.abc import Mapping, Sequence

import numpy as np

from core.scoring.base.inputs import Column
from core.scoring.base.states import State

Instead = Mapping[str, Mapping[str, float]]
"""By subject and measure; NaN where a measure does not apply."""


def put_instead(
    columns: Mapping[str, Column], subjects: Sequence[str], instead: Instead
) -> Mapping[str, Column]:
    """The columns of a table of one row a subject, with some figures replaced."""
    size = len(subjects)
    copies = {code: Column(one.values.copy(), one.states.copy()) for code, one in columns.items()}
    for row, subject in enumerate(subjects):
        for measure, value in instead.get(subject, {}).items():
            column = copies.setdefault(measure, Column.empty(size))
            column.values[row] = value
            column.states[row] = State.NOT_APPLICABLE if np.isnan(value) else State.REPORTED
    return copies
