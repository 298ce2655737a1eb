"""Reads a filled assessment workbook: every input with its cell, and every problem."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from core.criteria.catalog import RuleSet
from core.criteria.model import Leaf
from core.forms.assessment.check import ReadCell, ReadPair, read_cell, read_pair
from core.forms.assessment.defined_cells import layout_from_names
from core.forms.assessment.details import figures, outranked
from core.forms.assessment.known_layouts import layout_of
from core.forms.assessment.locate import locate
from core.forms.assessment.plan import Item, number_of, ratio_of
from core.forms.assessment.unit_checklist import UnitTotals, read_unit_totals
from core.forms.cells.workbook import Workbook, place_of
from core.forms.model.form import AssessmentForm, Section
from core.forms.model.identity import Identity, read_identity
from core.forms.model.issues import CellIssue
from core.forms.model.layout import Layout, Spot
from core.forms.model.values import read_number
from core.scoring.base.inputs import Inputs, OneSubject

ACCEPTED_SHARE: Final = 0.5
_PRESENT_SHARE: Final = 0.25
_STRAYS_REPORTED: Final = 50


@dataclass(frozen=True)
class Recognition:
    """The layout of a form's items in a workbook, before any cell is read.

    `sections` are those handed in; `recognised_items` of their `all_items` were recognised.
    """

    form: AssessmentForm
    items: tuple[Item, ...]
    sections: tuple[Section, ...]
    layout: Layout
    identity: Identity | None

    @property
    def handed_in(self) -> tuple[Item, ...]:
        """The items of the sections handed in."""
        present = {section.id for section in self.sections}
        return tuple(item for item in self.items if item.section.id in present)

    @property
    def all_items(self) -> int:
        """Items of the sections handed in."""
        return len(self.handed_in)

    @property
    def recognised_items(self) -> int:
        """Items recognised among them."""
        return sum(item.id in self.layout.items for item in self.handed_in)


@dataclass(frozen=True)
class AssessmentReading:
    """A workbook as read: nothing scored yet.

    `cells` holds every located input by full rule id; `pairs` numerators and denominators;
    `sections` those handed in; `recognised_items` of their `all_items` were recognised.
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
    recognised_items: int
    all_items: int
    identity: Identity | None

    @property
    def filled(self) -> int:
        """Number of inputs that are filled (with a number, a word, or an error)."""
        return sum(self._is_filled(key) for key in self.input_ids)

    def _is_filled(self, key: str) -> bool:
        if key in self.cells and self.cells[key].is_filled:
            return True
        return key in self.pairs and self.pairs[key].denominator.is_filled

    @property
    def input_ids(self) -> tuple[str, ...]:
        """Every input of the sections handed in, located or not."""
        present = {section.id for section in self.sections}
        return tuple(
            line.id for item in self.items if item.section.id in present for line in item.inputs
        )


def recognise(form: AssessmentForm, items: tuple[Item, ...], workbook: Workbook) -> Recognition:
    """Locate the items of a form in a workbook: by defined names of our blank, else by words."""
    identity = read_identity(workbook)
    layout = layout_from_names(workbook, items) if identity else None
    layout = layout or layout_of(form.id, workbook, lambda: locate(form, items, workbook))
    return Recognition(form, items, tuple(_present(form, items, layout)), layout, identity)


def read_assessment(
    recognition: Recognition, rules: RuleSet, workbook: Workbook
) -> AssessmentReading:
    """Read and check every input of a workbook under one set of rules."""
    form, layout, sections = recognition.form, recognition.layout, recognition.sections
    wanted = recognition.handed_in
    cells, issues = _read_cells(wanted, rules, layout, workbook)
    pairs, pair_issues = _read_pairs(wanted, rules, layout, workbook)
    units = {
        part.item: read_unit_totals(part, rules, workbook, layout)
        for part in form.checklists
        if any(item.id == part.item for item in wanted)
    }
    return AssessmentReading(
        form=form,
        items=recognition.items,
        sections=sections,
        layout=layout,
        cells=cells,
        pairs=pairs,
        units=units,
        inputs=OneSubject(figures(rules, cells, pairs, units)),
        issues=(
            *_missing(form, wanted, sections, layout, rules),
            *_still_empty(issues, cells, pairs),
            *pair_issues,
            *(issue for total in units.values() for issue in total.issues),
            *outranked(rules, cells, pairs, units),
            *_strays(layout, workbook),
        ),
        recognised_items=recognition.recognised_items,
        all_items=recognition.all_items,
        identity=recognition.identity,
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
        spot, rule = layout.inputs.get(line.id), rules.rule(line.id)
        if spot is not None and isinstance(rule, Leaf):
            cells[line.id], cell_issues = read_cell(workbook.at(*spot), spot, rule)
            issues += cell_issues
    return cells, issues


def _still_empty(
    issues: Iterable[CellIssue], cells: Mapping[str, ReadCell], pairs: Mapping[str, ReadPair]
) -> Iterator[CellIssue]:
    """The problems without W112 for empty cells whose value follows from the counts beside them."""
    followed = {cells[key].spot for key in pairs if key in cells}
    for issue in issues:
        is_followed = Spot(issue.sheet, place_of(issue.cell)) in followed
        if not (issue.code == "W112" and is_followed):
            yield issue


def _read_pairs(
    items: Iterable[Item], rules: RuleSet, layout: Layout, workbook: Workbook
) -> tuple[dict[str, ReadPair], list[CellIssue]]:
    """Pairs of counts by line. One shown in several rows is read, or missing, in the first."""
    pairs: dict[str, ReadPair] = {}
    issues: list[CellIssue] = []
    typed: set[Spot] = set()
    for line in (line for item in items for line in item.inputs if layout.denominators):
        top, bottom = layout.numerators.get(line.id), layout.denominators.get(line.id)
        if top and bottom and ratio_of(rules, line.id):
            pair, pair_issues = read_pair((workbook.at(*top), top), (workbook.at(*bottom), bottom))
            own = {spot for spot in (top, bottom) if not workbook.at(*spot).is_formula} - typed
            typed |= own
            if pair.is_begun(own):
                pairs[line.id] = pair
                issues += pair_issues
    return pairs, issues


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
                yield _missing_line(item, line.id, layout, rules)


def _missing_line(item: Item, line: str, layout: Layout, rules: RuleSet) -> CellIssue:
    head = layout.items.get(item.id)
    params = {"item": number_of(item, line), "title": rules.rule(line).name}
    if head is None:
        return CellIssue("W011", params=params)
    return CellIssue("W011", head.sheet, head.place.name, params=params)


def _strays(layout: Layout, workbook: Workbook) -> Iterator[CellIssue]:
    """W010 for typed figures in an input column that belong to no item, up to a limit."""
    for spot in layout.strays[:_STRAYS_REPORTED]:
        shown = read_number(workbook.at(*spot)).shown
        yield CellIssue("W010", spot.sheet, spot.place.name, shown)
