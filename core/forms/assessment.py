"""Reads a filled assessment workbook: every input with its cell, and everything wrong with it."""

import math
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from core.criteria.catalog import RuleSet
from core.criteria.model import Leaf, Ratio
from core.forms.cells import Cell, Place, Workbook
from core.forms.check import ReadCell, ReadPair, read_cell, read_pair
from core.forms.identity import Identity, read_identity
from core.forms.issues import CellIssue
from core.forms.locate import Layout, Spot, locate
from core.forms.model import AssessmentForm, Section
from core.forms.named import named_layout
from core.forms.plan import Item, typed_rule
from core.forms.unit_checklist import UnitTotals, read_unit_totals
from core.forms.values import said
from core.scoring.inputs import Column, Inputs
from core.scoring.states import State

ACCEPTED_SHARE: Final = 0.5
_PRESENT_SHARE: Final = 0.25
_STRAY_LIMIT: Final = 50
_REMEMBERED: Final = 64


@dataclass(frozen=True)
class AssessmentReading:
    """A workbook as read: nothing scored yet.

    `cells` holds every input that was found, by full rule id; `pairs` numerators and denominators;
    `sections` those that were handed in; `found_items` of `all_items` were recognised in them.
    """

    form: AssessmentForm
    items: tuple[Item, ...]
    sections: tuple[Section, ...]
    layout: Layout
    cells: Mapping[str, ReadCell]
    pairs: Mapping[str, ReadPair]
    units: Mapping[str, UnitTotals]
    inputs: Inputs
    issues: tuple[CellIssue, ...]
    found_items: int
    all_items: int
    identity: Identity | None

    @property
    def is_recognised(self) -> bool:
        return self.found_items > 0 and self.found_items >= ACCEPTED_SHARE * self.all_items

    @property
    def filled(self) -> int:
        """Inputs with something in them (a number, a word, or an error)."""
        return sum(self._is_filled(key) for key in self.input_ids)

    def _is_filled(self, key: str) -> bool:
        if key in self.cells and self.cells[key].is_filled:
            return True
        return key in self.pairs and self.pairs[key].denominator.is_filled

    @property
    def input_ids(self) -> tuple[str, ...]:
        """Every input of the sections handed in, found or not."""
        present = {section.id for section in self.sections}
        return tuple(
            line.id for item in self.items if item.section.id in present for line in item.inputs
        )


_layouts: OrderedDict[tuple[object, ...], Layout] = OrderedDict()


def _layout_of(form: AssessmentForm, items: Sequence[Item], workbook: Workbook) -> Layout:
    """Where everything stands; workbooks with the same words in the same cells share it."""
    sheets = [sheet for sheet in workbook.sheets if not sheet.is_hidden]
    key = (form.id, *((s.name, tuple(s.folded.items()), tuple(s.merges)) for s in sheets))
    if key not in _layouts:
        _layouts[key] = locate(form, items, sheets)
        while len(_layouts) > _REMEMBERED:
            _layouts.popitem(last=False)
    return _layouts[key]


def read_assessment(
    form: AssessmentForm, items: tuple[Item, ...], rules: RuleSet, workbook: Workbook
) -> AssessmentReading:
    """Find, read and check every input of a workbook under one set of rules."""
    identity = read_identity(workbook)
    layout = named_layout(workbook, items) if identity else None
    layout = layout or _layout_of(form, items, workbook)
    sections = tuple(_present(form, items, layout))
    handed_in = {section.id for section in sections}
    wanted = tuple(item for item in items if item.section.id in handed_in)
    cells, issues = _read_cells(wanted, rules, layout, workbook)
    pairs, pair_issues = _read_pairs(wanted, rules, layout, workbook)
    units = {part.item: read_unit_totals(part, rules, workbook, layout) for part in form.checklists}
    columns = dict(_columns(rules, cells, pairs, units))
    return AssessmentReading(
        form=form,
        items=items,
        sections=sections,
        layout=layout,
        cells=cells,
        pairs=pairs,
        units=units,
        inputs=Inputs(columns, 1),
        issues=(
            *_missing(form, wanted, sections, layout, rules),
            *issues,
            *pair_issues,
            *(issue for total in units.values() for issue in total.issues),
            *_strays(layout, workbook),
        ),
        found_items=sum(item.id in layout.items for item in wanted),
        all_items=len(wanted),
        identity=identity,
    )


def _present(form: AssessmentForm, items: Sequence[Item], layout: Layout) -> Iterator[Section]:
    for section in form.sections:
        own = [item.id in layout.items for item in items if item.section.id == section.id]
        if sum(own) >= max(1, math.ceil(_PRESENT_SHARE * len(own))):
            yield section


def _read_cells(
    items: Iterable[Item], rules: RuleSet, layout: Layout, workbook: Workbook
) -> tuple[dict[str, ReadCell], list[CellIssue]]:
    cells: dict[str, ReadCell] = {}
    issues: list[CellIssue] = []
    for line in (line for item in items for line in item.inputs):
        rule = typed_rule(rules, line.id)
        if line.id in layout.inputs and isinstance(rule, Leaf):
            cells[line.id], found = read_cell(workbook, layout.inputs[line.id], rule)
            issues += found
    return cells, issues


