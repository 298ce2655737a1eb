"""Figures as people read them, by the door through which components come to them."""

from typing import Final

from components.reader.language import _
from core.quantities import MISSING
from core.scoring.explain.figures import (
    figure_text,
    money,
    money_change,
    percent_figure,
    points,
    rounded_beside,
    score,
    whole,
)

__all__ = [
    "NONE",
    "figure_text",
    "money",
    "money_change",
    "percent",
    "percent_figure",
    "points",
    "rounded_beside",
    "score",
    "whole",
]

NONE: Final = MISSING


def percent(value: float) -> str:
    """A percentage with one decimal and its sign or word, by the language."""
    return _("{figure}%", figure=percent_figure(value))
