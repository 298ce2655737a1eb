"""One facility's results in every inspection theme, each with its tests and its history."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from sqlalchemy import Engine

from core.access.roles import Action
from core.criteria.catalog import catalog
from core.criteria.model import Indicator
from core.periods import Period
from core.scoring.base.states import Verdict
from core.scoring.explain.words import interval_text
from core.services.assessments.totals import verified_value
from core.services.guard.doors import ANYWHERE, door
from core.services.profiles.peers import PeerComparison, among_peers
from core.services.profiles.record import Record, record, shared
from core.services.results.why import explain
from core.services.rules.explanation import StoredExplanation
from core.services.rules.indicators import PER, indicator_rules
from core.services.rules.verified.marks import Mark, mark_after, stamp_with_steps
from core.services.themes.data import Unit, theme_period
from core.services.themes.radar import SpokeShare, spokes_of
from core.store.engine.unit_of_work import reading
from core.store.results.detail import Notes
from core.store.results.subject_rows import SubjectRow
from core.store.results.versions import stamp_now, stamps_now
from core.store.uploads.submissions import SubmissionInfo, submissions, submissions_by_id
from core.text import Text

PCU: Final = "pcu"
_CACHED: Final = 512


@dataclass(frozen=True, slots=True)
class PastResult:
    """The result in one period; `value` is None where there is no number."""

    period: Period
    value: float | None
    verdict: Verdict


@dataclass(frozen=True)
class ThemeResult:
    """One result of a facility with its history; `explained_result` tells what stands behind it.

    `series` are all periods it has results in, oldest first, the one shown last. `is_stale`: it is
    of an earlier round than the one wanted. `requirement` is what its value must be, None where
    nothing is asked. `spokes` are those of its radar, empty without one. `mark` says how far the
    self-assessment it rests on is verified, None where it rests on none; `verified` is its value by
    verified scores, None before any is.
    """

    subject: str
    unit: Indicator
    theme: str
    is_stale: bool
    row: SubjectRow
    series: tuple[PastResult, ...]
    requirement: Text | None
    peers: PeerComparison | None
    spokes: tuple[SpokeShare, ...]
    mark: Mark | None = None
    verified: float | None = None

    @property
    def period(self) -> Period:
        return self.row.period

    @property
    def verdict(self) -> Verdict:
        return self.row.verdict

    @property
    def value(self) -> float | None:
        """Its value; None while it is missing or not final."""
        return self.row.known

    @property
    def notes(self) -> Notes:
        """What was noted with it: its grade, or how far it is open."""
        return self.row.detail.notes

    @property
    def before(self) -> PastResult | None:
        return self.series[-2] if len(self.series) > 1 else None


@door(Action.READ, "hcode")
def facility_themes(engine: Engine, hcode: str, period: Period) -> tuple[ThemeResult, ...]:
    """Every theme's results of a facility, in the order of the criteria.

    What is judged by month is of the period's month; what is judged by round is of its round, else
    of the newest earlier round of the fiscal year.
    """
    return _marked(engine, *stamps_now(engine).verified, hcode, period)


@lru_cache(maxsize=_CACHED)
def _marked(
    engine: Engine,
    version: str,
    step: int,
    hcode: str,
    period: Period,
) -> tuple[ThemeResult, ...]:
    """The same results, with how far each is verified."""
    return tuple(_with_mark(engine, step, one) for one in _themes(engine, version, hcode, period))


def _with_mark(engine: Engine, step: int, one: ThemeResult) -> ThemeResult:
    mark = mark_after(engine, step, one.unit.id, one.subject, one.period)
    if mark is None:
        return one
    value = verified_value(engine, one.unit.id, one.subject, one.period, one.value, mark)
    return replace(one, mark=mark, verified=value)


@lru_cache(maxsize=_CACHED)
def _themes(engine: Engine, version: str, hcode: str, period: Period) -> tuple[ThemeResult, ...]:
    chosen = list(_chosen(engine, version, record(engine, version, hcode), period))
    # In the order of the list of themes; unlisted ones come last.
    place = {theme: number for number, theme in enumerate(catalog().themes)}
    return tuple(sorted(chosen, key=lambda one: place.get(one.theme, len(place))))


def _chosen(engine: Engine, version: str, known: Record, period: Period) -> Iterator[ThemeResult]:
    for part, per in PER.items():
        wanted = period.round if part == "R" else period.month
        first = Period(wanted.fiscal_year, part, 1) if part == "R" else wanted
        for unit in indicator_rules(known.shared.rules.of(period), per).units.values():
            rows = [
                row
                for when, row in known.of(unit.id).items()
                if when.part == part and when <= wanted
            ]
            if not rows or rows[-1].period < first:
                continue
            shown = rows[-1]
            yield ThemeResult(
                subject=known.hcode,
                unit=unit,
                theme=catalog().criteria[unit.id].theme,
                is_stale=shown.period != wanted,
                row=shown,
                series=tuple(PastResult(row.period, row.known, row.verdict) for row in rows),
                requirement=good_text(unit),
                peers=among_peers(engine, version, shown, known.at(shown.period.month)),
                spokes=spokes_of(unit, shown, rows[-2] if len(rows) > 1 else None),
            )


def good_text(unit: Indicator) -> Text | None:
    """What a value must be to pass, with its unit; None where nothing is asked."""
    if unit.good is None:
        return None
    return interval_text(unit.good.edges, percent=unit.value != "blocks_passed")


@door(Action.READ, "one.subject")
def explained_result(engine: Engine, one: ThemeResult) -> StoredExplanation:
    """What stands behind a result: read only where somebody asks for it."""
    return _explained(engine, stamp_with_steps(engine), one.row.id)


@lru_cache(maxsize=_CACHED)
def _explained(engine: Engine, version: str, result: int) -> StoredExplanation:  # noqa: ARG001
    return explain(engine, result)


@door(Action.READ, "district")
def network(engine: Engine, district: str, period: Period) -> tuple[Unit, ...]:
    """The primary care units of a district that are judged in a period, the least ready first."""
    return _network(engine, stamp_now(engine), district, period.round)


@lru_cache(maxsize=_CACHED)
def _network(engine: Engine, version: str, district: str, period: Period) -> tuple[Unit, ...]:
    rules = shared(engine, version).rules.of(period)
    units = [
        one
        for rule in indicator_rules(rules, PER["R"]).areas
        if rules.rules[rule.of].of == PCU  # type: ignore[union-attr]
        for one in theme_period(engine, rule.id, period).inside(district)
    ]
    return tuple(sorted(units, key=lambda one: (-1 if one.value is None else one.value, one.hcode)))


@door(Action.READ, ANYWHERE)
def sources_of(
    engine: Engine, shown: Iterable[ThemeResult], district: str | None, period: Period
) -> tuple[SubmissionInfo, ...]:
    """Submissions behind the results, and those of a `district` network in the round."""
    numbers = tuple(one.row.submission_id for one in shown if one.row.submission_id is not None)
    return _sources(engine, stamp_now(engine), numbers, district, period)


@lru_cache(maxsize=_CACHED)
def _sources(
    engine: Engine,
    version: str,  # noqa: ARG001
    numbers: tuple[int, ...],
    district: str | None,
    period: Period,
) -> tuple[SubmissionInfo, ...]:
    with reading(engine) as session:
        known = submissions_by_id(session, numbers)
        sent = (
            submissions(session, subject=district, period=period.round, only_current=True)
            if district
            else ()
        )
    sources = {number: known[number] for number in numbers if number in known}
    return tuple((sources | {one.id: one for one in reversed(sent)}).values())
