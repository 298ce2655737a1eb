"""Rows of a finance table explained: level, score, and every test behind them."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import numpy as np

from core.criteria.catalog import catalog
from core.criteria.model import Node, Survival, Threshold
from core.quantities import number_or_none
from core.scoring.base.inputs import FloatArray
from core.scoring.base.outcomes import ItemScores
from core.scoring.explain.words import both_edges, edge_text, number
from core.services.rules.explanation import Explanation, Held, RuleText, rule_text
from core.services.rules.finance import CRISIS, GRADE, TPS
from core.services.rules.kinds import kinds_told, named_kinds
from core.services.rules.peer_values import GroupRow, with_group
from core.services.scored.finance import FinanceTable, ScoredYear


def explain_row(table: FinanceTable, line: int) -> tuple[Explanation, Explanation] | None:
    """Crisis level and score of the n-th row; None for a row that belongs to nobody.

    Parts of the level are its blocks, each with its tests, and survival, whose figure is the months
    until capital or hole is gone. Parts of the score are its items; it is of the points possible.
    """
    scored = table.scores(line)
    return None if scored is None else (_level(*scored), _score(*scored))


def _level(year: ScoredYear, row: int) -> Explanation:
    rule, crisis = year.rules.rule(CRISIS), year.scores.crisis
    return Explanation(
        id=CRISIS,
        name=rule.name,
        points=number_or_none(crisis.level[row]),
        parts=tuple(_blocks(year, row, rule)),
    )


def _blocks(year: ScoredYear, row: int, rule: Node) -> Iterator[Explanation]:
    crisis, nodes = year.scores.crisis, nodes_of(rule)
    for key, block in crisis.blocks.items():
        yield Explanation(
            id=key,
            name=nodes[key].name,
            points=number_or_none(block.earned[row]) if block.complete[row] else None,
            parts=explain_tests(block.items.values(), row, nodes),
            is_block=True,
        )
    survival = next(node for node in nodes.values() if isinstance(node, Survival))
    yield Explanation(
        id=survival.id,
        name=survival.name,
        figure=_or_none(crisis.months[row]),
        points=number_or_none(crisis.survival[row]),
    )


def _score(year: ScoredYear, row: int) -> Explanation:
    rule, tps = year.rules.rules.get(TPS), year.scores.tps
    return Explanation(
        id=TPS,
        name=catalog().criteria[TPS].name,
        points=number_or_none(tps.score[row]),
        full_marks=float(tps.possible[row]),
        grade=year.scores.grade.letters[row],
        parts=explain_tests(
            tps.items.values(), row, nodes_of(rule) if rule else {}, year.published[row]
        ),
    )


def levels(table: FinanceTable) -> FloatArray:
    """Crisis levels of all rows of a table, NaN where there is none."""
    values = np.full(len(table.reading.lines), np.nan)
    for year in table.years:
        values[list(year.places)] = year.scores.crisis.level
    return values


def table_rules(table: FinanceTable) -> tuple[RuleText, ...]:
    """The rules of the table's latest year; none when no row has scores."""
    if not table.years:
        return ()
    rules = table.years[-1].rules
    return tuple(rule_text(key, rules) for key in (CRISIS, TPS, GRADE) if key in rules.rules)


def nodes_of(rule: Node) -> dict[str, Node]:
    """Every test and block of a rule by full id."""
    parts: Iterable[Node] = (*getattr(rule, "blocks", ()), *getattr(rule, "parts", ()))
    nodes = {rule.id: rule}
    for part in parts:
        nodes |= nodes_of(part)
    return nodes


def explain_tests(
    items: Iterable[ItemScores],
    row: int,
    nodes: Mapping[str, Node],
    published: GroupRow | None = None,
) -> tuple[Explanation, ...]:
    """Tests of one row explained; `nodes` holds their rules by full id.

    `published` is what the ministry published of the row's group.
    """
    return tuple(
        Explanation(
            id=item.id,
            name=nodes[item.id].name,
            figure=_or_none(item.figure[row]),
            kinds=named_kinds(kinds_told("", [item], row).get(item.id, {})),
            points=number_or_none(item.points[row]),
            full_marks=float(np.broadcast_to(item.full, item.figure.shape)[row]),
            held=_held(nodes[item.id], item, row, published),
        )
        for item in items
    )


def _held(rule: Node, item: ItemScores, row: int, published: GroupRow | None) -> Held:
    """What the figure was held against; nothing where it was not, or where points are given."""
    cutoff = float(item.cutoff[row])
    if math.isnan(cutoff):
        return Held()
    if not isinstance(rule, Threshold):
        return Held(limit=cutoff)
    held = Held(both_edges(rule, edge_text(rule.cutoffs[0].op, number(cutoff))), cutoff)
    if item.peers is None:
        return held
    few = bool(item.peers.few[row])
    of_group = replace(held, peer_value=cutoff, peers=int(item.peers.count[row]), few_peers=few)
    return with_group(of_group, rule, published)


def _or_none(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
