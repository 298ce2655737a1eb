"""Recomputes what the inspection themes come to, whole periods at a time.

All facilities of a period are scored together, for what one reports moves its peers' means and its
areas' shares; only results that became others are written.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from sqlalchemy.orm import Session

from core.criteria.catalog import catalog
from core.criteria.model import Indicator
from core.forms.model.form import TableForm, forms
from core.periods import Part, Period
from core.scoring.base.derived import Figures
from core.scoring.base.inputs import BoolArray, Column
from core.scoring.base.outcomes import HospitalMonths
from core.scoring.base.peers import PeerGroups, group_codes, group_key
from core.scoring.base.states import State
from core.scoring.themes.indicator import IndicatorScores, score_indicators
from core.services.recompute.area_results import AreaMap, area_map, shared_results
from core.services.recompute.finance_results import HospitalRows
from core.services.recompute.indicator_results import indicator_results
from core.services.recompute.instead import Instead, put_instead
from core.services.recompute.joined_table import JoinedTable, joined_table
from core.services.recompute.plans import with_plans
from core.services.rules.expected import units_to_report
from core.services.rules.finance import GROUP
from core.services.rules.indicators import PER, IndicatorRules, indicator_rules
from core.services.rules.peer_values import Published, published_in
from core.services.rules.spans import by_rules, rounds_of
from core.store.register.repository import PlacedFacility, facilities
from core.store.results.writing import NewResults
from core.store.uploads.submissions import current_periods, reporting_subjects

_LISTED: Final = "pcu"
"""The kind of facility of which not every one should report."""

_Register = Mapping[Period, Mapping[str, PlacedFacility]]


def periods_concerned(
    session: Session, form: TableForm, changed: Collection[Period], readings: Mapping[str, str]
) -> set[Period]:
    """Periods whose results depend on what a table tells of some.

    Those themselves; and where it lists primary care units, all of the year that it tells of, for
    whoever stands on the year's list should report in each.
    """
    reported = {column.measure for column in form.columns}
    lists = {
        (fiscal_year, part)
        for fiscal_year, part in {(period.fiscal_year, period.part) for period in changed}
        if part in PER and reported & _list_of(_rules(fiscal_year, part, readings), _LISTED)
    }
    known = current_periods(session, form.id) if lists else ()
    return {*changed, *(one for one in known if (one.fiscal_year, one.part) in lists)}


def indicators_in(
    session: Session, periods: Collection[Period], readings: Mapping[str, str]
) -> Iterator[tuple[str, list[NewResults], list[Period]]]:
    """Every criterion with all its results in some periods, and those periods.

    What stands in these periods beyond the results is to be removed.
    """
    kinds: dict[Part, list[Period]] = defaultdict(list)
    for period in sorted(set(periods), key=lambda p: (p.part, p)):
        if period.part in PER:
            kinds[period.part].append(period)
    for part, known in kinds.items():
        for held, places in by_rules(enumerate(known), readings):
            rules, chosen = indicator_rules(held, PER[part]), [known[place] for place in places]
            results = _Scored.of(session, rules, chosen).results()
            for criterion in rules.criteria:
                yield criterion, [new for new in results if new.criterion == criterion], chosen


def indicators_with(
    session: Session, period: Period, readings: Mapping[str, str], instead: Instead
) -> tuple[NewResults, ...]:
    """What facilities come to in a period with some figures in place of those they sent.

    `instead` by facility and measure; facilities without any are left out, and so are areas.
    """
    results: list[NewResults] = []
    if period.part not in PER:
        return ()
    for held, _places in by_rules([(0, period)], readings):
        rules = indicator_rules(held, PER[period.part])
        scored = _Scored.of(session, rules, [period], instead)
        results += (new for new in scored.results() if new.criterion in rules.units)
    return tuple(results)


def rounds_judged(quarters: Collection[Period]) -> set[Period]:
    """The rounds that group values of some quarters judge: those that end with them."""
    return {
        quarter.month.round for quarter in quarters if quarter.month == quarter.month.round.month
    }


def _rules(fiscal_year: int, part: Part, readings: Mapping[str, str]) -> IndicatorRules:
    return indicator_rules(catalog().ruleset(fiscal_year, readings), PER[part])


@dataclass(frozen=True)
class _Scored:
    """The facilities of some periods of one fiscal year, by one kind of rules."""

    rules: IndicatorRules
    table: JoinedTable
    register: _Register
    expected: Mapping[str, Mapping[Period, list[PlacedFacility]]]
    published: Published

    @staticmethod
    def of(
        session: Session,
        rules: IndicatorRules,
        periods: list[Period],
        instead: Instead | None = None,
    ) -> "_Scored":
        tables = (form for form in forms().values() if isinstance(form, TableForm))
        # What is computed from the books counts before what was typed.
        table_forms = [form.id for form in sorted(tables, key=lambda one: one.holds != "accounts")]
        table = joined_table(session, table_forms, periods, {*rules.measures, GROUP}, instead)
        if instead:
            table = replace(table, columns=put_instead(table.columns, table.subjects, instead))
        if rules.per == PER["M"]:
            table = with_plans(session, table)
        kinds: list[str] = sorted({rule.of for rule in rules.units.values()})
        register = {
            period: {
                one.hcode: one
                for kind in kinds
                for one in facilities(session, at=period.month, kind=kind)
            }
            for period in periods
        }
        expected = {kind: _expected(session, rules, kind, register) for kind in kinds}
        published = published_in(session, {period.month for period in periods})
        return _Scored(rules, table, register, expected, published)

    def results(self) -> list[NewResults]:
        """Everything the rules give."""
        groups = self._groups()
        scored = score_indicators(self.rules.units.values(), self._case(groups))
        published = self.published.submissions(groups, self.table.periods)
        results, reported = [], {}
        for unit, scores in scored.items():
            reported[unit] = self._reported(unit)
            if reported[unit].any():
                rows = self._rows(unit)
                rule = self.rules.units[unit]
                results.append(indicator_results(rule, rows, scores, reported[unit], published))
        return [*results, *self._areas(scored, reported)]

    def _groups(self) -> list[str | None]:
        """The register's group in that period; of a facility it knows none of, the file's."""
        typed = self.table.texts.get(GROUP, (None,) * len(self.table.subjects))
        keys = zip(self.table.subjects, self.table.periods, strict=True)
        registered = [self.register[period].get(subject) for subject, period in keys]
        return [
            (one.hgr if one else None) or own for one, own in zip(registered, typed, strict=True)
        ]

    def _case(self, groups: Sequence[str | None]) -> HospitalMonths:
        table, size = self.table, len(self.table.subjects)
        known = sorted(set(table.periods), key=lambda p: (p.part, p))
        place = {period: number for number, period in enumerate(known)}
        months = np.array([place[period] for period in table.periods], dtype=np.int64)
        codes = group_codes([None if one is None else group_key(one) for one in groups])
        return HospitalMonths(
            figures=Figures(table.columns, months),
            peers=PeerGroups(codes, months),
            islands=np.zeros(size, dtype=np.bool_),
            rounds=rounds_of(table.periods),
            published=self.published.figures(groups, table.periods),
        )

    def _reported(self, unit: str) -> BoolArray:
        """Rows that reported something of it, in a round it holds in."""
        reported = self.table.reported_in(self.rules.needs(unit))
        only = self.rules.units[unit].round
        if only is not None:
            rounds = [period.number == only for period in self.table.periods]
            reported &= np.array(rounds, dtype=np.bool_)
        return reported

    def _rows(self, unit: str) -> HospitalRows:
        table = self.table
        submissions = table.submissions_of(self.rules.needs(unit))
        return HospitalRows(table.subjects, table.periods, submissions)

    def _areas(
        self, scored: Mapping[str, IndicatorScores], reported: Mapping[str, BoolArray]
    ) -> Iterator[NewResults]:
        for rule in self.rules.areas:
            scores, unit = scored[rule.of], self.rules.units[rule.of]
            where = self._where(unit, reported[rule.of])
            if where.codes:
                column = scores.passes if rule.counts_passes else scores.column
                yield shared_results(rule, where, _of_reporting(column, reported[rule.of]))

    def _where(self, unit: Indicator, reported: BoolArray) -> AreaMap:
        """Where the facilities lie that should report; of periods in which one did."""
        table = self.table
        there = {table.periods[place] for place in np.flatnonzero(reported).tolist()}
        expected = {p: who for p, who in self.expected[unit.of].items() if p in there}
        return area_map(table.subjects, table.periods, expected)


def _of_reporting(column: Column, reported: BoolArray) -> Column:
    """What those came to who reported something; another form alone may settle a verdict."""
    values = np.where(reported, column.values, np.nan)
    states = np.where(reported, column.states, State.NOT_REPORTED).astype(np.int8)
    return Column(values, states)


def _expected(
    session: Session, rules: IndicatorRules, kind: str, register: _Register
) -> dict[Period, list[PlacedFacility]]:
    """Who should report: every hospital, and the primary care units to be transferred."""
    if kind != _LISTED:
        return {
            period: [one for one in by.values() if one.kind == kind and one.is_open_in(period)]
            for period, by in register.items()
        }
    measures = _list_of(rules, kind)
    years = {period.fiscal_year for period in register}
    reporting = {year: set(reporting_subjects(session, year, measures)) for year in years}
    due = {}
    for period, by in register.items():
        there = {
            hcode: one for hcode, one in by.items() if one.kind == kind and one.is_open_in(period)
        }
        to_report = units_to_report(there, reporting[period.fiscal_year])
        due[period] = [one for hcode, one in there.items() if hcode in to_report]
    return due


def _list_of(rules: IndicatorRules, kind: str) -> set[str]:
    """The measures that facilities of a kind are judged by: who tells any stands on the list."""
    judged = (unit for unit, rule in rules.units.items() if rule.of == kind)
    return {code for unit in judged for code in rules.needs(unit)}
