"""Invented revenue and expense of hospitals, month by month, in whole satang."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from core.demo.country.stories import MONTHS, YEAR, Cast, every_year, per_year, since_october
from core.scoring.base.inputs import FloatArray

_SATANG: Final = 100
MATERIALS: Final = ("drugs", "supplies", "lab")


@dataclass(frozen=True)
class Money:
    """Flows of n hospitals in 24 months, n x 24, whole satang of the month alone.

    `expense` is the sum of its `parts` (labour, drugs, supplies, lab, depreciation, other).
    `plan_revenue` and `plan_expense` are cumulative since October. `year_expense` is what a month
    costs on average in that year, without the seasons.
    """

    revenue: FloatArray
    grants: FloatArray
    parts: Mapping[str, FloatArray]
    expense: FloatArray
    plan_revenue: FloatArray
    plan_expense: FloatArray
    year_revenue: FloatArray
    year_expense: FloatArray

    @property
    def net_income(self) -> FloatArray:
        return self.revenue - self.expense


def invented_money(cast: Cast) -> Money:
    """Revenue and expense by each hospital's story, season and chance."""
    parameters = cast.parameters
    month = _months_revenue(cast)
    cost = month * (1 - cast.course("margin") / 100)
    seasons = parameters.seasons
    revenue = whole(
        month * every_year(seasons.revenue) * cast.noise("revenue", parameters.noise.revenue)
    )
    parts = _parts(cast, cost * every_year(seasons.expense))
    grants = whole(revenue * cast.drawn("grants", parameters.capital_grants)[:, None] / 100)
    plan_revenue, plan_expense = _plans(cast, month, cost)
    return Money(
        revenue=revenue,
        grants=grants,
        parts=parts,
        expense=_added_up(parts),
        plan_revenue=plan_revenue,
        plan_expense=plan_expense,
        year_revenue=month,
        year_expense=cost,
    )


def whole(satang: FloatArray) -> FloatArray:
    """Whole satang; sums of them stay exact."""
    return np.rint(satang)


def _months_revenue(cast: Cast) -> FloatArray:
    """Revenue of an average month, in satang: n x 24."""
    base = np.array([hospital.revenue for hospital in cast.hospitals]) * _SATANG / YEAR
    growth = 1 + cast.drawn("growth", cast.parameters.year_growth) / 100
    return per_year(np.column_stack((base, base * growth)))


def _parts(cast: Cast, cost: FloatArray) -> dict[str, FloatArray]:
    """Expense by what it is for; what is not named is `other`."""
    dearer = 1 + cast.span("cost")[:, None] / 100
    noise = cast.parameters.noise.expense
    parts = {
        name: whole(cost * cast.by_level(name)[:, None] / 100 * cast.noise(name, noise))
        for name in ("labour", *MATERIALS)
    }
    for name in MATERIALS:
        parts[name] = whole(parts[name] * dearer)
    # Buildings wear off evenly, whatever the month brings.
    even = cost / every_year(cast.parameters.seasons.expense)
    parts["depreciation"] = whole(even * cast.by_level("depreciation")[:, None] / 100)
    parts["other"] = np.maximum(
        whole(cost * cast.noise("other", noise)) - _added_up(parts), whole(cost / 50)
    )
    return parts


def _added_up(parts: Mapping[str, FloatArray]) -> FloatArray:
    total = np.zeros((1, MONTHS))
    for part in parts.values():
        total = total + part
    return total


def _plans(cast: Cast, month: FloatArray, cost: FloatArray) -> tuple[FloatArray, FloatArray]:
    """What was planned up to each month; a plan is made for a year and keeps its error."""
    noise, seasons = cast.parameters.plan_noise, cast.parameters.seasons
    missed = cast.draws.normal("plan revenue", cast.size, MONTHS // YEAR) * noise.revenue
    revenue = _year_mean(month) * per_year(1 + missed / 100)
    above = cast.span("plan")[:, None]
    above = above + cast.draws.normal("plan expense", cast.size, MONTHS // YEAR) * noise.expense
    expense = _year_mean(cost) / per_year(1 + above / 100)
    return (
        whole(since_october(revenue * every_year(seasons.revenue))),
        whole(since_october(expense * every_year(seasons.expense))),
    )


def _year_mean(monthly: FloatArray) -> FloatArray:
    return per_year(since_october(monthly)[:, YEAR - 1 :: YEAR] / YEAR)
