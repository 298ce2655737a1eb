"""Figures with their units, and edges in the same units, in both languages.

Screen, terminal and documents write a figure through here, so that none stands without its unit.
"""

import math
from collections.abc import Iterable
from typing import Final

from core.criteria.model import Cutoff, Op, Threshold
from core.quantities import MISSING
from core.scoring.explain.words import (
    both_edges,
    edge_text,
    figure_text,
    interval_text,
    number,
    peer_text,
)
from core.services.rules.units import unit_of, with_unit
from core.text import Text, say

MILLION: Final = 1e6
_MOST_DECIMALS: Final = 6


def amount_text(value: float | None, unit: str, beside: Iterable[float] = ()) -> Text:
    """A figure with its unit, never rounded onto an edge it stands `beside`.

    None is a dash. A ratio to nothing and months without an income have no bound, which is said.
    """
    if value is None or math.isnan(value):
        return Text(MISSING, MISSING)
    if math.isinf(value):
        return say("without bound")
    if unit == "answer" and value in (0, 1):
        return say("yes") if value else say("no")
    decimals = 4 if unit in ("weight", "points") else 2
    shown = number(value, decimals, beside)
    return with_unit(_satang(shown) if unit == "baht" else shown, unit)


def _satang(shown: str) -> str:
    """Baht with both digits of its satang, or none."""
    whole, point, satang = shown.partition(".")
    return f"{whole}.{satang:0<2}" if point else shown


def difference_text(size: float, unit: str, *, upward: bool) -> Text:
    """How much is missing or left, in the unit of differences: percentage points, million baht.

    `upward` rounds up, for what is still needed; what is left to lose is rounded down.
    """
    if unit == "baht" and size >= MILLION:
        return say("{figure} million baht", figure=_rounded(size / MILLION, 2, upward=upward))
    if unit == "baht":
        return with_unit(_satang(_rounded(size, 2, upward=upward)), unit)
    decimals = 4 if unit == "weight" else 2
    shown = _rounded(size, decimals, upward=upward)
    return (
        say("{figure} percentage points", figure=shown)
        if unit == "percent"
        else with_unit(shown, unit)
    )


def _rounded(size: float, decimals: int, *, upward: bool) -> str:
    """In few decimals, in more where all of it would be rounded away."""
    for places in range(decimals, _MOST_DECIMALS + 1):
        scale = 10.0**places
        # A float is off by its last digit: what lies that close to a whole step is that step.
        steps = (math.ceil if upward else math.floor)(round(size * scale, 6))
        if steps:
            return number(steps / scale, places)
    return number(0.0)


def limit_text(op: Op, limit: float, unit: str, decimals: int = 6) -> Text:
    """One edge in words, with its unit."""
    shown = number(limit, decimals)
    if unit == "percent":
        return edge_text(op, shown, percent=True)
    return edge_text(op, with_unit(shown, unit))


def requirement_text(test: Threshold, limit: float) -> Text:
    """What a test asks of one facility, by the number its figure was held against."""
    unit = unit_of(test.figure)
    first = limit_text(test.cutoffs[0].op, limit, unit, 2 if test.peer_value else 6)
    if test.also is None:
        return first
    also = interval_text(test.also.edges, percent=unit == "percent")
    return say("{first} and {second}", first=first, second=also)


def cutoff_text(test: Threshold, cutoff: Cutoff) -> Text:
    """One cut-off of a test with its unit, and where it holds."""
    if isinstance(cutoff.limit, str):
        edge = edge_text(cutoff.op, peer_text(cutoff.limit))
    else:
        edge = limit_text(cutoff.op, cutoff.limit, unit_of(test.figure))
    edge = both_edges(test, edge)
    if cutoff.island:
        return say("{edge}, on islands", edge=edge)
    if cutoff.when:
        when = cutoff.when
        interval = interval_text(when.edges, percent=unit_of(when.figure) == "percent")
        return say(
            "{edge}, where {figure} is {interval}",
            edge=edge,
            figure=figure_text(when.figure),
            interval=interval,
        )
    return edge
