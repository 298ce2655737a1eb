"""Shares of an area in words: percentages, their targets, what their verdict could become."""

from typing import Final

from components.reader.language import _, tr
from components.reader.numbers import NONE, percent_figure
from core.scoring.base.state_words import STATUSES
from core.scoring.explain.figures import percent_text
from core.services.overview import wording
from core.services.overview.area_share import Line, Share

__all__ = [
    "STATUSES",
    "UNCHANGED",
    "change_since",
    "difference_text",
    "percent_of",
    "percent_text",
    "possible_verdicts",
    "target_text",
    "targets_text",
]

UNCHANGED: Final = "±0.0"
"""A difference that is none, or too small to be shown."""


def target_text(line: Line) -> str:
    """The target of a share in words, `at most 2%`; empty where there is none."""
    return tr(wording.target_text(line))


def targets_text(share: Share) -> str:
    """Every target of an area's share in one phrase, each with the name of its line."""
    return tr(wording.targets_text(share))


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
    return tr(wording.possible_verdicts(share))
