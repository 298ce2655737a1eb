"""Recomputing exactly what depends on what changed, as one new version of the results."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from core.forms.model import AssessmentForm, forms
from core.periods import Period
from core.services import recompute_finance
from core.services.recompute_finance import finance_in, periods_concerned
from core.services.recompute_indicators import indicators_in
from core.services.recompute_star import star_criteria, star_in
from core.services.rules_in_force import readings_in_force
from core.store.result_writing import NewResults, remove_results, write_results
from core.store.results import results
from core.store.submissions import current_periods
from core.store.versions import open_version

Changed = tuple[str, str, Period]
"""A form, and the subject and period whose current figures of it are others now."""


@dataclass(frozen=True)
class Cause:
    """Why results are recomputed: a code such as `import` or `rules`, who, and which upload."""

    why: str
    by: str
    upload_id: int | None = None


@dataclass(frozen=True, slots=True)
class Recomputed:
    """A new version of the results: how many are new, others, gone, or as they were."""

    version: int
    new: int
    replaced: int
    removed: int
    unchanged: int


def recompute(
    session: Session,
    changed: Iterable[Changed],
    cause: Cause,
    *,
    readings: Mapping[str, str] | None = None,
) -> Recomputed:
    """Recompute what depends on changed figures, and nothing else; commits nothing.

    Finance: the hospital, its peer group and its areas in the same month, and the hospital a year
    later. Inspection themes: everything judged in the same period. Assessments: the CUP alone.
    Without `readings` those in force are used.
    """
    writing = _Writing(session, cause)
    readings = readings_in_force(session) if readings is None else readings
    by_form: dict[str, list[tuple[str, Period]]] = {}
    for form_id, subject, period in changed:
        by_form.setdefault(form_id, []).append((subject, period))
    moved: set[Period] = set()
    for form_id, keys in by_form.items():
        form, periods = forms()[form_id], {period for _, period in keys}
        if isinstance(form, AssessmentForm):
            for period in sorted(periods):
                subjects = {subject for subject, when in keys if when == period}
                writing.assessments(form, period, readings, subjects)
            continue
        if form.id == recompute_finance.FORM:
            writing.finance(periods_concerned(periods), readings)
        moved |= periods
    writing.indicators(moved, readings)
    return writing.done()


def recompute_all(
    session: Session, cause: Cause, *, readings: Mapping[str, str] | None = None
) -> Recomputed:
    """Recompute everything: after a change of criteria or readings, or a load of many figures."""
    writing = _Writing(session, cause)
    readings = readings_in_force(session) if readings is None else readings
    moved: set[Period] = set()
    for form in forms().values():
        periods = current_periods(session, form.id)
        if isinstance(form, AssessmentForm):
            for period in periods:
                writing.assessments(form, period, readings)
            continue
        if form.id == recompute_finance.FORM:
            writing.finance(None, readings)
        moved |= set(periods)
    writing.indicators(moved, readings)
    return writing.done()


class _Writing:
    """Results on their way into one new version."""

    def __init__(self, session: Session, cause: Cause) -> None:
        self._session = session
        self._version = open_version(session, why=cause.why, by=cause.by, upload_id=cause.upload_id)
        self._counts: Counter[str] = Counter()

    def done(self) -> Recomputed:
        names = ("new", "replaced", "removed", "unchanged")
        return Recomputed(self._version, *(self._counts[name] for name in names))

    def finance(self, periods: Collection[Period] | None, readings: Mapping[str, str]) -> None:
        """Write all results of some months, of all months when None."""
        found, wanted = finance_in(self._session, periods, readings)
        for criterion in recompute_finance.CRITERIA:
            own = [new for new in found if new.criterion == criterion]
            self._settle(criterion, own, wanted)

    def indicators(self, periods: Collection[Period], readings: Mapping[str, str]) -> None:
        """Write all results of the inspection themes in some periods."""
        for criterion, found, settled in indicators_in(self._session, periods, readings):
            self._settle(criterion, found, settled)

    def assessments(
        self,
        form: AssessmentForm,
        period: Period,
        readings: Mapping[str, str],
        subjects: Collection[str] | None = None,
    ) -> None:
        """Write the results of one year's assessments: of some CUPs, or of all."""
        found, present = star_in(self._session, form, period, readings, subjects)
        concerned = None if subjects is None else {*subjects, *present}
        for criterion in star_criteria(form, period.fiscal_year):
            own = [new for new in found if new.criterion == criterion]
            self._settle(criterion, own, [period], concerned)

    def _settle(
        self,
        criterion: str,
        found: Sequence[NewResults],
        periods: Iterable[Period],
        subjects: Collection[str] | None = None,
    ) -> None:
        """Write results, and end those that stand beyond them in these periods."""
        kept = {key for new in found for key in zip(new.subjects, new.periods, strict=True)}
        gone = [
            (subject, period)
            for period in periods
            for subject in results(self._session, criterion, period).subjects
            if (subject, period) not in kept and (subjects is None or subject in subjects)
        ]
        if gone:
            removed = remove_results(self._session, self._version, criterion, gone)
            self._counts["removed"] += removed
        for new in found:
            written = write_results(self._session, self._version, new)
            self._counts["new"] += written.new
            self._counts["replaced"] += written.replaced
            self._counts["unchanged"] += written.unchanged
