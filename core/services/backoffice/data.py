"""Units and districts of the programme, as they reported in the quarters of a year."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from core.areas import is_district
from core.periods import Period
from core.scoring.base.states import State
from core.services.backoffice.programme import programme
from core.store.uploads.observed_table import ObservedTable, observed_table

FORM: Final = "backoffice"
PLAN: Final = "backoffice-plan"
DAYS: Final = "backoffice.days"
DISTRICT: Final = "backoffice.district"
TARGETED: Final = "backoffice.targeted"
SATISFACTION: Final = ("backoffice.satisfaction", "backoffice.satisfaction_full")
WORDS: Final = ("backoffice.effect", "backoffice.use")
RELIEVED: Final = ("backoffice.supplies", "backoffice.finance", "backoffice.refill")
QUARTERS: Final = (1, 2, 3, 4)


@dataclass(frozen=True)
class Report:
    """What a unit or district told of a quarter: figures that were reported, and words."""

    subject: str
    quarter: int
    figures: Mapping[str, float]
    words: Mapping[str, str]

    @property
    def days(self) -> float | None:
        return self.figures.get(DAYS)

    @property
    def is_relieved(self) -> bool:
        """Whether any process of it was relieved."""
        return any(self.figures.get(measure, 0.0) > 0 for measure in RELIEVED)

    @property
    def satisfaction(self) -> float | None:
        """Percent of full marks; None without either."""
        points, full = (self.figures.get(measure) for measure in SATISFACTION)
        return 100 * points / full if points is not None and full else None

    @property
    def step(self) -> int:
        """The step reached: all up to it are passed; 0 before the first."""
        passed = 0
        for step in programme().steps:
            if not all(self.figures.get(measure) == 1 for measure in step.measures):
                break
            passed = step.no
        return passed

    @property
    def subs_done(self) -> int:
        """Sub-steps that are done."""
        return sum(self.figures.get(measure) == 1 for measure in programme().sub_steps)


@dataclass(frozen=True)
class Reports:
    """All reports of a fiscal year, by subject and quarter."""

    fiscal_year: int
    units: Mapping[str, Mapping[int, Report]]
    districts: Mapping[str, Mapping[int, Report]]


def reports(session: Session, fiscal_year: int) -> Reports:
    """The reports of a year that count."""
    periods = [Period(fiscal_year, "Q", quarter) for quarter in QUARTERS]
    units: dict[str, dict[int, Report]] = {}
    districts: dict[str, dict[int, Report]] = {}
    for one in _rows(observed_table(session, FORM, periods=periods)):
        into = districts if is_district(one.subject) else units
        into.setdefault(one.subject, {})[one.quarter] = one
    return Reports(fiscal_year, units, districts)


def _rows(table: ObservedTable) -> Iterator[Report]:
    figures = {m: (c.values.tolist(), c.states.tolist()) for m, c in table.columns.items()}
    for place, (subject, period) in enumerate(zip(table.subjects, table.periods, strict=True)):
        reported = {
            m: values[place]
            for m, (values, states) in figures.items()
            if _is_reported(values, states, place)
        }
        words = {m: text for m, texts in table.texts.items() if (text := texts[place])}
        yield Report(subject, period.number, reported, words)


def _is_reported(values: Sequence[float], states: Sequence[int], place: int) -> bool:
    return states[place] == State.REPORTED and not math.isnan(values[place])
