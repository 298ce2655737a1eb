"""What a finance rule gives for one written example: the right-hand side of its cases file.

The value of a case, by kind of rule (measures by their codes, in their own units; a measure that is
not named, or null, was not reported; null or {} is a facility that reported nothing):

- `crisis`, `threshold_set`: `{month: 9, finance.cash: 80, ...}`; `month` is the fiscal month.
  `island: true` for a facility on an island; `peers: [{cost.op_unit: 700}, ...]` are the other
  facilities of its group in that month (without any it is its own only peer).
- `grade_scale`: `{score: 12}`; `complete: false` when an item could not be judged.
- `area_share`: `{month: 3, values: [0, 7, null, not_applicable]}`, one a facility; where it counts
  passes, how many: `{passed: 90, failed: 8, silent: 2, not_applicable: 1}`.
- `indicator`: measures as above, `not_applicable` among them, the `round` where it matters,
  results of other criteria by their id, and points of parts it takes over by their full id,
  `{points: 1, judged: 1}` where not all of the part could be judged.
- `light_matrix`: `{crisis: 4}`, the values of its columns by local id.

The outcome is a mapping of what can be named in a case: `level`, `months`, `verdict` of a crisis;
`score`, `possible` of a set; `grade`, `verdict` of a score; `expected`, `reporting`, `highest`,
`verdict`, `best`, `worst` of an area, its lines' shares by local id and `target.<line>`; `value`,
`verdict`, `points`, `full` (that could be judged), `grade`, `state`, `best`, `worst` of an
indicator; the lights of a matrix by local id; and of tests, blocks and survival the points by
local id, "error" where a figure cannot be. What is not there is None; what has no bound is
"infinite".
"""

import math
from collections.abc import Iterable, Mapping
from functools import singledispatch
from typing import Any, Final

import numpy as np

from core.criteria.model import (
    AreaShare,
    Crisis,
    GradeScale,
    Income,
    Indicator,
    LightMatrix,
    Node,
    Taken,
    ThresholdSet,
)
from core.scoring.base.derived import Figures
from core.scoring.base.inputs import Column, FloatArray
from core.scoring.base.outcomes import BlockScores, HospitalMonths, ItemScores
from core.scoring.base.peers import PeerGroups
from core.scoring.base.states import State, Verdict
from core.scoring.finance.crisis import score_crisis
from core.scoring.finance.grade import score_grades
from core.scoring.finance.tps import score_set
from core.scoring.themes.area import score_area
from core.scoring.themes.indicator import NO_GRADE, score_indicator
from core.scoring.themes.lights import LightColour, light

Value = Mapping[str, Any] | None
Outcome = dict[str, float | str | None]

FINANCE_KINDS: Final = (Crisis, ThresholdSet, GradeScale, AreaShare, Indicator, LightMatrix)

_NOT_MEASURES: Final = {"month", "round", "island", "peers"}


@singledispatch
def example_outcome(rule: Node, value: Value) -> Outcome:
    """The outcome of one example under a finance rule; `TypeError` for other kinds of rule."""
    raise TypeError(f"{type(rule).__name__} is no finance rule: {value}")


@example_outcome.register
def _of_crisis(rule: Crisis, value: Value) -> Outcome:
    scores = score_crisis(rule, hospitals_of(value, rule.income, rule.decimals))
    outcome: Outcome = {"level": _plain(scores.level[0]), "months": _plain(scores.months[0])}
    outcome |= _points(rule, scores.blocks.values())
    outcome[_local(rule, rule.survival.id)] = _plain(scores.survival[0])
    return outcome | {"verdict": _word(scores.verdicts[0])}


@example_outcome.register
def _of_set(rule: ThresholdSet, value: Value) -> Outcome:
    scores = score_set(rule, hospitals_of(value, "ni", rule.decimals))
    outcome: Outcome = {"score": _plain(scores.score[0]), "possible": _plain(scores.possible[0])}
    return outcome | _points(rule, [scores.whole])


@example_outcome.register
def _of_grade(rule: GradeScale, value: Value) -> Outcome:
    given = value or {}
    complete = np.array([given.get("complete", True)])
    scores = score_grades(rule, _array([given.get("score")]), complete)
    return {"grade": scores.letters[0], "verdict": _word(scores.verdicts[0])}


@example_outcome.register
def _of_area(rule: AreaShare, value: Value) -> Outcome:
    given = value or {}
    values = _facilities(given)
    states = np.array([_state(entry) for entry in values], dtype=np.int8)
    numbers = _array(entry if isinstance(entry, int | float) else None for entry in values)
    areas = np.zeros(len(values), dtype=np.int64)
    scores = score_area(rule, numbers, states, areas, np.array([given.get("month", 12)]))
    outcome: Outcome = {}
    for line in scores.lines.values():
        name = _local(rule, line.id)
        outcome |= {name: _plain(line.share[0]), f"target.{name}": _plain(line.target[0])}
    counts = (scores.expected[0], scores.reporting[0], scores.highest[0])
    outcome |= zip(("expected", "reporting", "highest"), map(_plain, counts), strict=True)
    verdicts = (scores.verdicts[0], scores.best[0], scores.worst[0])
    return outcome | dict(zip(("verdict", "best", "worst"), map(_word, verdicts), strict=True))


