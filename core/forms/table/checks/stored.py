"""Holds a facility's months against those stored before: cumulative figures, and years typed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final, NamedTuple

from core.forms.model.form import TableForm
from core.forms.model.issues import CellIssue
from core.forms.model.values import plain
from core.forms.table.lines import Figure, Line, figures
from core.periods import Period, month_text
from core.scoring.base.inputs import Column
from core.scoring.base.states import State
from core.text import Text, say

FIRST_QUARTER: Final = frozenset({1, 2, 3})
_SATANG: Final = 0.01


class KnownMonth(NamedTuple):
    """A stored month of a facility: its figures by measure, and the file they came in."""

    values: Mapping[str, float]
    file: str


Known = Mapping[tuple[str, Period], KnownMonth]
"""Stored months by subject and period."""


def cumulative_of(form: TableForm, columns: Mapping[str, Column]) -> tuple[Figure, ...]:
    """The figures of a table that are added up since October, so that they cannot fall."""
    return tuple(
        figure
        for figure in figures(form)
        if figure.column.cumulative and figure.lowest >= 0 and figure.measure in columns
    )


def against_stored(
    form: TableForm, lines: Sequence[Line], columns: Mapping[str, Column], known: Known
) -> Iterator[CellIssue]:
    """Rows that do not go with the months the store has of their facility, before and after.

    A month of the file stands in for the stored one.
    """
    stored: dict[str, dict[Period, KnownMonth]] = {}
    for (subject, period), month in known.items():
        if period.part == "M":
            stored.setdefault(subject, {})[period] = month
    for subject, places in _by_subject(lines).items():
        rows = _Rows(form, lines, columns, subject, places, stored.get(subject, {}))
        yield from rows.falls()
        yield from rows.calendar_years()


def _by_subject(lines: Sequence[Line]) -> dict[str, dict[Period, int]]:
    """The lines of each subject by month; those that are of no month are left out."""
    by_subject: dict[str, dict[Period, int]] = {}
    for place, line in enumerate(lines):
        if line.is_placed and line.subject and line.period and line.period.part == "M":
            by_subject.setdefault(line.subject, {})[line.period] = place
    return by_subject


@dataclass(frozen=True)
class _Rows:
    """The months of one subject: `places` among the lines, `stored` those of the store."""

    form: TableForm
    lines: Sequence[Line]
    columns: Mapping[str, Column]
    subject: str
    places: Mapping[Period, int]
    stored: Mapping[Period, KnownMonth]

    def falls(self) -> Iterator[CellIssue]:
        """Cumulative figures below a stored earlier month of the year, or above a later one."""
        for figure in cumulative_of(self.form, self.columns):
            months = sorted(self._values(figure).items())
            for (before, was), (after, now) in pairwise(months):
                fell = before.fiscal_year == after.fiscal_year and now - was < -_SATANG
                if fell and before in self.stored_only and after in self.places:
                    yield self._issue("W417", figure, after, now, before, was)
                elif fell and before in self.places and after in self.stored_only:
                    yield self._issue("W418", figure, before, was, after, now)

    @cached_property
    def stored_only(self) -> frozenset[Period]:
        """The stored months that the file does not replace."""
        return frozenset(self.stored.keys() - self.places.keys())

    def _values(self, figure: Figure) -> dict[Period, float]:
        """The figure month by month, the file's before the store's."""
        column = self.columns[figure.measure]
        values = {
            period: value
            for period in self.stored_only
            if (value := self.stored[period].values.get(figure.measure)) is not None
        }
        own = self.places.items()
        return values | {
            period: float(column.values[place])
            for period, place in own
            if column.states[place] == State.REPORTED
        }

    def calendar_years(self) -> Iterator[CellIssue]:
        """October to December under one year and the months that follow under the next."""
        months = [*self.places, *self.stored_only]
        first, last = (pick(m.fiscal_year for m in months) for pick in (min, max))
        years = {month.fiscal_year for month in months}
        begun = sorted(month for month in months if month.fiscal_year == first)
        ended = sorted(month for month in months if month.fiscal_year == last)
        runs_on = len(years) == last - first + 1 > 1
        begins = FIRST_QUARTER.issuperset(month.number for month in begun)
        if not runs_on or not begins or not FIRST_QUARTER.isdisjoint(m.number for m in ended):
            return
        if begun[0] in self.places and ended[0] in self.stored_only:
            yield self._year_issue("W419", begun[0], ended[0], first)
        elif begun[0] in self.stored_only and ended[0] in self.places:
            yield self._year_issue("W420", ended[0], begun[0], first)

    def _year_issue(self, code: str, own: Period, other: Period, year: int) -> CellIssue:
        spot = self.lines[self.places[own]].spot("fiscal_year")
        params = {"facility": self.subject, "stored": self._titles(other)}
        return CellIssue(code, spot.sheet, spot.place.name, str(year), str(year + 1), params)

    def _issue(
        self, code: str, figure: Figure, own: Period, value: float, other: Period, known: float
    ) -> CellIssue:
        spot = self.lines[self.places[own]].spot(figure.measure)
        params = {
            "title": figure.column.name,
            "facility": self.subject,
            "stored": self._titles(other),
        }
        return CellIssue(code, spot.sheet, spot.place.name, plain(value), plain(known), params)

    def _titles(self, period: Period) -> Text:
        """A stored month by its name, and its file."""
        return say("{month}, “{file}”", month=month_text(period), file=self.stored[period].file)
