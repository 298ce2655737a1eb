"""The figures behind a stored result: what each is, and the file and cell it came from."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.access.roles import Action
from core.criteria.catalog import RuleSet, catalog, measures, walk
from core.criteria.model import (
    GradeScale,
    Income,
    Item,
    Leaf,
    Node,
    Survival,
    Taken,
    figures_of,
)
from core.forms.assessment.plan import ratio_of
from core.forms.model.form import TableForm, forms
from core.forms.trial_balance.plan import FORM as PLAN
from core.scoring.base.derived import measures_of
from core.scoring.base.states import State
from core.services.guard.doors import door
from core.services.guard.whose import subject_of_submission
from core.services.results.units import edges_of_facts
from core.services.rules.explanation import Fact, Way
from core.services.rules.finance import finance_rules
from core.services.rules.peer_values import quarter_ending
from core.store.engine.unit_of_work import reading
from core.store.results.repository import StoredResult
from core.store.results.versions import version
from core.store.uploads.observations import Observed, observations
from core.store.uploads.submissions import SubmissionInfo, submissions, submissions_by_id
from core.text import Text

_WAYS: Final[Mapping[str, Way]] = {
    "accounts": "books",
    "official_results": "official",
    "peer_values": "group",
}
"""How figures come in by forms that are not typed."""


def sources_of(
    session: Session, stored: StoredResult
) -> tuple[SubmissionInfo | None, SubmissionInfo | None]:
    """The submission a result was computed from, and the trial balance that counts before it."""
    ids = (stored.submission_id, stored.books_id)
    known = submissions_by_id(session, (number for number in ids if number is not None))
    source, books = (None if number is None else known.get(number) for number in ids)
    return source, books


def facts_of(session: Session, stored: StoredResult, rules: RuleSet) -> Iterator[Fact]:
    """The figures the result was computed from, as far as its files report them."""
    source, books = sources_of(session, stored)
    planned = _plan_of(session, stored)
    files = [(one, observations(session, one.id)) for one in (planned, books, source) if one]
    edges = edges_of_facts(stored, rules)
    for measure in _measures(stored.criterion, rules):
        figures = [(one, by_measure[measure]) for one, by_measure in files if measure in by_measure]
        if figures:
            fact = _counting(figures, rules.nodes)
            yield replace(fact, edges=tuple(edges.get(measure, ())))


def _plan_of(session: Session, stored: StoredResult) -> SubmissionInfo | None:
    """The plan by line that judged a month that ends a quarter, if any had been sent by then."""
    quarter = quarter_ending(stored.period)
    if quarter is None or stored.submission_id is None:
        return None
    sent = submissions(session, subject=stored.subject, form=PLAN, period=quarter)
    if stored.until is None:
        return next((one for one in sent if one.current), None)
    replaced = version(session, stored.until).made_at
    return next((one for one in sent if one.uploaded_at < replaced and not one.withdrawn), None)


def _counting(
    figures: Sequence[tuple[SubmissionInfo, Observed]], nodes: Mapping[str, Node]
) -> Fact:
    """Of a figure told in several files the first with a value, and what another has instead."""
    with_value = [pair for pair in figures if pair[1].state == State.REPORTED]
    (source, observed), *others = with_value or figures
    fact = _fact(observed, nodes, source)
    typed = [other.value for _, other in others if not math.isnan(other.value)]
    return replace(fact, typed=typed[0]) if typed and typed[0] != observed.value else fact


@door(Action.READ, subject_of_submission)
def submitted_facts(engine: Engine, submission_id: int) -> tuple[Fact, ...]:
    """Every figure of a submission, whatever it is used for, in the order of the catalogue."""
    with reading(engine) as session:
        observed = observations(session, submission_id).values()
        source = submissions_by_id(session, [submission_id]).get(submission_id)
    place = {code: number for number, code in enumerate(measures())}
    ordered = sorted(observed, key=lambda one: place.get(one.measure, len(place)))
    return tuple(_fact(one, catalog().nodes, source) for one in ordered)


def _fact(observed: Observed, nodes: Mapping[str, Node], source: SubmissionInfo | None) -> Fact:
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
        way=_way(source) if source else "",
        file=source.file_name if source else "",
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
        for figure in node_figures(node):
            yield from measures_of(figure, income)


def node_figures(node: Node | None) -> Iterator[str]:
    """What a test is computed from, what decides its cut-off included."""
    if isinstance(node, Survival):
        yield "capital_months"
    elif isinstance(node, Item) and not isinstance(node, Taken):
        yield from figures_of(node)


def _way(source: SubmissionInfo) -> Way:
    if source.form == PLAN:
        return "plan"
    form = forms().get(source.form)
    return _WAYS.get(form.holds, "typed") if isinstance(form, TableForm) else "typed"


def _or_none(value: float) -> float | None:
    return None if math.isnan(value) else value
