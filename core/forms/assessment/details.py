"""Counts and unit checklists that a percentage may be computed from: the details of a figure.

A typed percentage outranks its details, and counts outrank a checklist.
"""

import math
from collections.abc import Iterator, Mapping

from core.criteria.catalog import RuleSet
from core.criteria.model import Ladder, RatioToTarget
from core.forms.assessment.check import ReadCell, ReadPair, issue
from core.forms.assessment.plan import ratio_of
from core.forms.assessment.unit_checklist import UnitTotals
from core.forms.model.issues import CellIssue
from core.forms.model.values import plain
from core.quantities import rounded_exactly
from core.scoring.base.states import State

Cells = Mapping[str, ReadCell]
Pairs = Mapping[str, ReadPair]
Units = Mapping[str, UnitTotals]
_SHOWN: int = 2


def figures(
    rules: RuleSet, cells: Cells, pairs: Pairs, units: Units
) -> dict[str, tuple[float, State]]:
    """The inputs of scoring by measure: number (NaN: none) and state."""
    numbers = {key: (cell.number, cell.state) for key, cell in cells.items()}
    for total in units.values():
        if total.assessed:
            numbers[total.part.numerator] = float(total.passed), State.REPORTED
            numbers[total.part.denominator] = float(total.assessed), State.REPORTED
    for key, pair in pairs.items():
        numbers |= _counts(rules, key, pair)
        if not pair.is_sound and not _is_typed(cells, key):
            numbers[key] = math.nan, State.ERROR
    return numbers


def _counts(rules: RuleSet, key: str, pair: ReadPair) -> dict[str, tuple[float, State]]:
    """The reported counts of a pair; a wrong count is an error of its own row only."""
    ratio = ratio_of(rules, key)
    if ratio is None:
        return {}
    counts = ((ratio.numerator, pair.numerator), (ratio.denominator, pair.denominator))
    return {
        measure: (count.number, count.state)
        for measure, count in counts
        if count.state == State.REPORTED
    }


def _is_typed(cells: Cells, key: str) -> bool:
    return key in cells and cells[key].is_filled


def outranked(rules: RuleSet, cells: Cells, pairs: Pairs, units: Units) -> Iterator[CellIssue]:
    """W110 where a figure differs from the details it outranks, both rounded as shown."""
    for key, pair in pairs.items():
        if _is_typed(cells, key):
            yield from _differing(rules, key, cells[key], pair.percentage)
    for key, total in units.items():
        if _is_typed(cells, key):
            yield from _differing(rules, key, cells[key], total.percentage)
        elif key in pairs:
            share = pairs[key].percentage
            counted = pairs[key].numerator
            yield from _differing(rules, key, counted._replace(number=share), total.percentage)


def _differing(rules: RuleSet, key: str, typed: ReadCell, computed: float) -> Iterator[CellIssue]:
    rule = rules.rule(key)
    if not isinstance(rule, Ladder | RatioToTarget) or math.isnan(typed.number + computed):
        return
    decimals = _SHOWN if rule.round_to is None else rule.round_to
    if rounded_exactly(typed.number, decimals) != rounded_exactly(computed, decimals):
        shown = typed.content._replace(shown=plain(rounded_exactly(typed.number, decimals)))
        wanted = plain(rounded_exactly(computed, decimals))
        yield issue("W110", typed.spot, shown, wanted)
