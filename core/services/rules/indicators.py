"""The inspection themes' rules in force: what facilities are judged by, and what areas are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from core.criteria.catalog import RuleSet
from core.criteria.model import AreaShare, Indicator
from core.periods import Part
from core.scoring.base.derived import measures_of
from core.scoring.themes.indicator import in_order

PER: Final[Mapping[Part, str]] = {"M": "month", "R": "round"}
"""Kinds of period the themes are judged by."""


def indicator_rules(rules: RuleSet, per: str) -> "IndicatorRules":
    """The same object for a rule set and a kind of period: their order is found once."""
    return rules.compiled(("indicators", per), lambda: IndicatorRules(rules, per))


@dataclass(frozen=True)
class IndicatorRules:
    """Indicators of one kind of period under a rule set, by id, each after those it needs."""

    rules: RuleSet
    per: str

    @cached_property
    def units(self) -> Mapping[str, Indicator]:
        """What facilities are judged by."""
        indicators = (rule for rule in self.rules.rules.values() if isinstance(rule, Indicator))
        return {rule.id: rule for rule in in_order(r for r in indicators if r.per == self.per)}

    @cached_property
    def areas(self) -> tuple[AreaShare, ...]:
        """What areas are judged by: shares of what facilities came to."""
        rules = self.rules.rules.values()
        return tuple(r for r in rules if isinstance(r, AreaShare) and r.of in self.units)

    @cached_property
    def measures(self) -> frozenset[str]:
        """Every measure one of them is computed from."""
        return frozenset(code for unit in self.units for code in self.needs(unit))

    def needs(self, unit: str) -> tuple[str, ...]:
        """The measures of an indicator: its own; where it only takes over others', theirs."""
        own = tuple(dict.fromkeys(self._own(unit)))
        if own:
            return own
        others = (self._owner(name) for name in self.units[unit].figures)
        return tuple(dict.fromkeys(code for other in others if other for code in self.needs(other)))

    def _own(self, unit: str) -> Iterator[str]:
        for figure in self.units[unit].figures:
            if self._owner(figure) is None:
                yield from measures_of(figure)

    def _owner(self, name: str) -> str | None:
        """The indicator a figure is the value or a part of; None for a measure."""
        return next((u for u in self.units if name == u or name.startswith(f"{u}.")), None)

    @property
    def criteria(self) -> tuple[str, ...]:
        """Ids of all of them."""
        return (*self.units, *(rule.id for rule in self.areas))
