"""Figures told apart by fund or by quarter, of which a test looks at the largest."""

import math
from collections.abc import Iterable, Mapping
from typing import Any, Final

from core.scoring.base.outcomes import ItemScores
from core.scoring.explain.words import kind_text
from core.text import Text

KINDS: Final = "kinds"
"""The note of a result that holds the figures of each kind, by test."""


def reported_kinds(
    criterion: str, items: Iterable[ItemScores], row: int
) -> dict[str, dict[str, float]]:
    """The figures of one row by test (below its criterion) and kind; those told apart alone."""
    by_facility: dict[str, dict[str, float]] = {}
    for item in items:
        of_item = {kind: float(values[row]) for kind, values in item.kinds.items()}
        known = {kind: value for kind, value in of_item.items() if math.isfinite(value)}
        if known:
            by_facility[item.id.removeprefix(f"{criterion}.")] = known
    return by_facility


def kinds_in_words(figures: Mapping[str, float]) -> tuple[tuple[Text, float], ...]:
    """The figures of one test with what each is of."""
    return tuple((kind_text(kind), value) for kind, value in figures.items())


def kinds_noted(notes: Mapping[str, Any], local: str) -> tuple[tuple[Text, float], ...]:
    """The figures of a stored test by kind; none where they are not told apart."""
    return kinds_in_words(notes.get(KINDS, {}).get(local, {}))
