"""Recomputing exactly what depends on what changed, as one new version of the results."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from core.forms.model.form import AssessmentForm, TableForm, forms
from core.forms.trial_balance.plan import FORM as PLAN
from core.periods import Period
from core.services.recompute import indicators as recompute_indicators
from core.services.recompute import periods as judged_periods
from core.services.recompute.finance import MONTHLY, periods_concerned
from core.services.recompute.periods import Judged
from core.services.recompute.plans import months_planned
from core.services.rules.in_force import readings_in_force
from core.store.results.repository import count_standing, results
from core.store.results.versions import open_version
from core.store.results.writing import remove_results, write_results

Progress = Callable[[float], None]
"""Called with the share that is done, from 0 to 1."""

Changed = tuple[str, str, Period]
"""A form, and the subject and period whose current figures of it are others now."""


@dataclass(frozen=True)
class Cause:
    """Why results are recomputed: a code such as `import` or `rules`, who, and which upload.

    `reason` in the words of whoever gave one.
    """

    why: str
    by: str
    upload_id: int | None = None
    reason: str | None = None


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
    later. Published values of groups: the last months of their quarters, and the rounds that end
    with them. Inspection themes: everything judged in the same period, of primary care units in
    all of the year. Assessments: the CUP alone.
    Without `readings` those in force are used.
    """
    writing = _Writing(session, cause)
    readings = readings_in_force(session) if readings is None else readings
    for judged in _depending(session, changed, readings):
        writing.settle(judged)
    return writing.done()


def _depending(
    session: Session, changed: Iterable[Changed], readings: Mapping[str, str]
) -> Iterator[Judged]:
    by_form: dict[str, list[tuple[str, Period]]] = {}
    for form_id, subject, period in changed:
        by_form.setdefault(form_id, []).append((subject, period))
    moved: set[Period] = set()
    for form_id, keys in by_form.items():
        form, periods = forms()[form_id], {period for _, period in keys}
        if isinstance(form, AssessmentForm):
            for period in sorted(periods):
                subjects = {subject for subject, when in keys if when == period}
                yield from judged_periods.assessments(session, form, period, readings, subjects)
            continue
        if form.holds == "document":
            continue
        if form.holds == "peer_values":
            quarters_ends = {period.month for period in periods}
            yield from judged_periods.finance(session, quarters_ends, readings)
            moved |= recompute_indicators.rounds_judged(periods)
            continue
        if months := _months_judged(form, periods):
            yield from judged_periods.finance(session, months, readings)
        moved |= months_planned(periods) if form_id == PLAN else set()
        moved |= recompute_indicators.periods_concerned(session, form, periods, readings)
    yield from judged_periods.indicators(session, moved, readings)


def _months_judged(form: TableForm, periods: Collection[Period]) -> set[Period]:
    """The months whose finance depends on what a table tells of some periods."""
    if form.id == PLAN:
        return months_planned(periods)
    return periods_concerned(periods) if form.holds in MONTHLY else set()


def recompute_all(
    session: Session,
    cause: Cause,
    *,
    readings: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Recomputed:
    """Recompute everything: after a change of criteria or readings, or a load of many figures."""
    return _recompute(session, None, cause, readings, progress)


def recompute_periods(session: Session, periods: Collection[Period], cause: Cause) -> Recomputed:
    """Recompute everything in some periods, whatever depends on them elsewhere."""
    return _recompute(session, periods, cause, None, None)


def _recompute(
    session: Session,
    periods: Collection[Period] | None,
    cause: Cause,
    readings: Mapping[str, str] | None,
    progress: Progress | None,
) -> Recomputed:
    writing = _Writing(session, cause)
    readings = readings_in_force(session) if readings is None else readings
    standing = count_standing(session) if progress else 0
    for judged in judged_periods.everything(session, periods, readings):
        writing.settle(judged)
        if progress:
            progress(min(1.0, writing.seen / max(standing, 1)))
    return writing.done()


class _Writing:
    """Results on their way into one new version."""

    def __init__(self, session: Session, cause: Cause) -> None:
        self._session = session
        self._version = open_version(
            session, why=cause.why, by=cause.by, upload_id=cause.upload_id, reason=cause.reason
        )
        self._counts: Counter[str] = Counter()

    def done(self) -> Recomputed:
        names = ("new", "replaced", "removed", "unchanged")
        return Recomputed(self._version, *(self._counts[name] for name in names))

    @property
    def seen(self) -> int:
        """How many results were looked at."""
        return self._counts.total()

    def settle(self, judged: Judged) -> None:
        """Write results, and end those that stand beyond them in their periods."""
        current = {
            key for new in judged.results for key in zip(new.subjects, new.periods, strict=True)
        }
        subjects = judged.subjects
        gone = [
            (subject, period)
            for period in judged.periods
            for subject in results(self._session, judged.criterion, period).subjects
            if (subject, period) not in current and (subjects is None or subject in subjects)
        ]
        if gone:
            removed = remove_results(self._session, self._version, judged.criterion, gone)
            self._counts["removed"] += removed
        for new in judged.results:
            written = write_results(self._session, self._version, new)
            self._counts["new"] += written.new
            self._counts["replaced"] += written.replaced
            self._counts["unchanged"] += written.unchanged
