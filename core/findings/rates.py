"""How many findings close, stay open and come back: counts, and rates where they say something."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.findings.lights import Lights
from core.findings.states import Stage

Days = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of some findings; `days` is the median from opening to closing, NaN without one.

    `open` are those neither closed nor withdrawn, `overdue` those of them beyond their due date.
    A finding that `relapsed` is counted by its present state as well.
    """

    opened: int
    closed: int
    open: int
    withdrawn: int
    overdue: int
    relapsed: int
    days: float


def counts(
    stages: Lights, overdue: NDArray[np.bool_], relapses: NDArray[np.int64], days: Days
) -> Counts:
    """Count n findings; `days` from opening to closing, NaN where one is not closed."""
    closed, withdrawn = stages == Stage.CLOSED, stages == Stage.WITHDRAWN
    known = days[closed & ~np.isnan(days)]
    return Counts(
        opened=len(stages),
        closed=int(closed.sum()),
        open=int((~closed & ~withdrawn).sum()),
        withdrawn=int(withdrawn.sum()),
        overdue=int((overdue & ~closed & ~withdrawn).sum()),
        relapsed=int((relapses > 0).sum()),
        days=float(np.median(known)) if known.size else float("nan"),
    )


def rate(part: int, of: int, least: int) -> float:
    """`part` in percent of `of`; NaN where they are fewer than `least`."""
    return 100.0 * part / of if of >= least else float("nan")
