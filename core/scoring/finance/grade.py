"""Grades of n scores."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.criteria.model import GradeScale
from core.scoring.base.inputs import BoolArray, FloatArray, StateArray
from core.scoring.base.states import Verdict
from core.scoring.finance.crisis import VERDICTS

NO_GRADE = -1


@dataclass(frozen=True)
class GradeScores:
    """Grades of n scores: `places` in `grades`, `NO_GRADE` where the score is not complete."""

    id: str
    grades: tuple[str, ...]
    places: StateArray
    verdicts: StateArray

    @cached_property
    def letters(self) -> tuple[str | None, ...]:
        """The grade of each score; None where there is none."""
        return tuple(None if place == NO_GRADE else self.grades[place] for place in self.places)


def score_grades(rule: GradeScale | None, score: FloatArray, complete: BoolArray) -> GradeScores:
    """Grade scores; one with items not judged has no grade, for none is printed for it.

    Without a rule there are no grades.
    """
    if rule is None:
        nowhere = np.full(score.shape, NO_GRADE, dtype=np.int8)
        return GradeScores("", (), nowhere, np.full(score.shape, Verdict.NOT_JUDGED, np.int8))
    places = np.zeros(score.shape, dtype=np.int8)
    for grade in rule.grades[:-1]:
        places += score < (-np.inf if grade.at_least is None else grade.at_least)
    places[~complete | np.isnan(score)] = NO_GRADE
    # The last place of the table is where NO_GRADE points.
    table = [VERDICTS[grade.verdict] for grade in rule.grades] + [Verdict.NOT_JUDGED]
    return GradeScores(
        id=rule.id,
        grades=tuple(grade.grade for grade in rule.grades),
        places=places,
        verdicts=np.array(table, dtype=np.int8)[places],
    )
