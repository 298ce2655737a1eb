"""What a finance rule gives for one written example: the right-hand side of its cases file.

The value of a case, by kind of rule (measures by their codes, in their own units; a measure that is
not named, or null, was not reported; null or {} is a facility that reported nothing):

- `crisis`, `threshold_set`: `{month: 9, finance.cash: 80, ...}`; `month` is the fiscal month.
  `island: true` for a facility on an island; `peers: [{cost.op_unit: 700}, ...]` are the other
  facilities of its group in that month (without any it is its own only peer).
- `grade_scale`: `{score: 12}`; `complete: false` when an item could not be judged.
- `area_share`: `{month: 3, values: [0, 7, null, not_applicable]}`, one a facility.

The outcome is a mapping of what can be named in a case: `level`, `months`, `verdict` of a crisis;
`score`, `possible` of a set; `grade`, `verdict` of a score; `expected`, `reporting`, `highest`,
`verdict`, `best`, `worst` of an area, its lines' shares by local id and `target.<line>`; and of
tests, blocks and survival the points by local id, "error" where a figure cannot be. What is not
there is None; what has no bound is "infinite".
"""

import math
from collections.abc import Iterable, Mapping
from functools import singledispatch
from typing import Any, Final

import numpy as np

from core.criteria.model import AreaShare, Crisis, GradeScale, Income, Node, ThresholdSet
from core.scoring.area import score_area
from core.scoring.crisis import score_crisis
from core.scoring.derived import Figures
from core.scoring.grade import score_grades
from core.scoring.inputs import FloatArray
from core.scoring.peers import PeerGroups
from core.scoring.states import State, Verdict
from core.scoring.threshold import BlockScores, HospitalMonths
from core.scoring.tps import score_set

Value = Mapping[str, Any] | None
Outcome = dict[str, float | str | None]

FINANCE_KINDS: Final = (Crisis, ThresholdSet, GradeScale, AreaShare)

_NOT_MEASURES: Final = {"month", "island", "peers"}
_ANY_YEAR: Final = 2566


@singledispatch
def example_outcome(rule: Node, value: Value) -> Outcome:
    """The outcome of one example under a finance rule; `TypeError` for other kinds of rule."""
    raise TypeError(f"{type(rule).__name__} is no finance rule: {value}")


@example_outcome.register
def _of_crisis(rule: Crisis, value: Value) -> Outcome:
    scores = score_crisis(rule, hospitals_of(value, rule.income))
    said: Outcome = {"level": _plain(scores.level[0]), "months": _plain(scores.months[0])}
    said |= _points(rule, scores.blocks.values())
    said[_local(rule, rule.survival.id)] = _plain(scores.survival[0])
    return said | {"verdict": _word(scores.verdicts[0])}


@example_outcome.register
def _of_set(rule: ThresholdSet, value: Value) -> Outcome:
    scores = score_set(rule, hospitals_of(value, "ni"))
    said: Outcome = {"score": _plain(scores.score[0]), "possible": _plain(scores.possible[0])}
    return said | _points(rule, [scores.whole])


@example_outcome.register
def _of_grade(rule: GradeScale, value: Value) -> Outcome:
    given = value or {}
    complete = np.array([given.get("complete", True)])
    scores = score_grades(rule, _array([given.get("score")]), complete)
    return {"grade": scores.letters[0], "verdict": _word(scores.verdicts[0])}


@example_outcome.register
def _of_area(rule: AreaShare, value: Value) -> Outcome:
    given = value or {}
    values = given.get("values", [])
    states = np.array([_state(entry) for entry in values], dtype=np.int8)
    numbers = _array(entry if isinstance(entry, int | float) else None for entry in values)
    areas = np.zeros(len(values), dtype=np.int64)
    scores = score_area(rule, numbers, states, areas, np.array([given.get("month", 12)]))
    said: Outcome = {}
    for line in scores.lines.values():
        name = _local(rule, line.id)
        said |= {name: _plain(line.share[0]), f"target.{name}": _plain(line.target[0])}
    counts = (scores.expected[0], scores.reporting[0], scores.highest[0])
    said |= zip(("expected", "reporting", "highest"), map(_plain, counts), strict=True)
    verdicts = (scores.verdicts[0], scores.best[0], scores.worst[0])
    return said | dict(zip(("verdict", "best", "worst"), map(_word, verdicts), strict=True))


def hospitals_of(value: Value, income: Income) -> HospitalMonths:
    """The hospital of an example in the first row, its peers in the others."""
    given = value or {}
    rows = [given, *given.get("peers", [])]
    codes = {code for row in rows for code in row} - _NOT_MEASURES
    columns = {code: _array(row.get(code) for row in rows) for code in codes}
    months = np.full(len(rows), 12 * _ANY_YEAR + given.get("month", 12) - 1)
    return HospitalMonths(
        figures=Figures(columns, months, income),
        peers=PeerGroups(np.zeros(len(rows), dtype=np.int64), months),
        islands=np.array([row.get("island", False) for row in rows]),
    )


def _array(values: Iterable[float | None]) -> FloatArray:
    return np.array([math.nan if value is None else float(value) for value in values])


def _state(entry: object) -> State:
    if entry is None:
        return State.NOT_REPORTED
    return State.NOT_APPLICABLE if entry == "not_applicable" else State.REPORTED


def _points(rule: Node, wholes: Iterable[BlockScores]) -> Outcome:
    said: Outcome = {}
    for whole in wholes:
        said |= {_local(rule, id_): _plain(part.points[0]) for id_, part in whole.blocks.items()}
        for id_, item in whole.items.items():
            wrong = item.states[0] == State.ERROR
            said[_local(rule, id_)] = "error" if wrong else _plain(item.points[0])
    return said


def _local(rule: Node, part_id: str) -> str:
    return part_id.removeprefix(f"{rule.id}.")


def _plain(value: float) -> float | str | None:
    if math.isnan(value):
        return None
    return "infinite" if math.isinf(value) else float(value)


def _word(verdict: int) -> str:
    return Verdict(verdict).name.lower()
