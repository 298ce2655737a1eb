"""What maps, rankings and overviews are drawn of: few columns of many rows, in few queries."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final, NamedTuple

import orjson
from sqlalchemy import ColumnElement, func, literal, or_, select
from sqlalchemy.orm import Session

from core.areas import COUNTRY
from core.periods import Period
from core.store.schema.bulk import columns_of, table_of
from core.store.schema.keys import period_key, period_of
from core.store.schema.tables import (
    District,
    Facility,
    FacilityState,
    Measure,
    Observation,
    Province,
    Region,
    Result,
    ResultDetail,
)

_RESULT = table_of(Result)
_DETAIL = table_of(ResultDetail)
_FACILITY = table_of(Facility)
_STATE = table_of(FacilityState)
_DISTRICT = table_of(District)
_PROVINCE = table_of(Province)
_REGION = table_of(Region)
_OBSERVATION = table_of(Observation)
_MEASURE = table_of(Measure)
_AFTER_LETTERS: Final = "\u007f"


class AreaShareRow(NamedTuple):
    """What one area came to: `share` percent, `number` of `over` facilities; None where not known.

    `notes` and `parts` as `core.services.recompute.area_results` wrote them. `verdict` and `state`
    are those of `core.scoring.base.states`.
    """

    share: float | None
    number: float | None
    over: float | None
    verdict: int
    state: int
    notes: Mapping[str, Any]
    parts: Mapping[str, Any]


class StandingRow(NamedTuple):
    """What one subject came to; None where there is no number."""

    value: float | None
    points: float | None
    verdict: int
    state: int


class UnitRow(NamedTuple):
    """What one facility came to, and the number of its result; None where there is no number."""

    id: int
    value: float | None
    points: float | None
    full: float | None
    verdict: int
    state: int
    grade: str | None


class SiteRow(NamedTuple):
    """A facility in a period: its names, where it belongs and, where known, where it stands."""

    name_th: str
    name_en: str
    district: str
    province: str
    region: str
    latitude: float | None
    longitude: float | None


def area_shares(
    session: Session,
    criteria: Collection[str],
    periods: Collection[Period],
    *,
    province: str | None = None,
) -> dict[tuple[str, Period, str], AreaShareRow]:
    """Area results by criterion, period and area: country, regions and provinces.

    With a `province` those of its districts instead.
    """
    r = _RESULT.c
    query = (
        select(
            r.criterion, r.period_id, r.subject,
            r.value, r.points, r.full_marks, r.verdict, r.state, _DETAIL.c.detail,
        )
        .join(_DETAIL, _DETAIL.c.result_id == r.id)
        .where(r.criterion.in_(criteria), r.until.is_(None), _of(periods), _chosen(province))
    )  # fmt: skip
    known = {period_key(period): period for period in periods}
    found = {}
    for criterion, key, subject, share, number, over, verdict, state, detail in _rows(
        session, query
    ):
        said = orjson.loads(detail)
        row = AreaShareRow(share, number, over, verdict, state, said["notes"], said["parts"])
        found[criterion, known[key], subject] = row
    return found


def _chosen(province: str | None) -> ColumnElement[bool]:
    subject = _RESULT.c.subject
    if province is None:
        return or_(subject == COUNTRY, _begins(subject, "R"), _begins(subject, "P"))
    return _begins(subject, f"D{province[1:]}")


def _begins(subject: Any, letters: str) -> ColumnElement[bool]:
    # A range, which the index knows how to find, where LIKE reads all.
    found: ColumnElement[bool] = subject.between(letters, letters + _AFTER_LETTERS)
    return found


def _of(periods: Iterable[Period]) -> ColumnElement[bool]:
    return _RESULT.c.period_id.in_([period_key(period) for period in periods])


def standing(
    session: Session,
    criterion: str,
    periods: Collection[Period],
    *,
    subjects: Collection[str] | None = None,
) -> dict[Period, dict[str, StandingRow]]:
    """What subjects came to in some periods; all of them unless some are named."""
    r = _RESULT.c
    query = select(r.period_id, r.subject, r.value, r.points, r.verdict, r.state)
    query = query.where(r.criterion == criterion, r.until.is_(None), _of(periods))
    if subjects is not None:
        query = query.where(r.subject.in_(subjects))
    found: dict[int, dict[str, StandingRow]] = {period_key(period): {} for period in periods}
    for key, subject, *figures in _rows(session, query):
        found[key][subject] = StandingRow._make(figures)
    return {period: found[period_key(period)] for period in periods}


def values(
    session: Session, criterion: str, periods: Collection[Period]
) -> dict[Period, dict[str, float | None]]:
    """The value of every subject in some periods; None where it has none."""
    r = _RESULT.c
    query = select(r.period_id, r.subject, r.value)
    query = query.where(r.criterion == criterion, r.until.is_(None), _of(periods))
    found: dict[int, dict[str, float | None]] = {period_key(period): {} for period in periods}
    for key, subject, value in _rows(session, query):
        found[key][subject] = value
    return {period: found[period_key(period)] for period in periods}


def unit_rows(
    session: Session, criterion: str, periods: Collection[Period], *, graded: bool = False
) -> dict[Period, dict[str, UnitRow]]:
    """What every facility came to in some periods; with its grade where the rule has `graded`."""
    r = _RESULT.c
    query = select(
        r.period_id, r.subject, r.id, r.value, r.points, r.full_marks, r.verdict, r.state
    ).where(r.criterion == criterion, r.until.is_(None), _of(periods))
    if graded:
        query = query.add_columns(_DETAIL.c.detail).join(_DETAIL, _DETAIL.c.result_id == r.id)
    found: dict[int, dict[str, UnitRow]] = {period_key(period): {} for period in periods}
    for key, subject, *figures in _rows(session, query):
        notes = orjson.loads(figures.pop()).get("notes", {}) if graded else {}
        found[key][subject] = UnitRow._make((*figures, notes.get("grade")))
    return {period: found[period_key(period)] for period in periods}


def area_names(session: Session) -> dict[str, tuple[str, str, str]]:
    """Names in Thai and English of every area by code, and the area it lies in."""
    parents = {_REGION: None, _PROVINCE: _PROVINCE.c.region, _DISTRICT: _DISTRICT.c.province}
    found: dict[str, tuple[str, str, str]] = {}
    for table, parent in parents.items():
        above = literal(COUNTRY) if parent is None else parent
        query = select(table.c.code, table.c.name_th, table.c.name_en, above)
        found |= {code: (th, en, up) for code, th, en, up in _rows(session, query)}
    return found


def sites(session: Session, kind: str, at: Period) -> dict[str, SiteRow]:
    """Facilities of a kind as they were in a period, by hcode in its order."""
    f, s = _FACILITY.c, _STATE.c
    other = _STATE.alias("other")
    begun = (
        select(func.max(other.c.valid_from))
        .where(other.c.hcode == f.hcode, other.c.valid_from <= at.ordinal)
        .scalar_subquery()
    )
    query = (
        select(
            f.hcode, f.name_th, f.name_en, s.district, _DISTRICT.c.province, _PROVINCE.c.region,
            s.latitude, s.longitude,
        )
        .join(_STATE, s.hcode == f.hcode)
        .join(_DISTRICT, _DISTRICT.c.code == s.district)
        .join(_PROVINCE, _PROVINCE.c.code == _DISTRICT.c.province)
        .where(f.kind == kind, s.valid_from == begun)
        .order_by(f.hcode)
    )  # fmt: skip
    return {hcode: SiteRow._make(rest) for hcode, *rest in _rows(session, query)}


def _rows(session: Session, query: Any) -> Iterable[tuple[Any, ...]]:
    return zip(*columns_of(session, query), strict=True)


def area_history(
    session: Session, criteria: Collection[str], area: str
) -> dict[tuple[str, Period], AreaShareRow]:
    """Everything that stands of one area, by criterion and period, oldest first."""
    r = _RESULT.c
    query = (
        select(
            r.criterion, r.period_id,
            r.value, r.points, r.full_marks, r.verdict, r.state, _DETAIL.c.detail,
        )
        .join(_DETAIL, _DETAIL.c.result_id == r.id)
        .where(r.subject == area, r.criterion.in_(criteria), r.until.is_(None))
        .order_by(r.period_id)
    )  # fmt: skip
    found = {}
    for criterion, key, share, number, over, verdict, state, detail in _rows(session, query):
        said = orjson.loads(detail)
        row = AreaShareRow(share, number, over, verdict, state, said["notes"], said["parts"])
        found[criterion, period_of(key)] = row
    return found


def explained(
    session: Session, criterion: str, period: Period, subjects: Collection[str]
) -> dict[str, Mapping[str, Any]]:
    """Parts of some subjects' results in a period, as `core.store.results.detail` wrote them."""
    r = _RESULT.c
    query = (
        select(r.subject, _DETAIL.c.detail)
        .join(_DETAIL, _DETAIL.c.result_id == r.id)
        .where(r.criterion == criterion, r.until.is_(None), _of([period]))
        .where(r.subject.in_(subjects))
    )
    return {subject: orjson.loads(detail)["parts"] for subject, detail in _rows(session, query)}


def subjects_inside(session: Session, kind: str, at: Period, area: str) -> tuple[str, ...]:
    """Facilities of a kind that lay in an area in a period."""
    level = {"R": "region", "P": "province", "D": "district"}.get(area[:1])
    found = sites(session, kind, at)
    return tuple(h for h, site in found.items() if level is None or getattr(site, level) == area)


def told_beside(
    session: Session,
    criterion: str,
    period: Period,
    subjects: Collection[str],
    measures: Collection[str],
) -> dict[tuple[str, str], tuple[float | None, str | None]]:
    """Value and text of some measures as the workbooks behind some results told them."""
    r, o, m = _RESULT.c, _OBSERVATION.c, _MEASURE.c
    query = (
        select(r.subject, m.code, o.value, o.text)
        .join(_OBSERVATION, o.submission_id == r.submission_id)
        .join(_MEASURE, m.id == o.measure_id)
        .where(r.criterion == criterion, r.until.is_(None), _of([period]))
        .where(r.subject.in_(subjects), m.code.in_(measures))
    )
    return {(who, code): (value, text) for who, code, value, text in _rows(session, query)}
