"""What the tests of n facilities in one period come to: a value, and whether it is good."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from core.criteria.model import Indicator, Interval
from core.scoring.base.inputs import Column, FloatArray, StateArray
from core.scoring.base.outcomes import BlockScores, HospitalMonths, ItemScores, add_up, whole_states
from core.scoring.base.states import State, Verdict
from core.scoring.base.threshold import lies_in, score_block, score_item

NO_GRADE = -1


@dataclass(frozen=True)
class IndicatorScores:
    """An indicator of n facilities.

    `value` in the rule's unit, NaN where there is none; where tests are missing it is of those that
    were judged, and `best` and `worst` are what it could still become. `points` of `possible` were
    earned. `verdicts` are not judged while the missing tests could change them; `states` say why.
    `places` are places in the rule's grades, `NO_GRADE` where there is none.
    """

    id: str
    value: FloatArray
    best: FloatArray
    worst: FloatArray
    verdicts: StateArray
    states: StateArray
    places: StateArray
    whole: BlockScores

    @property
    def points(self) -> FloatArray:
        return self.whole.points

    @property
    def possible(self) -> FloatArray:
        return self.whole.possible

    @property
    def column(self) -> Column:
        """The value as a measure of other rules; only where it stands for good."""
        known = self.states == State.REPORTED
        return Column(np.where(known, self.value, np.nan), self.states)

    @property
    def passes(self) -> Column:
        """1 where it passes, 0 where it fails: what areas count."""
        judged = self.verdicts != Verdict.NOT_JUDGED
        values = np.where(judged, (self.verdicts == Verdict.PASS).astype(np.float64), np.nan)
        states = np.where(
            ~judged & (self.states == State.REPORTED), State.NOT_REPORTED, self.states
        )
        return Column(values, states.astype(np.int8))


class _Ends(NamedTuple):
    """A value, and the two ends of what it could become."""

    value: FloatArray
    best: FloatArray
    worst: FloatArray


def score_indicator(rule: Indicator, case: HospitalMonths) -> IndicatorScores:
    """Score an indicator for all facilities."""
    parts = tuple(
        score_block(part, case) if part.kind == "block" else score_item(part, case)
        for part in rule.parts
    )
    whole = add_up(rule.id, rule.full, None, parts)
    ends = _ends(rule, whole)
    verdicts = _verdicts(rule.good, ends)
    settled = (
        ~np.isnan(ends.value) & (ends.best == ends.worst)
        if rule.good is None
        else verdicts != Verdict.NOT_JUDGED
    )
    items = [item for item in whole.items.values() if not item.is_shown]
    reasons = whole_states(whole.complete, items) if items else _reason_shown(whole)
    states = np.where(settled, np.int8(State.REPORTED), reasons)
    # All tests are there and still no value: it cannot be.
    states[~settled & (states == State.REPORTED)] = State.ERROR
    return IndicatorScores(
        id=rule.id,
        value=ends.value,
        best=ends.best,
        worst=ends.worst,
        verdicts=verdicts,
        states=states,
        places=_places(rule, ends),
        whole=whole,
    )


def score_indicators(
    rules: Iterable[Indicator], case: HospitalMonths
) -> Mapping[str, IndicatorScores]:
    """Score several indicators, each after those whose values or parts it takes."""
    columns, scored = dict(case.figures.columns), dict(case.scored)
    results: dict[str, IndicatorScores] = {}
    for rule in in_order(rules):
        scores = score_indicator(rule, case.with_more(columns, scored))
        results[rule.id] = scores
        # A measure keeps its name where a rule is called the same (`payables.paid`).
        columns.setdefault(rule.id, scores.column)
        scored |= {**scores.whole.blocks, **scores.whole.items}
    return results


def in_order(rules: Iterable[Indicator]) -> Sequence[Indicator]:
    """Rules after those they take values or parts from; `ValueError` when they go in a circle."""
    waiting = {rule.id: rule for rule in rules}
    needs = {key: _needed(rule, waiting) for key, rule in waiting.items()}
    ordered: list[Indicator] = []
    while waiting:
        ready = [key for key in waiting if not needs[key] & waiting.keys()]
        if not ready:
            raise ValueError(f"these rules need one another: {', '.join(sorted(waiting))}")
        ordered += [waiting.pop(key) for key in ready]
    return ordered


def _needed(rule: Indicator, known: Iterable[str]) -> set[str]:
    names = rule.figures
    return {
        other
        for other in known
        if other != rule.id and any(n == other or n.startswith(f"{other}.") for n in names)
    }


def _ends(rule: Indicator, whole: BlockScores) -> _Ends:
    if rule.value == "figure":
        figure = next(iter(whole.items.values())).figure
        return _Ends(figure, figure, figure)
    if rule.value == "blocks_passed":
        return _blocks_passed(whole)
    earned, possible = whole.earned, whole.possible
    missing = _unheld(whole) if rule.missing == "left_out" else whole.missing
    if rule.value == "percent_earned":
        value = _share(earned, possible)
        return _Ends(value, *_about(earned + missing, earned, possible + missing, value))
    failed = possible - earned
    value = _share(failed, possible)
    return _Ends(value, *_about(failed, failed + missing, possible + missing, value))


def _unheld(whole: BlockScores) -> FloatArray:
    """Full marks of tests that were measured while nothing is known to hold them against."""
    missing = np.zeros(whole.earned.shape)
    for item in whole.items.values():
        measured = ~item.judged & (item.states == State.REPORTED)
        missing += np.where(measured, item.full, 0.0)
    return missing


def _about(
    best: FloatArray, worst: FloatArray, of: FloatArray, value: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Best and worst in percent of `of`, n each; NaN where nothing was judged."""
    is_known = ~np.isnan(value)
    low, high = (np.where(is_known, _share(end, of), np.nan) for end in (best, worst))
    return low, high


