"""What whole periods come to under some readings: what is written, or only compared with."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from core.forms.model.form import AssessmentForm, TableForm, forms
from core.periods import Period
from core.services.recompute import finance as recompute_finance
from core.services.recompute.finance import finance_in
from core.services.recompute.indicators import indicators_in
from core.services.recompute.star import star_criteria, star_in
from core.store.results.writing import NewResults
from core.store.uploads.submissions import current_periods

Readings = Mapping[str, str]


@dataclass(frozen=True)
class Judged:
    """All results of one criterion in some periods, of some subjects or of all.

    What stands in these periods beyond the results is to be removed.
    """

    criterion: str
    results: Sequence[NewResults]
    periods: Collection[Period]
    subjects: Collection[str] | None = None


def everything(
    session: Session, periods: Collection[Period] | None, readings: Readings
) -> Iterator[Judged]:
    """Every criterion in some periods, in all there are when None."""
    moved: set[Period] = set()
    monthly: set[Period] = set()
    for form in forms().values():
        if isinstance(form, TableForm) and form.holds in (
            "peer_values", "account_map", "records"
        ):  # fmt: skip
            continue  # They judge hospitals' months or nothing, and none of them by themselves.
        reported = current_periods(session, form.id)
        chosen = [period for period in reported if periods is None or period in periods]
        if isinstance(form, AssessmentForm):
            for period in chosen:
                yield from assessments(session, form, period, readings)
            continue
        if form.holds in recompute_finance.MONTHLY:
            monthly |= set(chosen)
        moved |= set(chosen)
    if monthly:
        yield from finance(session, None if periods is None else monthly, readings)
    yield from indicators(session, moved, readings)


def finance(
    session: Session, periods: Collection[Period] | None, readings: Readings
) -> Iterator[Judged]:
    """What is judged by hospitals' monthly finance in some months, in all of them when None."""
    results, wanted = finance_in(session, periods, readings)
    for criterion in recompute_finance.CRITERIA:
        yield Judged(criterion, [new for new in results if new.criterion == criterion], wanted)


def indicators(
    session: Session, periods: Collection[Period], readings: Readings
) -> Iterator[Judged]:
    """What the inspection themes judge in some periods."""
    for criterion, results, settled in indicators_in(session, periods, readings):
        yield Judged(criterion, results, settled)


def assessments(
    session: Session,
    form: AssessmentForm,
    period: Period,
    readings: Readings,
    subjects: Collection[str] | None = None,
) -> Iterator[Judged]:
    """What one year's assessments come to: of some CUPs, or of all."""
    results, present = star_in(session, form, period, readings, subjects)
    concerned = None if subjects is None else {*subjects, *present}
    for criterion in star_criteria(form, period.fiscal_year):
        own = [new for new in results if new.criterion == criterion]
        yield Judged(criterion, own, [period], concerned)
