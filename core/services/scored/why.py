"""Items of a scored self-assessment explained: rule, figures, cell, source, open questions."""

from core.criteria.catalog import RuleSet, catalog, measure_name
from core.criteria.model import Leaf, Node, Rule
from core.forms.assessment.check import ReadCell
from core.forms.assessment.plan import ratio_of, typed_rule
from core.forms.assessment.read import AssessmentReading
from core.periods import day_text
from core.quantities import number_or_none
from core.scoring.base.scores import Scores
from core.scoring.explain.reasons import explain
from core.services.rules.explanation import (
    Explanation,
    Fact,
    RuleText,
    cited,
    open_questions,
)
from core.services.scored.examined import AssessmentIntake
from core.text import Text, say


def explain_item(intake: AssessmentIntake, node: str) -> Explanation:
    """Explain an item or a line of a scored assessment, by full id.

    Raises `UsageError` U002 for an unknown id and `KeyError` for one of a section not handed in.
    """
    rule = typed_rule(intake.rules, node)
    owner = intake.rules.owner[node]
    scores = intake.scored.items[owner].by_id[node]
    no = (catalog().criteria[owner].no or "") + node.removeprefix(owner)
    return _explained(no, rule, scores, intake.reading, intake.rules)


def _explained(
    no: str, rule: Rule, scores: Scores, reading: AssessmentReading, rules: RuleSet
) -> Explanation:
    reason = explain(rule, scores)
    return Explanation(
        id=rule.id,
        name=rule.name,
        no=no,
        sentence=reason.sentence,
        says=reason.rule,
        rungs=reason.rungs,
        hit=reason.hit,
        next_step=reason.next_step,
        rule=_rule_text(rule, rules),
        facts=tuple(_facts(rule, reading, rules)),
        provenance=tuple(provenance(rule)),
        parts=tuple(
            _explained(
                no + part.id.removeprefix(rule.id),
                typed_rule(rules, part.id),
                part,
                reading,
                rules,
            )
            for part in scores.parts
        ),
    )


def _rule_text(rule: Rule, rules: RuleSet) -> RuleText:
    """An item or line as it is printed; contradictions and notes stand once, at the item."""
    edition, owner = rules.edition_of(rule.id), rules.owner[rule.id]
    local = rule.id.removeprefix(owner).lstrip(".") or None
    return RuleText(
        name=rule.name,
        citation=cited(rule.source or edition.source),
        questions=open_questions(owner, rules) if local is None else (),
        assumptions=tuple(a.text for a in edition.assumptions if a.part == local),
        notes=edition.notes if local is None else (),
    )


def _facts(rule: Rule, reading: AssessmentReading, rules: RuleSet) -> list[Fact]:
    facts = []
    if rule.id in reading.cells:
        facts.append(_fact(say("Typed value"), reading.cells[rule.id]))
    ratio = ratio_of(rules, rule.id) if isinstance(rule, Leaf) else None
    if ratio and rule.id in reading.pairs:
        pair = reading.pairs[rule.id]
        facts.append(_fact(measure_name(ratio.numerator), pair.numerator))
        facts.append(_fact(measure_name(ratio.denominator), pair.denominator))
    if rule.id in reading.units:
        totals = reading.units[rule.id]
        facts.append(Fact(measure_name(totals.part.numerator), float(totals.passed)))
        facts.append(Fact(measure_name(totals.part.denominator), float(totals.assessed)))
    return facts


def _fact(name: Text, cell: ReadCell) -> Fact:
    value = number_or_none(cell.number)
    return Fact(name, value, cell.content.shown, sheet=cell.spot.sheet, cell=cell.spot.place.name)


def provenance(rule: Node) -> list[tuple[Text, Text]]:
    """Who attests a figure and from where, as far as the form prints it."""
    rows = [
        (say("Evidence"), rule.evidence),
        (say("Data source"), rule.data_source),
        (say("Cut-off date"), day_text(rule.as_of) if rule.as_of else None),
        (say("Verified by"), rule.verified_by),
        (say("How it is scored"), rule.hint),
    ]
    return [(name, text) for name, text in rows if text is not None]
