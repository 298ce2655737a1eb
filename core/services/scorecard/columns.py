"""The columns of a scorecard: what is judged at a moment, by which period, and its past."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from core.criteria.catalog import RuleSet, catalog
from core.criteria.model import AreaShare, Indicator
from core.periods import Period
from core.services.comparison.data import period_at
from core.services.overview.month import HOSPITAL
from core.services.rules.finance import CRISIS, TPS
from core.services.rules.in_force import RulesInForce
from core.text import Text

PAST: Final = 8
"""Periods of a sparkline at most, the one shown among them."""

Kind = Literal["share", "level", "points", "value"]


@dataclass(frozen=True, slots=True)
class Column:
    """What one column shows.

    `criterion` is what its results are stored under, `shown_by` the area criterion that a page
    shows it by: the same for areas. `is_stale`: of an earlier round than the one asked for. `past`
    are its periods up to the one shown, oldest first. `unit` is an inspection theme's rule for a
    facility; None for areas and for the finance of hospitals.
    """

    criterion: str
    shown_by: str
    name: Text
    short: Text
    kind: Kind
    is_lower_better: bool
    period: Period
    is_stale: bool
    past: tuple[Period, ...]
    unit: Indicator | None = None


def area_columns(
    criteria: Sequence[str],
    moment: Period,
    rules: RulesInForce,
    reported: Mapping[str, Sequence[Period]],
) -> tuple[Column, ...]:
    """The area criteria that have results for a moment, in their order."""
    return tuple(_area_columns(criteria, moment, rules, reported))


def _area_columns(
    criteria: Sequence[str],
    moment: Period,
    rules: RulesInForce,
    reported: Mapping[str, Sequence[Period]],
) -> Iterator[Column]:
    for criterion in criteria:
        period = period_at(criterion, moment, rules, reported=reported[criterion])
        if period is None or period not in reported[criterion]:
            continue
        rule = rules.of(period).rules[criterion]
        earlier = [p for p in reported[criterion] if p <= period and p.part == period.part]
        yield Column(
            criterion=criterion,
            shown_by=criterion,
            name=rule.name,
            short=rule.short or rule.name,
            kind="share",
            is_lower_better=catalog().criteria[criterion].better == "lower",
            period=period,
            is_stale=period not in (moment, moment.round),
            past=tuple(earlier[-PAST:]),
        )


def facility_columns(
    columns: Sequence[Column], rules: RulesInForce, kind: str
) -> tuple[Column, ...]:
    """What facilities of a kind are judged by, in the order of the area criteria that count it."""
    columns_ = (_facility_column(one, rules.of(one.period), kind) for one in columns)
    return tuple(one for one in columns_ if one)


def _facility_column(column: Column, rules: RuleSet, kind: str) -> Column | None:
    """A column of facilities; None where they have no result of their own, or others have."""
    rule = rules.rules[column.criterion]
    of = rule.of if isinstance(rule, AreaShare) else ""
    unit = rules.rules.get(of)
    finance: Mapping[str, Kind] = {CRISIS: "level", TPS: "points"}
    if unit is None or kind != (unit.of if isinstance(unit, Indicator) else HOSPITAL):
        return None
    return Column(
        criterion=of,
        shown_by=column.criterion,
        name=unit.name,
        short=unit.short or (unit.name if of in finance else column.short),
        kind=finance.get(of, "value"),
        is_lower_better=catalog().criteria[of].better == "lower",
        period=column.period,
        is_stale=column.is_stale,
        past=column.past,
        unit=unit if isinstance(unit, Indicator) else None,
    )
