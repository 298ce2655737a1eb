"""Invented ways to fill in an assessment form, and what each means to the scoring core."""

import io
import random
from dataclasses import dataclass, field
from math import inf, nan

import numpy as np
import openpyxl

from core.criteria.catalog import RuleSet
from core.criteria.model import Ladder, Leaf, RatioToTarget, Steps
from core.forms.assessment.check import allowed
from core.forms.assessment.plan import items_of, lines_of, typed_rule
from core.forms.model.form import AssessmentForm
from core.forms.model.identity import cell_name
from core.scoring.base.inputs import Column, Inputs
from core.scoring.base.states import State
from core.scoring.star.composite import score

Typed = float | str | None
EMPTY_WORDS = ("-", "ไม่มีข้อมูล", "  ")
AWAY_WORDS = ("ไม่เกี่ยวข้อง", "NA")
WRONG = ("สิบ", "?", -0.01, 1000.0, True)


@dataclass
class Filling:
    """What is typed: by rule id, counts by measure, and per unit of a unit checklist."""

    typed: dict[str, Typed] = field(default_factory=dict)
    counts: dict[str, Typed] = field(default_factory=dict)
    units: list[dict[str, Typed]] = field(default_factory=list)


def leaves(form: AssessmentForm, rules: RuleSet) -> list[Leaf]:
    items = items_of(form, rules, {})
    nodes = [typed_rule(rules, line.id) for item in items for line in item.inputs]
    return [node for node in nodes if isinstance(node, Leaf)]


def counted(leaf: Leaf, form: AssessmentForm) -> tuple[str, str] | None:
    """The measures that are typed in the row of a leaf."""
    if leaf.id in {part.item for part in form.checklists}:
        return None
    ratio = getattr(leaf, "input", None)
    if ratio is None or (isinstance(leaf, Steps) and leaf.derive is None):
        return None
    return ratio.numerator, ratio.denominator


def values_at_edges(leaf: Leaf) -> list[float]:
    """Figures at every edge of a leaf, and those half a hundredth before or after it."""
    if isinstance(leaf, Ladder):
        below = [band.below for band in leaf.bands if band.below is not None]
        up_to = [band.up_to for band in leaf.bands if band.up_to is not None]
        near = [edge + off for edge in below for off in (0, -0.005)]
        near += [edge + off for edge in up_to for off in (0, 0.005)]
        return [round(value, 4) for value in (0, 100, *near) if 0 <= value <= 100]
    if isinstance(leaf, RatioToTarget):
        return [0, leaf.target, round(leaf.target - 0.005, 4), leaf.target + 1, 100]
    if isinstance(leaf, Steps):
        return [step.points for step in leaf.steps]
    return [0, leaf.full, leaf.full / 2]


def drawn(form: AssessmentForm, rules: RuleSet, seed: int, errors: float) -> Filling:
    """A filling drawn at random; `errors` is the share of cells with something wrong in them."""
    draw = random.Random(seed)
    filling = Filling()
    for leaf in leaves(form, rules):
        filling.typed[leaf.id] = _cell(draw, leaf, errors)
        measures = counted(leaf, form)
        if measures and draw.random() < 0.6:
            _draw_counts(draw, measures, filling, errors)
    for part in form.checklists:
        lines = list(lines_of(typed_rule(rules, part.checklist)))
        for _ in range(draw.choice([0, 1, 7])):
            generous = draw.random() < 0.6
            unit: dict[str, Typed] = {}
            for line in lines:
                if isinstance(line, Leaf):
                    unit[line.id] = line.full if generous else _cell(draw, line, errors / 4)
            filling.units.append(unit)
    return filling


def _cell(draw: random.Random, leaf: Leaf, errors: float) -> Typed:
    if draw.random() < errors:
        return draw.choice(WRONG)
    chance = draw.random()
    if chance < 0.25:
        return None
    if chance < 0.32:
        return draw.choice(EMPTY_WORDS)
    if chance < 0.36:
        return draw.choice(AWAY_WORDS)
    if chance < 0.8:
        return draw.choice(values_at_edges(leaf))
    highest = 100 if isinstance(leaf, Ladder | RatioToTarget) else leaf.full
    return round(draw.uniform(0, highest), draw.choice([0, 1, 2, 3]))


