"""Stored results explained: rule, figures with their cells, peers, source, what moved them.

Nothing is scored here: all of it was stored with the result.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Protocol

import numpy as np
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.access.roles import Action
from core.criteria.catalog import RuleSet, catalog, walk
from core.criteria.model import (
    Block,
    Crisis,
    Indicator,
    Node,
    Radar,
    ShareLine,
    Survival,
    Threshold,
    ThresholdSet,
)
from core.forms.model.form import holds
from core.periods import Period
from core.scoring.base.derived import measures_of
from core.scoring.base.peers import FEW_PEERS
from core.scoring.base.threshold import keeps
from core.scoring.explain.rungs import rungs_of
from core.scoring.explain.wording import rule_sentence
from core.scoring.explain.words import interval_text
from core.services.guard.doors import door
from core.services.guard.whose import subject_of_result
from core.services.results.facts import facts_of, node_figures, sources_of
from core.services.results.listing import grade_of, indicator_name, subject_name
from core.services.results.reason import reason_of
from core.services.results.sentence import sentence_of
from core.services.results.units import unit_of_part
from core.services.rules.explanation import (
    Explanation,
    Fact,
    Held,
    Stored,
    StoredExplanation,
    rule_text,
)
from core.services.rules.finance import finance_rules
from core.services.rules.in_force import rules_in_force
from core.services.rules.judged.distances import ReportedFigures
from core.services.rules.judged.tests import Judged, judged, requirement_of, step_of
from core.services.rules.judged.wholes import whole_step
from core.services.rules.kinds import kinds_noted
from core.services.rules.peer_values import GroupRow, published_for, with_group
from core.services.rules.verified.marks import mark_of_result
from core.store.engine.unit_of_work import reading
from core.store.results.detail import Detail, Part
from core.store.results.repository import StoredResult, history, result
from core.store.results.versions import VersionInfo, version
from core.store.uploads.repository import upload
from core.store.uploads.submissions import keys_of
from core.text import Text


@door(Action.READ, subject_of_result)
def explain(engine: Engine, result_id: int) -> StoredExplanation:
    """Explain a stored result; `StoreError` S011 when there is none of that number."""
    return explain_together(engine, (result_id,))[0]


def explain_together(engine: Engine, result_ids: Iterable[int]) -> tuple[StoredExplanation, ...]:
    """Explain results that are shown together: a figure of one may stand behind a test of another.

    `StoreError` S011 when there is no result of one of the numbers.
    """
    with reading(engine) as session:
        results = [result(session, number) for number in result_ids]
        rules = [_rules(session, stored) for stored in results]
        facts = [tuple(facts_of(session, *pair)) for pair in zip(results, rules, strict=True)]
        by_measure = {fact.measure: fact for own in facts for fact in own}
        return tuple(
            _explained(session, stored, judged_by, own, by_measure)
            for stored, judged_by, own in zip(results, rules, facts, strict=True)
        )


class HasTests(Protocol):
    """A stored result with its tests."""

    @property
    def criterion(self) -> str: ...
    @property
    def period(self) -> Period: ...
    @property
    def detail(self) -> Detail: ...


def tests_of(stored: HasTests, rules: RuleSet) -> tuple[Explanation, ...]:
    """The tests of a result in printed order: what each asks, how far it is, nothing behind it."""
    return tuple(_parts(stored, rules, {}, is_brief=True))


def _rules(session: Session, stored: StoredResult) -> RuleSet:
    """The rules a result was made by: of a replaced one those in force while it stood."""
    last = None if stored.until is None else stored.until - 1
    return rules_in_force(session, stored.period, at=last)


def _explained(
    session: Session,
    stored: StoredResult,
    rules: RuleSet,
    facts: tuple[Fact, ...],
    by_measure: Mapping[str, Fact],
) -> StoredExplanation:
    rule = rules.rule(stored.criterion)
    since = version(session, stored.since)
    grade = grade_of(rule, stored.value) or stored.detail.notes.get("grade")
    reason, unit = reason_of(stored, rule), catalog().criteria[stored.criterion].unit
    source, books = sources_of(session, stored)
    return StoredExplanation(
        id=stored.criterion,
        name=indicator_name(stored.criterion),
        sentence=reason.sentence if reason else sentence_of(stored, rule, grade),
        says=rule_sentence(rule),
        requirement=_requirement_of(rule, unit),
        rungs=rungs_of(rule),
        hit=reason.hit if reason else None,
        next_step=reason.next_step if reason else whole_step(rule, stored.value, unit, rules),
        rule=rule_text(stored.criterion, rules),
        figure=_or_none(stored.value),
        unit=unit,
        points=_or_none(stored.points),
        full_marks=_or_none(stored.full_marks),
        grade=grade,
        state=stored.state.name.lower(),
        facts=facts,
        parts=tuple(_parts(stored, rules, by_measure, published_for(session, stored))),
        stored=Stored(
            result=stored,
            subject_name=subject_name(session, stored.subject),
            source=source,
            books=books,
            version=since,
            by_others=_is_by_others(session, stored, since),
            by_published=_is_published(session, since),
            before=_before(session, stored),
            verified=mark_of_result(
                session, rules, stored.criterion, stored.subject, stored.period
            ),
        ),
    )


def _requirement_of(rule: Node, unit: str) -> Text | None:
    """What the value of a facility must be to pass."""
    if not isinstance(rule, Indicator) or rule.good is None:
        return None
    return interval_text(rule.good.edges, percent=unit == "percent")


def _is_by_others(session: Session, stored: StoredResult, since: VersionInfo) -> bool:
    """Whether an upload without any figure of this subject made the result what it is."""
    if since.upload_id is None or stored.submission_id is None:
        return False
    return not _is_published(session, since) and all(
        subject != stored.subject for subject, _ in keys_of(session, since.upload_id)
    )


def _is_published(session: Session, since: VersionInfo) -> bool:
    """Whether it came with an upload of group values that the ministry published."""
    number = since.upload_id
    return number is not None and holds(upload(session, number).form, "peer_values")


def _before(session: Session, stored: StoredResult) -> StoredResult | None:
    past = history(session, stored.criterion, stored.subject, stored.period)
    return next((one for one in past if one.until == stored.since), None)


def _parts(
    stored: HasTests,
    rules: RuleSet,
    facts: Mapping[str, Fact],
    published: GroupRow | None = None,
    *,
    is_brief: bool = False,
) -> Iterator[Explanation]:
    """The stored tests, items and lines, in the order the rule prints them."""
    rule = rules.rule(stored.criterion)
    spokes = {spoke.id: spoke.name for spoke in rule.spokes} if isinstance(rule, Radar) else {}
    income, is_risk = finance_rules(rules).crisis.income, isinstance(rule, Crisis)
    decimals = rule.decimals if isinstance(rule, Crisis | ThresholdSet) else {}
    for full_id, local in _in_order(stored, rules):
        part, node = stored.detail.parts[local], rules.nodes.get(full_id)
        codes = (code for figure in node_figures(node) for code in measures_of(figure, income))
        own = tuple(facts[code] for code in dict.fromkeys(codes) if code in facts)
        figures = _stored_figures(stored, rules) if isinstance(node, Survival) else {}
        reported = ReportedFigures(
            _values(own), stored.period.month.ordinal, income, decimals, figures
        )
        if node is None:
            about = Judged()
        elif is_brief:
            about = requirement_of(node, cutoff=part.cutoff, points=part.points, reported=reported)
            step = step_of(node, part.figure, part.cutoff, part.points, reported, is_risk=is_risk)
            about = replace(about, step=step)
        else:
            about = _judged(part, node, reported, is_risk=is_risk)
        held = with_group(_held(part, about, node), node, published)
        yield Explanation(
            id=full_id,
            name=node.name if node else spokes.get(local, Text(local, local)),
            label=(node.label or "") if node else "",
            sentence=about.sentence,
            says=about.says,
            formula=getattr(node, "hint", None),
            rungs=about.rungs,
            hit=about.hit,
            next_step=about.step,
            figure=_or_none(part.figure),
            unit=unit_of_part(node, stored.criterion),
            kinds=kinds_noted(stored.detail.notes, local),
            points=_or_none(part.points),
            full_marks=_or_none(part.full_marks),
            state=part.state.name.lower(),
            held=held,
            facts=(*own, *held.published),
            depth=full_id.removeprefix(f"{stored.criterion}.").count("."),
            is_block=isinstance(node, Block),
        )


def _stored_figures(stored: HasTests, rules: RuleSet) -> dict[str, float]:
    """The figures of a result's tests by their names, as they were kept with it."""
    nodes = ((rules.nodes.get(full_id), local) for full_id, local in _in_order(stored, rules))
    return {
        node.figure: stored.detail.parts[local].figure
        for node, local in nodes
        if isinstance(node, Threshold)
    }


