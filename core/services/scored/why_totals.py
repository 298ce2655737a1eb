"""The why of sums: a section, the grand total and the spokes of a radar, member by member."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from core.criteria.catalog import RuleSet, catalog
from core.criteria.model import Member, Spoke, WeightedGroup
from core.forms.assessment.plan import group_of, radar_of
from core.quantities import number_or_none
from core.scoring.base.scores import Scores
from core.scoring.base.states import State
from core.scoring.explain.wording import rule_sentence
from core.scoring.star.assessment import Assessment
from core.services.rules.citations import Citation, OpenQuestion, open_questions
from core.services.scored.assessment import STATUS
from core.services.scored.examined import AssessmentIntake
from core.text import Text


@dataclass(frozen=True)
class MemberWhy:
    """What one member adds. `weighted` is None where it has no score; `no` of a section is empty.

    `counts` tells whether its weight is among those the sum is divided by.
    """

    id: str
    no: str
    name: Text
    weight: float
    raw: float | None
    full: float
    weighted: float | None
    status: str
    counts: bool


@dataclass(frozen=True)
class TotalWhy:
    """A sum explained: `value = out_of x total / weight`; None while something of it is absent."""

    id: str
    name: Text
    value: float | None
    out_of: float
    total: float
    weight: float
    members: tuple[MemberWhy, ...]


@dataclass(frozen=True)
class TotalsWhy:
    """Sums that follow one rule, and what is to be known of the rule."""

    rule: Text
    sums: tuple[TotalWhy, ...]
    citation: Citation
    questions: tuple[OpenQuestion, ...]
    assumptions: tuple[Text, ...]
    notes: tuple[Text, ...]


def why_group(intake: AssessmentIntake, group: str) -> TotalsWhy:
    """Explain a section's score or the grand total, by the id of its group."""
    scored, rules = intake.scored, intake.rules
    rule = group_of(group, rules)
    members = _members(rule, _known(scored), rules, filled_only=rule.empty == "filled_only")
    found = scored.total if group == intake.form.total else scored.groups.get(group)
    value = number_or_none(found.score[0]) if found else None
    total = _total(rule.id, rule.name, rule.out_of, value, members)
    return _why(rule.id, rule_sentence(rule), (total,), rules)


def why_radar(intake: AssessmentIntake, radar: str) -> TotalsWhy:
    """Explain every spoke of a radar."""
    scored, rules = intake.scored, intake.rules
    rule, known = radar_of(radar, rules), _known(scored)
    sums = tuple(
        _total(
            spoke.id,
            spoke.name,
            rule.scale,
            number_or_none(scored.radars[radar][spoke.id][0]),
            _members(spoke, known, rules),
        )
        for spoke in rule.spokes
    )
    return _why(rule.id, rule_sentence(rule), sums, rules)


def _known(scored: Assessment) -> Mapping[str, Scores]:
    """Every scored item, part and section by full id."""
    parts = {key: part for item in scored.items.values() for key, part in item.by_id.items()}
    return parts | {key: group.as_scores for key, group in scored.groups.items()}


def _members(
    rule: WeightedGroup | Spoke,
    known: Mapping[str, Scores],
    rules: RuleSet,
    *,
    filled_only: bool = False,
) -> tuple[MemberWhy, ...]:
    return tuple(
        _member(member, known.get(member.criterion), rules, filled_only=filled_only)
        for member in rule.members
    )


def _member(
    member: Member, scores: Scores | None, rules: RuleSet, *, filled_only: bool
) -> MemberWhy:
    rule, owner = rules.rule(member.criterion), rules.owner[member.criterion]
    number = (catalog().criteria[owner].no or "") + member.criterion.removeprefix(owner)
    if scores is None:
        full = float(getattr(rule, "full", 0.0))
        return MemberWhy(
            rule.id, number, rule.name, member.weight, None, full, None, "absent", False
        )
    raw, full = float(scores.points[0]), float(scores.full[0])
    state = State(int(scores.states[0]))
    filled = state != State.NOT_REPORTED and not math.isnan(raw)
    return MemberWhy(
        id=rule.id,
        no=number,
        name=rule.name,
        weight=member.weight,
        raw=number_or_none(raw),
        full=full,
        weighted=number_or_none(member.weight * raw / full) if full else None,
        status=STATUS[state],
        counts=full > 0 and (filled or not filled_only),
    )


def _total(
    key: str, name: Text, out_of: float, value: float | None, members: tuple[MemberWhy, ...]
) -> TotalWhy:
    counted = [member for member in members if member.counts]
    return TotalWhy(
        id=key,
        name=name,
        value=value,
        out_of=out_of,
        total=math.fsum(member.weighted or 0.0 for member in counted),
        weight=math.fsum(member.weight for member in counted),
        members=members,
    )


def _why(key: str, rule: Text, sums: tuple[TotalWhy, ...], rules: RuleSet) -> TotalsWhy:
    edition = rules.editions[key]
    return TotalsWhy(
        rule=rule,
        sums=sums,
        citation=Citation(catalog().documents[edition.source.document].title, edition.source.where),
        questions=open_questions(key, rules),
        assumptions=tuple(assumption.text for assumption in edition.assumptions),
        notes=edition.notes,
    )
