"""The explanation of a result as JSON: its tests with figures, cut-offs, points and peers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import repeat
from typing import Any, Final, NamedTuple

import numpy as np
import orjson
from numpy.typing import NDArray

from core.scoring.base.inputs import FloatArray
from core.scoring.base.states import State

Notes = Mapping[str, Any]
"""Further facts that explain a result: plain JSON values under names the service chooses."""

_UNBOUNDED: Final = {"inf": np.inf, "-inf": -np.inf}


class Part(NamedTuple):
    """One test of a result; NaN where there is no figure, cut-off, points or peer value.

    `peer_count` is the number of peers the cut-off was computed from; 0 where none were.
    """

    figure: float
    cutoff: float
    points: float
    full_marks: float
    state: State
    peer_value: float
    peer_count: int


FIGURE, CUTOFF, POINTS, FULL_MARKS, STATE = range(5)
"""Positions in a stored test, which is a list in the order of `Part`."""


@dataclass(frozen=True)
class PartTable:
    """The k tests of n results; every array has n rows and k columns, NaN where there is nothing.

    `peer_value` and `peer_count` are only needed where a cut-off came from peers.
    """

    ids: tuple[str, ...]
    figure: FloatArray
    cutoff: FloatArray
    points: FloatArray
    full_marks: FloatArray
    state: NDArray[np.int8]
    peer_value: FloatArray | None = None
    peer_count: NDArray[np.int64] | None = None

    def rows(self, places: NDArray[np.int64]) -> "PartTable":
        """The tests of some of the results."""
        return PartTable(
            ids=self.ids,
            figure=self.figure[places],
            cutoff=self.cutoff[places],
            points=self.points[places],
            full_marks=self.full_marks[places],
            state=self.state[places],
            peer_value=None if self.peer_value is None else self.peer_value[places],
            peer_count=None if self.peer_count is None else self.peer_count[places],
        )

    def stacked(self) -> FloatArray:
        """All arrays as one of n rows, k tests and a plane for each field of `Part`."""
        shape = self.figure.shape
        planes = [getattr(self, field.name) for field in fields(self)[1:]]
        return np.stack(
            [np.full(shape, np.nan) if p is None else np.broadcast_to(p, shape) for p in planes],
            axis=-1,
        ).astype(np.float64)


def detail_texts(
    parts: PartTable | None, notes: Sequence[Notes] | None, rows: int
) -> Iterator[str]:
    """The JSON of each of n results; empty where there is nothing to explain."""
    all_parts = _parts(parts) if parts is not None else repeat(None, rows)
    for number, figures in enumerate(all_parts):
        document: dict[str, Any] = {} if figures is None else {"parts": figures}
        if notes is not None and notes[number]:
            document["notes"] = notes[number]
        yield orjson.dumps(document).decode() if document else ""


def _parts(parts: PartTable) -> Iterator[dict[str, Any]]:
    table = parts.stacked()
    for figures in table:
        plain = figures.tolist()
        if np.isinf(figures).any():
            # JSON knows no infinity: it would become null, as NaN does.
            plain = [[_spelled(value) for value in part] for part in plain]
        yield dict(zip(parts.ids, plain, strict=True))


def _spelled(value: float) -> float | str:
    return f"{value:g}" if np.isinf(value) else value


@dataclass(frozen=True)
class Detail:
    """The explanation of one result."""

    parts: Mapping[str, Part]
    notes: Notes


def read_detail(text: str) -> Detail:
    """The detail in a JSON text; an empty text has neither parts nor notes."""
    document = orjson.loads(text) if text else {}
    parts = {name: _part(figures) for name, figures in document.get("parts", {}).items()}
    return Detail(parts, document.get("notes", {}))


def _part(figures: Sequence[Any]) -> Part:
    figure, cutoff, points, full, state, peer, count = map(_number, figures)
    peers = 0 if np.isnan(count) else int(count)
    return Part(figure, cutoff, points, full, State(int(state)), peer, peers)


def _number(value: Any) -> float:
    if value is None:
        return np.nan
    return _UNBOUNDED[value] if isinstance(value, str) else float(value)
