"""How many facilities of an area are so, against the targets of the month."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from core.criteria.model import AreaShare, Node, Op
from core.scoring.base.states import Verdict
from core.scoring.base.threshold import keeps
from core.store.results.area_rows import AreaShareRow
from core.text import Text


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an area's share: `number` facilities, `share` percent.

    `limit` is the month's target in percent, None where the line is only shown; `op` as in the
    criteria files.
    """

    id: str
    name: Text
    number: int
    share: float
    op: Op | None
    limit: float | None

    @property
    def verdict(self) -> Verdict:
        """Whether the target is met."""
        if self.op is None or self.limit is None or math.isnan(self.share):
            return Verdict.NOT_JUDGED
        met = keeps(np.array([self.share]), self.op, self.limit).all()
        return Verdict.PASS if met else Verdict.FAIL


@dataclass(frozen=True, slots=True)
class Share:
    """How many facilities of an area are so: `number` of `over`, `percent`; None where none told.

    Reported `reporting` of `expected`; `best` and `worst` are the verdicts should the silent ones
    turn out one way or the other. `highest` is the highest value of a facility.
    """

    percent: float | None
    number: int
    over: int
    expected: int
    reporting: int
    highest: float | None
    verdict: Verdict
    best: Verdict
    worst: Verdict
    lines: tuple[Line, ...]

    @property
    def silent(self) -> int:
        return self.expected - self.reporting

    @property
    def is_judged(self) -> bool:
        """Whether any of its lines has a target."""
        return any(line.limit is not None for line in self.lines)

    @property
    def is_open(self) -> bool:
        """Whether the silent ones could change the verdict."""
        return self.best != self.worst


def share_of(rule: Node | None, row: AreaShareRow) -> Share:
    """A stored result of an area as it is shown, by the rule it was made by."""
    notes = row.notes
    return Share(
        percent=row.share,
        number=int(row.number or 0),
        over=int(row.over or 0),
        expected=notes["expected"],
        reporting=notes["reporting"],
        highest=notes["highest"],
        verdict=Verdict(row.verdict),
        best=Verdict(notes["best"]),
        worst=Verdict(notes["worst"]),
        lines=tuple(_lines(rule, row)),
    )


def _lines(rule: Node | None, row: AreaShareRow) -> Iterator[Line]:
    if not isinstance(rule, AreaShare):
        return
    for line in rule.parts:
        figure, cutoff, number, *_ = row.parts[line.id.removeprefix(f"{rule.id}.")]
        asked = next(iter(line.targets[0].edges)) if line.targets else None
        share = math.nan if figure is None else float(figure)
        op = asked if cutoff is not None else None
        yield Line(line.id, line.name, int(number or 0), share, op, cutoff)
