"""Checks input cells against their rules: a number for scoring, and problems by cell."""

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from core.criteria.model import Ladder, Leaf, RatioToTarget, Steps
from core.forms.cells.workbook import Cell
from core.forms.model.issues import CellIssue
from core.forms.model.layout import Spot
from core.forms.model.values import NumberReading, plain, read_number
from core.quantities import rounded_exactly
from core.scoring.base.ladder import rung
from core.scoring.base.states import State
from core.text import Text, say

_CACHED: Final = 4096


class ReadCell(NamedTuple):
    """An input cell as read: its place, its content, and the number that is scored (NaN: none)."""

    spot: Spot
    content: NumberReading
    number: float
    state: State

    @property
    def is_filled(self) -> bool:
        return self.state != State.NOT_REPORTED


def allowed(rule: Leaf) -> tuple[float, float]:
    """Lowest and highest number allowed in the cell of a rule."""
    if isinstance(rule, Ladder | RatioToTarget):
        if rule.valid_range is None:
            return -math.inf, math.inf
        return rule.valid_range.lowest, rule.valid_range.highest
    return 0, rule.full


def expected(rule: Leaf) -> str:
    """The range allowed in a cell as printed in messages: `0–100`, `0–5`."""
    lowest, highest = allowed(rule)
    return f"{plain(lowest)}\u2013{plain(highest)}"


@dataclass(frozen=True, slots=True)
class _Expected:
    """The conditions of a rule on its cell, computed once for each rule."""

    rule: Leaf
    lowest: float
    highest: float
    decimals: int | None
    """Decimals a percentage is rounded to; None for points and for unrounded figures."""
    is_percentage: bool
    higher_is_better: bool
    steps: tuple[float, ...]
    """The only points allowed; empty when all in the range are."""
    when_empty: float
    """Points of an empty cell when they are full marks; NaN otherwise."""

    def takes(self, number: float) -> bool:
        """Whether a number has no problem: in range, a printed step, not too many decimals."""
        if self.steps:
            return number in self.steps
        if not self.lowest <= number <= self.highest:
            return False
        if not self.is_percentage:
            return True
        is_odd = self.higher_is_better and 0 < number < 1
        return not is_odd and (self.decimals is None or round(number, self.decimals) == number)


_expected: dict[int, _Expected] = {}


def _expectation(rule: Leaf) -> _Expected:
    """The conditions of a rule, cached by identity: rules are frozen, and slow to compare."""
    if id(rule) not in _expected:
        while len(_expected) >= _CACHED:
            _expected.pop(next(iter(_expected)), None)
        _expected[id(rule)] = _made(rule)  # Holds its rule, so that the id stays its own.
    return _expected[id(rule)]


def _made(rule: Leaf) -> _Expected:
    lowest, highest = allowed(rule)
    is_percentage = isinstance(rule, Ladder | RatioToTarget)
    steps = {step.points for step in rule.steps} if isinstance(rule, Steps) else set()
    return _Expected(
        rule=rule,
        lowest=lowest,
        highest=highest,
        decimals=rule.round_to if isinstance(rule, Ladder | RatioToTarget) else None,
        is_percentage=is_percentage,
        higher_is_better=not (isinstance(rule, Ladder) and rule.better == "lower"),
        steps=tuple(sorted(steps)),
        when_empty=_flattery(rule),
    )


def _flattery(rule: Leaf) -> float:
    """Points of an empty cell where lower is better and empty is zero; NaN: not full marks.

    The printed form scores such a cell so; a warning points it out.
    """
    if isinstance(rule, Ladder) and rule.better == "lower" and rule.when_empty == "as_zero":
        points = rule.bands[rung(0.0, rule.bands)].points
        return points if points == rule.full else math.nan
    return math.nan


