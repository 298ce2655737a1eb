"""References to edges of other rules, so that every edge is written once.

A number of a rule may be written as a reference:

- `{grade_of: tps.grade, grade: B}`: where a grade begins;
- `{good_of: coverage.fss}`: the edge from which an indicator is good;
- `{cutoff_of: tps.score.process.planfin.revenue}`: the cut-off of a test, the one without a
  condition where it has several;
- `{light_of: governance.financial.revenue, light: green}`: the edge of a light;
- `{first_level_of: crisis.level, verdict: fail}`, `{last_level_of: crisis.level, verdict: watch}`:
  the levels between which a verdict holds;
- `{full_of: crisis.level}`: full marks, or the worst level.

An edition may name such numbers under `numbers`, for its texts: "from {pass} points".
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from core.criteria.model import (
    Crisis,
    GradeScale,
    Indicator,
    LightColumn,
    Node,
    Threshold,
)
from core.criteria.model.base import ShapeError
from core.text import LANGUAGES, Text, say

Step = str | int
NodeOf = Callable[[str], Node]
"""The rule, or the part of one, that a full id stands for; `ShapeError` when there is none."""


class Reference(NamedTuple):
    """A reference as it is written: its kind, the full id it names, and which edge of it."""

    kind: str
    of: str
    edge: str


_EDGE_KEYS: Final[Mapping[str, str]] = {
    "grade_of": "grade",
    "good_of": "",
    "cutoff_of": "",
    "light_of": "light",
    "first_level_of": "verdict",
    "last_level_of": "verdict",
    "full_of": "",
}
"""Kinds of reference, and the key beside them that says which edge is meant."""


def reference(raw: object) -> Reference | None:
    """The reference a value of a file is; None for any other value.

    `ShapeError` when keys are missing or stand there too many.
    """
    kind = next((key for key in _EDGE_KEYS if key in raw), "") if isinstance(raw, dict) else ""
    if not kind or not isinstance(raw, dict):
        return None
    beside = _EDGE_KEYS[kind]
    wanted = [kind, beside] if beside else [kind]
    if set(raw) != set(wanted) or not all(isinstance(raw[key], str) for key in wanted):
        raise ShapeError(say("a reference has the keys {keys}", keys=", ".join(wanted)))
    return Reference(kind, raw[kind], raw[beside] if beside else "")


def references(raw: object, at: tuple[Step, ...] = ()) -> Iterator[tuple[tuple[Step, ...], object]]:
    """Where references stand in plain data, and what is written there."""
    if isinstance(raw, dict):
        if any(key in raw for key in _EDGE_KEYS):
            yield at, raw
            return
        for key, value in raw.items():
            yield from references(value, (*at, key))
    elif isinstance(raw, list):
        for number, value in enumerate(raw):
            yield from references(value, (*at, number))


def number_of(wanted: Reference, node_of: NodeOf) -> float:
    """The number a reference stands for; `ShapeError` when there is no such edge."""
    node = node_of(wanted.of)
    return float(_NUMBERS[wanted.kind](node, wanted))


def _grade(node: Node, wanted: Reference) -> float:
    grades: dict[str, float | None] = {}
    if isinstance(node, GradeScale):
        grades = {grade.grade: grade.at_least for grade in node.grades}
    elif isinstance(node, Indicator):
        grades = {grade.grade: grade.above for grade in node.grades}
    return _chosen(grades, wanted)


def _good(node: Node, wanted: Reference) -> float:
    good = node.good if isinstance(node, Indicator) else None
    edges = tuple(good.edges.values()) if good else ()
    if len(edges) != 1:
        raise ShapeError(say("{id} has not one edge from which it is good", id=wanted.of))
    return edges[0]


def _cutoff(node: Node, wanted: Reference) -> float:
    limit = node.cutoffs[-1].limit if isinstance(node, Threshold) else ""
    if isinstance(limit, str):
        raise ShapeError(say("{id} is no test against a number", id=wanted.of))
    return limit


def _light(node: Node, wanted: Reference) -> float:
    lights = node.lights if isinstance(node, LightColumn) else ()
    edges: dict[str, float | None] = {}
    for one in lights:
        edges[one.light] = one.edge[1] if one.edge else None
    return _chosen(edges, wanted)


def _last_level(node: Node, wanted: Reference) -> float:
    bands = node.verdicts if isinstance(node, Crisis) else ()
    last = getattr(node, "full", None)
    return _chosen({str(b.verdict): last if b.up_to is None else b.up_to for b in bands}, wanted)


def _first_level(node: Node, wanted: Reference) -> float:
    bands = node.verdicts if isinstance(node, Crisis) else ()
    below = (-1.0, *(band.up_to for band in bands))
    first = {
        str(band.verdict): None if edge is None else edge + 1
        for band, edge in zip(bands, below, strict=False)
    }
    return _chosen(first, wanted)


def _full(node: Node, wanted: Reference) -> float:
    full = getattr(node, "full", None)
    if not isinstance(full, int | float) or not full:
        raise ShapeError(say("{id} has no full marks", id=wanted.of))
    return full


def _chosen(edges: Mapping[str, float | None], wanted: Reference) -> float:
    edge = edges.get(wanted.edge)
    if edge is None:
        known = ", ".join(name for name, one in edges.items() if one is not None)
        raise ShapeError(
            say(
                "{id} has no edge “{edge}”. Known: {known}",
                id=wanted.of,
                edge=wanted.edge,
                known=known or "–",
            )
        )
    return edge


_NUMBERS: Final[Mapping[str, Callable[[Node, Reference], float]]] = {
    "grade_of": _grade,
    "good_of": _good,
    "cutoff_of": _cutoff,
    "light_of": _light,
    "first_level_of": _first_level,
    "last_level_of": _last_level,
    "full_of": _full,
}


def with_numbers(raw: Any, node_of: NodeOf) -> Any:
    """A copy of plain data in which references are the numbers they stand for.

    `ReferenceFaultError` names the place of one that stands for none.
    """
    return _copied(raw, (), node_of)


class ReferenceFaultError(Exception):
    """A reference that stands for no number: its place in the data, and why.

    `follows`: the rule it names has faults of its own.
    """

    def __init__(self, at: tuple[Step, ...], reason: Text, *, follows: bool = False) -> None:
        super().__init__(reason.en)
        self.at = at
        self.reason = reason
        self.follows = follows


class FaultyRuleError(ShapeError):
    """The rule a reference names has faults of its own."""


def _copied(raw: Any, at: tuple[Step, ...], node_of: NodeOf) -> Any:
    try:
        wanted = reference(raw)
        if wanted is not None:
            return number_of(wanted, node_of)
    except ShapeError as error:
        follows = isinstance(error, FaultyRuleError)
        raise ReferenceFaultError(at, error.reason, follows=follows) from error
    if isinstance(raw, dict):
        return {key: _copied(value, (*at, key), node_of) for key, value in raw.items()}
    if isinstance(raw, list):
        return [_copied(value, (*at, number), node_of) for number, value in enumerate(raw)]
    return raw


def with_texts(raw: Any, numbers: Mapping[str, float]) -> Any:
    """A copy of plain data in which texts name the numbers of their edition.

    `ReferenceFaultError` names the place of a text with a number the edition does not name.
    """
    return _filled(raw, (), {name: f"{number:g}" for name, number in numbers.items()})


def _filled(raw: Any, at: tuple[Step, ...], numbers: Mapping[str, str]) -> Any:
    if isinstance(raw, dict):
        if set(raw) == set(LANGUAGES):
            return {lang: _sentence(text, (*at, lang), numbers) for lang, text in raw.items()}
        return {key: _filled(value, (*at, key), numbers) for key, value in raw.items()}
    if isinstance(raw, list):
        return [_filled(value, (*at, number), numbers) for number, value in enumerate(raw)]
    return raw


def _sentence(text: Any, at: tuple[Step, ...], numbers: Mapping[str, str]) -> Any:
    if not isinstance(text, str) or "{" not in text:
        return text
    try:
        return text.format_map(numbers)
    except (KeyError, ValueError, IndexError, AttributeError) as error:
        known = ", ".join(f"{{{name}}}" for name in numbers) or "–"
        reason = say("“{text}” names a number not under numbers: {known}", text=text, known=known)
        raise ReferenceFaultError(at, reason) from error
