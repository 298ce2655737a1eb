"""What an assessment workbook came to, item by item: what pages draw and the terminal prints."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from core.criteria.catalog import RuleSet
from core.criteria.model import Radar, WeightedGroup
from core.forms.assessment.check import ReadCell
from core.forms.assessment.plan import Item, group_of, radar_of, typed_rule
from core.forms.assessment.read import AssessmentReading
from core.forms.model.form import Section
from core.quantities import number_or_none
from core.scoring.base.scores import Scores
from core.scoring.base.states import State
from core.scoring.star.assessment import Assessment
from core.scoring.star.composite import GroupScores
from core.text import Text

STATUS = {
    State.REPORTED: "scored",
    State.NOT_REPORTED: "not_filled",
    State.NOT_APPLICABLE: "not_applicable",
    State.CONTRADICTORY: "contradictory",
    State.STALE: "stale",
    State.ERROR: "error",
}


@dataclass(frozen=True)
class NodeResult:
    """One item or line. `raw` is None where it has no score; `figure` where nothing was judged.

    `cell` is the cell its figure was typed in, `sheet` the sheet of that cell.
    """

    id: str
    no: str
    name: Text
    raw: float | None
    full: float
    figure: float | None
    status: str
    sheet: str | None
    cell: str | None
    typed: str | None
    parts: tuple["NodeResult", ...]


@dataclass(frozen=True)
class ItemResult:
    """An item of a section: its points, weighted."""

    section: str
    node: NodeResult
    weight: float
    weighted: float | None

    @property
    def share(self) -> float | None:
        """Raw points of full marks, 0-1; None without a score."""
        raw = self.node.raw
        return None if raw is None or not self.node.full else raw / self.node.full

    @property
    def cells(self) -> tuple[str, ...]:
        return tuple(_cells(self.node))


def _cells(node: NodeResult) -> list[str]:
    own = [node.cell] if node.cell else []
    return own + [cell for part in node.parts for cell in _cells(part)]


@dataclass(frozen=True)
class SectionResult:
    """A section's totals; None where it was not handed in."""

    id: str
    name: Text
    raw: float | None
    full: float
    weighted: float | None
    weight: float
    score: float | None
    out_of: float
    scored_only: float | None
    filled_only: float | None


@dataclass(frozen=True)
class SpokeResult:
    """One spoke; None when none of its items was handed in."""

    id: str
    name: Text
    value: float | None


@dataclass(frozen=True)
class RadarResult:
    """A radar: every spoke on the same scale, target at full scale."""

    id: str
    name: Text
    scale: float
    spokes: tuple[SpokeResult, ...]


@dataclass(frozen=True)
class AssessmentResult:
    """A scored workbook; what is shown of it is put together when it is looked at."""

    reading: AssessmentReading
    scored: Assessment
    rules: RuleSet

    @cached_property
    def items(self) -> tuple[ItemResult, ...]:
        """Items of the sections handed in, in printed order."""
        present = {section.id for section in self.reading.sections}
        items = (item for item in self.reading.items if item.section.id in present)
        return tuple(_item(item, self.reading, self.scored, self.rules) for item in items)

    @cached_property
    def sections(self) -> tuple[SectionResult, ...]:
        """Every section of the form, handed in or not."""
        groups = self.scored.groups
        return tuple(_section(s, groups, self.rules) for s in self.reading.form.sections)

    @cached_property
    def total(self) -> SectionResult:
        """The grand total; None in it while a section is missing."""
        whole = group_of(self.reading.form.total, self.rules)
        return _totals("total", whole.name, whole, whole.out_of, self.scored.total)

    @cached_property
    def radars(self) -> tuple[RadarResult, ...]:
        keys = self.reading.form.radars
        return tuple(_radar(radar_of(key, self.rules), self.scored) for key in keys)

    @property
    def filled(self) -> int:
        """Inputs with something in them."""
        return self.reading.filled

    @property
    def inputs(self) -> int:
        return len(self.reading.input_ids)

    @property
    def completeness(self) -> float:
        """Share of inputs filled in, in percent."""
        return 100 * self.filled / self.inputs if self.inputs else 0.0


def _item(item: Item, reading: AssessmentReading, scored: Assessment, rules: RuleSet) -> ItemResult:
    weighted = scored.groups[item.section.group].weighted[item.id]
    return ItemResult(
        section=item.section.id,
        node=_node(item.no, item.id, scored.items[item.id], rules, reading.cells, item.id),
        weight=item.weight,
        weighted=number_or_none(weighted[0]),
    )


def _node(
    item_no: str,
    item_id: str,
    scores: Scores,
    rules: RuleSet,
    cells: Mapping[str, ReadCell],
    node: str,
) -> NodeResult:
    rule = typed_rule(rules, node)
    cell = cells.get(node)
    return NodeResult(
        id=node,
        no=item_no + node.removeprefix(item_id),
        name=rule.name,
        raw=number_or_none(scores.points[0]),
        full=float(scores.full[0]),
        figure=number_or_none(scores.figure[0]),
        status=STATUS[State(int(scores.states[0]))],
        sheet=cell.spot.sheet if cell else None,
        cell=cell.spot.place.name if cell else None,
        typed=cell.content.shown if cell else None,
        parts=tuple(_node(item_no, item_id, part, rules, cells, part.id) for part in scores.parts),
    )


def _section(section: Section, groups: Mapping[str, GroupScores], rules: RuleSet) -> SectionResult:
    group = group_of(section.group, rules)
    full = math.fsum(typed_rule(rules, member.criterion).full for member in group.members)
    return _totals(section.id, section.name, group, full, groups.get(group.id))


def _totals(
    key: str, name: Text, rule: WeightedGroup, full: float, group: GroupScores | None
) -> SectionResult:
    if group is None:
        return SectionResult(
            key, name, None, full, None, rule.weight, None, rule.out_of, None, None
        )
    return SectionResult(
        id=key,
        name=name,
        raw=number_or_none(group.raw[0]),
        full=full,
        weighted=number_or_none(group.total[0]),
        weight=rule.weight,
        score=number_or_none(group.score[0]),
        out_of=rule.out_of,
        scored_only=number_or_none(group.scored_only[0]),
        filled_only=number_or_none(group.filled_only[0]),
    )


def _radar(rule: Radar, scored: Assessment) -> RadarResult:
    values = scored.radars[rule.id]
    spokes = tuple(
        SpokeResult(spoke.id, spoke.name, number_or_none(values[spoke.id][0]))
        for spoke in rule.spokes
    )
    return RadarResult(rule.id, rule.name, rule.scale, spokes)
