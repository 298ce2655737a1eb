"""The test of survival in words: the line that counted, and what would change its points.

What would have to change is found by the test itself: amounts at which working capital or income
come to an edge are scored, and the smallest that gives other points is told.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from core.criteria.model import Survival, SurvivalCase
from core.scoring.base.derived import Figures
from core.scoring.base.inputs import FloatArray
from core.scoring.base.ladder import rung
from core.scoring.explain.words import band_rungs, number, signs_text
from core.scoring.finance.crisis import score_survival
from core.services.rules.judged.amounts import amount_text, difference_text
from core.services.rules.judged.distances import ReportedFigures
from core.text import LANGUAGES, Text, say

_SATANG: Final = 0.01
_CAPITAL: Final = "net_working_capital"
_Moved = Literal["capital", "income"]


@dataclass(frozen=True)
class Lived:
    """Working capital and cumulative income of a hospital (baht), and the month, an ordinal."""

    capital: float
    income: float
    month: int

    @classmethod
    def of(cls, reported: ReportedFigures) -> "Lived | None":
        """From what was told; None where one of the two cannot be computed."""
        capital, income = reported.figure(_CAPITAL), reported.figure("income")
        known = not (math.isnan(capital) or math.isnan(income))
        return cls(capital, income, reported.month) if known else None

    @property
    def signs(self) -> tuple[str, str]:
        return _sign(self.capital), _sign(self.income)

    @property
    def months(self) -> float:
        """Months that one outlasts the other; infinite without income."""
        elapsed = self.month % 12 + 1
        return abs(self.capital) * elapsed / abs(self.income) if self.income else math.inf


def survival_sentence(rule: Survival, points: float, lived: Lived) -> Text:
    """Working capital and income, the months between them, and the points they give."""
    case = _case(rule, lived)
    figures = {
        "capital": amount_text(lived.capital, "baht", (0.0,)),
        "income": amount_text(lived.income, "baht", (0.0,)),
        "signs": signs_text(*lived.signs),
        "months": amount_text(lived.months, "months", _edges(case)),
        "points": number(points),
        "full": number(rule.full),
    }
    if len(case.bands) == 1:
        return say(
            "NWC {capital}, NI {income}: {signs}, which gives {points} of {full} points of risk.",
            **figures,
        )
    return say(
        "NWC {capital}, NI {income}: {signs}, they outlast one another {months},"
        " which gives {points} of {full} points of risk.",
        **figures,
    )


def survival_requirement(rule: Survival, lived: Lived) -> Text:
    """Where a hospital of these signs has points of risk: the bands of its months."""
    case = _case(rule, lived)
    lines = [line for line in band_rungs(case.bands) if line.points]
    signs = signs_text(*lived.signs)
    if not lines:
        return say("NWC or NI below zero")
    if len(case.bands) == 1:
        return signs
    bands = [
        say("{months} months ({points})", months=line.text, points=number(line.points or 0))
        for line in lines
    ]
    listed = Text(*("; ".join(band.in_(language) for band in bands) for language in LANGUAGES))
    return say("{signs}: {bands}", signs=signs, bands=listed)


def survival_hit(rule: Survival, lived: Lived) -> int:
    """The place of the line that counted among all lines of the rule."""
    case = _case(rule, lived)
    before = rule.cases[: rule.cases.index(case)]
    return sum(len(one.bands) for one in before) + rung(lived.months, case.bands)


def survival_step(rule: Survival, lived: Lived) -> Text | None:
    """What working capital alone, or income alone, must rise by for fewer points of risk.

    Where there are none it is by what they may fall. None where neither alone changes the points.
    """
    points = float(_points(rule, lived, "capital", np.array([lived.capital]))[0])
    ways = [way for moved in ("capital", "income") if (way := _way(rule, lived, moved, points))]
    if not ways:
        return None
    return say("{first} {second}", first=ways[0], second=ways[1]) if ways[1:] else ways[0]


def _way(rule: Survival, lived: Lived, moved: _Moved, points: float) -> Text | None:
    now = getattr(lived, moved)
    tried = np.array(sorted(_candidates(rule, lived, moved)))
    tried = tried[tried > now] if points else tried[tried < now][::-1]
    given = _points(rule, lived, moved, tried)
    better = given < points if points else given > points
    if not better.any():
        return None
    place = int(np.argmax(better))
    size = difference_text(abs(float(tried[place]) - now), "baht", upward=points > 0)
    figures = {"gap": size, "points": number(float(given[place]))}
    return _sentence(moved, figures, is_rise=points > 0)


def _sentence(moved: _Moved, figures: dict[str, object], *, is_rise: bool) -> Text:
    if moved == "capital":
        return (
            say("With {gap} more NWC, NI as it is, {points} points of risk.", **figures)
            if is_rise
            else say("NWC may fall by {gap}, NI as it is, before it is a risk.", **figures)
        )
    return (
        say("With {gap} more NI, NWC as it is, {points} points of risk.", **figures)
        if is_rise
        else say("NI may fall by {gap}, NWC as it is, before it is a risk.", **figures)
    )


def _candidates(rule: Survival, lived: Lived, moved: _Moved) -> Iterator[float]:
    """Amounts at which the signs or the months come to an edge, and a satang beside each."""
    elapsed = lived.month % 12 + 1
    edges = [edge for case in rule.cases for edge in _edges(case) if edge]
    other = abs(lived.income) if moved == "capital" else abs(lived.capital)
    sizes = [other * edge / elapsed if moved == "capital" else other * elapsed / edge
             for edge in edges]  # fmt: skip
    for size in (0.0, *sizes):
        for at in (size, -size):
            # Nothing is smaller than a satang: the whole satangs around the edge.
            satang = math.floor(at / _SATANG)
            yield from ((satang + step) / 100 for step in (-1, 0, 1, 2))


def _points(rule: Survival, lived: Lived, moved: _Moved, tried: FloatArray) -> FloatArray:
    """Points of risk with each of the amounts in place of the one there is."""
    capital = tried if moved == "capital" else np.full(tried.shape, lived.capital)
    income = tried if moved == "income" else np.full(tried.shape, lived.income)
    columns = {
        "finance.current_assets": np.maximum(capital, 0.0),
        "finance.current_liabilities": np.maximum(-capital, 0.0),
        "finance.net_income": income,
        # Nothing of it is looked at; without it a row of zeros would count as not filled in.
        "finance.total_assets": np.ones(tried.shape),
    }
    months = np.full(tried.shape, lived.month)
    return score_survival(rule, Figures(columns, months))[0]


def _case(rule: Survival, lived: Lived) -> SurvivalCase:
    return next(case for case in rule.cases if (case.capital, case.income) == lived.signs)


def _edges(case: SurvivalCase) -> list[float]:
    return [band.edge for band in case.bands if band.edge is not None]


def _sign(value: float) -> str:
    return "negative" if value < 0 else "not_negative"
