"""The rules stored results were made by: the readings an administrator chose, else the defaults."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy.orm import Session

from core.criteria.catalog import RuleSet, catalog
from core.periods import Period
from core.store.results.reading_changes import enter_reading_changes, readings_at

READINGS: Final = "readings"
"""Why results are another version after other readings were chosen."""


@dataclass(frozen=True)
class RulesInForce:
    """The rules of every period under the readings in force; `readings` as they are chosen."""

    readings: Mapping[str, str]
    _known: dict[Period, RuleSet] = field(default_factory=dict, compare=False, repr=False)

    def of(self, period: Period) -> RuleSet:
        """The rules of a period."""
        if period not in self._known:
            self._known[period] = catalog().ruleset_of(period, self.readings)
        return self._known[period]


def readings_in_force(session: Session, *, at: int | None = None) -> Mapping[str, str]:
    """The readings results follow now or followed at a version, those that are no default.

    One that the criteria no longer know is left out.
    """
    known = catalog().switches
    return {
        key: name
        for key, name in readings_at(session, at).items()
        if key in known and name in known[key].options and name != known[key].default
    }


def every_reading(readings: Mapping[str, str]) -> dict[str, str]:
    """The reading of every switch under chosen ones: the default where none was chosen."""
    return {key: readings.get(key, switch.default) for key, switch in catalog().switches.items()}


def choose_readings(session: Session, version: int, readings: Mapping[str, str]) -> None:
    """Have results follow these readings from a version on; those not named stay as they are.

    `UsageError` U003 for an unknown one. Nothing is recomputed.
    """
    catalog().check_readings(readings)
    before = every_reading(readings_in_force(session))
    others = {key: name for key, name in readings.items() if before[key] != name}
    if others:
        enter_reading_changes(session, version, before, others)


def rules_of(session: Session, *, at: int | None = None) -> RulesInForce:
    """The rules as results follow them now, or followed them at a version."""
    return RulesInForce(readings_in_force(session, at=at))


def rules_in_force(session: Session, period: Period, *, at: int | None = None) -> RuleSet:
    """The rules of a period as results follow them now, or followed them at a version."""
    return rules_of(session, at=at).of(period)
