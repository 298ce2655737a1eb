"""Shares of an area: how many of its facilities meet a criterion, against the month's targets."""

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
    """One line of an area's share: `number` facilities, `share` percent (NaN: none reported).

    `limit` is the month's target in percent, None where the line is shown but not judged; `op` as
    in the criteria files.
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
    """An area's share by one criterion: `number` of `over` facilities, `percent` (None: no report).

    `reporting` of `expected` facilities reported. `best` and `worst` are the verdicts the area
    would have if all others turned out well, or badly. `highest` is the highest value of a
    facility.
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
        """Whether facilities that did not report could still change the verdict."""
        return self.best != self.worst


def share_of(rule: Node | None, row: AreaShareRow) -> Share:
    """The share in a stored result of an area; `rule` is the one it was made by."""
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
        share = math.nan if figure is None else float(figure)
        is_judged = line.targets and cutoff is not None
        op = line.targets[0].op if is_judged else None
        yield Line(line.id, line.name, int(number or 0), share, op, cutoff)
