"""Edges of rules, and whether the cases lie on both their sides.

An edge is tried when one case lies exactly at it and another on its other side, close by.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from core.criteria.catalog import Catalog, walk
from core.criteria.model import Edition, Ladder, Leaf, Node, RatioToTarget
from core.scoring.examples import FINANCE_KINDS
from core.services.rules.cases.files import Case, month_of, read_cases
from core.services.rules.cases.finance_edges import OUTWARD, Example, edges_of, op_of
from core.text import Text, say


class TriedEdge(NamedTuple):
    """An edge and whether the cases lie on both its sides."""

    place: str
    tried: bool


def tried_edges(catalog: Catalog, criterion: str) -> tuple[TriedEdge, ...]:
    """Every edge of a criterion in all its editions and readings, and whether cases try it."""
    cases = read_cases(catalog, criterion)
    edges: list[TriedEdge] = []
    for edition in catalog.criteria[criterion].editions:
        if edition.follows:  # Its edges are another rule's, whose cases try them.
            continue
        own = [case for case in cases if edition.holds_in(case.fiscal_year, month_of(case))]
        if isinstance(edition.rule, FINANCE_KINDS):
            edges += _of_finance(catalog, edition, own)
        else:
            edges += _of_leaves(edition.rule, own)
    return tuple(edges)


def uncovered_edges(catalog: Catalog, criterion: str) -> Iterator[Text]:
    """Edges of a criterion without a case on both sides, and silence untried."""
    yield from gaps(catalog, criterion, tried_edges(catalog, criterion))


def gaps(catalog: Catalog, criterion: str, edges: Iterable[TriedEdge]) -> Iterator[Text]:
    """What its cases leave untried, in words; `edges` are all edges of the criterion."""
    if not any(case.value in (None, {}) for case in read_cases(catalog, criterion)):
        yield say("{criterion}: no case for not reported", criterion=criterion)
    for edge in edges:
        if not edge.tried:
            yield say(
                "{edge}: needs a case exactly at the edge, and one close by on its other side",
                edge=edge.place,
            )


def _of_finance(catalog: Catalog, edition: Edition, cases: Sequence[Case]) -> Iterator[TriedEdge]:
    """A reading is held to the edges it changes; the others stand in the rule already."""
    known: set[str] = set()
    for names, rule in _readings(catalog, edition):
        examples = [Example(rule, case.value) for case in cases if case.reading in names]
        edges = list(edges_of(rule))
        for edge in edges:
            if edge.place not in known:
                yield TriedEdge(edge.place, edge.tried_by(examples))
        known |= {edge.place for edge in edges}


def _readings(catalog: Catalog, edition: Edition) -> Iterator[tuple[set[str | None], Node]]:
    """The rule as it is read by default and under every other option, and what cases call it."""
    first, last = edition.fiscal_years
    year, key = first or last or 0, edition.rule.id
    month = 12 if first else edition.through_month
    defaults = {f"{name}={switch.default}" for name, switch in edition.readings.items()}
    yield {None, *defaults}, edition.rule
    for name, switch in edition.readings.items():
        for option in switch.options:
            if option != switch.default:
                chosen = catalog.ruleset(year, {name: option}, month=month)
                yield {f"{name}={option}"}, chosen.rules[key]


def _of_leaves(rule: Node, cases: Sequence[Case]) -> Iterator[TriedEdge]:
    """Edges of what people fill in: a case at the edge itself and one within 1 beyond it."""
    for part in walk(rule):
        if isinstance(part, Leaf):
            local = part.id.removeprefix(rule.id).lstrip(".") or None
            own = [case.value for case in cases if case.part == local]
            values = [value for value in own if isinstance(value, int | float)]
            for edge, outward in _leaf_edges(part):
                beyond = any(0 < (value - edge) * outward <= 1 for value in values)
                yield TriedEdge(f"{part.id}: edge {edge}", edge in values and beyond)


def _leaf_edges(rule: Leaf) -> Iterator[tuple[float, int]]:
    """Each edge and the direction in which the other side lies."""
    if isinstance(rule, Ladder):
        for band in rule.bands[:-1]:
            if band.edge is not None:
                yield band.edge, OUTWARD[op_of(band)]
    if isinstance(rule, Ladder | RatioToTarget):
        if rule.valid_range:
            yield rule.valid_range.lowest, -1
            yield rule.valid_range.highest, 1
    else:
        yield rule.full, 1
