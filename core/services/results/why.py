"""Stored results explained: rule, figures with their cells, peers, source, what moved them.

Nothing is scored here: all of it was stored with the result.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.criteria.catalog import RuleSet, catalog, measures, walk
from core.criteria.model import (
    Block,
    GradeScale,
    Income,
    Indicator,
    Item,
    Leaf,
    Node,
    Radar,
    ShareLine,
    Survival,
    Taken,
    Threshold,
    figures_of,
)
from core.forms.assessment.plan import ratio_of
from core.scoring.base.derived import measures_of
from core.scoring.base.peers import FEW_PEERS
from core.scoring.explain.rungs import rungs_of
from core.scoring.explain.wording import rule_sentence
from core.scoring.explain.words import (
    both_edges,
    cutoff_text,
    edge_text,
    figure_text,
    interval_text,
    number,
)
from core.services.results.listing import grade_of, indicator_name, subject_name
from core.services.results.reason import reason_of
from core.services.results.sentence import sentence_of
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
from core.store.engine.unit_of_work import reading
from core.store.results.detail import Detail, Part
from core.store.results.repository import StoredResult, history, result
from core.store.results.versions import VersionInfo, version
from core.store.uploads.observations import Observed, observations
from core.store.uploads.submissions import SubmissionInfo, keys_of, submissions_by_id
from core.text import Text, say


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
        facts = [tuple(_facts(session, *pair)) for pair in zip(results, rules, strict=True)]
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
    def detail(self) -> Detail: ...


def tests_of(stored: HasTests, rules: RuleSet) -> tuple[Explanation, ...]:
    """The tests of a result in printed order, without the figures behind them."""
    return tuple(_parts(stored, rules, {}))


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
    reason = reason_of(stored, rule)
    return StoredExplanation(
        id=stored.criterion,
        name=indicator_name(stored.criterion),
        sentence=reason.sentence if reason else sentence_of(stored, rule, grade),
        says=rule_sentence(rule),
        requirement=interval_text(rule.good.edges)
        if isinstance(rule, Indicator) and rule.good
        else None,
        rungs=rungs_of(rule),
        hit=reason.hit if reason else None,
        next_step=reason.next_step if reason else None,
        rule=rule_text(stored.criterion, rules),
        figure=_or_none(stored.value),
        points=_or_none(stored.points),
        full_marks=_or_none(stored.full_marks),
        grade=grade,
        state=stored.state.name.lower(),
        facts=facts,
        parts=tuple(_parts(stored, rules, by_measure)),
        stored=Stored(
            result=stored,
            subject_name=subject_name(session, stored.subject),
            source=_source(session, stored),
            version=since,
            by_others=_is_by_others(session, stored, since),
            before=_before(session, stored),
        ),
    )


def _source(session: Session, stored: StoredResult) -> SubmissionInfo | None:
    if stored.submission_id is None:
        return None
    return submissions_by_id(session, [stored.submission_id]).get(stored.submission_id)


def _is_by_others(session: Session, stored: StoredResult, since: VersionInfo) -> bool:
    """Whether an upload without any figure of this subject made the result what it is."""
    if since.upload_id is None or stored.submission_id is None:
        return False
    return all(subject != stored.subject for subject, _ in keys_of(session, since.upload_id))


def _before(session: Session, stored: StoredResult) -> StoredResult | None:
    past = history(session, stored.criterion, stored.subject, stored.period)
    return next((one for one in past if one.until == stored.since), None)


def _parts(stored: HasTests, rules: RuleSet, facts: Mapping[str, Fact]) -> Iterator[Explanation]:
    """The stored tests, items and lines, in the order the rule prints them."""
    rule = rules.rule(stored.criterion)
    spokes = {spoke.id: spoke.name for spoke in rule.spokes} if isinstance(rule, Radar) else {}
    income = finance_rules(rules).crisis.income
    for full_id, local in _in_order(stored, rules):
        part, node = stored.detail.parts[local], rules.nodes.get(full_id)
        codes = (code for figure in _figures(node) for code in measures_of(figure, income))
        yield Explanation(
            id=full_id,
            name=node.name if node else spokes.get(local, Text(local, local)),
            label=(node.label or "") if node else "",
            says=rule_sentence(node) if node else None,
            formula=getattr(node, "hint", None),
            figure=_or_none(part.figure),
            points=_or_none(part.points),
            full_marks=_or_none(part.full_marks),
            state=part.state.name.lower(),
            held=_held(part, node),
            facts=tuple(facts[code] for code in dict.fromkeys(codes) if code in facts),
            depth=full_id.removeprefix(f"{stored.criterion}.").count("."),
            is_block=isinstance(node, Block),
        )


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


def _held(part: Part, node: Node | None) -> Held:
    limit = _or_none(part.cutoff)
    return Held(
        requirement=_requirement(node, part.cutoff),
        limit=limit,
        edges=tuple(_edges(node)),
        distance=_distance(_or_none(part.figure), limit, node),
        peer_value=_or_none(part.peer_value),
        peers=part.peer_count,
        few_peers=0 < part.peer_count < FEW_PEERS,
    )


def _requirement(node: Node | None, cutoff: float) -> Text | None:
    """The cut-off in words; None where there is none."""
    if math.isnan(cutoff):
        return None
    if isinstance(node, Threshold):
        return both_edges(node, edge_text(node.cutoffs[0].op, number(cutoff)))
    if isinstance(node, ShareLine) and node.targets:
        return edge_text(next(iter(node.targets[0].edges)), number(cutoff))
    return None


def _edges(node: Node | None) -> Iterator[Text]:
    """Every cut-off in words where one is not all there is to say."""
    if not isinstance(node, Threshold) or not (node.cutoffs[1:] or node.alternative):
        return
    for cutoff in node.cutoffs:
        yield both_edges(node, cutoff_text(cutoff))
    if node.alternative:
        yield say(
            "or {figure} {interval}",
            figure=figure_text(node.alternative.figure),
            interval=interval_text(node.alternative.edges),
        )


def _distance(figure: float | None, limit: float | None, node: Node | None) -> float | None:
    if figure is None or limit is None or math.isinf(figure) or not isinstance(node, Threshold):
        return None
    value = abs(figure) if node.cutoffs[0].op == "within" else figure
    edges = [limit, *(node.also.edges.values() if node.also else ())]
    return float(min(abs(edge - value) for edge in edges))


def _figures(node: Node | None) -> Iterator[str]:
    """What a test is computed from, what decides its cut-off included."""
    if isinstance(node, Survival):
        yield "capital_months"
    elif isinstance(node, Item) and not isinstance(node, Taken):
        yield from figures_of(node)


def _or_none(value: float) -> float | None:
    return None if math.isnan(value) else value


def _facts(session: Session, stored: StoredResult, rules: RuleSet) -> Iterator[Fact]:
    """The figures the result was computed from, as far as the workbook reports them."""
    if stored.submission_id is None:
        return
    observed = observations(session, stored.submission_id)
    for measure in _measures(stored.criterion, rules):
        if measure in observed:
            yield _fact(observed[measure], rules.nodes)


def submitted_facts(engine: Engine, submission_id: int) -> tuple[Fact, ...]:
    """Every figure of a submission, whatever it is used for, in the order of the catalogue."""
    with reading(engine) as session:
        observed = observations(session, submission_id).values()
    place = {code: number for number, code in enumerate(measures())}
    ordered = sorted(observed, key=lambda one: place.get(one.measure, len(place)))
    return tuple(_fact(one, catalog().nodes) for one in ordered)


def _fact(observed: Observed, nodes: Mapping[str, Node]) -> Fact:
    known = measures().get(observed.measure)
    node = nodes.get(observed.measure)
    typed = Text(observed.measure, observed.measure)
    return Fact(
        name=known.name if known else node.name if node else typed,
        value=_or_none(observed.value),
        text=observed.text,
        measure=observed.measure,
        unit=known.unit if known else "",
        state=observed.state.name.lower(),
        sheet=observed.sheet,
        cell=observed.cell,
    )


def _measures(criterion: str, rules: RuleSet) -> tuple[str, ...]:
    """The measures a criterion is computed from, each once, in the order of its rule."""
    rule = rules.rule(criterion)
    if isinstance(rule, GradeScale):
        rule = rules.rule(rule.of)
    income = finance_rules(rules).crisis.income
    codes = (code for node in walk(rule) for code in _measures_of(node, rules, income))
    return tuple(dict.fromkeys(codes))


def _measures_of(node: Node, rules: RuleSet, income: Income) -> Iterator[str]:
    if isinstance(node, Leaf):
        ratio = ratio_of(rules, node.id)
        yield from (node.id, *((ratio.numerator, ratio.denominator) if ratio else ()))
    elif isinstance(node, Taken):
        yield from _measures(node.part, rules)
    else:
        for figure in _figures(node):
            yield from measures_of(figure, income)
