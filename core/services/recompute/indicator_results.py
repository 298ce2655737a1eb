"""What inspection themes came to, as results of the store, facility by facility.

Parts carry ids below their criterion's, as those of crisis levels and scores do. Notes hold `best`
and `worst` where tests are missing, the `grade` where the rule has grades, the figures of the kinds
of which a test looks at the largest, and the submission of group values it was held against.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from core.criteria.model import Indicator
from core.scoring.base.inputs import BoolArray
from core.scoring.themes.indicator import NO_GRADE, IndicatorScores
from core.services.recompute.finance_results import HospitalRows, part_table
from core.services.rules.kinds import KINDS, reported_kinds
from core.services.rules.peer_values import PUBLISHED_IN
from core.store.results.writing import NewResults


def indicator_results(
    rule: Indicator,
    rows: HospitalRows,
    scores: IndicatorScores,
    reported: BoolArray,
    published: Sequence[int | None],
) -> NewResults:
    """Results of one indicator for the `reported` rows: those with any figure it needs.

    `published` is the submission of group values that each row may have been held against.
    """
    places = np.flatnonzero(reported)
    chosen = places.tolist()
    return NewResults(
        criterion=rule.id,
        subjects=[rows.subjects[place] for place in chosen],
        periods=[rows.periods[place] for place in chosen],
        value=scores.value[places],
        points=scores.points[places],
        full_marks=scores.possible[places],
        verdict=scores.verdicts[places],
        state=scores.states[places],
        submissions=rows.submissions[places],
        parts=part_table(rule.id, scores.whole.parts).rows(places),
        notes=[_notes(rule, scores, place, published[place]) for place in chosen],
    )


def _notes(
    rule: Indicator, scores: IndicatorScores, place: int, published: int | None
) -> Mapping[str, Any]:
    notes: dict[str, Any] = {}
    if published is not None and _is_held_against_published(scores, place):
        notes[PUBLISHED_IN] = published
    best, worst = float(scores.best[place]), float(scores.worst[place])
    if best != worst and not np.isnan(best):
        notes |= {"best": best, "worst": worst}
    if kinds := reported_kinds(rule.id, scores.whole.items.values(), place):
        notes[KINDS] = kinds
    if (grade := int(scores.places[place])) != NO_GRADE:
        notes["grade"] = rule.grades[grade].grade
    return notes


def _is_held_against_published(scores: IndicatorScores, place: int) -> bool:
    """Whether any test of a row was held against a value the ministry published."""
    peers = [item.peers for item in scores.whole.items.values() if item.peers]
    return any(one.published is not None and one.published[place] for one in peers)
