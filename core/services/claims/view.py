"""Claims of an area or hospital in a month: defects, ageing, money, denials, completeness.

Everything is read from the figures kept by month; single visits are read a page at a time.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

import numpy as np
from sqlalchemy import Engine

from core.access.roles import Action
from core.areas import COUNTRY, parse_area
from core.claims.catalogue import Catalogue
from core.claims.columns import UNKNOWN_FUND, rules
from core.claims.reading import FigureQuery, Which, denied, figures, months, visits
from core.claims.schema import SATANG
from core.criteria.model import Indicator
from core.errors import UsageError
from core.periods import Period, month_at, nearest_period
from core.quantities import number_or_none
from core.scoring.base.derived import Figures
from core.scoring.base.inputs import Column
from core.scoring.base.outcomes import HospitalMonths, ItemScores
from core.scoring.base.peers import PeerGroups
from core.scoring.base.states import State, Verdict
from core.scoring.themes.indicator import score_indicator
from core.services.claims.feed import FUNDS, defects
from core.services.claims.storing import folder_of
from core.services.geography.country import Place
from core.services.geography.whereabouts import Whereabouts, whereabouts
from core.services.guard.doors import ANYWHERE, door
from core.services.rules.in_force import rules_of
from core.store.engine.unit_of_work import reading

DEFECTS: Final = "revenue.defects"
PARTS: Final = ("missing", "delayed", "expired", "audit", "error")
BANDS: Final = ("0", "31", "61", "91", "366")
PAGE_ROWS: Final = 50
_COURSE: Final = 12
_REGION: Final = "R"
Row = Mapping[str, Any]


class Sums:
    """Figures added up; None where no file says anything of them, which is no zero."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._sums: dict[str, int] = defaultdict(int)
        for row in rows:
            for name, value in row.items():
                if isinstance(value, int):
                    self._sums[name] += value

    def count(self, name: str) -> int:
        """A figure that is told by the rows themselves."""
        return self._sums[name]

    def baht(self, name: str) -> float:
        return self._sums[name] / SATANG

    def unsent(self, band: str) -> int | None:
        """Receivables not sent of an age; None where no file says whether any was sent."""
        return self._sums[f"unsent_{band}"] if self._sums["receivables_known"] else None

    @property
    def overdue_baht(self) -> float | None:
        """Baht of receivables not sent for more than 60 days."""
        if not self._sums["receivables_known"]:
            return None
        return sum(self.baht(f"unsent_{band}_money") for band in BANDS[2:])

    @property
    def failed_baht(self) -> float | None:
        """Baht of the month's claims that failed; None where no answer is known."""
        return self.baht("error_money") if self._sums["answered"] else None

    @property
    def at_risk(self) -> float | None:
        """Baht at risk: overdue and failed; None where neither is known."""
        known = [one for one in (self.overdue_baht, self.failed_baht) if one is not None]
        return sum(known) if known else None

    @property
    def owed(self) -> float | None:
        """Baht compensated by replies less paid by statements; None without any of both."""
        return self.baht("owed") if self._sums["compensated"] and self._sums["stated"] else None


@dataclass(frozen=True)
class Judged:
    """The five defects of a hospital: each one's figure and verdict, and the score of all."""

    figures: Mapping[str, float | None]
    verdicts: Mapping[str, Verdict]
    value: float | None
    verdict: Verdict


@dataclass(frozen=True)
class HospitalClaims:
    """A hospital's claims of the month."""

    place: Place
    sums: Sums
    judged: Judged


@dataclass(frozen=True)
class Denial:
    """Claims that failed for one code, and the baht they claimed."""

    status: str
    code: str
    count: int
    claimed: float


@dataclass(frozen=True)
class ClaimsQuery:
    """The month, area and filters that an address means; `hospitals` are those of the area."""

    period: Period
    periods: tuple[Period, ...]
    chain: tuple[Place, ...]
    regions: tuple[Place, ...]
    hospitals: frozenset[str] | None
    where: Whereabouts
    fund: str
    patient: str

    @property
    def area(self) -> Place:
        return self.chain[-1]

    @property
    def hcode(self) -> str:
        """The hospital that is meant; empty for an area."""
        return self.area.code if self.area.code.isdigit() else ""


