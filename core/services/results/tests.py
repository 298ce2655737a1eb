"""The tests of a stored result, each with its own rule and the figures it was computed from."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from core.criteria.catalog import RuleSet, walk
from core.criteria.model import Block, Item, Node, Survival, Taken, Threshold, figures_of
from core.scoring.base.derived import measures_of
from core.scoring.explain.wording import rule_sentence
from core.scoring.explain.words import both_edges, cutoff_text, figure_text, interval_text
from core.services.results.why import StoredFact, StoredPart, StoredWhy
from core.services.rules.finance import finance_rules
from core.text import Text, say


@dataclass(frozen=True, slots=True)
class JudgedTest:
    """One test of a level or score, with its own rule and the figures it was computed from.

    A block adds up the tests after it that lie deeper. `rule` is None where the rules no longer
    know it, `formula` where the figure is one that was told; `edges` are its cut-offs in words
    where there are several or another figure may do as well. `distance` is how far the figure lies
    from its cut-off, None where there is none.
    """

    part: StoredPart
    depth: int
    is_block: bool
    rule: Text | None
    formula: Text | None
    edges: tuple[Text, ...]
    distance: float | None
    facts: tuple[StoredFact, ...]


def judged_tests(
    why: StoredWhy, rules: RuleSet, facts: Mapping[str, StoredFact] | None = None
) -> Iterator[JudgedTest]:
    """What was kept of each test, in the order the rule prints them.

    `facts` are figures by measure where others than the result's own may stand behind it.
    """
    facts = {fact.measure: fact for fact in why.facts} if facts is None else facts
    kept = {part.id: part for part in why.parts}
    known = [node.id for node in walk(rules.rule(why.result.criterion)) if node.id in kept]
    income = finance_rules(rules).crisis.income
    for key in (*known, *(key for key in kept if key not in known)):
        node = rules.nodes.get(key)
        measured = dict.fromkeys(
            code for figure in _figures(node) for code in measures_of(figure, income)
        )
        yield JudgedTest(
            part=kept[key],
            depth=key.removeprefix(f"{why.result.criterion}.").count("."),
            is_block=isinstance(node, Block),
            rule=rule_sentence(node) if node else None,
            formula=getattr(node, "hint", None),
            edges=tuple(_edges(node)),
            distance=_distance(kept[key], node),
            facts=tuple(facts[code] for code in measured if code in facts),
        )


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


def _distance(part: StoredPart, node: Node | None) -> float | None:
    figure, limit = part.figure, part.limit
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
