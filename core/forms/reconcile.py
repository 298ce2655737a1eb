"""Compares the results a workbook computed itself with what the criteria give."""

import math
from collections.abc import Iterator, Mapping
from typing import Final

from core.forms.assessment import AssessmentReading, number_of
from core.forms.cells import Workbook
from core.forms.issues import CellIssue
from core.forms.locate import Spot
from core.forms.values import plain
from core.scoring.assessment import Assessment
from core.text import Text

VISIBLE: Final = 0.005
"""Results are shown with two decimals; a smaller difference cannot be seen."""


def reconcile(
    reading: AssessmentReading,
    scored: Assessment,
    workbook: Workbook,
    names: Mapping[str, Text],
) -> list[CellIssue]:
    """W201 for every own result that differs visibly, W202 when the file holds none.

    `names` gives the name of a group or spoke by its id.
    """
    seen = False
    issues = []
    for spot, label, ours in _results(reading, scored, names):
        theirs = _cached(workbook, spot)
        if theirs is None:
            continue
        seen = True
        ours = 0.0 if math.isnan(ours) else ours
        if abs(theirs - ours) > VISIBLE:
            found, wanted = plain(round(theirs, 4)), plain(round(ours, 4))
            params = {"item": label}
            issues.append(CellIssue("W201", spot.sheet, spot.place.name, found, wanted, params))
    return issues if seen else [CellIssue("W202")]


def _cached(workbook: Workbook, spot: Spot) -> float | None:
    sheet = workbook.sheet(spot.sheet)
    cell = sheet.at(spot.place) if sheet else None
    if cell is None or cell.is_error or isinstance(cell.value, bool | str | None):
        return None
    return cell.value


def _results(
    reading: AssessmentReading, scored: Assessment, names: Mapping[str, Text]
) -> Iterator[tuple[Spot, str | Text, float]]:
    layout = reading.layout
    weighted = {k: v for g in scored.groups.values() for k, v in g.weighted.items()}
    for item in reading.items:
        if item.id not in scored.items:
            continue
        if item.id in layout.weighted and item.id in weighted:
            yield layout.weighted[item.id], item.no, float(weighted[item.id][0])
        for key, part in scored.items[item.id].by_id.items():
            if key in layout.raw:
                yield layout.raw[key], number_of(item, key), float(part.points[0])
    for key, group in scored.groups.items():
        if key in layout.totals:
            yield layout.totals[key], names[key], float(group.total[0])
        if key in layout.scores:
            yield layout.scores[key], names[key], float(group.score[0])
    for radar, spokes in scored.radars.items():
        for spoke, value in spokes.items():
            key = f"{radar}.{spoke}"
            if key in layout.spokes:
                yield layout.spokes[key], names[key], float(value[0])
