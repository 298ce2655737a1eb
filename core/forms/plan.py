"""What to look for in a copy of an assessment form: the titles of its items and lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from core.criteria.catalog import RuleSet
from core.criteria.model import AnyRule, Ladder, Leaf, RatioToTarget, Sum, WeightedGroup
from core.errors import CriteriaError
from core.forms.model import AssessmentForm, Section
from core.text import fold

Takes = Literal["percent", "points", ""]
_NUMBERING: Final = re.compile(r"^[-(•]*\d+(?:\.\d+)*[.)]*")


def stripped(folded: str) -> str:
    """A folded title without the number it begins with."""
    return _NUMBERING.sub("", folded) or folded


def takes(rule: AnyRule) -> Takes:
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

    @property
    def inputs(self) -> tuple[Anchor, ...]:
        """The head itself when the whole item is one input, else its lines that are typed."""
        if self.head.takes:
            return (self.head,)
        return tuple(line for line in self.lines if line.takes)


def group_of(section: Section, rules: RuleSet) -> WeightedGroup:
    """The weighted group a section's items belong to."""
    rule = rules.rule(section.group)
    if not isinstance(rule, WeightedGroup):
        raise CriteriaError("C001", file=section.group, line=1, reason="is no weighted group")
    return rule


def items_of(form: AssessmentForm, rules: RuleSet, numbers: dict[str, str]) -> tuple[Item, ...]:
    """Every item of the form in printed order; `numbers` maps criterion ids to printed numbers."""
    return tuple(
        Item(
            id=member.criterion,
            no=numbers.get(member.criterion, ""),
            section=section,
            weight=member.weight,
            head=_anchor(form, rules.rule(member.criterion)),
            lines=tuple(_anchor(form, line) for line in _lines(rules.rule(member.criterion))),
        )
        for section in form.sections
        for member in group_of(section, rules).members
    )


def _lines(rule: AnyRule) -> Iterator[AnyRule]:
    if isinstance(rule, Sum):
        for part in rule.parts:
            yield part
            yield from _lines(part)


def _anchor(form: AssessmentForm, rule: AnyRule) -> Anchor:
    wordings = (rule.name.th, rule.name.en, *form.anchors.get(rule.id, ()))
    titles = tuple(dict.fromkeys(stripped(fold(wording)) for wording in wordings))
    return Anchor(rule.id, titles, fold(rule.label or ""), rule.full, takes(rule))
