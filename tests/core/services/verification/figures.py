"""Hospitals with invented figures on both sides of every cut-off, stored and scored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import nan
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Engine

from core.criteria.catalog import catalog
from core.periods import Period, parse_period
from core.scoring.base.states import State
from core.services.recompute.versions import Cause, recompute_all
from core.services.rules.in_force import choose_readings
from core.services.rules.indicators import IndicatorRules
from core.services.rules.peer_values import measures_of_groups
from core.store.engine.migrate import open_database
from core.store.engine.unit_of_work import unit_of_work
from core.store.register.repository import enter_facilities
from core.store.results.versions import open_version
from core.store.uploads.observations import NewSubmission, Observed
from core.store.uploads.repository import store_upload
from tests.core.store.filling import a_file, a_register, hospital

MONTH = parse_period("2566-M09")
YEAR_AGO = parse_period("2565-M09")
QUARTER = parse_period("2566-Q3")
ROUNDS = {1: parse_period("2566-R1"), 2: parse_period("2566-R2")}
GROUPS = ("F2 ≤30,000", "M1 <=200")

Value = float | State
Figures = dict[str, Value]
_ABSENT = (State.NOT_REPORTED, State.NOT_APPLICABLE, State.CONTRADICTORY, State.ERROR, State.STALE)


@dataclass(frozen=True)
class Told:
    """What one hospital told: of its month and the year before, of its books, of a round."""

    month: Figures
    books: Figures
    theme: Figures
    round: Figures
    adjrw_before: Value


def _month(random: Random) -> Figures:
    """A hospital's month: ratios, capital and income at the edges or a satang beside them."""
    one = random.choice
    liabilities = one((0.0, 100.0, 777.77, 20_000.0, 1_234_567.89, 9.9e8))
    satang = (-0.01, 0.0, 0.0, 0.01)
    assets = round(liabilities * one((1.5, 1.495, 1.0, 0.9)) + one(satang), 2)
    lasting = abs(assets - liabilities) * MONTH.number / one((3.0, 6.0, 2.0, 9.0))
    plan, total = one((0.0, 1000.0, 100.10)), one((0.0, 1000.0, 2500.0))
    quick = liabilities * one((1.0, 0.995, 0.7))
    figures = {
        "finance.cash": round(liabilities * one((0.8, 0.795, 0.3, 0.0)) + one(satang), 2),
        "finance.current_assets": assets,
        "finance.quick_assets": round(quick + one(satang), 2),
        "finance.inventories": round(max(assets - quick, 0), 2),
        "finance.current_liabilities": liabilities,
        "finance.net_income": one((round(lasting, 2), round(-lasting, 2), 0.0, -12.34)),
        "finance.revenue": round(plan * one((1.05, 0.95, 1.0501, 0.9499)), 2),
        "finance.expense": round(plan * one((1.05, 0.95, 1.0501, 0.9499)), 2),
        "finance.plan_revenue": plan,
        "finance.plan_expense": plan,
        "finance.depreciation": one((0.0, 12.34, 0.3)),
        "finance.ebitda": one((-0.01, 0.0, 5.5, 250.0)),
        "finance.operating_revenue": total,
        "finance.total_assets": total,
        "accounting.trial_balance_score": one((0.0, 0.5, 1.0, 1.01, -1.0)),
        "accounting.quality": one((94.99, 95.0, 100.0)),
        "activity.occupancy": one((79.99, 80.0, 80.01, 0.0)),
        "activity.adjrw": one((100.0, 105.0, 104.9999, 210.0)),
        "activity.cmi": one((0.9, 1.0, 1.1)),
        "planfin.type": one((1.0, 3.0, 4.0)),
    }
    days = (0.0, 60.0, 60.49, 60.5, 90.0, 90.5, 180.49, 180.5)
    funds = ("payables", "uc", "csmbs", "sss", "inventory")
    costs = ("op_unit", "ip_unit", "labour", "drugs", "lab", "supplies")
    figures |= {f"days.{name}": one(days) for name in funds}
    figures |= {f"cost.{name}": one((0.0, 0.1, 0.3, 700.0, 700.7)) for name in costs}
    if random.random() < 0.1:  # A month of nothing but zeros.
        return dict.fromkeys(figures, 0.0)
    return _with_gaps(figures, random, 0.06 if random.random() < 0.7 else 0.0)


def _with_gaps(figures: Mapping[str, float], random: Random, share: float) -> Figures:
    """Figures of which some are missing, for any of the reasons there are."""
    return {
        name: random.choice(_ABSENT) if random.random() < share else value
        for name, value in figures.items()
    }