def _judged(part: Part, node: Node, reported: ReportedFigures, *, is_risk: bool) -> Judged:
    return judged(
        node,
        figure=part.figure,
        cutoff=part.cutoff,
        points=part.points,
        reported=reported,
        is_risk=is_risk,
    )


def _values(facts: Iterable[Fact]) -> dict[str, float]:
    """Reported figures by measure."""
    return {
        fact.measure: fact.value
        for fact in facts
        if fact.value is not None and fact.state == "reported"
    }


def _in_order(stored: HasTests, rules: RuleSet) -> Iterator[tuple[str, str]]:
    """Full id and stored id of every part; those the rule no longer prints come last."""
    # A member of a group goes by its own id, a part of a criterion by the one below it.
    stored_ids = {
        local if local in rules.nodes else f"{stored.criterion}.{local}": local
        for local in stored.detail.parts
    }
    printed = [n.id for n in walk(rules.rule(stored.criterion)) if n.id in stored_ids]
    for full_id in (*printed, *(key for key in stored_ids if key not in printed)):
        yield full_id, stored_ids[full_id]


def _held(part: Part, about: Judged, node: Node | None) -> Held:
    return Held(
        requirement=about.requirement,
        limit=_or_none(part.cutoff),
        edges=about.edges,
        is_met=_is_met(part, node),
        peer_value=_or_none(part.peer_value),
        peers=part.peer_count,
        few_peers=0 < part.peer_count < FEW_PEERS,
    )


def _is_met(part: Part, node: Node | None) -> bool | None:
    """Whether an area's share meets its target; None where there is no such."""
    if not isinstance(node, ShareLine) or not node.targets or math.isnan(part.figure):
        return None
    op = next(iter(node.targets[0].edges))
    return None if math.isnan(part.cutoff) else bool(keeps(np.array(part.figure), op, part.cutoff))


def _or_none(value: float) -> float | None:
    return None if math.isnan(value) else value
