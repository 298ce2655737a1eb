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
UNCHANGED: Final = "±0.0"
"""A difference that is none, or too small to be shown."""


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
    return tr(edge_text(line.op, number(line.limit), percent=True))


def targets_text(share: Share) -> str:
    """Every target of an area's share in one phrase, each with the name of its line."""
    judged = [line for line in share.lines if line.limit is not None]
    return ", ".join(
        _("{line}: {target}", line=tr(line.name), target=target_text(line)) for line in judged
    )


def shares_text(share: Share) -> str:
    """What every target asks and what came of it, in the target's own terms: a count or a share."""
    return " · ".join(_reached(line) for line in share.lines if line.limit is not None)


def _reached(line: Line) -> str:
    """Of a target that allows none, how many there are; of any other the share."""
    names = {"line": tr(line.name), "target": target_text(line)}
    if line.op == "up_to" and line.limit == 0:
        return _("{line}: {count} hospitals (target {target})", count=f"{line.number:,}", **names)
    share = _("{figure}%", figure=percent_text(line.share, line.limit))
    return _("{line}: {share} (target {target})", share=share, **names)


def percent_of(value: float | None, limit: float | None = None) -> str:
    """A percentage with its sign, never across its limit; a dash where there is none."""
    shown = percent_text(value, limit)
    return shown if shown == NONE else f"{shown}%"


def change_since(now: float | None, before: float | None, *, month: bool) -> str:
    """By how many percentage points a share changed; empty where one of the two is missing."""
    change = difference_text(now, before)
    if not change:
        return ""
    if change == UNCHANGED:
        return _("as in the month before") if month else _("as in the period before")
    if month:
        return _("{change} points from the month before", change=change)
    return _("{change} points from the period before", change=change)


def difference_text(now: float | None, before: float | None) -> str:
    """The difference of two figures with its sign; empty where one of the two is missing."""
    if now is None or before is None:
        return ""
    difference = now - before
    shown = percent_figure(abs(difference))
    if shown == "0.0":
        return UNCHANGED
    return f"{'+' if difference > 0 else '−'}{shown}"


def possible_verdicts(share: Share) -> str:
    """The verdicts that facilities yet to report could bring about; empty where they cannot."""
    if not share.is_open:
        return ""
    return _(
        "could become {best} or {worst}",
        best=status_word(STATUSES[share.best]),
        worst=status_word(STATUSES[share.worst]),
    )
