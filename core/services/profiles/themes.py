"""One facility's results in every inspection theme, each with its tests and its history."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from statistics import median
from typing import Final, NamedTuple

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.criteria.catalog import RuleSet, catalog
from core.criteria.model import Indicator
from core.periods import Period
from core.scoring.base.peers import FEW_PEERS
from core.scoring.base.states import State, Verdict
from core.services.results.why import explain
from core.services.rules.explanation import StoredExplanation
from core.services.rules.in_force import rules_in_force
from core.services.rules.indicators import PER, IndicatorRules
from core.services.themes.data import Unit, theme_period
from core.store.engine.unit_of_work import reading
from core.store.register.repository import facilities, facility
from core.store.results.area_rows import standing
from core.store.results.repository import results_of
from core.store.results.versions import stamp_now
from core.store.uploads.submissions import SubmissionInfo, submissions

PCU: Final = "pcu"
_CACHED: Final = 128


@dataclass(frozen=True, slots=True)
class PastResult:
    """The result in one period; `value` is None where there is no number."""

    period: Period
    value: float | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class PeerComparison:
    """A facility among its group: the median of those with a value, itself included.

    Of the others `better` have a better value and `worse` a worse one, as the criterion counts.
    """

    group: str
    median: float
    peers: int
    better: int
    worse: int

    @property
    def others(self) -> int:
        return self.peers - 1

    @property
    def same(self) -> int:
        """How many of the others have exactly its value."""
        return self.others - self.better - self.worse

    @property
    def are_few(self) -> bool:
        """Whether the peers are too few for a stable median."""
        return self.peers < FEW_PEERS


@dataclass(frozen=True)
class ThemeResult:
    """One result of a facility with its explanation and history.

    `series` are all periods it has results in, oldest first, the one shown last. `is_stale`: it is
    of an earlier round than the one wanted.
    """

    unit: Indicator
    theme: str
    period: Period
    is_stale: bool
    why: StoredExplanation
    series: tuple[PastResult, ...]
    peers: PeerComparison | None

    @property
    def verdict(self) -> Verdict:
        return self.why.stored.result.verdict

    @property
    def value(self) -> float | None:
        """Its value; None while it is missing or not final."""
        result = self.why.stored.result
        missing = result.state != State.REPORTED or math.isnan(result.value)
        return None if missing else result.value

    @property
    def before(self) -> PastResult | None:
        return self.series[-2] if len(self.series) > 1 else None


def facility_themes(engine: Engine, hcode: str, period: Period) -> tuple[ThemeResult, ...]:
    """Every theme's results of a facility, in the order of the criteria.

    What is judged by month is of the period's month; what is judged by round is of its round, else
    of the newest earlier round of the fiscal year.
    """
    version = stamp_now(engine)
    return _themes(engine, version, hcode, period)


@lru_cache(maxsize=_CACHED)
def _themes(
    engine: Engine,
    version: str,  # noqa: ARG001
    hcode: str,
    period: Period,
) -> tuple[ThemeResult, ...]:
    with reading(engine) as session:
        rules = rules_in_force(session, period)
        chosen = list(_chosen(session, rules, hcode, period))
    # In the order of the list of themes; unlisted ones come last.
    place = {theme: number for number, theme in enumerate(catalog().themes)}
    chosen.sort(key=lambda one: place.get(_theme(one[0]), len(place)))
    return tuple(
        ThemeResult(
            unit=unit,
            theme=_theme(unit),
            period=series[-1].period,
            is_stale=series[-1].period != wanted,
            why=explain(engine, number),
            series=series,
            peers=peers,
        )
        for unit, wanted, number, series, peers in chosen
    )


def _theme(unit: Indicator) -> str:
    return catalog().criteria[unit.id].theme


class _Group(NamedTuple):
    """A hospital group in a month, and who is in it."""

    name: str
    hcodes: tuple[str, ...]


_Chosen = tuple[Indicator, Period, int, tuple[PastResult, ...], PeerComparison | None]


def _chosen(session: Session, rules: RuleSet, hcode: str, period: Period) -> Iterator[_Chosen]:
    """Each indicator with the period wanted, the number of its result, its past and its peers."""
    group_in = cache(partial(_group, session, hcode))
    for part, per in PER.items():
        wanted = period.round if part == "R" else period.month
        first = Period(wanted.fiscal_year, part, 1)
        for unit in IndicatorRules(rules, per).units.values():
            results = results_of(session, unit.id, [hcode], last=wanted)
            rows = [n for n, known in enumerate(results.periods) if known.part == part]
            if not rows or results.periods[rows[-1]] < (first if part == "R" else wanted):
                continue
            series = tuple(
                PastResult(
                    results.periods[row],
                    _known(results.value[row], State(int(results.state[row]))),
                    Verdict(int(results.verdict[row])),
                )
                for row in rows
            )
            shown = series[-1].period
            peers = _peers(session, unit, hcode, shown, group_in(shown.month))
            yield unit, wanted, int(results.ids[rows[-1]]), series, peers


def _known(value: float, state: State) -> float | None:
    return None if state != State.REPORTED or math.isnan(value) else float(value)


def _peers(
    session: Session, unit: Indicator, hcode: str, period: Period, group: _Group | None
) -> PeerComparison | None:
    """The facility among its hospital group in the same period; None without a comparison."""
    if group is None:
        return None
    rows = standing(session, unit.id, [period], subjects=group.hcodes)[period]
    values = {
        one: row.value
        for one, row in rows.items()
        if row.value is not None and row.state == State.REPORTED
    }
    return _compared(group.name, hcode, values, catalog().criteria[unit.id].better == "lower")


def _group(session: Session, hcode: str, month: Period) -> _Group | None:
    """The hospital group of a facility in a month; None where it has none."""
    known = facility(session, hcode, at=month)
    if known is None or known.hgr is None:
        return None
    everybody = facilities(session, at=month, kind=known.kind)
    return _Group(known.hgr, tuple(one.hcode for one in everybody if one.hgr == known.hgr))


def _compared(
    group: str, hcode: str, values: Mapping[str, float], is_lower_better: bool
) -> PeerComparison | None:
    own = values.get(hcode)
    if own is None or len(values) < 2:
        return None
    above = sum(value > own for value in values.values())
    below = sum(value < own for value in values.values())
    better, worse = (below, above) if is_lower_better else (above, below)
    return PeerComparison(group, median(values.values()), len(values), better, worse)


def network(engine: Engine, district: str, period: Period) -> tuple[Unit, ...]:
    """The primary care units of a district that are judged in a period, the least ready first."""
    with reading(engine) as session:
        rules = rules_in_force(session, period)
    units = [
        one
        for rule in IndicatorRules(rules, PER["R"]).areas
        if rules.rules[rule.of].of == PCU  # type: ignore[union-attr]
        for one in theme_period(engine, rule.id, period.round).inside(district)
    ]
    return tuple(sorted(units, key=lambda one: (-1 if one.value is None else one.value, one.hcode)))


def sources_of(
    engine: Engine, shown: Iterable[ThemeResult], district: str | None, period: Period
) -> tuple[SubmissionInfo, ...]:
    """Submissions behind the results, and those of a `district` network in the round."""
    own = (one.why.stored.source for one in shown)
    sources = {source.id: source for source in own if source}
    if district is not None:
        with reading(engine) as session:
            sent = submissions(session, subject=district, period=period.round, only_current=True)
        sources |= {one.id: one for one in reversed(sent)}
    return tuple(sources.values())
