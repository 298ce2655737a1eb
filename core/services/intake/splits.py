"""What a dropped table gives as one figure that its rules would tell apart, by fund or quarter."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from core.criteria.model import Threshold, figures_by_kind
from core.criteria.rule_set import walk
from core.forms.model.issues import CellIssue
from core.forms.table.read import TableReading
from core.scoring.base.derived import measures_of
from core.scoring.base.inputs import BoolArray
from core.scoring.base.states import State
from core.scoring.explain.words import kind_text
from core.services.scored.theme import ScoredRows, ThemeTable
from core.text import LANGUAGES, Text


@dataclass
class _Together:
    """Rows of a criterion that are told of as a whole, the measure they are, and the kinds."""

    name: Text
    kinds: tuple[str, ...]
    measure: str
    places: set[int] = field(default_factory=set)


def split_notes(scored: ThemeTable) -> Iterator[CellIssue]:
    """For each criterion, once for a file, that its figures are not told apart by fund or quarter.

    A total may hide one that fails beside a good one.
    """
    parts: dict[str, _Together] = {}
    for part in scored.parts:
        for unit, rule in part.rules.units.items():
            for node in walk(rule):
                if isinstance(node, Threshold) and (kinds := figures_by_kind(node.figure)):
                    _collect(parts, scored.reading, part, unit, node, kinds)
    for one in parts.values():
        if one.places:
            yield _note(one, scored.reading)


def _collect(
    parts: dict[str, _Together],
    reading: TableReading,
    part: ScoredRows,
    unit: str,
    node: Threshold,
    kinds: dict[str, str],
) -> None:
    apart = {measure for figure in kinds.values() for measure in measures_of(figure, "ni")}
    whole = [m for m in measures_of(node.figure, "ni") if m not in apart]
    rows = _reported_rows(reading, part, whole) & ~_reported_rows(reading, part, sorted(apart))
    rows &= part.reported[unit]
    rule = part.rules.units[unit]
    one = parts.setdefault(unit, _Together(rule.name, tuple(kinds), whole[0]))
    one.places |= {part.places[row] for row in np.flatnonzero(rows).tolist()}


def _reported_rows(reading: TableReading, part: ScoredRows, measures: list[str]) -> BoolArray:
    """Rows that tell any of some measures."""
    is_reported = np.zeros(len(part.places), dtype=np.bool_)
    for measure in measures:
        if measure in reading.columns:
            is_reported |= reading.columns[measure].states[list(part.places)] != State.NOT_REPORTED
    return is_reported


def _note(one: _Together, reading: TableReading) -> CellIssue:
    header = next((h for h in reading.headers if one.measure in h.columns), reading.headers[0])
    there = one.measure in header.columns
    spot = header.title(one.measure) if there else header.first_cell
    kinds = [kind_text(kind) for kind in one.kinds]
    listed = Text(*(", ".join(kind.in_(language) for kind in kinds) for language in LANGUAGES))
    params = {"criterion": one.name}
    return CellIssue("W421", spot.sheet, spot.place.name, str(len(one.places)), listed, params)
