"""Holds what a cell says against its rule: a number for scoring, and problems by cell."""

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

_REMEMBERED: Final = 4096


class ReadCell(NamedTuple):
    """An input cell as it was read: where, what it said, and the number that is scored."""

    spot: Spot
    said: NumberReading
    number: float
    state: State

    @property
    def is_filled(self) -> bool:
        return self.state != State.NOT_REPORTED


def allowed(rule: Leaf) -> tuple[float, float]:
    """Lowest and highest number the cell of a rule takes."""
    if isinstance(rule, Ladder | RatioToTarget):
        if rule.valid_range is None:
            return -math.inf, math.inf
        return rule.valid_range.lowest, rule.valid_range.highest
    return 0, rule.full


def expected(rule: Leaf) -> str:
    """The range a cell takes, as printed in messages: `0–100`, `0–5`."""
    lowest, highest = allowed(rule)
    return f"{plain(lowest)}\u2013{plain(highest)}"


@dataclass(frozen=True, slots=True)
class _Expected:
    """What a rule says of its cell, put together once."""

    rule: Leaf
    lowest: float
    highest: float
    decimals: int | None
    """Of a percentage, to which it is rounded; None for points and for unrounded figures."""
    is_percentage: bool
    higher_is_better: bool
    steps: tuple[float, ...]
    """The only points that are printed; empty when any in the range are."""
    when_empty: float
    """Points of an empty cell when they are full marks; NaN otherwise."""

    def takes(self, number: float) -> bool:
        """Whether a number gives nothing to say: in range, a printed step, no digit too many."""
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
    """By identity: rules are frozen, and comparing them takes long."""
    if id(rule) not in _expected:
        while len(_expected) >= _REMEMBERED:
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
    """Where lower is better an empty cell earns the most; the form does so, we say so."""
    if isinstance(rule, Ladder) and rule.better == "lower" and rule.when_empty == "as_zero":
        points = rule.bands[rung(0.0, rule.bands)].points
        return points if points == rule.full else math.nan
    return math.nan


def read_cell(cell: Cell, spot: Spot, rule: Leaf) -> tuple[ReadCell, Sequence[CellIssue]]:
    """Read and check the input cell of a leaf; a cell in error has no number."""
    found, wanted = read_number(cell), _expectation(rule)
    if found.state is State.REPORTED and found.code is None and wanted.takes(found.number):
        return ReadCell(spot, found, found.number, found.state), ()
    issues = tuple(_problems(wanted, found, spot))
    if issues and any(issue.severity == "error" for issue in issues):
        return ReadCell(spot, found, math.nan, State.ERROR), issues
    return ReadCell(spot, found, found.number, found.state), issues


def _problems(wanted: _Expected, found: NumberReading, spot: Spot) -> Iterator[CellIssue]:
    if found.code:
        yield issue(found.code, spot, found, expected(wanted.rule))
    elif found.state == State.REPORTED:
        judged = _judged(wanted, found.number)
        if not wanted.lowest <= judged <= wanted.highest:
            code = "W101" if wanted.is_percentage else "W102"
            yield issue(code, spot, found, expected(wanted.rule))
        elif wanted.is_percentage:
            yield from _odd_percentage(wanted, found, judged, spot)
        elif wanted.steps and found.number not in wanted.steps:
            yield issue("W107", spot, found, ", ".join(map(plain, wanted.steps)))
    elif found.state == State.NOT_REPORTED and not math.isnan(wanted.when_empty):
        yield issue("W112", spot, found, plain(wanted.when_empty))


def _judged(wanted: _Expected, number: float) -> float:
    """The figure that is looked up: rounded as the rule says."""
    if wanted.decimals is None or round(number, wanted.decimals) == number:
        return number
    return rounded_exactly(number, wanted.decimals)


def _odd_percentage(
    wanted: _Expected, found: NumberReading, judged: float, spot: Spot
) -> Iterator[CellIssue]:
    if judged != round(found.number, 9):
        yield issue("W113", spot, found, plain(judged))
    if wanted.higher_is_better and 0 < found.number < 1:
        yield issue("W109", spot, found, plain(round(found.number * 100, 8)))


def issue(code: str, spot: Spot, found: NumberReading, wanted: str | Text) -> CellIssue:
    """A problem of what one cell says."""
    return CellIssue(code, spot.sheet, spot.place.name, found.shown, wanted)


class ReadPair(NamedTuple):
    """Numerator and denominator of one percentage; unsound when they make none."""

    numerator: ReadCell
    denominator: ReadCell
    is_sound: bool = True

    def is_begun(self, own: Collection[Spot]) -> bool:
        """Whether a cell of its own holds something; without any, whether both hold a number."""
        both = (self.numerator, self.denominator)
        mine = [cell.is_filled for cell in both if cell.spot in own]
        return any(mine) if mine else all(cell.state == State.REPORTED for cell in both)

    @property
    def percentage(self) -> float:
        """`100 x A / B`; NaN when they make none."""
        top, bottom = self.numerator.number, self.denominator.number
        return 100 * top / bottom if self.is_sound and bottom > 0 else math.nan


def read_pair(
    numerator: tuple[Cell, Spot], denominator: tuple[Cell, Spot]
) -> tuple[ReadPair, Sequence[CellIssue]]:
    """Read two counts; both or neither must be there, and A must not exceed B."""
    cells, issues = [], []
    for cell, spot in (numerator, denominator):
        found = read_number(cell)
        wrong = found.code or ("W103" if found.number < 0 else None)
        if wrong:
            issues.append(issue(wrong, spot, found, "\u2265 0"))
        state = State.ERROR if wrong else found.state
        cells.append(ReadCell(spot, found, math.nan if wrong else found.number, state))
    top, bottom = cells
    if not issues and (top.is_filled or bottom.is_filled):
        issues += _unsound_pair(top, bottom)
    return ReadPair(top, bottom, is_sound=not issues), issues


def _unsound_pair(top: ReadCell, bottom: ReadCell) -> Iterator[CellIssue]:
    if not bottom.number > 0:
        yield issue("W111", bottom.spot, bottom.said, say("a number above zero"))
    elif math.isnan(top.number):
        yield issue("W111", top.spot, top.said, say("a number"))
    elif top.number > bottom.number:
        yield issue("W104", top.spot, top.said, plain(bottom.number))
