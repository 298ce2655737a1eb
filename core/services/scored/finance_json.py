"""A scored finance table as plain data for programs. The keys are a contract: add, never rename."""

import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from core.forms.table.lines import Line
from core.scoring.base.inputs import FloatArray
from core.scoring.base.outcomes import BlockScores, ItemScores
from core.scoring.base.peers import PeerValues
from core.scoring.base.states import State
from core.scoring.finance.crisis import CrisisScores
from core.scoring.finance.score import FinanceScores
from core.services.scored.assessment import STATUS

PUBLISHED, COMPUTED = "published", "computed"
"""Whose the value of a group is: the ministry's, or of the hospitals on hand."""
NOT_JUDGED = "not_judged"
"""The figure is there, but not what it is held against."""


def rows_json(
    lines: Sequence[Line], scored: Sequence[tuple[FinanceScores, Sequence[int]]]
) -> list[dict[str, Any]]:
    """A document for every line, in order; `scored` are scores and the lines they belong to."""
    results: list[dict[str, Any]] = [_unscored()] * len(lines)
    for scores, places in scored:
        for place, crisis, tps in zip(places, _crisis(scores), _tps(scores), strict=True):
            results[place] = {"crisis": crisis, "tps": tps}
    return [
        {
            "row": line.row,
            "sheet": line.sheet,
            "other_rows": [spot.place.row for spot in line.others],
            "hcode": line.hcode,
            "period": None if line.period is None else str(line.period),
            "results": result,
        }
        for line, result in zip(lines, results, strict=True)
    ]


def _unscored() -> dict[str, Any]:
    """Results of a row that does not say whose or when it is."""
    status = STATUS[State.ERROR]
    crisis = dict.fromkeys(("level", "liquidity", "stability", "survival", "months"))
    tps = dict.fromkeys(("score", "possible", "grade"))
    return {
        "crisis": {**crisis, "months_unbounded": False, "status": status, "tests": []},
        "tps": {**tps, "status": status, "items": []},
    }


def _crisis(scores: FinanceScores) -> Iterator[dict[str, Any]]:
    crisis = scores.crisis
    blocks = {id_.rpartition(".")[2]: _whole(block) for id_, block in crisis.blocks.items()}
    columns = {
        "level": _whole_numbers(crisis.level),
        **blocks,
        "survival": _whole_numbers(crisis.survival),
        "months": _finite(crisis.months),
        "months_unbounded": np.isinf(crisis.months).tolist(),
        "status": [STATUS[State(state)] for state in crisis.states.tolist()],
        "tests": _tests(crisis),
    }
    return _records(columns)


def _tests(crisis: CrisisScores) -> list[list[dict[str, Any]]]:
    return _items(list(crisis.tests.values()), crisis.level.size)


def _tps(scores: FinanceScores) -> Iterator[dict[str, Any]]:
    tps = scores.tps
    columns = {
        "score": _finite(tps.score),
        "possible": tps.possible.tolist(),
        "grade": list(scores.grade.letters),
        "status": [STATUS[State(state)] for state in tps.states.tolist()],
        "items": _items(list(tps.items.values()), tps.score.size),
    }
    return _records(columns)


def _items(items: list[ItemScores], rows: int) -> list[list[dict[str, Any]]]:
    """The items of every row."""
    by_item = [list(_item(item)) for item in items]
    return [list(row) for row in zip(*by_item, strict=True)] or [[] for _ in range(rows)]


def _item(item: ItemScores) -> Iterator[dict[str, Any]]:
    rows = len(item.figure)
    peers = item.peers
    columns = {
        "id": [item.id] * rows,
        "points": _finite(item.points),
        "full": [item.full] * rows,
        "figure": _finite(item.figure),
        "unbounded": np.isinf(item.figure).tolist(),
        "cutoff": _finite(item.cutoff),
        "peers": [None] * rows if peers is None else peers.count.tolist(),
        "peer_value_by": [None] * rows if peers is None else list(_by_whom(peers)),
        "status": _statuses(item),
    }
    return _shared(columns)


def _by_whom(peers: PeerValues) -> Iterator[str | None]:
    published = peers.published if peers.published is not None else np.zeros(peers.value.size)
    yield from map(_whose, peers.value.tolist(), published.tolist())


def whose_value(peers: PeerValues | None, row: int) -> str | None:
    """Whose a row's group value is: published by the ministry, or computed; None without one."""
    if peers is None:
        return None
    return _whose(float(peers.value[row]), peers.published is not None and peers.published[row])


def _whose(value: float, is_published: object) -> str | None:
    computed = None if math.isnan(value) else COMPUTED
    return PUBLISHED if is_published else computed


def _statuses(item: ItemScores) -> list[str]:
    states = zip(item.states.tolist(), item.judged.tolist(), strict=True)
    return [
        NOT_JUDGED if state == State.REPORTED and not judged else STATUS[State(state)]
        for state, judged in states
    ]


def _whole(block: BlockScores) -> list[float | int | None]:
    """Points of risk of a block; None unless all its tests could be judged."""
    return _whole_numbers(np.where(block.complete, block.earned, np.nan))


def _records(columns: dict[str, list[Any]]) -> Iterator[dict[str, Any]]:
    names = tuple(columns)
    return (dict(zip(names, row, strict=True)) for row in zip(*columns.values(), strict=True))


def _shared(columns: dict[str, list[Any]]) -> Iterator[dict[str, Any]]:
    """Records; those without a figure are few kinds, shared by the many rows that lack it."""
    names = tuple(columns)
    kinds: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row, figure in zip(zip(*columns.values(), strict=True), columns["figure"], strict=True):
        if figure is not None:
            yield dict(zip(names, row, strict=True))
        else:
            yield kinds.setdefault(row, dict(zip(names, row, strict=True)))


def _finite(values: FloatArray) -> list[float | None]:
    """Numbers for JSON, which knows neither NaN nor infinity."""
    return [value if math.isfinite(value) else None for value in values.tolist()]


def _whole_numbers(values: FloatArray) -> list[float | int | None]:
    """Points that are whole numbers as such: 4, not 4.0."""
    return [
        None if math.isnan(value) else int(value) if value.is_integer() else value
        for value in values.tolist()
    ]
