"""Sums of a self-assessment explained: sections, grand total, spokes of a radar."""

import math
from collections.abc import Mapping

from core.criteria.catalog import RuleSet, catalog
from core.criteria.model import Member, Spoke, WeightedGroup
from core.forms.assessment.plan import group_of, radar_of
from core.quantities import number_or_none
from core.scoring.base.scores import Scores
from core.scoring.base.states import State
from core.scoring.explain.wording import rule_sentence
from core.scoring.star.assessment import Assessment
from core.services.rules.explanation import Explanation, Weighing, rule_text
from core.services.scored.assessment import STATUS
from core.services.scored.examined import AssessmentIntake
from core.text import Text

ABSENT = "absent"
"""The state of a member that was not handed in."""


def explain_group(intake: AssessmentIntake, group: str) -> Explanation:
    """A section's score or the grand total, by the id of its group; its one part is the sum."""
    scored, rules = intake.scored, intake.rules
    rule = group_of(group, rules)
    members = _members(rule, _by_id(scored), rules, filled_only=rule.empty == "filled_only")
    scores = scored.total if group == intake.form.total else scored.groups.get(group)
    value = number_or_none(scores.score[0]) if scores else None
    total = _sum(rule.id, rule.name, rule.out_of, value, members)
    return _explained(rule.id, rule.name, rule_sentence(rule), (total,), rules)


def explain_radar(intake: AssessmentIntake, radar: str) -> Explanation:
    """A radar; each of its parts is a spoke, whose parts are its members."""
    scored, rules = intake.scored, intake.rules
    rule, by_id = radar_of(radar, rules), _by_id(scored)
    spokes = tuple(
        _sum(
            spoke.id,
            spoke.name,
            rule.scale,
            number_or_none(scored.radars[radar][spoke.id][0]),
            _members(spoke, by_id, rules),
        )
        for spoke in rule.spokes
    )
    return _explained(rule.id, rule.name, rule_sentence(rule), spokes, rules)


def _by_id(scored: Assessment) -> Mapping[str, Scores]:
    """Every scored item, part and section by full id."""
    parts = {key: part for item in scored.items.values() for key, part in item.by_id.items()}
    return parts | {key: group.as_scores for key, group in scored.groups.items()}


def _members(
    rule: WeightedGroup | Spoke,
    by_id: Mapping[str, Scores],
    rules: RuleSet,
    *,
    filled_only: bool = False,
) -> tuple[Explanation, ...]:
    return tuple(
        _member(member, by_id.get(member.criterion), rules, filled_only=filled_only)
        for member in rule.members
    )


def _member(
    member: Member, scores: Scores | None, rules: RuleSet, *, filled_only: bool
) -> Explanation:
    """What one member adds; a section has no printed number."""
    rule, owner = rules.rule(member.criterion), rules.owner[member.criterion]
    no = (catalog().criteria[owner].no or "") + member.criterion.removeprefix(owner)
    if scores is None:
        return Explanation(
            id=rule.id,
            name=rule.name,
            no=no,
            full_marks=float(getattr(rule, "full", 0.0)),
            state=ABSENT,
            weighing=Weighing(member.weight, counts=False),
        )
    raw, full = float(scores.points[0]), float(scores.full[0])
    state = State(int(scores.states[0]))
    is_filled = state != State.NOT_REPORTED and not math.isnan(raw)
    weighted = number_or_none(member.weight * raw / full) if full else None
    return Explanation(
        id=rule.id,
        name=rule.name,
        no=no,
        points=number_or_none(raw),
        full_marks=full,
        state=STATUS[state],
        weighing=Weighing(
            member.weight, weighted, counts=full > 0 and (is_filled or not filled_only)
        ),
    )


def _sum(
    key: str, name: Text, out_of: float, value: float | None, members: tuple[Explanation, ...]
) -> Explanation:
    counted = [m.weighing for m in members if m.weighing and m.weighing.counts]
    return Explanation(
        id=key,
        name=name,
        points=value,
        weighing=Weighing(
            weight=math.fsum(member.weight for member in counted),
            total=math.fsum(member.weighted or 0.0 for member in counted),
            out_of=out_of,
        ),
        parts=members,
    )


def _explained(
    key: str, name: Text, says: Text, sums: tuple[Explanation, ...], rules: RuleSet
) -> Explanation:
    return Explanation(id=key, name=name, says=says, rule=rule_text(key, rules), parts=sums)
