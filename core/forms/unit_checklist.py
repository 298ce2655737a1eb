"""A checklist filled once per smaller unit (tambon), whose passes make an item's percentage."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from core.criteria.catalog import RuleSet
from core.criteria.model import Leaf, Sum
from core.forms.cells import Workbook
from core.forms.check import ReadCell, read_cell
from core.forms.issues import CellIssue
from core.forms.locate import Layout
from core.forms.model import UnitChecklist
from core.forms.plan import lines_of, typed_rule
from core.scoring.composite import score
from core.scoring.inputs import Column, Inputs
from core.scoring.states import State


@dataclass(frozen=True)
class UnitTotals:
    """What each unit scored on the checklist; NaN for a unit with an error in a line."""

    part: UnitChecklist
    totals: tuple[float, ...]
    passed: int
    issues: tuple[CellIssue, ...]

    @property
    def assessed(self) -> int:
        """Units with at least one line filled in."""
        return len(self.totals)


def read_unit_totals(
    part: UnitChecklist, rules: RuleSet, workbook: Workbook, layout: Layout
) -> UnitTotals:
    """Read all units; one in which nothing is filled in was not assessed."""
    leaves = {
        line.id: line
        for line in lines_of(typed_rule(rules, part.checklist))
        if isinstance(line, Leaf)
    }
    units = max((len(spots) for spots in layout.unit_lines.values()), default=0)
    columns: list[Mapping[str, ReadCell]] = []
    issues: list[CellIssue] = []
    for unit in range(units):
        cells = {}
        for key, spots in layout.unit_lines.items():
            if key in leaves and unit < len(spots):
                cells[key], found = read_cell(workbook, spots[unit], leaves[key])
                issues += found
        if any(cell.is_filled for cell in cells.values()):
            columns.append(cells)
    totals = _totals(part, rules, columns)
    mark = typed_rule(rules, part.passed)
    passes = score(mark, Inputs({mark.id: Column.of(np.array(totals))}, len(totals)))
    passed = int(np.nansum(passes.points)) if totals else 0
    return UnitTotals(part, totals, passed, tuple(issues))


def _totals(
    part: UnitChecklist, rules: RuleSet, columns: list[Mapping[str, ReadCell]]
) -> tuple[float, ...]:
    rule = typed_rule(rules, part.checklist)
    if not columns or not isinstance(rule, Sum):
        return ()
    keys = {key for cells in columns for key in cells}
    inputs = Inputs({key: _column(key, columns) for key in keys}, len(columns))
    return tuple(float(total) for total in score(rule, inputs).points)


def _column(key: str, columns: list[Mapping[str, ReadCell]]) -> Column:
    numbers = [cells[key].number if key in cells else math.nan for cells in columns]
    states = [cells[key].state if key in cells else State.NOT_REPORTED for cells in columns]
    return Column(np.array(numbers), np.array(states, dtype=np.int8))
