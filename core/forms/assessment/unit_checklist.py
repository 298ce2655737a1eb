"""A checklist filled in once per smaller unit (tambon); an item is the share that passes."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from core.criteria.catalog import RuleSet
from core.criteria.model import Leaf
from core.forms.assessment.check import ReadCell, read_cell
from core.forms.assessment.plan import lines_of, typed_rule
from core.forms.cells.workbook import Workbook
from core.forms.model.form import UnitChecklist
from core.forms.model.issues import CellIssue
from core.forms.model.layout import Layout
from core.scoring.base.inputs import Column, FloatArray, Inputs
from core.scoring.base.states import State
from core.scoring.star.composite import tree_of


@dataclass(frozen=True)
class UnitTotals:
    """Points of each unit on the checklist, NaN for one with an error in a line."""

    part: UnitChecklist
    totals: tuple[float, ...]
    passed: int
    issues: tuple[CellIssue, ...]

    @property
    def assessed(self) -> int:
        """Units with at least one line filled in."""
        return len(self.totals)

    @property
    def percentage(self) -> float:
        """Passed units in percent of the assessed ones; NaN without any."""
        return 100 * self.passed / self.assessed if self.assessed else math.nan


_Unit = Mapping[str, ReadCell]


def read_unit_totals(
    part: UnitChecklist, rules: RuleSet, workbook: Workbook, layout: Layout
) -> UnitTotals:
    """Read all units; one without a filled line counts as not assessed."""
    units, issues = _units(part, rules, workbook, layout)
    if not units:
        return UnitTotals(part, (), 0, tuple(issues))
    keys = {key for cells in units for key in cells}
    inputs = Inputs({key: _column(key, units) for key in keys}, len(units))
    totals = _scored(part.checklist, rules, inputs)
    passes = _scored(part.passed, rules, Inputs({part.passed: Column.of(totals)}, len(units)))
    return UnitTotals(part, tuple(map(float, totals)), int(np.nansum(passes)), tuple(issues))


def _scored(node: str, rules: RuleSet, inputs: Inputs) -> FloatArray:
    """Points of a rule, shape (units,)."""
    tree = rules.compiled(("tree", node), lambda: tree_of(typed_rule(rules, node)))
    return tree.score(inputs)[node].points


def _units(
    part: UnitChecklist, rules: RuleSet, workbook: Workbook, layout: Layout
) -> tuple[list[_Unit], list[CellIssue]]:
    """The cells of every assessed unit by line, and their problems."""
    units: list[_Unit] = []
    issues: list[CellIssue] = []
    leaves = {
        line.id: line
        for line in lines_of(typed_rule(rules, part.checklist))
        if isinstance(line, Leaf) and line.id in layout.unit_lines
    }
    for unit in range(max((len(layout.unit_lines[key]) for key in leaves), default=0)):
        cells = {}
        for key, leaf in leaves.items():
            if unit < len(layout.unit_lines[key]):
                spot = layout.unit_lines[key][unit]
                cells[key], cell_issues = read_cell(workbook.at(*spot), spot, leaf)
                issues += cell_issues
        if any(cell.is_filled for cell in cells.values()):
            units.append(cells)
    return units, issues


def _column(key: str, units: list[_Unit]) -> Column:
    numbers = [cells[key].number if key in cells else math.nan for cells in units]
    states = [cells[key].state if key in cells else State.NOT_REPORTED for cells in units]
    return Column(np.array(numbers), np.array(states, dtype=np.int8))
