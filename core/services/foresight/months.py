"""The figures of one month in the whole country, as a simulation begins with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from sqlalchemy import Engine

from core.criteria.catalog import RuleSet
from core.foresight.situations import Situations
from core.periods import Period
from core.scoring.base.derived import IntArray
from core.scoring.base.inputs import Column
from core.scoring.finance.score import FinanceScores
from core.services.recompute.finance import StoredFinance, stored_finance
from core.services.rules.finance import finance_rules
from core.services.rules.in_force import rules_in_force
from core.services.scored.basis import Basis, bases
from core.store.engine.unit_of_work import reading
from core.store.results.versions import stamp_now

_CACHED = 6
"""Months in the cache, a megabyte each where 900 hospitals report."""


@dataclass(frozen=True)
class MonthFigures:
    """What hospitals reported in a month, and the rules of that month.

    `bases` say what their levels rest on.
    """

    period: Period
    rules: RuleSet
    stored: StoredFinance
    places: IntArray
    bases: Mapping[str, Basis]

    @cached_property
    def columns(self) -> Mapping[str, Column]:
        """The figures by measure, a row for each of `hcodes`."""
        return self.stored.columns(self.places)

    @cached_property
    def hcodes(self) -> tuple[str, ...]:
        return tuple(self.stored.table.subjects[place] for place in self.places.tolist())

    @cached_property
    def rows(self) -> Mapping[str, int]:
        """The row of each facility."""
        return {hcode: row for row, hcode in enumerate(self.hcodes)}

    @cached_property
    def situations(self) -> Situations:
        """All hospitals, their money ready to be moved."""
        months = self.stored.table.months[self.places]
        return Situations(self.columns, months, finance_rules(self.rules).crisis)

    def of(self, hcodes: Sequence[str]) -> Situations:
        """Some hospitals, in the order of their codes given."""
        return self.situations.rows(np.array([self.rows[one] for one in hcodes], dtype=np.int64))

    def scores(self, columns: Mapping[str, Column]) -> FinanceScores:
        """All hospitals as they are scored with these figures: peers are those of the month."""
        return self.stored.scores(self.rules, self.places, columns)

    @cached_property
    def now(self) -> FinanceScores:
        """All hospitals as they are scored."""
        return self.scores(self.columns)


def figures_of(engine: Engine, period: Period) -> MonthFigures:
    """The figures of a month; without rows where nothing was reported in it."""
    return _figures_of(engine, stamp_now(engine), period)


@lru_cache(maxsize=_CACHED)
def _figures_of(engine: Engine, version: str, period: Period) -> MonthFigures:  # noqa: ARG001
    with reading(engine) as session:
        stored = stored_finance(session, {period})
        return MonthFigures(
            period,
            rules_in_force(session, period),
            stored,
            stored.places({period}),
            bases(session, [period]).get(period, {}),
        )