def _draw_counts(
    draw: random.Random, measures: tuple[str, str], filling: Filling, errors: float
) -> None:
    top, bottom = measures
    size = filling.counts.setdefault(bottom, draw.choice([29, 100, 200, 1000, 20000]))
    whole = size if isinstance(size, int) else 10
    filling.counts.setdefault(top, draw.randint(0, whole))
    if draw.random() < errors:
        filling.counts[draw.choice(measures)] = draw.choice(["มาก", 0, -1, 10**7, "ไม่เกี่ยวข้อง"])


def typed_into(blank: bytes, filling: Filling, form: AssessmentForm, rules: RuleSet) -> bytes:
    """A copy of the blank with the filling typed into its cells, found by their names."""
    book = openpyxl.load_workbook(io.BytesIO(blank))

    def type_in(name: str, value: Typed) -> None:
        (sheet, cell), *_ = book.defined_names[name].destinations
        assert not book[sheet][cell].protection.locked, f"{name} cannot be typed into"
        book[sheet][cell] = value

    for key, value in filling.typed.items():
        type_in(cell_name("input", key), value)
    for leaf in leaves(form, rules):
        for role, measure in zip(
            ("numerator", "denominator"), counted(leaf, form) or (), strict=False
        ):
            if measure in filling.counts:
                type_in(cell_name(role, leaf.id), filling.counts[measure])  # type: ignore[arg-type]
    for number, unit in enumerate(filling.units, 1):
        for key, value in unit.items():
            type_in(cell_name("unit", key, number), value)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def said(value: Typed, lowest: float = -inf, highest: float = inf) -> tuple[float, State]:
    """What a typed value means: its number and its state."""
    if value is None or value in EMPTY_WORDS:
        return nan, State.NOT_REPORTED
    if value in AWAY_WORDS and isinstance(value, str):
        return nan, State.NOT_APPLICABLE
    if isinstance(value, bool | str) or not lowest <= value <= highest:
        return nan, State.ERROR
    return value, State.REPORTED


def inputs_of(filling: Filling, form: AssessmentForm, rules: RuleSet) -> Inputs:
    """The columns a filling gives the scoring core, worked out without reader or template."""
    columns = {}
    seen: set[str] = set()
    for leaf in leaves(form, rules):
        number, state = said(filling.typed[leaf.id], *allowed(leaf))
        measures = counted(leaf, form)
        if measures:
            own = [measure for measure in measures if measure not in seen] or list(measures)
            seen |= set(measures)
            if state == State.NOT_REPORTED and _is_unsound(filling, own, measures):
                number, state = nan, State.ERROR
        columns[leaf.id] = _column(number, state)
    for measure, value in filling.counts.items():
        number, state = said(value)
        if state == State.REPORTED:
            columns[measure] = _column(number, state)
    return Inputs(columns | _counted_units(filling, form, rules), 1)


def _is_unsound(filling: Filling, own: list[str], measures: tuple[str, str]) -> bool:
    """Whether a row's counts were begun but make no percentage."""
    given = [said(filling.counts.get(measure))[1] != State.NOT_REPORTED for measure in own]
    (top, _), (bottom, _) = (said(filling.counts.get(measure)) for measure in measures)
    return any(given) and not (bottom > 0 and 0 <= top <= bottom)


def _counted_units(filling: Filling, form: AssessmentForm, rules: RuleSet) -> dict[str, Column]:
    columns = {}
    for part in form.checklists:
        checklist = typed_rule(rules, part.checklist)
        lines = [line for line in lines_of(checklist) if isinstance(line, Leaf)]
        told = [
            [said(unit.get(line.id), *allowed(line)) for line in lines] for unit in filling.units
        ]
        told = [unit for unit in told if any(state != State.NOT_REPORTED for _, state in unit)]
        if not told:
            continue
        per_line = {
            line.id: Column(
                np.array([unit[n][0] for unit in told], dtype=float),
                np.array([unit[n][1] for unit in told], dtype=np.int8),
            )
            for n, line in enumerate(lines)
        }
        totals = score(checklist, Inputs(per_line, len(told))).points
        mark = typed_rule(rules, part.passed)
        passes = score(mark, Inputs({mark.id: Column.of(totals)}, len(told))).points
        columns[part.numerator] = _column(float(np.nansum(passes)), State.REPORTED)
        columns[part.denominator] = _column(float(len(told)), State.REPORTED)
    return columns


def _column(number: float, state: State) -> Column:
    return Column(np.array([number], dtype=float), np.array([state], dtype=np.int8))
