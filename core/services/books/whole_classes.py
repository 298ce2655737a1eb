"""Typed figures that look like whole classes of accounts, of which the ministry leaves some out."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from core.forms.trial_balance.accounts import AccountSet, account_sets, chart
from core.scoring.explain.figures import money
from core.text import Text, say

_BAHT: Final = 1.0
"""By how much a typed figure may be off: many are typed in whole baht."""
_CASH, _QUICK, _CURRENT, _INVENTORIES = (
    f"finance.{one}" for one in ("cash", "quick_assets", "current_assets", "inventories")
)
_MOST_LISTED: Final = 3
Kind = Literal["whole", "above", "less_inventories"]


@dataclass(frozen=True, slots=True)
class WholeClass:
    """A typed figure that is not what its accounts come to; amounts in baht.

    `kind`: all accounts that begin with `prefixes`, more than these hold together (`whole`), or
    current assets less inventories where receivables and cash were meant. `left_out` are the
    accounts of the class that do not count, the largest first.
    """

    measure: str
    kind: Kind
    typed: float
    counted: float
    prefixes: tuple[str, ...]
    whole: float
    left_out: tuple[tuple[str, float], ...]


def whole_classes(
    fiscal_year: int, typed: Mapping[str, float], balances: Iterable[tuple[str, float]]
) -> Iterator[WholeClass]:
    """The typed figures of a hospital's month that look like whole classes by its books.

    `balances` are account codes with debit − credit carried forward. Only figures that leave
    accounts of their class out, and that are not what the books give.
    """
    sets = account_sets()
    held = [(c, sets.side(c) * amount) for c, amount in balances if not math.isnan(amount)]

    def total(holds: Callable[[str], bool]) -> float:
        return math.fsum(amount for code, amount in held if holds(code))

    measures = sets.edition(fiscal_year).measures
    current, stocks = measures[_CURRENT].plus, measures[_INVENTORIES].plus
    for measure, composition in measures.items():
        value, chosen = typed.get(measure), composition.plus
        if value is None or composition.minus or not chosen.without:
            continue
        whole, counted = total(_whole(chosen).holds), total(chosen.holds)
        less = (total(one.holds) - total(stocks.holds) for one in (current, _whole(current)))
        kind = _kind(measure, value, whole, tuple(less))
        if kind is None or abs(value - counted) <= _BAHT:
            continue
        outside = [one for one in held if one[1] and _whole(chosen).holds(one[0])]
        outside = [one for one in outside if not chosen.holds(one[0])]
        outside.sort(key=lambda one: -abs(one[1]))
        yield WholeClass(measure, kind, value, counted, chosen.prefixes, whole, tuple(outside))


def _whole(chosen: AccountSet) -> AccountSet:
    return AccountSet(prefixes=chosen.prefixes)


def _kind(measure: str, value: float, whole: float, less: tuple[float, ...]) -> Kind | None:
    if abs(value - whole) <= _BAHT:
        return "whole"
    if measure == _QUICK and any(abs(value - one) <= _BAHT for one in less):
        return "less_inventories"
    return "above" if measure == _CASH and value > whole else None


def class_text(one: WholeClass) -> Text:
    """What a typed figure looks like, as the rest of a sentence about it."""
    prefixes = ", ".join(one.prefixes)
    if one.kind == "less_inventories":
        return say(
            "which is current assets less inventories; quick assets are cash and receivables"
        )
    if one.kind == "above":
        held = money(one.whole)
        return say("more than all accounts {prefixes}… hold ({held})", prefixes=prefixes, held=held)
    listed = (f"{chart().title(code)} {money(sum_)}" for code, sum_ in one.left_out[:_MOST_LISTED])
    outside = ", ".join(listed)
    return say(
        "which is all accounts {prefixes}…, also {outside}", prefixes=prefixes, outside=outside
    )
