"""One row of a finance table in full: its level, its score, and every test behind them."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from core.criteria.catalog import RuleSet, catalog
from core.criteria.model import Node, Threshold
from core.periods import Period, calendar_month, month_name
from core.quantities import number_or_none
from core.scoring.base.inputs import FloatArray
from core.scoring.base.outcomes import ItemScores
from core.scoring.explain.words import both_edges, edge_text, number
from core.services.rules.citations import Citation, OpenQuestion, open_questions
from core.services.rules.finance import CRISIS, GRADE, TPS
from core.services.scored.finance import FinanceTable
from core.text import LANGUAGES, Text


@dataclass(frozen=True)
class ItemWhy:
    """One test of a row. `cutoff` says in words what was asked, `limit` is its number.

    Both are None where nothing could be asked, `points` where it was not judged; `figure` is
    infinite where nothing bounds it.
    """

    id: str
    name: Text
    figure: float | None
    cutoff: Text | None
    limit: float | None
    points: float | None
    full: float


@dataclass(frozen=True)
class RowWhy:
    """One hospital-month. Scores are None where something they need is missing.

    `level` adds up `blocks` and `survival`; `score` is of `possible` points.
    """

    row: int
    sheet: str
    hcode: str | None
    month: Text | None
    level: float | None
    blocks: tuple[tuple[Text, float | None], ...]
    survival: float | None
    months: float | None
    tests: tuple[ItemWhy, ...]
    score: float | None
    possible: float
    grade: str | None
    items: tuple[ItemWhy, ...]


@dataclass(frozen=True)
class RuleWhy:
    """The rule behind a column: where it stands, and what is open or assumed."""

    name: Text
    citation: Citation
    questions: tuple[OpenQuestion, ...]
    assumptions: tuple[Text, ...]
    notes: tuple[Text, ...]


def row_why(table: FinanceTable, line: int) -> RowWhy:
    """The n-th row of a table explained; a row that belongs to nobody has no scores."""
    read, found = table.reading.lines[line], table.scores(line)
    empty = RowWhy(
        row=read.row,
        sheet=read.sheet,
        hcode=read.hcode,
        month=month_text(read.period) if read.period else None,
        level=None,
        blocks=(),
        survival=None,
        months=None,
        tests=(),
        score=None,
        possible=0.0,
        grade=None,
        items=(),
    )
    if found is None:
        return empty
    year, place = found
    crisis, tps, rules = year.scores.crisis, year.scores.tps, year.rules
    names = nodes_of(rules.rule(CRISIS)) | nodes_of(rules.rule(TPS))
    blocks = tuple(
        (names[key].name, number_or_none(block.earned[place]) if block.complete[place] else None)
        for key, block in crisis.blocks.items()
    )
    return RowWhy(
        row=read.row,
        sheet=read.sheet,
        hcode=read.hcode,
        month=empty.month,
        level=number_or_none(crisis.level[place]),
        blocks=blocks,
        survival=number_or_none(crisis.survival[place]),
        months=_or_none(crisis.months[place]),
        tests=tests_why(crisis.tests.values(), place, names),
        score=number_or_none(tps.score[place]),
        possible=float(tps.possible[place]),
        grade=year.scores.grade.letters[place],
        items=tests_why(tps.items.values(), place, names),
    )


def levels(table: FinanceTable) -> FloatArray:
    """Crisis levels of all rows of a table, NaN where there is none."""
    found = np.full(len(table.reading.lines), np.nan)
    for year in table.years:
        found[list(year.places)] = year.scores.crisis.level
    return found


def rules_why(table: FinanceTable) -> tuple[RuleWhy, ...]:
    """The rules of the table's latest year; nothing when no row has scores."""
    if not table.years:
        return ()
    rules = table.years[-1].rules
    return tuple(rule_why(key, rules) for key in (CRISIS, TPS, GRADE))


def month_text(period: Period) -> Text:
    """A fiscal month by name and calendar year, of the Buddhist era in both languages."""
    month = calendar_month(period.number)
    year = period.fiscal_year - (month >= 10)
    return Text(*(f"{month_name(month, lang, short=True)} {year}" for lang in LANGUAGES))


def rule_why(key: str, rules: RuleSet) -> RuleWhy:
    """The rule of a criterion: its source, and what is open or assumed."""
    edition = rules.editions[key]
    document = catalog().documents[edition.source.document].title
    return RuleWhy(
        name=catalog().criteria[key].name,
        citation=Citation(document, edition.source.where),
        questions=open_questions(key, rules),
        assumptions=tuple(assumption.text for assumption in edition.assumptions),
        notes=edition.notes,
    )


def nodes_of(rule: Node) -> dict[str, Node]:
    """Every test and block of a rule by full id."""
    parts: Iterable[Node] = (*getattr(rule, "blocks", ()), *getattr(rule, "parts", ()))
    found = {rule.id: rule}
    for part in parts:
        found |= nodes_of(part)
    return found


def tests_why(
    items: Iterable[ItemScores], place: int, names: Mapping[str, Node]
) -> tuple[ItemWhy, ...]:
    """Tests of one row explained; `names` holds their rules by full id."""
    return tuple(
        ItemWhy(
            id=item.id,
            name=names[item.id].name,
            figure=_or_none(item.figure[place]),
            cutoff=_cutoff(names[item.id], float(item.cutoff[place])),
            limit=number_or_none(item.cutoff[place]),
            points=number_or_none(item.points[place]),
            full=float(np.broadcast_to(item.full, item.figure.shape)[place]),
        )
        for item in items
    )


def _cutoff(rule: Node, cutoff: float) -> Text | None:
    """What the figure was held against; None where it was not, or where points are given."""
    if not isinstance(rule, Threshold) or math.isnan(cutoff):
        return None
    return both_edges(rule, edge_text(rule.cutoffs[0].op, number(cutoff)))


def _or_none(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
