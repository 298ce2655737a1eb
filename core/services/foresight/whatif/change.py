"""A change as it is asked for: what there is of it to move, and the figures after it."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from core.errors import UsageError
from core.foresight.levers import levers, moved, with_states
from core.foresight.situations import Situations
from core.scoring.base.derived import IntArray
from core.scoring.base.inputs import Column, FloatArray
from core.services.foresight.months import MonthFigures

DAYS: Final = ("days.payables", "days.uc", "days.csmbs", "days.inventory")
"""Figures in days that may be changed by so many days."""


def parsed(given: Sequence[str]) -> tuple[dict[str, float], dict[str, float]]:
    """Amounts and days from words as `cash_in=5000000` or `days.uc=-20`.

    `UsageError` U092 for what is no such word.
    """
    amounts, days = dict[str, float](), dict[str, float]()
    for word in given:
        name, _, number = word.partition("=")
        try:
            (days if name in DAYS else amounts)[name] = float(number.replace(",", ""))
        except ValueError as error:
            raise _no_change(word) from error
    return amounts, days


def checked(
    amounts: Mapping[str, float], days: Mapping[str, float] | None
) -> tuple[dict[str, float], dict[str, float]]:
    """Amounts of levers (baht) and days without what is 0.

    `UsageError` U090 for an unknown lever or an amount that is not above zero, U092 for days that
    are no number or of no figure.
    """
    wanted = {lever: float(amount) for lever, amount in amounts.items() if amount}
    shifts = {code: float(shift) for code, shift in (days or {}).items() if shift}
    for lever, amount in wanted.items():
        if lever not in levers() or not amount > 0 or not np.isfinite(amount):
            raise UsageError(
                "U090", lever=lever, amount=f"{amount:,.0f}", levers=", ".join(levers())
            )
    for code, shift in shifts.items():
        if code not in DAYS or not np.isfinite(shift):
            raise _no_change(f"{code}={shift:g}")
    return wanted, shifts


def _no_change(word: str) -> UsageError:
    return UsageError("U092", word=word, levers=", ".join((*levers(), *DAYS)))


def within_limits(month: Situations, wanted: Mapping[str, float]) -> dict[str, FloatArray]:
    """What of each lever n hospitals can move at most of what is asked, n amounts in baht.

    What pays out comes last, from what came in.
    """
    used: dict[str, FloatArray] = {}
    for lever in sorted(wanted, key=_pays_out):
        used[lever] = np.minimum(month.room(lever, used), wanted[lever])
    return {lever: used[lever] for lever in wanted}


def _pays_out(lever: str) -> bool:
    return levers()[lever].adds.get("finance.cash", 0) < 0


def figures_after(
    figures: MonthFigures,
    rows: IntArray,
    used: Mapping[str, FloatArray],
    days: Mapping[str, float],
) -> dict[str, Column]:
    """The figures of a month after k of its rows moved money (k amounts each) and changed days.

    Days never fall below none.
    """
    amounts = {lever: np.zeros(len(figures.hcodes)) for lever in used}
    for lever, baht in used.items():
        amounts[lever][rows] = baht
    after = moved(with_states(figures.columns), amounts)
    for code, shift in days.items():
        if code in after:
            values = after[code].values.copy()
            values[rows] = np.maximum(values[rows] + shift, 0.0)
            after[code] = Column(values, after[code].states)
    return after