def _share(part: FloatArray, of: FloatArray) -> FloatArray:
    with np.errstate(divide="ignore", invalid="ignore"):
        percent: FloatArray = np.where(of > 0, 100.0 * part / of, np.nan)
    return percent


def _blocks_passed(whole: BlockScores) -> _Ends:
    """Blocks passed whole from the first on; a missing step may still turn out either way.

    A block none of whose steps applies is not passed: nothing says that it was.
    """
    surely, perhaps = [], []
    for block in whole.parts:
        passed, open_ = block.earned >= block.possible, block.missing > 0
        surely.append(passed & ~open_ & (block.possible > 0))
        perhaps.append(passed & (open_ | (block.possible > 0)))
    is_known = whole.possible > 0
    low, high = (
        np.where(is_known, np.cumprod(np.stack(blocks), axis=0).sum(axis=0), np.nan)
        for blocks in (surely, perhaps)
    )
    return _Ends(low, high, low)


def _verdicts(good: Interval | None, ends: _Ends) -> StateArray:
    if good is None:
        return np.full(ends.value.shape, Verdict.NOT_JUDGED, dtype=np.int8)
    best, worst = lies_in(ends.best, good), lies_in(ends.worst, good)
    verdicts = np.where(best, Verdict.PASS, Verdict.FAIL).astype(np.int8)
    verdicts[(best != worst) | np.isnan(ends.best) | np.isnan(ends.worst)] = Verdict.NOT_JUDGED
    return verdicts


def _places(rule: Indicator, ends: _Ends) -> StateArray:
    """The grade of each value; none while missing tests could change it."""
    if not rule.grades:
        return np.full(ends.value.shape, NO_GRADE, dtype=np.int8)
    best, worst = (grade_places(rule, end) for end in (ends.best, ends.worst))
    return np.where(best == worst, best, np.int8(NO_GRADE))


def grade_places(rule: Indicator, values: FloatArray) -> StateArray:
    """The place of each value among the rule's grades; `NO_GRADE` for NaN."""
    places = np.zeros(values.shape, dtype=np.int8)
    for grade in rule.grades[:-1]:
        places += ~(values > (-np.inf if grade.above is None else grade.above))
    places[np.isnan(values)] = NO_GRADE
    return places


def _reason_shown(whole: BlockScores) -> StateArray:
    """Of a value that is a figure: why the figure is missing; what is beside it has no say."""
    figure: ItemScores = next(iter(whole.items.values()))
    return whole_states(np.zeros(whole.earned.shape, dtype=np.bool_), [figure])
