"""What maps, rankings and overviews are drawn of: few columns of many rows, in few queries."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final, NamedTuple

import orjson
from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from core.areas import COUNTRY
from core.periods import Period
from core.store.bulk import columns_of, table_of
from core.store.keys import period_key, period_of
from core.store.tables import (
    District,
    Facility,
    FacilityState,
    Province,
    Result,
    ResultDetail,
)

_RESULT = table_of(Result)
_DETAIL = table_of(ResultDetail)
_FACILITY = table_of(Facility)
_STATE = table_of(FacilityState)
_DISTRICT = table_of(District)
_PROVINCE = table_of(Province)
_AFTER_LETTERS: Final = "\u007f"


class AreaShareRow(NamedTuple):
    """What one area came to: `share` percent, `number` of `over` facilities; None where not known.

    `notes` and `parts` as `core.services.area_results` wrote them. `verdict` and `state` are those
    of `core.scoring.states`.
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
        found[key][subject] = StandingRow(*figures)
    return {period: found[period_key(period)] for period in periods}


def sites(session: Session, kind: str, at: Period) -> dict[str, SiteRow]:
    """Facilities of a kind as they were in a period, by hcode in its order."""
    f, s = _FACILITY.c, _STATE.c
    begun = (
        select(s.hcode, func.max(s.valid_from).label("since"))
        .where(s.valid_from <= at.ordinal)
        .group_by(s.hcode)
        .subquery()
    )
    query = (
        select(
            f.hcode, f.name_th, f.name_en, s.district, _DISTRICT.c.province, _PROVINCE.c.region,
            s.latitude, s.longitude,
        )
        .join(_STATE, s.hcode == f.hcode)
        .join(begun, (begun.c.hcode == s.hcode) & (begun.c.since == s.valid_from))
        .join(_DISTRICT, _DISTRICT.c.code == s.district)
        .join(_PROVINCE, _PROVINCE.c.code == _DISTRICT.c.province)
        .where(f.kind == kind)
        .order_by(f.hcode)
    )  # fmt: skip
    return {hcode: SiteRow(*rest) for hcode, *rest in _rows(session, query)}


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
    """The parts of some subjects' results in a period, as `core.store.detail` wrote them."""
    r = _RESULT.c
    query = (
        select(r.subject, _DETAIL.c.detail)
        .join(_DETAIL, _DETAIL.c.result_id == r.id)
        .where(r.criterion == criterion, r.until.is_(None), _of([period]))
        .where(r.subject.in_(subjects))
    )
    return {subject: orjson.loads(detail)["parts"] for subject, detail in _rows(session, query)}
