"""Shares of an area in words: percentages that never cross their target, targets, verdicts."""

import math
from functools import lru_cache
from typing import Final

from components.parts.status import Status, word
from components.reader.language import _, tr
from components.reader.numbers import NONE, percent_figure
from core.scoring.base.states import Verdict
from core.scoring.explain.words import edge_text, number
from core.services.overview.area_share import Line, Share

STATUSES: Final[dict[Verdict, Status]] = {
    Verdict.PASS: "pass",
    Verdict.WATCH: "watch",
    Verdict.FAIL: "fail",
    Verdict.NOT_JUDGED: "none",
}
_MOST_DECIMALS: Final = 6


@lru_cache(maxsize=4096)  # A map and its ranking show the same few hundred over and over.
def figure(value: float | None, limit: float | None = None) -> str:
    """A percentage with one decimal, and with more where one would put it across its limit."""
    if value is None or math.isnan(value):
        return NONE
    if limit is None:
        return percent_figure(value)
    side = (value > limit, value < limit)
    tried = (percent_figure(value, decimals) for decimals in range(1, _MOST_DECIMALS))
    fit = (said for said in tried if (_read(said) > limit, _read(said) < limit) == side)
    return next(fit, percent_figure(value, _MOST_DECIMALS))


def _read(shown: str) -> float:
    return float(shown.replace(",", ""))


def target(line: Line) -> str:
    """What is asked of a share; empty where nothing is."""
    if line.op is None or line.limit is None:
        return ""
    if line.op == "up_to" and line.limit == 0:
        return _("none")
    return tr(edge_text(line.op, f"{number(line.limit)}%"))


def targets(share: Share) -> str:
    """Every target of an area in one phrase."""
    asked = [line for line in share.lines if line.limit is not None]
    said = [_("{line}: {target}", line=tr(line.name), target=target(line)) for line in asked]
    return ", ".join(said)


def change(now: float | None, before: float | None) -> str:
    """By how much a figure is another one, with its sign; empty where one of the two is missing."""
    if now is None or before is None:
        return ""
    difference = now - before
    shown = percent_figure(abs(difference))
    if _read(shown) == 0:
        return "±0.0"
    return f"{'+' if difference > 0 else '−'}{shown}"


def ends(share: Share) -> str:
    """The verdicts the silent ones could still bring about; empty where they could not."""
    if not share.is_open:
        return ""
    return _(
        "at best {best}, at worst {worst}",
        best=word(STATUSES[share.best]),
        worst=word(STATUSES[share.worst]),
    )
