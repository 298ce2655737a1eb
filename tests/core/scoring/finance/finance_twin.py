"""The finance rules once more: slow, obvious, one hospital at a time, in exact fractions.

Numbers stand here as the guideline prints them, so that a slip in a criteria file shows as well.
A row is a dictionary of measure code -> Decimal or None, with `group`, fiscal `month`, `island`.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

Row = dict[str, Any]
Number = Fraction | None
UNBOUNDED = Fraction(10**30)


ACTUAL = (
    "cash current_assets quick_assets inventories current_liabilities total_assets revenue expense "
    "net_income depreciation ebitda operating_revenue"
)


def is_empty(row: Row) -> bool:
    """Whether assets, liabilities and income are all 0: nothing was filled in."""
    needed = [row.get(f"finance.current_{name}") for name in ("assets", "liabilities")]
    amounts = [row.get(f"finance.{name}") for name in ACTUAL.split()]
    return None not in needed and not any(amounts)


def figure(row: Row, code: str) -> Number:
    value = row.get(code)
    if value is None or (value == 0 and is_empty(row)):
        return None
    return Fraction(Decimal(value))


def per_liabilities(row: Row, top: Number) -> Number:
    liabilities = figure(row, "finance.current_liabilities")
    if top is None or liabilities is None:
        return None
    return UNBOUNDED if liabilities == 0 else top / liabilities


def minus(a: Number, b: Number) -> Number:
    return None if a is None or b is None else a - b


def percent(top: Number, bottom: Number) -> Number:
    return None if top is None or bottom is None or bottom <= 0 else 100 * top / bottom


def half_up(value: Number, decimals: int) -> Number:
    """Rounded half up, away from zero, as by hand."""
    if value is None or value == UNBOUNDED:
        return value
    shifted = abs(value) * 10**decimals + Fraction(1, 2)
    rounded = Fraction(shifted.numerator // shifted.denominator, 10**decimals)
    return rounded if value >= 0 else -rounded


def ratio(row: Row, top: Number, rounding: str) -> Number:
    found = per_liabilities(row, top)
    return half_up(found, 2) if rounding == "two_decimals" else found


def current_ratio(row: Row, rounding: str = "two_decimals") -> Number:
    return ratio(row, figure(row, "finance.current_assets"), rounding)


def quick_ratio(row: Row, rounding: str = "two_decimals") -> Number:
    quick = figure(row, "finance.quick_assets")
    if quick is None:
        assets, stock = figure(row, "finance.current_assets"), figure(row, "finance.inventories")
        quick = minus(assets, stock)
    return ratio(row, quick, rounding)


def cash_ratio(row: Row, rounding: str = "two_decimals") -> Number:
    return ratio(row, figure(row, "finance.cash"), rounding)


def capital(row: Row) -> Number:
    return minus(figure(row, "finance.current_assets"), figure(row, "finance.current_liabilities"))


def net_income(row: Row) -> Number:
    given = figure(row, "finance.net_income")
    if given is not None:
        return given
    return minus(figure(row, "finance.revenue"), figure(row, "finance.expense"))


def income(row: Row, kind: str) -> Number:
    if kind == "ebitda":
        return figure(row, "finance.ebitda")
    if kind == "ni":
        return net_income(row)
    plain, worn = net_income(row), figure(row, "finance.depreciation")
    return None if plain is None or worn is None else plain + worn


def months(row: Row, kind: str = "ni") -> Number:
    held, earned = capital(row), income(row, kind)
    if held is None or earned is None:
        return None
    return UNBOUNDED if earned == 0 else abs(held) * row["month"] / abs(earned)


def survival(row: Row, kind: str = "ni", edge: str = "three_in_outer") -> int | None:
    held, earned, lasting = capital(row), income(row, kind), months(row, kind)
    if held is None or earned is None or lasting is None:
        return None
    outer = lasting <= 3 if edge == "three_in_outer" else lasting < 3
    if held >= 0 and earned >= 0:
        return 0
    if held < 0 and earned < 0:
        return 2
    if held >= 0:
        return 2 if outer else 1 if lasting <= 6 else 0
    return 0 if outer else 1 if lasting <= 6 else 2


def crisis(
    row: Row,
    kind: str = "ni",
    rounding: str = "two_decimals",
    edge: str = "three_in_outer",
) -> dict[str, int | None]:
    """Level, liquidity, stability and survival; None where an input is missing."""
    ratios = tuple(of(row, rounding) for of in (current_ratio, quick_ratio, cash_ratio))
    cutoffs = (Fraction(3, 2), Fraction(1), Fraction(4, 5))
    signs = (capital(row), income(row, kind))
    liquidity = None if None in ratios else sum(r < c for r, c in zip(ratios, cutoffs, strict=True))
    stability = None if None in signs else sum(value < 0 for value in signs)
    lasting = survival(row, kind, edge)
    parts = (liquidity, stability, lasting)
    level = None if None in parts else sum(parts)
    return {"level": level, "liquidity": liquidity, "stability": stability, "survival": lasting}


class Peers:
    """What a group's facilities that report a figure in a month stand for."""

    def __init__(self, row: Row, rows: Sequence[Row], of: Callable[[Row], Number]) -> None:
        same = [r for r in rows if r["group"] == row["group"] and r["month"] == row["month"]]
        known = [value for value in map(of, same) if value is not None]
        self.values = sorted(known) if row["group"] >= 0 else []

    def median(self) -> Number:
        n = len(self.values)
        return (self.values[(n - 1) // 2] + self.values[n // 2]) / 2 if n else None

    def mean(self) -> Number:
        return sum(self.values) / Fraction(len(self.values)) if self.values else None

    def within_deviation(self, value: Fraction) -> bool:
        """Whether a value is at most the mean and one sample standard deviation."""
        beyond = value - self.mean()
        n = len(self.values)
        variance = sum((v - self.mean()) ** 2 for v in self.values) / max(n - 1, 1)
        return beyond <= 0 or beyond**2 <= variance


def judged(value: Number, met: Callable[[Fraction], bool], points: Fraction) -> Number:
    return None if value is None else points * met(value)


def added(parts: Sequence[tuple[Number, Fraction]], cap: Number = None) -> tuple[Number, Fraction]:
    """Points and possible points of parts (points or None, full marks), neither above the cap."""
    earned = sum((points for points, _ in parts if points is not None), Fraction(0))
    possible = sum((full for points, full in parts if points is not None), Fraction(0))
    return (earned, possible) if cap is None else (min(earned, cap), min(possible, cap))


ONE, HALF = Fraction(1), Fraction(1, 2)
COSTS = {
    "op_unit": ONE,
    "ip_unit": ONE,
    "labour": HALF,
    "drugs": HALF,
    "lab": HALF,
    "supplies": HALF,
}


def costs(row: Row, rows: Sequence[Row], peer_value: str, management: str) -> list[Any]:
    parts = []
    for name, full in COSTS.items():

        def of(r: Row, name: str = name) -> Number:
            return figure(r, f"cost.{name}")

        peers = Peers(row, rows, of)
        points = HALF if management == "half_points_either_or" else full
        value = of(row) if peers.values else None
        if peer_value == "median":
            met = judged(value, lambda v, p=peers: v <= p.median(), points)
        elif "unit" in name:
            met = judged(value, lambda v, p=peers: p.within_deviation(v), points)
        else:
            met = judged(value, lambda v, p=peers: v <= p.mean(), points)
        parts.append((met, points))
    return parts


def against(row: Row, rows: Sequence[Row], of: Callable[[Row], Number], peer_value: str) -> Number:
    peers = Peers(row, rows, of)
    return minus(of(row), peers.median() if peer_value == "median" else peers.mean())


def productivity(row: Row, rows: Sequence[Row], peer_value: str) -> list[Any]:
    occupancy = judged(figure(row, "activity.occupancy"), lambda v: v >= 80, ONE)
    middle = "mean" if peer_value == "mean_and_sd" else "median"
    beyond = against(row, rows, lambda r: figure(r, "activity.adjrw"), middle)
    before = figure(row, "activity.adjrw_previous_year")
    growth = percent(minus(figure(row, "activity.adjrw"), before), before)
    grown = growth is not None and growth >= 5
    adjrw = ONE if grown else judged(beyond, lambda v: v > 0, ONE)
    return [(occupancy, ONE), (adjrw, ONE)]


def plan(row: Row, name: str) -> tuple[Number, Fraction]:
    planned = figure(row, f"finance.plan_{name}")
    difference = percent(minus(figure(row, f"finance.{name}"), planned), planned)
    return judged(difference, lambda v: abs(v) <= 5, ONE), ONE


def days(row: Row, name: str) -> Number:
    """Whole days."""
    return half_up(figure(row, f"days.{name}"), 0)


def assets(row: Row, payables_days: str, rounding: str) -> list[Any]:
    cash, payables = cash_ratio(row, rounding), days(row, "payables")
    if payables_days == "always_90":
        cash = ONE
    limit = None if cash is None else 90 if cash >= Fraction(4, 5) else 180
    paid = None if limit is None else judged(payables, lambda v: v <= limit, ONE)
    stock_days = 90 if row["island"] else 60
    return [
        (paid, ONE),
        (judged(days(row, "uc"), lambda v: v <= 60, HALF), HALF),
        (judged(days(row, "csmbs"), lambda v: v <= 60, HALF), HALF),
        (judged(days(row, "inventory"), lambda v: v <= stock_days, ONE), ONE),
    ]


def results(row: Row, rows: Sequence[Row], peer_value: str, rounding: str) -> list[Any]:
    def margin(r: Row) -> Number:
        return percent(figure(r, "finance.ebitda"), figure(r, "finance.operating_revenue"))

    def returns(r: Row) -> Number:
        return percent(net_income(r), figure(r, "finance.total_assets"))

    return [
        (judged(against(row, rows, margin, peer_value), lambda v: v >= 0, ONE), ONE),
        (judged(against(row, rows, returns, peer_value), lambda v: v >= 0, ONE), ONE),
        (judged(figure(row, "finance.ebitda"), lambda v: v >= 0, ONE), ONE),
        (judged(capital(row), lambda v: v >= 0, ONE), ONE),
        (judged(cash_ratio(row, rounding), lambda v: v >= Fraction(4, 5), ONE), ONE),
    ]


def tps(
    row: Row,
    rows: Sequence[Row],
    payables_days: str = "by_cash_ratio",
    management: str = "cost_block_capped",
    peer_value: str = "mean_sd_costs",
    rounding: str = "two_decimals",
) -> dict[str, Any]:
    """Score, possible points and grade; the grade only where every item was judged."""
    spent = costs(row, rows, peer_value, management)
    busy = productivity(row, rows, peer_value)
    check = figure(row, "accounting.trial_balance_score")
    checked = check if check is not None and 0 <= check <= 1 else None
    if management == "cost_block_capped":
        section = [added(spent, Fraction(2)), added([(checked, ONE)]), added(busy)]
    elif management == "half_points_either_or":
        section = [added(spent), added([(checked, ONE)]), added(busy, ONE)]
    else:
        section = [added([*spent, (checked, ONE), *busy], Fraction(5))]
    others = [plan(row, "revenue"), plan(row, "expense"), *assets(row, payables_days, rounding)]
    others += results(row, rows, peer_value, rounding)
    sums = [*section, added(others)]
    score, possible = sum(s for s, _ in sums), sum(p for _, p in sums)
    complete = all(points is not None for points, _ in [*spent, *busy, (checked, ONE), *others])
    return {
        "score": score if possible else None,
        "possible": possible,
        "grade": grade(score) if complete else None,
    }


def grade(score: Fraction) -> str:
    for letter, edge in (("A", "12"), ("B", "10.5"), ("C", "9"), ("D", "7.5")):
        if score >= Fraction(edge):
            return letter
    return "F"
