"""Why a stored result is what it is: rule, figures with their cells, peers, source, what moved it.

Nothing is computed here: everything was kept when the result was.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.criteria.catalog import RuleSet, catalog, measures, walk
from core.criteria.model import (
    GradeScale,
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
from core.scoring.explain.words import Rung, both_edges, edge_text, interval_text, number
from core.services.results.listing import grade_of, indicator_name, subject_name
from core.services.results.reason import reason_of
from core.services.results.sentence import sentence_of
from core.services.rules.citations import Citation, OpenQuestion, open_questions
from core.services.rules.finance import finance_rules
from core.services.rules.in_force import READINGS, rules_in_force
from core.store.engine.unit_of_work import reading
from core.store.results.detail import Part
from core.store.results.repository import StoredResult, history, result
from core.store.results.versions import VersionInfo, version
from core.store.uploads.observations import Observed, observations
from core.store.uploads.submissions import SubmissionInfo, keys_of, submissions_by_id
from core.text import Text

_ANY_YEAR: Final = 2566
"""Names of measures are the same in every year."""


@dataclass(frozen=True)
class StoredPart:
    """One test, item or line of a result, under its full id; None where there is no number.

    `limit` is the number it was held against, `cutoff` the same in words. `peer_value` and
    `peers` tell of the group it was held against; `few_peers` where those are fewer than five.
    `figure` is infinite where nothing bounds it.
    """

    id: str
    name: Text
    label: str
    figure: float | None
    cutoff: Text | None
    limit: float | None
    points: float | None
    full_marks: float | None
    state: str
    peer_value: float | None
    peers: int
    few_peers: bool


@dataclass(frozen=True)
class StoredFact:
    """A figure that was put in, and the cell it was typed in; None where there was none."""

    measure: str
    name: Text
    unit: str
    value: float | None
    text: str | None
    state: str
    sheet: str
    cell: str


@dataclass(frozen=True)
class StoredWhy:
    """Everything behind one stored result.

    `source` is the workbook its own figures came in, None for areas. `version` says since when it
    stands and why; `by_others` when what changed it was not an upload of its own figures, such as
    a peer's; `before` what it replaced, if anything. `peers` is the smallest number of peers among
    its tests, 0 when none is held against peers. `asked` is what an indicator's value must be to
    pass, None where nothing judges it. `hit` is the place of the rung that counted,
    `next_step` how far the next better one is; None where the rule has none.
    """

    result: StoredResult
    name: Text
    asked: Text | None
    subject_name: Text | None
    grade: str | None
    sentence: Text
    rule: Text
    rungs: tuple[Rung, ...]
    hit: int | None
    next_step: Text | None
    citation: Citation
    questions: tuple[OpenQuestion, ...]
    assumptions: tuple[Text, ...]
    notes: tuple[Text, ...]
    parts: tuple[StoredPart, ...]
    facts: tuple[StoredFact, ...]
    source: SubmissionInfo | None
    version: VersionInfo
    by_others: bool
    before: StoredResult | None
    peers: int

    @property
    def by_reading(self) -> bool:
        """Whether what made it what it is was another reading of a rule."""
        return self.version.why == READINGS

    @property
    def stands(self) -> bool:
        """Whether it is the result now, and was not replaced since."""
        return self.result.until is None


def explain(engine: Engine, result_id: int) -> StoredWhy:
    """Explain a stored result; `StoreError` S011 when there is none of that number."""
    with reading(engine) as session:
        return _explained(session, result(session, result_id))


def _explained(session: Session, found: StoredResult) -> StoredWhy:
    # A replaced result is told by the rules that held while it stood.
    last = None if found.until is None else found.until - 1
    rules = rules_in_force(session, found.period.fiscal_year, at=last)
    rule = rules.rule(found.criterion)
    edition = rules.editions[found.criterion]
    source = _source(session, found)
    since = version(session, found.since)
    parts = tuple(_parts(found, rules))
    grade = grade_of(rule, found.value) or found.detail.notes.get("grade")
    reason = reason_of(found, rule)
    counts = [part.peers for part in parts if part.peers]
    return StoredWhy(
        result=found,
        name=indicator_name(found.criterion),
        asked=interval_text(rule.good.edges) if isinstance(rule, Indicator) and rule.good else None,
        subject_name=subject_name(session, found.subject),
        grade=grade,
        sentence=reason.sentence if reason else sentence_of(found, rule, grade),
        rule=rule_sentence(rule),
        rungs=rungs_of(rule),
        hit=reason.hit if reason else None,
        next_step=reason.next_step if reason else None,
        citation=Citation(catalog().documents[edition.source.document].title, edition.source.where),
        questions=open_questions(found.criterion, rules),
        assumptions=tuple(assumption.text for assumption in edition.assumptions),
        notes=edition.notes,
        parts=parts,
        facts=tuple(_facts(session, found, rules)),
        source=source,
        version=since,
        by_others=_is_by_others(session, found, since),
        before=_before(session, found),
        peers=min(counts, default=0),
    )


def _source(session: Session, found: StoredResult) -> SubmissionInfo | None:
    if found.submission_id is None:
        return None
    return submissions_by_id(session, [found.submission_id]).get(found.submission_id)


def _is_by_others(session: Session, found: StoredResult, since: VersionInfo) -> bool:
    """Whether an upload without any figure of this subject made the result what it is."""
    if since.upload_id is None or found.submission_id is None:
        return False
    return all(subject != found.subject for subject, _ in keys_of(session, since.upload_id))


def _before(session: Session, found: StoredResult) -> StoredResult | None:
    past = history(session, found.criterion, found.subject, found.period)
    return next((one for one in past if one.until == found.since), None)


def _parts(found: StoredResult, rules: RuleSet) -> Iterator[StoredPart]:
    rule = rules.rule(found.criterion)
    spokes = {spoke.id: spoke.name for spoke in rule.spokes} if isinstance(rule, Radar) else {}
    for local, part in found.detail.parts.items():
        # A member of a group goes by its own id, a part of a criterion by the one below it.
        full_id = local if local in rules.nodes else f"{found.criterion}.{local}"
        node = rules.nodes.get(full_id)
        name = node.name if node else spokes.get(local, Text(local, local))
        yield _part(full_id, name, part, node)


def _part(full_id: str, name: Text, part: Part, node: Node | None) -> StoredPart:
    return StoredPart(
        id=full_id,
        name=name,
        label=(node.label or "") if node else "",
        figure=_or_none(part.figure),
        cutoff=_cutoff(node, part.cutoff),
        limit=_or_none(part.cutoff),
        points=_or_none(part.points),
        full_marks=_or_none(part.full_marks),
        state=part.state.name.lower(),
        peer_value=_or_none(part.peer_value),
        peers=part.peer_count,
        few_peers=0 < part.peer_count < FEW_PEERS,
    )


def _cutoff(node: Node | None, cutoff: float) -> Text | None:
    """What was asked, in words; None where nothing could be asked."""
    if math.isnan(cutoff):
        return None
    if isinstance(node, Threshold):
        return both_edges(node, edge_text(node.cutoffs[0].op, number(cutoff)))
    if isinstance(node, ShareLine) and node.targets:
        return edge_text(next(iter(node.targets[0].edges)), number(cutoff))
    return None


def _or_none(value: float) -> float | None:
    return None if math.isnan(value) else value


def _facts(session: Session, found: StoredResult, rules: RuleSet) -> Iterator[StoredFact]:
    """The figures the result was computed from, as far as the workbook told them."""
    if found.submission_id is None:
        return
    told = observations(session, found.submission_id)
    for measure in _measures(found.criterion, rules):
        if measure in told:
            yield _fact(told[measure], rules)


def told_figures(engine: Engine, submission_id: int) -> tuple[StoredFact, ...]:
    """Every figure of a submission, whatever it is used for, in the order of the catalogue."""
    with reading(engine) as session:
        told = observations(session, submission_id)
        rules = catalog().ruleset(_ANY_YEAR)
    place = {code: number for number, code in enumerate(measures())}
    ordered = sorted(told.values(), key=lambda one: place.get(one.measure, len(place)))
    return tuple(_fact(one, rules) for one in ordered)


def _fact(told: Observed, rules: RuleSet) -> StoredFact:
    known = measures().get(told.measure)
    node = rules.nodes.get(told.measure)
    typed = Text(told.measure, told.measure)
    return StoredFact(
        measure=told.measure,
        name=known.name if known else node.name if node else typed,
        unit=known.unit if known else "",
        value=_or_none(told.value),
        text=told.text,
        state=told.state.name.lower(),
        sheet=told.sheet,
        cell=told.cell,
    )


def _measures(criterion: str, rules: RuleSet) -> tuple[str, ...]:
    """The measures a criterion is computed from, each once, in the order of its rule."""
    rule = rules.rule(criterion)
    if isinstance(rule, GradeScale):
        rule = rules.rule(rule.of)
    income = finance_rules(rules).crisis.income
    found: list[str] = []
    for node in walk(rule):
        if isinstance(node, Leaf):
            ratio = ratio_of(rules, node.id)
            found += [node.id, *((ratio.numerator, ratio.denominator) if ratio else ())]
        elif isinstance(node, Survival):
            found += measures_of("capital_months", income)
        elif isinstance(node, Taken):
            found += _measures(node.part, rules)
        elif isinstance(node, Item):
            found += (m for name in figures_of(node) for m in measures_of(name, income))
    return tuple(dict.fromkeys(found))
