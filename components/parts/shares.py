"""Shares of an area in words: percentages, their targets, what their verdict could become."""

import math
from functools import lru_cache
from typing import Final

from components.parts.status import Status, status_word
from components.reader.language import _, tr
from components.reader.numbers import NONE, percent_figure, rounded_beside
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
def percent_text(value: float | None, limit: float | None = None) -> str:
    """A percentage with one decimal, with more where rounding would put it across its limit."""
    if value is None or math.isnan(value):
        return NONE
    if limit is None:
        return percent_figure(value)
    return rounded_beside(value, [limit], decimals=1, most=_MOST_DECIMALS)


def target_text(line: Line) -> str:
    """The target of a share in words, `at most 2%`; empty where there is none."""
    if line.op is None or line.limit is None:
        return ""
    if line.op == "up_to" and line.limit == 0:
        return _("none")
    return tr(edge_text(line.op, f"{number(line.limit)}%"))


def targets_text(share: Share) -> str:
    """Every target of an area's share in one phrase, each with the name of its line."""
    judged = [line for line in share.lines if line.limit is not None]
    return ", ".join(
        _("{line}: {target}", line=tr(line.name), target=target_text(line)) for line in judged
    )


def difference_text(now: float | None, before: float | None) -> str:
    """The difference of two figures with its sign; empty where one of the two is missing."""
    if now is None or before is None:
        return ""
    difference = now - before
    shown = percent_figure(abs(difference))
    if shown == "0.0":
        return "±0.0"
    return f"{'+' if difference > 0 else '−'}{shown}"


def possible_verdicts(share: Share) -> str:
    """The verdicts that facilities yet to report could bring about; empty where they cannot."""
    if not share.is_open:
        return ""
    return _(
        "at best {best}, at worst {worst}",
        best=status_word(STATUSES[share.best]),
        worst=status_word(STATUSES[share.worst]),
    )
