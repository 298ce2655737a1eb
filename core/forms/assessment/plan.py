"""The items and lines of an assessment form, with the titles they are recognised by."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from core.criteria.catalog import RuleSet
from core.criteria.model import (
    Checklist,
    Ladder,
    Leaf,
    PassFail,
    Radar,
    Ratio,
    RatioToTarget,
    Rule,
    Steps,
    Sum,
    WeightedGroup,
)
from core.errors import CriteriaError
from core.forms.model.form import AssessmentForm, Section
from core.forms.model.titles import bare, stripped
from core.text import fold

Takes = Literal["percent", "points", ""]


def takes(rule: Rule) -> Takes:
    """What is typed for a rule: a percentage, points, or nothing (it is computed)."""
    if isinstance(rule, Ladder | RatioToTarget):
        return "percent"
    return "points" if isinstance(rule, Leaf) else ""


@dataclass(frozen=True)
class Anchor:
    """A row to find: an item's head or one of its lines."""

    id: str
    titles: tuple[str, ...]
    label: str
    full: float
    takes: Takes


@dataclass(frozen=True)
class Item:
    """A criterion of the form: its head row and its lines in printed order."""

    id: str
    no: str
    section: Section
    weight: float
    head: Anchor
    lines: tuple[Anchor, ...]
    unit_lines: tuple[Anchor, ...] = ()
    """Lines of a checklist that every unit (tambon) below the item fills in for itself."""

    @cached_property
    def inputs(self) -> tuple[Anchor, ...]:
        """The head itself when the whole item is one input, else its lines that are typed."""
        if self.head.takes:
            return (self.head,)
        return tuple(line for line in self.lines if line.takes)

    @cached_property
    def titles(self) -> frozenset[str]:
        """Every title of the item and its lines, without the vowels that tools lose."""
        anchors = (self.head, *self.lines, *self.unit_lines)
        return frozenset(bare(title) for anchor in anchors for title in anchor.titles)


def group_of(group: str, rules: RuleSet) -> WeightedGroup:
    """The weighted group of an id; `CriteriaError` when it is something else."""
    rule = rules.rule(group)
    if not isinstance(rule, WeightedGroup):
        raise CriteriaError("C001", file=group, line=1, reason="is no weighted group")
    return rule


def radar_of(radar: str, rules: RuleSet) -> Radar:
    """The radar of an id; `CriteriaError` when it is something else."""
    rule = rules.rule(radar)
    if not isinstance(rule, Radar):
        raise CriteriaError("C001", file=radar, line=1, reason="is no radar")
    return rule


def _unit_lines(form: AssessmentForm, rules: RuleSet) -> dict[str, tuple[Anchor, ...]]:
    """Item id -> the lines of the checklist its units fill in."""
    return {
        part.item: tuple(
            _anchor(form, line) for line in lines_of(typed_rule(rules, part.checklist))
        )
        for part in form.checklists
    }


def items_of(form: AssessmentForm, rules: RuleSet, numbers: dict[str, str]) -> tuple[Item, ...]:
    """Every item of the form in printed order; `numbers` maps criterion ids to printed numbers."""
    units = _unit_lines(form, rules)
    return tuple(
        Item(
            id=member.criterion,
            no=numbers.get(member.criterion, ""),
            section=section,
            weight=member.weight,
            head=_anchor(form, typed_rule(rules, member.criterion)),
            lines=tuple(
                _anchor(form, line) for line in lines_of(typed_rule(rules, member.criterion))
            ),
            unit_lines=units.get(member.criterion, ()),
        )
        for section in form.sections
        for member in group_of(section.group, rules).members
    )


def number_of(item: Item, node: str) -> str:
    """The number of an item or line as a person would call it: `5.4.1`."""
    return item.no + node.removeprefix(item.id)


def ratio_of(rules: RuleSet, node: str) -> Ratio | None:
    """The counts an input may be computed from, if its rule names any."""
    ratio: Ratio | None = getattr(rules.rule(node), "input", None)
    return ratio


FORM_KINDS: Final = (Ladder, RatioToTarget, Steps, PassFail, Checklist, Sum)


def typed_rule(rules: RuleSet, node: str) -> Rule:
    """The rule of an item or line of a form; `CriteriaError` when forms cannot hold its kind."""
    rule = rules.rule(node)
    if not isinstance(rule, FORM_KINDS):
        raise CriteriaError("C001", file=node, line=1, reason="is no form item")
    return rule


def lines_of(rule: Rule) -> Iterator[Rule]:
    """All parts of a rule and their parts, in printed order, without itself."""
    if isinstance(rule, Sum):
        for part in rule.parts:
            yield part
            yield from lines_of(part)


def _anchor(form: AssessmentForm, rule: Rule) -> Anchor:
    wordings = (rule.name.th, rule.name.en, *form.anchors.get(rule.id, ()))
    titles = tuple(dict.fromkeys(stripped(fold(wording)) for wording in wordings))
    return Anchor(rule.id, titles, fold(rule.label or ""), rule.full, takes(rule))
