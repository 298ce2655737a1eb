"""What hospital-months came to, as results of the store: level, score and grade with their tests.

Parts carry ids below their criterion's: `liquidity.current_ratio` of `crisis.level`. A block is a
part too: its points, and the points that could be judged.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from core.criteria.model import Crisis
from core.periods import Period
from core.scoring.base.inputs import FloatArray, StateArray
from core.scoring.base.outcomes import BlockScores, ItemScores
from core.scoring.base.states import State
from core.scoring.finance.crisis import CrisisScores
from core.scoring.finance.grade import NO_GRADE
from core.scoring.finance.score import FinanceScores
from core.services.rules.finance import CRISIS, GRADE, TPS
from core.services.rules.peer_values import PUBLISHED_IN
from core.store.results.detail import PartTable
from core.store.results.writing import NewResults
from core.store.uploads.observed_table import IntArray

SURVIVAL: Final = "survival"


@dataclass(frozen=True)
class HospitalRows:
    """Whose and when n hospital-months are, and the submissions they came in.

    `books` are the trial balances beside a submission, -1 where there is none.
    """

    subjects: Sequence[str]
    periods: Sequence[Period]
    submissions: IntArray
    books: IntArray | None = None


def finance_results(
    rows: HospitalRows, scores: FinanceScores, rule: Crisis, published: Sequence[int | None]
) -> tuple[NewResults, ...]:
    """Crisis level, TPS and grade of n hospital-months; no score where there is no rule for it.

    A level's points are of the worst level of its `rule`. A score's full marks are the points that
    could be judged; it is only "reported" when all could. A grade's value is its place, 0 the best.
    `published` are the submissions with the group values that rows were held against, if any.
    """
    level = _level(rows, scores.crisis, rule)
    if not scores.tps.items:
        return (level,)
    return (level, _score(rows, scores, published), _grade(rows, scores))


def _level(rows: HospitalRows, crisis: CrisisScores, rule: Crisis) -> NewResults:
    survival = _Part(
        SURVIVAL,
        figure=crisis.months,
        cutoff=np.full(crisis.months.shape, np.nan),
        points=crisis.survival,
        full=np.full(crisis.months.shape, rule.survival.full),
        states=np.where(np.isnan(crisis.survival), crisis.states, State.REPORTED).astype(np.int8),
    )
    blocks = [part for block in crisis.blocks.values() for part in _parts(CRISIS, block)]
    return NewResults(
        criterion=CRISIS,
        subjects=rows.subjects,
        periods=rows.periods,
        value=crisis.level,
        points=crisis.level,
        full_marks=np.full(crisis.level.shape, rule.full),
        verdict=crisis.verdicts,
        state=crisis.states,
        submissions=rows.submissions,
        books=rows.books,
        parts=_table([*blocks, survival]),
    )


def _score(
    rows: HospitalRows, scores: FinanceScores, published: Sequence[int | None]
) -> NewResults:
    tps = scores.tps
    return NewResults(
        criterion=TPS,
        subjects=rows.subjects,
        periods=rows.periods,
        value=tps.score,
        points=tps.score,
        full_marks=tps.possible,
        verdict=scores.grade.verdicts,
        state=tps.states,
        submissions=rows.submissions,
        books=rows.books,
        parts=part_table(TPS, tps.whole.parts),
        notes=[{} if one is None else {PUBLISHED_IN: one} for one in published],
    )


def _grade(rows: HospitalRows, scores: FinanceScores) -> NewResults:
    grade = scores.grade
    places = np.where(grade.places == NO_GRADE, np.nan, grade.places.astype(np.float64))
    return NewResults(
        criterion=GRADE,
        subjects=rows.subjects,
        periods=rows.periods,
        value=places,
        points=scores.tps.score,
        full_marks=scores.tps.possible,
        verdict=grade.verdicts,
        state=scores.tps.states,
        submissions=rows.submissions,
        books=rows.books,
    )


@dataclass(frozen=True)
class _Part:
    id: str
    figure: FloatArray
    cutoff: FloatArray
    points: FloatArray
    full: FloatArray
    states: StateArray
    peer_value: FloatArray | None = None
    peer_count: FloatArray | None = None


def part_table(criterion: str, parts: Sequence[BlockScores | ItemScores]) -> PartTable:
    """Tests and blocks of a criterion, each block followed by what is in it."""
    return _table([part for whole in parts for part in _parts(criterion, whole)])


def _parts(criterion: str, scored: BlockScores | ItemScores) -> Iterator[_Part]:
    """A test, or a block followed by all below it."""
    local = scored.id.removeprefix(f"{criterion}.")
    if isinstance(scored, ItemScores):
        yield _item(local, scored)
        return
    nothing = np.full(scored.earned.shape, np.nan)
    states = np.where(scored.complete, State.REPORTED, State.NOT_REPORTED).astype(np.int8)
    yield _Part(local, nothing, nothing, scored.points, scored.possible, states)
    for part in scored.parts:
        yield from _parts(criterion, part)


def _item(local: str, item: ItemScores) -> _Part:
    peers = item.peers
    return _Part(
        id=local,
        figure=item.figure,
        cutoff=item.cutoff,
        points=item.points,
        full=np.full(item.figure.shape, item.full),
        states=item.states,
        peer_value=None if peers is None else peers.value,
        peer_count=None if peers is None else peers.count.astype(np.float64),
    )


def _table(parts: Sequence[_Part]) -> PartTable:
    nothing = np.full(parts[0].figure.shape, np.nan)
    peers = [nothing if p.peer_value is None else p.peer_value for p in parts]
    counts = [np.zeros_like(nothing) if p.peer_count is None else p.peer_count for p in parts]
    return PartTable(
        ids=tuple(part.id for part in parts),
        figure=np.stack([part.figure for part in parts], axis=-1),
        cutoff=np.stack([part.cutoff for part in parts], axis=-1),
        points=np.stack([part.points for part in parts], axis=-1),
        full_marks=np.stack([part.full for part in parts], axis=-1),
        state=np.stack([part.states for part in parts], axis=-1),
        peer_value=np.stack(peers, axis=-1),
        peer_count=np.stack(counts, axis=-1).astype(np.int64),
    )
