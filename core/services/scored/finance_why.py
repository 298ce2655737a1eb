"""Rows of a finance table explained: level, score, and every test behind them."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import numpy as np

from core.criteria.catalog import catalog
from core.criteria.model import Crisis, Node, Survival, ThresholdSet
from core.forms.table.read import TableReading
from core.quantities import number_or_none
from core.scoring.base.inputs import FloatArray
from core.scoring.base.outcomes import ItemScores
from core.scoring.base.states import State
from core.services.rules.explanation import Explanation, Held, RuleText, rule_text
from core.services.rules.finance import CRISIS, GRADE, TPS
from core.services.rules.judged.distances import ReportedFigures
from core.services.rules.judged.tests import Judged, judged
from core.services.rules.kinds import kinds_in_words, reported_kinds
from core.services.rules.peer_values import GroupRow, with_group
from core.services.scored.finance import FinanceTable, ScoredYear


def explain_row(table: FinanceTable, line: int) -> tuple[Explanation, Explanation] | None:
    """Crisis level and score of the n-th row; None for a row that belongs to nobody.

    Parts of the level are its blocks, each with its tests, and survival, whose figure is the months
    until capital or hole is gone. Parts of the score are its items; it is of the points possible.
    """
    scored = table.scores(line)
    if scored is None:
        return None
    return _level(table, line, *scored), _score(table, line, *scored)


def reported_figures(reading: TableReading, line: int, rule: Node | None = None) -> ReportedFigures:
    """What the n-th row reports and its month, with what a rule counts as income and rounds."""
    period = reading.lines[line].period
    values = {
        code: float(column.values[line])
        for code, column in reading.columns.items()
        if column.states[line] == State.REPORTED
    }
    month = period.month.ordinal if period else 0
    income = rule.income if isinstance(rule, Crisis) else "ni"
    decimals = rule.decimals if isinstance(rule, Crisis | ThresholdSet) else {}
    return ReportedFigures(values, month, income, decimals)


def _level(table: FinanceTable, line: int, year: ScoredYear, row: int) -> Explanation:
    rule, crisis = year.rules.rule(CRISIS), year.scores.crisis
    reported = reported_figures(table.reading, line, rule)
    return Explanation(
        id=CRISIS,
        name=rule.name,
        points=number_or_none(crisis.level[row]),
        parts=tuple(_blocks(year, row, rule, reported)),
    )


def _blocks(
    year: ScoredYear, row: int, rule: Node, reported: ReportedFigures
) -> Iterator[Explanation]:
    crisis, nodes = year.scores.crisis, nodes_of(rule)
    for key, block in crisis.blocks.items():
        yield Explanation(
            id=key,
            name=nodes[key].name,
            points=number_or_none(block.earned[row]) if block.complete[row] else None,
            parts=explain_tests(block.items.values(), row, nodes, reported, is_risk=True),
            is_block=True,
        )
    survival = next(node for node in nodes.values() if isinstance(node, Survival))
    months, points = float(crisis.months[row]), float(crisis.survival[row])
    about = judged(
        survival, figure=months, cutoff=math.nan, points=points, reported=reported, is_risk=True
    )
    yield Explanation(
        id=survival.id,
        name=survival.name,
        sentence=about.sentence,
        says=about.says,
        rungs=about.rungs,
        hit=about.hit,
        next_step=about.step,
        figure=_or_none(months),
        unit=about.unit,
        points=number_or_none(points),
        full_marks=survival.full,
        held=Held(about.requirement),
    )


def _score(table: FinanceTable, line: int, year: ScoredYear, row: int) -> Explanation:
    rule, tps = year.rules.rules.get(TPS), year.scores.tps
    reported, nodes = reported_figures(table.reading, line, rule), nodes_of(rule) if rule else {}
    return Explanation(
        id=TPS,
        name=catalog().criteria[TPS].name,
        points=number_or_none(tps.score[row]),
        full_marks=float(tps.possible[row]),
        grade=year.scores.grade.letters[row],
        parts=explain_tests(tps.items.values(), row, nodes, reported, year.published[row]),
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
    reported: ReportedFigures,
    published: GroupRow | None = None,
    *,
    is_risk: bool = False,
) -> tuple[Explanation, ...]:
    """Tests of one row explained; `nodes` holds their rules by full id, `told` what it reports.

    `published` is what the ministry published of the row's group.
    """
    return tuple(
        _test(item, row, nodes[item.id], reported, published, is_risk=is_risk) for item in items
    )


def _test(
    item: ItemScores,
    row: int,
    node: Node,
    reported: ReportedFigures,
    published: GroupRow | None,
    *,
    is_risk: bool,
) -> Explanation:
    figure, cutoff = float(item.figure[row]), float(item.cutoff[row])
    points = float(item.points[row])
    about = judged(
        node, figure=figure, cutoff=cutoff, points=points, reported=reported, is_risk=is_risk
    )
    return Explanation(
        id=item.id,
        name=node.name,
        sentence=about.sentence,
        says=about.says,
        next_step=about.step,
        figure=_or_none(figure),
        kinds=kinds_in_words(reported_kinds("", [item], row).get(item.id, {})),
        unit=about.unit,
        points=number_or_none(points),
        full_marks=float(np.broadcast_to(item.full, item.figure.shape)[row]),
        held=_held(node, about, item, row, published),
    )


def _held(
    rule: Node, about: Judged, item: ItemScores, row: int, published: GroupRow | None
) -> Held:
    """What the figure was held against; nothing where it was not."""
    held = Held(about.requirement, _or_none(float(item.cutoff[row])), about.edges)
    if item.peers is None or held.limit is None:
        return held
    few = bool(item.peers.few[row])
    of_group = replace(held, peer_value=held.limit, peers=int(item.peers.count[row]), few_peers=few)
    return with_group(of_group, rule, published)


def _or_none(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