def read_cell(cell: Cell, spot: Spot, rule: Leaf) -> tuple[ReadCell, Sequence[CellIssue]]:
    """Read and check the input cell of a leaf; a cell in error has no number."""
    content, wanted = read_number(cell), _expectation(rule)
    if content.state is State.REPORTED and content.code is None and wanted.takes(content.number):
        return ReadCell(spot, content, content.number, content.state), ()
    issues = tuple(_problems(wanted, content, spot))
    if issues and any(issue.severity == "error" for issue in issues):
        return ReadCell(spot, content, math.nan, State.ERROR), issues
    return ReadCell(spot, content, content.number, content.state), issues


def _problems(wanted: _Expected, content: NumberReading, spot: Spot) -> Iterator[CellIssue]:
    if content.code:
        yield issue(content.code, spot, content, expected(wanted.rule))
    elif content.state == State.REPORTED:
        judged = _judged(wanted, content.number)
        if not wanted.lowest <= judged <= wanted.highest:
            code = "W101" if wanted.is_percentage else "W102"
            yield issue(code, spot, content, expected(wanted.rule))
        elif wanted.is_percentage:
            yield from _odd_percentage(wanted, content, judged, spot)
        elif wanted.steps and content.number not in wanted.steps:
            yield issue("W107", spot, content, ", ".join(map(plain, wanted.steps)))
    elif content.state == State.NOT_REPORTED and not math.isnan(wanted.when_empty):
        yield issue("W112", spot, content, plain(wanted.when_empty))


def _judged(wanted: _Expected, number: float) -> float:
    """The figure to judge: rounded as the rule says."""
    if wanted.decimals is None or round(number, wanted.decimals) == number:
        return number
    return rounded_exactly(number, wanted.decimals)


def _odd_percentage(
    wanted: _Expected, content: NumberReading, judged: float, spot: Spot
) -> Iterator[CellIssue]:
    if judged != round(content.number, 9):
        yield issue("W113", spot, content, plain(judged))
    if wanted.higher_is_better and 0 < content.number < 1:
        yield issue("W109", spot, content, plain(round(content.number * 100, 8)))


def issue(code: str, spot: Spot, content: NumberReading, wanted: str | Text) -> CellIssue:
    """A problem of one cell."""
    return CellIssue(code, spot.sheet, spot.place.name, content.shown, wanted)


class ReadPair(NamedTuple):
    """Numerator and denominator of one percentage; unsound where they give none."""

    numerator: ReadCell
    denominator: ReadCell
    is_sound: bool = True

    def is_begun(self, own: Collection[Spot]) -> bool:
        """Whether one of its `own` cells is filled; without any, whether both have a number."""
        both = (self.numerator, self.denominator)
        mine = [cell.is_filled for cell in both if cell.spot in own]
        return any(mine) if mine else all(cell.state == State.REPORTED for cell in both)

    @property
    def percentage(self) -> float:
        """`100 x A / B`; NaN where the pair gives none."""
        top, bottom = self.numerator.number, self.denominator.number
        return 100 * top / bottom if self.is_sound and bottom > 0 else math.nan


def read_pair(
    numerator: tuple[Cell, Spot], denominator: tuple[Cell, Spot]
) -> tuple[ReadPair, Sequence[CellIssue]]:
    """Read two counts A and B: both or neither must be filled, and A must not exceed B."""
    cells, issues = [], []
    for cell, spot in (numerator, denominator):
        content = read_number(cell)
        wrong = content.code or ("W103" if content.number < 0 else None)
        if wrong:
            issues.append(issue(wrong, spot, content, "\u2265 0"))
        state = State.ERROR if wrong else content.state
        cells.append(ReadCell(spot, content, math.nan if wrong else content.number, state))
    top, bottom = cells
    if not issues and (top.is_filled or bottom.is_filled):
        issues += _unsound_pair(top, bottom)
    return ReadPair(top, bottom, is_sound=not issues), issues


def _unsound_pair(top: ReadCell, bottom: ReadCell) -> Iterator[CellIssue]:
    if not bottom.number > 0:
        yield issue("W111", bottom.spot, bottom.content, say("a number above zero"))
    elif math.isnan(top.number):
        yield issue("W111", top.spot, top.content, say("a number"))
    elif top.number > bottom.number:
        yield issue("W104", top.spot, top.content, plain(bottom.number))
