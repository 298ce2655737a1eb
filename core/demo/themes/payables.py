"""Invented payables of every round: what was owed, what is paid of it, and how old the rest is."""

from typing import Final

import numpy as np

from core.demo.accounts.money import MATERIALS
from core.demo.country.stories import YEAR
from core.demo.themes.scene import Figures, Scene, answers, between, by_work, declining
from core.scoring.base.inputs import FloatArray

_DAYS: Final = 365 / YEAR
_HALF: Final = YEAR // 2
_ANSWERS: Final = ("supplies_current", "report_current", "payment_current")


def invented_payables(scene: Scene) -> Figures:
    """Baht, and answers whether systems are up to date: n x rounds."""
    parameters = scene.parameters.payables
    work = scene.in_rounds(scene.work("payables"))
    due = _due(scene)
    paid = np.minimum(np.rint(due * _share_paid(scene, work)), due)
    over_90 = np.minimum(np.rint(due * declining(parameters.over_90, work)), due - paid)
    over_360 = np.minimum(np.rint(due * declining(parameters.over_360, work)), over_90)
    cheque = np.rint(paid * between(parameters.cheque, scene.chance("cheque", due.shape[1])) / 100)
    figures = {
        "due": due, "paid": paid, "over_90": over_90, "over_360": over_360,
        "by_cheque": cheque, "by_gf": paid - cheque,
    }  # fmt: skip
    for name in _ANSWERS:
        drawn = scene.chance(f"payables {name}")[:, None]
        figures[name] = answers(by_work(parameters.answered, work) > drawn)
    return {f"payables.{name}": values for name, values in figures.items()}


def _due(scene: Scene) -> FloatArray:
    """What is to be paid, whole baht: n x rounds.

    Round 1: what was owed as the last year ended; round 2: what was bought in two quarters.
    """
    bought = sum((scene.of_month(f"cost.{name}") for name in MATERIALS), np.zeros(1))
    usual = sum((scene.balanced(f"cost.{name}") for name in MATERIALS), np.zeros(1))
    owed = scene.figure("days.payables") * usual / _DAYS
    years = range(len(scene.parameters.rounds.fiscal_years))
    # Of the year before the first nothing is known; its beginning is the nearest to it.
    first = [owed[:, max(YEAR * year - 1, 0)] for year in years]
    second = [bought[:, YEAR * year : YEAR * year + _HALF].sum(axis=1) for year in years]
    rounds = [column for pair in zip(first, second, strict=True) for column in pair]
    whole: FloatArray = np.rint(np.column_stack(rounds))
    return whole


def _share_paid(scene: Scene, work: FloatArray) -> FloatArray:
    """The share of payables that is paid: high for good work and few days of payables."""
    parameters = scene.parameters.payables
    usual, for_each = parameters.days_paid
    late = np.maximum(scene.in_rounds(scene.figure("days.payables")) - usual, 0) * for_each
    noise = scene.noise("payables paid", work.shape[1]) * parameters.noise / 100
    share: FloatArray = np.clip(by_work(parameters.paid, work) - late + noise, 0.15, 1)
    return share
