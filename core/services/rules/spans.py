"""Periods by the rules that hold in them, and by inspection round."""

from collections.abc import Iterable, Mapping

import numpy as np

from core.criteria.catalog import RuleSet, catalog
from core.periods import Period
from core.scoring.base.derived import IntArray


def by_rules(
    periods: Iterable[tuple[int, Period]], readings: Mapping[str, str] | None = None
) -> list[tuple[RuleSet, list[int]]]:
    """Rules in force with the places of the periods they hold in, oldest rules first.

    `periods` are numbered by their places; rules may change within a fiscal year.
    """
    ordered = sorted(periods, key=lambda numbered: numbered[1].month)
    spans: dict[int, tuple[RuleSet, list[int]]] = {}
    for place, period in ordered:
        rules = catalog().ruleset_of(period, readings)
        spans.setdefault(id(rules), (rules, []))[1].append(place)
    return [(rules, sorted(places)) for rules, places in spans.values()]


def rounds_of(periods: Iterable[Period | None]) -> IntArray:
    """The inspection round of each period; 0 for one that is no round."""
    numbers = [one.number if one and one.part == "R" else 0 for one in periods]
    return np.array(numbers, dtype=np.int64)