def _facilities(given: Mapping[str, Any]) -> list[Any]:
    """The values of an area's facilities, one by one or by how many there are of each."""
    results = {"passed": 1, "failed": 0, "silent": None, "not_applicable": "not_applicable"}
    counted = [value for name, value in results.items() for _ in range(given.get(name, 0))]
    return [*given.get("values", ()), *counted]


@example_outcome.register
def _of_indicator(rule: Indicator, value: Value) -> Outcome:
    given = dict(value or {})
    taken = {name: given.pop(name) for name in rule.figures if _is_part(name) and name in given}
    case = hospitals_of(given, "ni")
    scores = score_indicator(rule, case.with_more(case.figures.columns, _taken(rule, taken)))
    place = scores.places[0]
    outcome: Outcome = {
        "value": _plain(scores.value[0]),
        "best": _plain(scores.best[0]),
        "worst": _plain(scores.worst[0]),
        "verdict": _word(scores.verdicts[0]),
        "state": State(scores.states[0]).name.lower(),
        "grade": None if place == NO_GRADE else rule.grades[place].grade,
        "points": _plain(scores.points[0]),
        "full": _plain(scores.possible[0]),
    }
    return outcome | _points(rule, [scores.whole])


def _is_part(name: str) -> bool:
    return name.count(".") > 1 and ":" not in name


def _taken(rule: Indicator, given: Mapping[str, Any]) -> dict[str, ItemScores]:
    """Parts of other rules that came to these points; `judged` of their full marks were known."""
    return {
        part.part: _part_taken(part, given.get(part.part))
        for part in rule.parts
        if isinstance(part, Taken)
    }


def _part_taken(part: Taken, given: Any) -> ItemScores:
    points = given if not isinstance(given, Mapping) else given["points"]
    state = _state(points)
    judged = part.points if state == State.REPORTED else 0.0
    applicable = 0.0 if state == State.NOT_APPLICABLE else part.points
    if isinstance(given, Mapping):
        judged = float(given["judged"])
    earned = _array([points if state == State.REPORTED else 0.0])
    return ItemScores(
        id=part.part,
        full=judged,
        figure=earned,
        cutoff=_array([part.points]),
        earned=earned,
        judged=np.array([judged > 0]),
        states=np.array([state], dtype=np.int8),
        open=_array([applicable - judged]),
    )


@example_outcome.register
def _of_matrix(rule: LightMatrix, value: Value) -> Outcome:
    given = value or {}
    return {
        local: LightColour(int(light(column.lights, _array([given.get(local)]))[0])).name.lower()
        for column in rule.parts
        for local in [_local(rule, column.id)]
    }


def hospitals_of(
    value: Value, income: Income, decimals: Mapping[str, int] | None = None
) -> HospitalMonths:
    """The hospital of an example in the first row, its peers in the others."""
    given = value or {}
    rows = [given, *given.get("peers", [])]
    codes = {code for row in rows for code in row} - _NOT_MEASURES
    columns = {code: _column([row.get(code) for row in rows]) for code in codes}
    # The month alone counts: rules of other years are other rules.
    months = np.full(len(rows), given.get("month", 12) - 1)
    return HospitalMonths(
        figures=Figures(columns, months, income, decimals or {}),
        peers=PeerGroups(np.zeros(len(rows), dtype=np.int64), months),
        islands=np.array([row.get("island", False) for row in rows]),
        rounds=np.full(len(rows), given.get("round", 0)),
    )


def _column(values: list[Any]) -> Column:
    numbers = _array(entry if isinstance(entry, int | float) else None for entry in values)
    return Column(numbers, np.array([_state(entry) for entry in values], dtype=np.int8))


def _array(values: Iterable[float | None]) -> FloatArray:
    return np.array([math.nan if value is None else float(value) for value in values])


def _state(entry: object) -> State:
    if entry is None:
        return State.NOT_REPORTED
    return State.NOT_APPLICABLE if entry == "not_applicable" else State.REPORTED


def _points(rule: Node, wholes: Iterable[BlockScores]) -> Outcome:
    outcome: Outcome = {}
    for whole in wholes:
        outcome |= {_local(rule, id_): _plain(part.points[0]) for id_, part in whole.blocks.items()}
        for id_, item in whole.items.items():
            wrong = item.states[0] == State.ERROR
            outcome[_local(rule, id_)] = "error" if wrong else _plain(item.points[0])
    return outcome


def _local(rule: Node, part_id: str) -> str:
    return part_id.removeprefix(f"{rule.id}.")


def _plain(value: float) -> float | str | None:
    if math.isnan(value):
        return None
    return "infinite" if math.isinf(value) else float(value)


def _word(verdict: int) -> str:
    return Verdict(verdict).name.lower()