def ratio_of(rules: RuleSet, node: str) -> Ratio | None:
    """The counts an input may be computed from, if its rule names any."""
    ratio: Ratio | None = getattr(rules.rule(node), "input", None)
    return ratio


def _read_pairs(
    items: Iterable[Item], rules: RuleSet, layout: Layout, workbook: Workbook
) -> tuple[dict[str, ReadPair], list[CellIssue]]:
    """Counts by row. One that is shown in several rows is typed in the first and missing there."""
    pairs: dict[str, ReadPair] = {}
    issues: list[CellIssue] = []
    typed: set[Spot] = set()
    for line in (line for item in items for line in item.inputs):
        top, bottom = layout.numerators.get(line.id), layout.denominators.get(line.id)
        if top and bottom and ratio_of(rules, line.id):
            pair, found = read_pair(workbook, top, bottom)
            own = {top, bottom} - typed
            typed |= own
            if pair.is_begun(own):
                pairs[line.id] = pair
                issues += found
    return pairs, issues


def _columns(
    rules: RuleSet,
    cells: Mapping[str, ReadCell],
    pairs: Mapping[str, ReadPair],
    units: Mapping[str, UnitTotals],
) -> Iterator[tuple[str, Column]]:
    for key, cell in cells.items():
        yield key, _column(cell.number, cell.state)
    for key, pair in pairs.items():
        yield from _counts(pair, ratio_of(rules, key))
        if not pair.is_sound and not (key in cells and cells[key].is_filled):
            yield key, _column(math.nan, State.ERROR)
    for total in units.values():
        if total.assessed:
            yield total.part.numerator, _column(float(total.passed), State.REPORTED)
            yield total.part.denominator, _column(float(total.assessed), State.REPORTED)


def _counts(pair: ReadPair, ratio: Ratio | None) -> Iterator[tuple[str, Column]]:
    """The sound ones: a wrong count is wrong in its own row, not wherever it is used."""
    if ratio is not None:
        counts = ((ratio.numerator, pair.numerator), (ratio.denominator, pair.denominator))
        for measure, count in counts:
            if count.state == State.REPORTED:
                yield measure, _column(count.number, count.state)


def _column(number: float, state: State) -> Column:
    return Column(np.array([number]), np.array([state], dtype=np.int8))


def _missing(
    form: AssessmentForm,
    items: Iterable[Item],
    sections: Sequence[Section],
    layout: Layout,
    rules: RuleSet,
) -> Iterator[CellIssue]:
    for section in form.sections:
        if section not in sections:
            yield CellIssue("W012", params={"section": section.name})
    for item in items:
        if item.id in layout.repeated and item.id in layout.items:
            used = layout.items[item.id]
            yield CellIssue("W015", used.sheet, used.place.name, params={"item": item.no})
        for line in item.inputs:
            if line.id not in layout.inputs:
                yield _not_found(item, line.id, layout, rules)


def _not_found(item: Item, line: str, layout: Layout, rules: RuleSet) -> CellIssue:
    head = layout.items.get(item.id)
    params = {"item": number_of(item, line), "title": rules.rule(line).name}
    if head is None:
        return CellIssue("W011", params=params)
    return CellIssue("W011", head.sheet, head.place.name, params=params)


def number_of(item: Item, node: str) -> str:
    """The number of an item or line as a person would call it: `5.4.1`."""
    return item.no + node.removeprefix(item.id)


def _strays(layout: Layout, workbook: Workbook) -> Iterator[CellIssue]:
    """Figures typed where an input could be, that belong to no item."""
    known = layout.structure | set(layout.inputs.values())
    columns = {(spot.sheet, spot.place.column) for spot in layout.inputs.values()}
    first = {
        name: min(s.place.row for s in layout.inputs.values() if s.sheet == name)
        for name, _ in columns
    }
    for number, (spot, cell) in enumerate(_unplaced(workbook, columns, first, known)):
        if number == _STRAY_LIMIT:
            return
        yield CellIssue("W010", spot.sheet, spot.place.name, said(cell).shown)


def _unplaced(
    workbook: Workbook,
    columns: set[tuple[str, int]],
    first: Mapping[str, int],
    known: set[Spot],
) -> Iterator[tuple[Spot, Cell]]:
    for sheet in workbook.sheets:
        for row, cells in sheet.rows.items():
            for column, cell in cells.items():
                spot = Spot(sheet.name, Place(row, column))
                if (sheet.name, column) not in columns or spot in known:
                    continue
                typed = not cell.is_formula and not isinstance(cell.value, str)
                if (
                    row >= first[sheet.name]
                    and cell.value is not None
                    and (typed or cell.is_filled)
                ):
                    yield spot, cell