def _theme(random: Random, per: str) -> Figures:
    """Measures the themes look at, from a few numbers whose shares meet the edges."""
    rules = IndicatorRules(catalog().ruleset(2566), per)
    codes = sorted(code for code in rules.measures if not code.startswith(("finance.", "days.")))
    if random.random() < 0.1:
        return {}
    if random.random() < 0.3:
        codes = random.sample(codes, len(codes) // 3)
    amounts = random.choice((_AMOUNTS, (1.0, 0.0), (40.0, 100.0, 80.0, 90.0)))
    figures = {code: random.choice(amounts) for code in codes}
    return _with_gaps(figures, random, random.choice((0.0, 0.05, 0.3)))


_AMOUNTS = (0.0, 1.0, 1.0, 1.0, 9.0, 10.0, 40.0, 50.0, 80.0, 90.0, 100.0, 0.5)


def drawn_hospitals(seed: int, number: int) -> list[Told]:
    """Hospitals, the same for the same seed."""
    random = Random(seed)
    return [_told(random) for _ in range(number)]


def _told(random: Random) -> Told:
    books: Figures = {"finance.cash": 100.0, "finance.net_income": 0.0, "days.uc": 60.0}
    chosen = random.sample(sorted(books), 2)
    return Told(
        month=_month(random),
        books={code: books[code] for code in chosen} if random.random() < 0.3 else {},
        theme=_theme(random, "month"),
        round=_theme(random, "round"),
        adjrw_before=random.choice((100.0, 200.0, 0.0, State.NOT_REPORTED)),
    )


def other_readings(place: int) -> Mapping[str, str]:
    """Every switch of the rules on its n-th reading from the end, as far as it has one."""
    names = {key: list(switch.options) for key, switch in catalog().switches.items()}
    return {key: options[-min(place, len(options))] for key, options in names.items()}


def stored(
    folder: Path, told: Sequence[Told], readings: Mapping[str, str], earlier: int = 0
) -> Engine:
    """A store with these hospitals, in two groups, scored under some readings.

    All of it is of so many years `earlier`.
    """
    engine = open_database(f"sqlite:///{folder / 'made.db'}", "own")
    codes = [f"{20001 + number}" for number in range(len(told))]
    with unit_of_work(engine) as session:
        a_register(session)
        enter_facilities(session, [_placed(code, n) for n, code in enumerate(codes)])
        for form, reported_figures in _files(codes, told).items():
            submissions = [
                NewSubmission(one.subject, years_before(one.period, earlier), one.observations)
                for one in reported_figures
            ]
            new = a_file(content=form.encode(), subject="TH", form=form)
            store_upload(session, new, submissions)
        if readings:
            choose_readings(session, open_version(session, why="readings", by="a test"), readings)
        recompute_all(session, Cause("import", "a test"))
        session.commit()
    return engine


def years_before(period: Period, years: int) -> Period:
    return Period(period.fiscal_year - years, period.part, period.number)


def _placed(code: str, number: int) -> Any:
    group = (*GROUPS, None)[min(number % 7, 2) if number % 7 == 2 else number % 2]
    return hospital(code, hgr=group, island=number % 3 == 0)


def _files(codes: Sequence[str], told: Sequence[Told]) -> dict[str, list[NewSubmission]]:
    pairs = list(zip(codes, told, strict=True))
    return {
        "finance": [
            *(_submission(code, MONTH, one.month) for code, one in pairs),
            *(_submission(code, YEAR_AGO, {"activity.adjrw": one.adjrw_before})
              for code, one in pairs),
        ],
        "trial-balance": [_submission(code, MONTH, one.books) for code, one in pairs if one.books],
        "revenue-4s4c": [
            *(_submission(code, MONTH, one.theme) for code, one in pairs if one.theme),
            *(_submission(code, ROUNDS[1 + number % 2], one.round)
              for number, (code, one) in enumerate(pairs) if one.round),
        ],
        "peer-values": [_group_values()],
    }  # fmt: skip


def _submission(subject: str, period: Period, figures: Figures) -> NewSubmission:
    return NewSubmission(subject, period, [_observed(*item) for item in figures.items()])


def _observed(measure: str, value: Value) -> Observed:
    if isinstance(value, State):
        return Observed(measure, nan, value, "ข้อมูล", "B2")
    return Observed(measure, value, State.REPORTED, "ข้อมูล", "B2")


def _group_values() -> NewSubmission:
    """What the ministry published of the second group: of most figures, not of all."""
    measures = sorted(set(measures_of_groups().values()))
    figures: Figures = dict.fromkeys(measures[::3], 0.3)
    figures |= dict.fromkeys(measures[1::3], 700.0)
    return _submission(GROUPS[1], QUARTER, figures)
