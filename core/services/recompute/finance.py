"""Recomputes what hospitals' monthly finance comes to, whole periods at a time.

A peer group's medians move with every figure of one of its hospitals, and areas with every result:
all hospitals of a period are scored together, and only results that became others are written.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from sqlalchemy.orm import Session

from core.criteria.catalog import RuleSet
from core.forms.model.form import Holding, form_that_holds
from core.periods import Period
from core.scoring.base.inputs import BoolArray, Column
from core.scoring.base.peers import group_codes, group_key
from core.scoring.finance.score import FinanceScores, score_finance
from core.services.recompute.area_results import AREA_CRITERIA, area_map, area_results
from core.services.recompute.finance_results import HospitalRows, finance_results
from core.services.recompute.joined_table import JoinedTable, joined_table
from core.services.recompute.plans import with_plans
from core.services.rules.finance import CRISIS, GRADE, GROUP, ISLAND, TPS, finance_rules
from core.services.rules.peer_values import Published, published_in
from core.services.rules.spans import by_rules
from core.services.scored.finance import with_year_before
from core.store.register.repository import PlacedFacility, facilities
from core.store.results.writing import NewResults
from core.store.uploads.observed_table import IntArray

MONTHLY: Final[tuple[Holding, ...]] = ("accounts", "hospital_months")
"""What forms of hospitals' monthly finance hold: a figure computed from the books counts first."""
HOSPITAL: Final = "hospital"
CRITERIA: Final = (CRISIS, TPS, GRADE, *AREA_CRITERIA)

_Register = Mapping[Period, Mapping[str, PlacedFacility]]


def monthly_forms() -> tuple[str, str]:
    """The forms of hospitals' months: computed from the books, and typed."""
    return form_that_holds("accounts").id, form_that_holds("hospital_months").id


def periods_concerned(changed: Iterable[Period]) -> set[Period]:
    """Months whose results depend on figures of these: they themselves, and a year later.

    Last year's AdjRW is what this year's is held against.
    """
    return {
        period
        for month in changed
        for period in (month, Period(month.fiscal_year + 1, month.part, month.number))
    }


def finance_in(
    session: Session, periods: Collection[Period] | None, readings: Mapping[str, str]
) -> tuple[tuple[NewResults, ...], set[Period]]:
    """All results of some periods (of all there are when None), and the periods.

    What stands in these periods beyond the results is to be removed.
    """
    stored = stored_finance(session, periods)
    results: list[NewResults] = []
    for rules, places in by_rules(enumerate(stored.register), readings):
        known = list(stored.register)
        results += stored.under(rules, {known[place] for place in places})
    return tuple(results), set(stored.table.periods) if periods is None else set(periods)


def stored_finance(session: Session, periods: Collection[Period] | None) -> "StoredFinance":
    """What counts now of some months (of all there are when None), and who the hospitals were."""
    table = joined_table(session, monthly_forms(), None if periods is None else _with_past(periods))
    table = with_plans(session, table)
    judged = set(table.periods) if periods is None else set(periods) & set(table.periods)
    return StoredFinance(table, _registered(session, judged), published_in(session, judged))


def _with_past(periods: Iterable[Period]) -> set[Period]:
    return {
        period
        for month in periods
        for period in (month, Period(month.fiscal_year - 1, month.part, month.number))
    }


def _registered(session: Session, periods: Iterable[Period]) -> _Register:
    """The hospitals and other facilities as they were in each period, by hcode."""
    return {
        period: {facility.hcode: facility for facility in facilities(session, at=period)}
        for period in sorted(periods)
    }


@dataclass(frozen=True)
class StoredFinance:
    """Current figures of some periods, and who the hospitals were then."""

    table: JoinedTable
    register: _Register
    published: Published

    def under(self, rules: RuleSet, periods: Collection[Period]) -> Iterable[NewResults]:
        """Every result of some periods, under the rules that hold in them."""
        places = self.places(periods)
        rows = self._rows(places)
        scores = self.scores(rules, places, self.columns(places))
        published = self.published.submissions(self._groups(places, rows), rows.periods)
        yield from finance_results(rows, scores, finance_rules(rules).crisis, published)
        where = area_map(rows.subjects, rows.periods, self._expected(periods))
        yield from area_results(rules, where, scores)

    def scores(
        self, rules: RuleSet, places: IntArray, columns: Mapping[str, Column]
    ) -> FinanceScores:
        """Rows of the table as they are scored, or would be with other figures in `columns`."""
        rows = self._rows(places)
        groups = self._groups(places, rows)
        return score_finance(
            columns,
            months=self.table.months[places],
            groups=group_codes([None if one is None else group_key(one) for one in groups]),
            islands=self._islands(places, rows),
            rules=finance_rules(rules),
            published=self.published.figures(groups, rows.periods),
        )

    def columns(self, places: IntArray) -> dict[str, Column]:
        """The figures of some rows, last year's AdjRW among them, by measure."""
        table = self.table
        placed = np.ones(len(table.subjects), dtype=np.bool_)
        every = with_year_before(table.columns, group_codes(table.subjects), table.months, placed)
        return {
            code: Column(column.values[places], column.states[places])
            for code, column in every.items()
        }

    def _rows(self, places: IntArray) -> HospitalRows:
        books, typed = (self.table.submissions[form][places] for form in monthly_forms())
        return HospitalRows(
            subjects=[self.table.subjects[place] for place in places.tolist()],
            periods=[self.table.periods[place] for place in places.tolist()],
            submissions=np.where(typed < 0, books, typed),
            books=np.where(typed < 0, -1, books),
        )

    def places(self, periods: Collection[Period]) -> IntArray:
        """The rows of some periods."""
        numbered = enumerate(self.table.periods)
        return np.array([place for place, period in numbered if period in periods], dtype=np.int64)

    def _groups(self, places: IntArray, rows: HospitalRows) -> list[str | None]:
        """The register's group; of a facility it does not know, or knows none of, the file's."""
        typed = self.table.texts.get(GROUP, (None,) * len(self.table.subjects))
        known = self._facilities(rows)
        return [
            (one.hgr if one else None) or typed[place]
            for one, place in zip(known, places.tolist(), strict=True)
        ]

    def _islands(self, places: IntArray, rows: HospitalRows) -> BoolArray:
        """Whether the register says so; of a facility it does not know, whether the file does."""
        typed = self.table.columns.get(ISLAND, Column.empty(len(self.table.subjects)))
        flags = (typed.values[places] > 0).tolist()
        known = self._facilities(rows)
        return np.array(
            [one.island if one else flag for one, flag in zip(known, flags, strict=True)],
            dtype=np.bool_,
        )

    def _facilities(self, rows: HospitalRows) -> Sequence[PlacedFacility | None]:
        keys = zip(rows.subjects, rows.periods, strict=True)
        return [self.register[period].get(subject) for subject, period in keys]

    def _expected(self, periods: Collection[Period]) -> dict[Period, list[PlacedFacility]]:
        """The hospitals that should report in each of some periods."""
        return {
            period: [
                one
                for one in self.register[period].values()
                if one.kind == HOSPITAL and one.is_open_in(period)
            ]
            for period in sorted(periods)
        }
