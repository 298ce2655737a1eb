"""The figures of a facility in a period as rules count them, each with the cell it came from."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from sqlalchemy.orm import Session

from core.criteria.catalog import measures
from core.forms.model.form import TableForm, forms
from core.periods import Period
from core.reports.verification.model import Figure
from core.scoring.base.states import State
from core.services.recompute.finance import monthly_forms
from core.store.uploads.observations import Observed, observations_of
from core.store.uploads.submissions import SubmissionInfo, submissions
from core.text import Text, say

ADJRW: Final = "activity.adjrw"
ADJRW_BEFORE: Final = "activity.adjrw_previous_year"

SubmittedValue = tuple[Observed, SubmissionInfo]


class Reported:
    """What a facility reported in a period: by measure the figure that counts.

    Of a figure told in several forms the first that has a value counts, as when results are
    computed; `texts` are words, as of a group.
    """

    def __init__(self, observations: Mapping[str, SubmittedValue]) -> None:
        self.observations = observations

    @property
    def texts(self) -> Mapping[str, str]:
        """Measures that are words."""
        return {
            code: one.text for code, (one, _) in self.observations.items() if one.text is not None
        }

    def number(self, measure: str) -> float | None:
        """A reported number; None where there is none."""
        observed = self.observations.get(measure)
        return observed[0].value if observed and observed[0].state == State.REPORTED else None

    def figure(self, measure: str, ours: Mapping[str, Text]) -> Figure:
        """A figure with its origin; one nobody told of is not reported."""
        observed = self.observations.get(measure)
        if observed is None:
            return Figure(measure, None, State.NOT_REPORTED)
        return as_figure(observed[0], observed[1].file_name, ours.get(observed[1].form))


def as_figure(observed: Observed, file: str, way: Text | None = None) -> Figure:
    """A stored figure as the workbook shows it."""
    is_there = observed.state == State.REPORTED and not math.isnan(observed.value)
    return Figure(
        observed.measure,
        observed.value if is_there else None,
        observed.state,
        file,
        observed.sheet,
        observed.cell,
        way,
    )


def ways() -> Mapping[str, Text]:
    """How figures come in by forms that nobody typed, by form."""
    by_measure = {}
    for key, form in forms().items():
        if isinstance(form, TableForm) and form.holds == "accounts":
            by_measure[key] = say("computed from the trial balance")
    return by_measure


def all_forms() -> Sequence[str]:
    """Forms of tables, what is computed from the books first."""
    tables = (form for form in forms().values() if isinstance(form, TableForm))
    return [form.id for form in sorted(tables, key=lambda one: one.holds != "accounts")]


def reported(
    session: Session, hcode: str, period: Period, wanted: Sequence[str] | None = None
) -> Reported:
    """What counts of a facility in a period, by some forms in order, or by all."""
    current = submissions(session, subject=hcode, period=period, only_current=True)
    by_form = {one.form: one for one in current}
    values = observations_of(session, [one.id for one in current])
    counted: dict[str, SubmittedValue] = {}
    for form in wanted or all_forms():
        source = by_form.get(form)
        if source is not None:
            for measure, observed in values.get(source.id, {}).items():
                if _counts(counted.get(measure), observed):
                    counted[measure] = observed, source
    return Reported(counted)


def _counts(held: SubmittedValue | None, observed: Observed) -> bool:
    """Whether a figure counts in place of one told in a form before."""
    if observed.state == State.NOT_REPORTED:
        return False
    if held is None or held[0].state == State.NOT_REPORTED:
        return True
    return held[0].state != State.REPORTED and observed.state == State.REPORTED


def monthly(session: Session, hcode: str, month: Period) -> Reported:
    """A hospital's month of finance; last year's AdjRW where none was typed."""
    forms_ = monthly_forms()
    figures = reported(session, hcode, month, forms_)
    typed = figures.observations.get(ADJRW_BEFORE)
    if typed is not None and typed[0].state != State.NOT_REPORTED:
        return figures
    year_ago = Period(month.fiscal_year - 1, "M", month.number)
    before = reported(session, hcode, year_ago, forms_).observations.get(ADJRW)
    if before is None or before[0].state != State.REPORTED:
        return figures
    observed, source = before
    return Reported(
        {**figures.observations, ADJRW_BEFORE: (observed._replace(measure=ADJRW_BEFORE), source)}
    )


def figures_of(figures: Reported, wanted: Iterable[str]) -> tuple[Figure, ...]:
    """Figures by measure, each once, in the order of the catalogue."""
    ours, place = ways(), {code: number for number, code in enumerate(measures())}
    ordered = sorted(dict.fromkeys(wanted), key=lambda one: (place.get(one, len(place)), one))
    return tuple(figures.figure(measure, ours) for measure in ordered)
