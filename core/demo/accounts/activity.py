"""Invented figures beside the accounts: patients, unit costs, accounting quality, plans."""

import numpy as np

from core.demo.accounts.balance import Balance
from core.demo.accounts.money import Money
from core.demo.country.stories import MONTHS, YEAR, Cast, every_year, per_year, since_october
from core.scoring.base.inputs import FloatArray

Columns = dict[str, FloatArray]
_MONTH_DAYS = 365 / 12


def invented_activity(cast: Cast) -> Columns:
    """Patients: occupancy in percent, sums of AdjRW since October, case mix index."""
    noise = cast.parameters.noise.occupancy
    seasons = every_year(cast.parameters.seasons.patients)
    occupancy = cast.by_level("occupancy")[:, None] * seasons * cast.noise("occupancy", noise)
    beds = np.array([float(hospital.beds) for hospital in cast.hospitals])[:, None]
    discharges = (
        beds * occupancy / 100 * _MONTH_DAYS / cast.drawn("stay", cast.parameters.stay)[:, None]
    )
    growth = 1 + _by_year(cast, "patients growth", cast.parameters.patients_growth) / 100
    index = cast.by_level("cmi")[:, None] * cast.noise("cmi", 1)
    first = discharges * index
    weights = first * per_year(np.column_stack((np.ones(cast.size), growth[:, 1])))
    before = np.concatenate((weights[:, :YEAR] / growth[:, :1], weights[:, :YEAR]), axis=1)
    return {
        "activity.occupancy": np.round(occupancy, 2),
        "activity.adjrw": np.round(since_october(np.round(weights, 4)), 4),
        "activity.adjrw_previous_year": np.round(since_october(np.round(before, 4)), 4),
        "activity.cmi": np.round(index, 4),
    }


def invented_unit_costs(cast: Cast) -> Columns:
    """Unit costs of a visit and of a weighted stay, in baht; dearer from year to year."""
    dearer = 1 + cast.span("cost")[:, None] / 100
    along = 1 + 0.03 * np.arange(MONTHS) / YEAR
    return {
        f"cost.{name}": np.round(
            cast.of_level(name)[:, None]
            * dearer
            * (0.9 + 0.2 * cast.draws.uniform(name, cast.size)[:, None])
            * along
            * cast.noise(name, cast.parameters.noise.expense),
            2,
        )
        for name in ("op_unit", "ip_unit")
    }


def invented_accounting(cast: Cast) -> Columns:
    """Accounting quality in percent and the points of the trial balance, better as time goes."""
    parameters = cast.parameters.accounting
    along = np.arange(MONTHS) / (MONTHS - 1)
    place = cast.draws.uniform("accounting", cast.size)[:, None]
    perfect = parameters.perfect[0] + along * (parameters.perfect[1] - parameters.perfect[0])
    low, high = parameters.otherwise
    otherwise = np.round(low + cast.draws.uniform("accounting low", cast.size) * (high - low), 1)
    points = parameters.points
    full = points.full[0] + along * (points.full[1] - points.full[0])
    checked = cast.draws.uniform("trial balance", cast.size)[:, None]
    half = cast.draws.uniform("trial balance half", cast.size)[:, None] < points.half
    return {
        "accounting.quality": np.where(place < perfect, 100.0, otherwise[:, None]),
        "accounting.trial_balance_score": np.where(checked < full, 1.0, np.where(half, 0.5, 0.0)),
    }


def invented_planfin(cast: Cast, money: Money, balance: Balance) -> Columns:
    """The type of a year's Planfin, by what was planned and by the capital it began with."""
    types, at_end = cast.parameters.planfin, slice(YEAR - 1, None, YEAR)
    planned = money.plan_revenue[:, at_end], money.plan_expense[:, at_end]
    surplus = (planned[0] - planned[1]) / planned[0] * 100
    begun = slice(0, None, YEAR)
    assets, debts = balance.current_assets[:, begun], balance.current_liabilities[:, begun]
    with_deficit = np.where(assets >= debts * 1.5, types.deficit_with_capital, types.deficit)
    with_deficit = np.where(assets < debts, types.deficit_deep, with_deficit)
    balanced = np.where(surplus >= cast.parameters.balanced_from, types.surplus, types.balanced)
    types_of_year = np.where(surplus < 0, with_deficit, balanced)
    return {"planfin.type": per_year(types_of_year.astype(np.float64))}


def _by_year(cast: Cast, name: str, span: tuple[float, float]) -> FloatArray:
    low, high = span
    return low + cast.draws.uniform(name, cast.size, MONTHS // YEAR) * (high - low)
