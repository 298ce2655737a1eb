"""Compares the results that a workbook computed itself with those of the criteria."""

import math
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from core.forms.assessment.plan import number_of
from core.forms.assessment.read import AssessmentReading
from core.forms.cells.workbook import Workbook
from core.forms.model.issues import CellIssue
from core.forms.model.layout import Spot
from core.forms.model.values import plain
from core.scoring.star.assessment import Assessment
from core.text import Text

VISIBLE: Final = 0.005
"""Results are shown with two decimals; a smaller difference cannot be seen."""


class _Pair(NamedTuple):
    """One result in the workbook (`theirs`) and by the criteria (`ours`, NaN: none)."""

    spot: Spot
    label: str | Text
    theirs: float
    ours: float

    @property
    def differs(self) -> bool:
        return abs(self.theirs - self.given) > VISIBLE

    @property
    def given(self) -> float:
        """Our result, zero where there is none, as in the form's own sums."""
        return 0.0 if math.isnan(self.ours) else self.ours


def reconcile(
    reading: AssessmentReading,
    scored: Assessment,
    workbook: Workbook,
    names: Mapping[str, Text],
) -> list[CellIssue]:
    """W201 for every result of the workbook that differs visibly, W202 when it has none.

    `names` gives the name of a group or spoke by its id.
    """
    pairs = [*_of_items(reading, scored, workbook), *_of_sums(reading, scored, workbook, names)]
    issues = [
        CellIssue(
            "W201",
            pair.spot.sheet,
            pair.spot.place.name,
            plain(round(pair.theirs, 4)),
            plain(round(pair.given, 4)),
            {"item": pair.label},
        )
        for pair in pairs
        if pair.differs
    ]
    return issues if pairs else [CellIssue("W202")]


def _own(workbook: Workbook, places: Mapping[str, Spot]) -> dict[str, tuple[Spot, float]]:
    """The results in the workbook: id -> cell and number."""
    results = {}
    for node, spot in places.items():
        cell = workbook.at(*spot)
        if isinstance(cell.value, float) and not cell.is_error:
            results[node] = spot, cell.value
    return results


def _of_items(
    reading: AssessmentReading, scored: Assessment, workbook: Workbook
) -> Iterator[_Pair]:
    weighted = _own(workbook, reading.layout.weighted)
    raw = _own(workbook, reading.layout.raw)
    ours = {key: value for group in scored.groups.values() for key, value in group.weighted.items()}
    for item in reading.items:
        if item.id in weighted and item.id in ours:
            yield _Pair(
                weighted[item.id][0], item.no, weighted[item.id][1], float(ours[item.id][0])
            )
        for key in (node.id for node in (item.head, *item.lines) if node.id in raw):
            if key in scored.items:
                points = float(scored.items[key].points[0])
                yield _Pair(raw[key][0], number_of(item, key), raw[key][1], points)


def _of_sums(
    reading: AssessmentReading,
    scored: Assessment,
    workbook: Workbook,
    names: Mapping[str, Text],
) -> Iterator[_Pair]:
    layout = reading.layout
    totals, scores = _own(workbook, layout.totals), _own(workbook, layout.scores)
    spokes = _own(workbook, layout.spokes)
    for key, group in scored.groups.items():
        for own, value in ((totals, group.total), (scores, group.score)):
            if key in own:
                yield _Pair(own[key][0], names[key], own[key][1], float(value[0]))
    for radar, values in scored.radars.items():
        for spoke, value in values.items():
            key = f"{radar}.{spoke}"
            if key in spokes:
                yield _Pair(spokes[key][0], names[key], spokes[key][1], float(value[0]))