@dataclass(frozen=True)
class ClaimsView:
    """Claims of an area in a month; `funds` by fund, `course` the last months, oldest first.

    `alone`: of the two funds that must both pass, how many hospitals have visits of one alone.
    """

    query: ClaimsQuery
    whole: Sums
    hospitals: tuple[HospitalClaims, ...]
    funds: tuple[tuple[str, Sums], ...]
    denials: tuple[Denial, ...]
    course: tuple[tuple[Period, Sums], ...]
    alone: Mapping[str, int] = field(default_factory=dict)

    def failing(self, part: str) -> tuple[int, int]:
        """How many hospitals fail a defect, of those in which it is measured."""
        verdicts = [one.judged.verdicts[part] for one in self.hospitals]
        measured = [one for one in verdicts if one is not Verdict.NOT_JUDGED]
        return sum(one is Verdict.FAIL for one in measured), len(measured)


@dataclass(frozen=True)
class VisitPage:
    """Single visits, 50 at a time; `files` by upload."""

    query: ClaimsQuery
    which: Which
    page: int
    count: int
    rows: tuple[Row, ...]
    files: Mapping[int, str]

    @property
    def pages(self) -> int:
        return max(1, -(-self.count // PAGE_ROWS))


@door(Action.READ, ANYWHERE)
def selection(
    engine: Engine, *, period: str = "", area: str = "", fund: str = "", patient: str = ""
) -> ClaimsQuery | None:
    """What an address means; None while no file of claims counts. Unknown filters mean all."""
    known = _months(engine, Catalogue(folder_of(engine)).generation())
    if not known:
        return None
    chosen = nearest_period(period, known)
    with reading(engine) as session:
        where = whereabouts(session, chosen)
    code = _meant(area, where)
    chain = tuple(Place(one, where.name(one)) for one in where.chain(code))
    hospitals = None
    if code != COUNTRY:
        ledger = _hospitals(engine, Catalogue(folder_of(engine)).generation())
        hospitals = frozenset(one for one in {*ledger, code} if where.is_in(one, code))
    regions = sorted({one for one in where.parents if one.startswith(_REGION)})
    return ClaimsQuery(
        period=chosen,
        periods=tuple(reversed(known)),
        chain=chain,
        regions=tuple(Place(one, where.name(one)) for one in regions),
        hospitals=hospitals,
        where=where,
        fund=fund if fund in (*rules().funds, UNKNOWN_FUND) else "",
        patient=patient if patient in rules().patients else "",
    )


def _meant(area: str, where: Whereabouts) -> str:
    """The area or hospital an address means: the country where it names none there is."""
    if area in where.parents:
        return area
    try:
        code = parse_area(area).code
    except UsageError:
        return COUNTRY
    return code if code in where.parents else COUNTRY


@lru_cache(maxsize=8)
def _months(engine: Engine, generation: int) -> tuple[Period, ...]:  # noqa: ARG001
    return tuple(map(month_at, months(folder_of(engine))))


@lru_cache(maxsize=8)
def _hospitals(engine: Engine, generation: int) -> frozenset[str]:  # noqa: ARG001
    spoken = Catalogue(folder_of(engine)).spoken()
    return frozenset(hcode for _upload, hcode, _month, _rows in spoken)


@door(Action.READ, "query.area.code")
def claims_view(engine: Engine, query: ClaimsQuery) -> ClaimsView:
    """What is counted of the claims that an address means."""
    folder = folder_of(engine)
    first = query.period.ordinal - _COURSE + 1
    every = _query(query, range(first, query.period.ordinal + 1))
    table = figures(folder, every)
    rows: list[Row] = table.to_pylist() if table is not None else []
    now = [row for row in rows if row["month"] == query.period.ordinal]
    codes = denied(folder, _query(query, [query.period.ordinal]))
    by_month = _grouped(rows, "month")
    return ClaimsView(
        query=query,
        whole=Sums(now),
        hospitals=_judged(engine, query, now),
        funds=tuple((fund, Sums(own)) for fund, own in sorted(_grouped(now, "fund").items())),
        denials=_denials(codes.to_pylist() if codes is not None else []),
        course=tuple((month_at(one), Sums(own)) for one, own in sorted(by_month.items())),
        alone=_alone(now),
    )


def _alone(rows: Sequence[Row]) -> Mapping[str, int]:
    """How many hospitals have visits of one of the judged funds and of no other of them."""
    funds: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row["fund"] in FUNDS and row["visits"]:
            funds[row["hcode"]].add(row["fund"])
    return Counter(fund for own in funds.values() if len(own) == 1 for fund in own)


def _query(chosen: ClaimsQuery, ordinals: Sequence[int]) -> FigureQuery:
    return FigureQuery(ordinals, chosen.hospitals, chosen.fund, chosen.patient)


def _grouped(rows: Iterable[Row], name: str) -> dict[Any, list[Row]]:
    groups: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[name]].append(row)
    return groups


def _denials(rows: Sequence[Row]) -> tuple[Denial, ...]:
    """Failed claims by code, most money first."""
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        sums = counts[row["status"], row["code"]]
        sums[0] += row["count"]
        sums[1] += row["claimed"]
    denials = [Denial(*key, count, money / SATANG) for key, (count, money) in counts.items()]
    return tuple(sorted(denials, key=lambda one: (-one.claimed, -one.count, one.code)))


def _judged(engine: Engine, query: ClaimsQuery, rows: Sequence[Row]) -> tuple[HospitalClaims, ...]:
    """Every hospital with its defects, those that fail most first."""
    groups = sorted(_grouped(rows, "hcode").items())
    shares = [defects([dict(row) for row in own]) for _hcode, own in groups]
    with reading(engine) as session:
        rule = rules_of(session).of(query.period).rules.get(DEFECTS)
    verdicts = _verdicts(rule, shares, query.period) if isinstance(rule, Indicator) else None
    verdicts_ = [
        HospitalClaims(
            Place(hcode, query.where.name(hcode)),
            Sums(own),
            verdicts[place] if verdicts else _NOT_JUDGED,
        )
        for place, (hcode, own) in enumerate(groups)
    ]
    return tuple(sorted(verdicts_, key=lambda one: -(one.judged.value or 0)))


def _verdicts(
    rule: Indicator, shares: Sequence[Mapping[str, float | None]], period: Period
) -> list[Judged]:
    """The defects judged by the rule in force, exactly as monthly counts are."""
    names = dict.fromkeys(name for row in shares for name in row)
    columns = {}
    for name in names:
        values = np.array([np.nan if (v := row.get(name)) is None else v for row in shares])
        missing = np.isnan(values)
        states = np.where(missing, np.int8(State.NOT_REPORTED), np.int8(State.REPORTED))
        columns[name] = Column(values, states)
    ordinals = np.full(len(shares), period.ordinal, dtype=np.int64)
    nobody = PeerGroups(np.full(len(shares), -1, dtype=np.int64), ordinals)
    islands = np.zeros(len(shares), dtype=np.bool_)
    scores = score_indicator(rule, HospitalMonths(Figures(columns, ordinals), nobody, islands))
    items = {item.id.rsplit(".", 1)[-1]: item for item in scores.whole.items.values()}
    return [
        Judged(
            {part: number_or_none(items[part].figure[row]) for part in PARTS},
            {part: _verdict(items[part], row) for part in PARTS},
            number_or_none(scores.value[row]),
            Verdict(int(scores.verdicts[row])),
        )
        for row in range(len(shares))
    ]


def _verdict(item: ItemScores, row: int) -> Verdict:
    points = float(item.points[row])
    if np.isnan(points) or not item.judged[row]:
        return Verdict.NOT_JUDGED
    return Verdict.PASS if points > 0 else Verdict.FAIL


_NOT_JUDGED: Final = Judged(
    dict.fromkeys(PARTS), dict.fromkeys(PARTS, Verdict.NOT_JUDGED), None, Verdict.NOT_JUDGED
)


@door(Action.READ, "query.area.code")
def visits_of(engine: Engine, query: ClaimsQuery, which: Which, page: int) -> VisitPage:
    """Single visits behind a figure, a page of them; `page` counts from 1."""
    folder = folder_of(engine)
    day = query.period.last_day
    visit_rows = visits(
        folder, _query(query, [query.period.ordinal]), which, query.period.ordinal, day
    )
    count = visit_rows.num_rows if visit_rows is not None else 0
    last = max(1, -(-count // PAGE_ROWS))
    page = min(max(page, 1), last)
    rows = (
        visit_rows.slice((page - 1) * PAGE_ROWS, PAGE_ROWS).to_pylist()
        if visit_rows is not None
        else []
    )
    files = {one.id: one.file_name for one in Catalogue(folder).uploads()}
    return VisitPage(query, which, page, count, tuple(rows), files)


def compensated(
    engine: Engine, area: str, periods: Sequence[Period], *, fund: str = "", patient: str = ""
) -> tuple[float, float]:
    """Baht compensated and baht claimed of the claims of some months that have a reply."""
    if not periods:
        return 0.0, 0.0
    query = selection(engine, period=str(periods[-1]), area=area, fund=fund, patient=patient)
    if query is None or query.area.code != area:
        return 0.0, 0.0
    table = figures(folder_of(engine), _query(query, [one.ordinal for one in periods]))
    sums = Sums(table.to_pylist() if table is not None else [])
    return sums.baht("compensated"), sums.baht("answered_claimed")
