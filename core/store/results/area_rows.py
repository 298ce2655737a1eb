"""Queries behind maps, rankings and overviews: few columns of many rows, in few queries."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import orjson
from sqlalchemy import ColumnElement, literal, or_, select
from sqlalchemy.orm import Session

from core.areas import COUNTRY
from core.periods import Period
from core.store.register.past import past_of
from core.store.register.states import in_force as state_in_force
from core.store.results.moment import standing as in_force
from core.store.schema.bulk import rows_of, table_of
from core.store.schema.keys import period_key, period_of
from core.store.schema.tables import (
    District,
    Facility,
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
_DISTRICT = table_of(District)
_PROVINCE = table_of(Province)
_REGION = table_of(Region)
_OBSERVATION = table_of(Observation)
_MEASURE = table_of(Measure)
_AFTER_LETTERS: Final = "\u007f"


class AreaShareRow(NamedTuple):
    """The result of an area: `share` percent, `number` of `over` facilities; None where not known.

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
    """The result of one subject; None where there is no number."""

    value: float | None
    points: float | None
    verdict: int
    state: int


class UnitRow(NamedTuple):
    """The result of one facility with its id; None where there is no number."""

    id: int
    value: float | None
    points: float | None
    full: float | None
    verdict: int
    state: int
    grade: str | None


class SiteRow(NamedTuple):
    """A facility in a period: its names, its areas and, where known, its position."""

    name_th: str
    name_en: str
    district: str
    province: str
    region: str
    latitude: float | None
    longitude: float | None
    transferred: bool = False
    """Whether the register marks it for transfer to local government."""


def area_shares(
    session: Session,
    criteria: Collection[str],
    periods: Collection[Period],
    *,
    province: str | None = None,
    areas: Collection[str] | None = None,
) -> dict[tuple[str, Period, str], AreaShareRow]:
    """Area results by criterion, period and area: country, regions and provinces.

    With a `province` those of its districts instead, with `areas` those of the ones named.
    """
    r = _RESULT.c
    query = (
        select(
            r.criterion, r.period_id, r.subject,
            r.value, r.points, r.full_marks, r.verdict, r.state, _DETAIL.c.detail,
        )
        .join(_DETAIL, _DETAIL.c.result_id == r.id)
        .where(r.criterion.in_(criteria), in_force(session), _in_periods(periods))
        .where(_of_areas(province) if areas is None else r.subject.in_(areas))
    )  # fmt: skip
    by_key = {period_key(period): period for period in periods}
    shares = {}
    for criterion, key, subject, *figures, detail in rows_of(session, query):
        shares[criterion, by_key[key], subject] = _share_row(figures, detail)
    return shares


def _share_row(figures: Sequence[Any], detail: str) -> AreaShareRow:
    document = orjson.loads(detail)
    share, number, over, verdict, state = figures
    return AreaShareRow(share, number, over, verdict, state, document["notes"], document["parts"])


def _of_areas(province: str | None) -> ColumnElement[bool]:
    subject = _RESULT.c.subject
    if province is None:
        return or_(subject == COUNTRY, _starts_with(subject, "R"), _starts_with(subject, "P"))
    return _starts_with(subject, f"D{province[1:]}")


def _starts_with(subject: Any, letters: str) -> ColumnElement[bool]:
    # A range can use the index, LIKE would read every row.
    condition: ColumnElement[bool] = subject.between(letters, letters + _AFTER_LETTERS)
    return condition


def _in_periods(periods: Iterable[Period]) -> ColumnElement[bool]:
    return _RESULT.c.period_id.in_([period_key(period) for period in periods])


def standing(
    session: Session,
    criterion: str,
    periods: Collection[Period],
    *,
    subjects: Collection[str] | None = None,
) -> dict[Period, dict[str, StandingRow]]:
    """Results of subjects in some periods; of all subjects unless some are named."""
    r = _RESULT.c
    query = select(r.period_id, r.subject, r.value, r.points, r.verdict, r.state)
    query = query.where(r.criterion == criterion, in_force(session), _in_periods(periods))
    if subjects is not None:
        query = query.where(r.subject.in_(subjects))
    by_key: dict[int, dict[str, StandingRow]] = {period_key(period): {} for period in periods}
    for key, subject, *figures in rows_of(session, query):
        by_key[key][subject] = StandingRow._make(figures)
    return {period: by_key[period_key(period)] for period in periods}


def values(
    session: Session, criterion: str, periods: Collection[Period]
) -> dict[Period, dict[str, float | None]]:
    """The value of every subject in some periods; None where there is no number."""
    r = _RESULT.c
    query = select(r.period_id, r.subject, r.value)
    query = query.where(r.criterion == criterion, in_force(session), _in_periods(periods))
    by_key: dict[int, dict[str, float | None]] = {period_key(period): {} for period in periods}
    for key, subject, value in rows_of(session, query):
        by_key[key][subject] = value
    return {period: by_key[period_key(period)] for period in periods}


def unit_rows(
    session: Session, criterion: str, periods: Collection[Period], *, graded: bool = False
) -> dict[Period, dict[str, UnitRow]]:
    """Results of every facility in some periods; with the grade where the rule has grades."""
    r = _RESULT.c
    query = select(
        r.period_id, r.subject, r.id, r.value, r.points, r.full_marks, r.verdict, r.state
    ).where(r.criterion == criterion, in_force(session), _in_periods(periods))
    if graded:
        query = query.add_columns(_DETAIL.c.detail).join(_DETAIL, _DETAIL.c.result_id == r.id)
    by_key: dict[int, dict[str, UnitRow]] = {period_key(period): {} for period in periods}
    for key, subject, *figures in rows_of(session, query):
        notes = orjson.loads(figures.pop()).get("notes", {}) if graded else {}
        by_key[key][subject] = UnitRow._make((*figures, notes.get("grade")))
    return {period: by_key[period_key(period)] for period in periods}


def area_names(session: Session) -> dict[str, tuple[str, str, str]]:
    """Thai name, English name and parent area of every area, by code."""
    parents = {_REGION: None, _PROVINCE: _PROVINCE.c.region, _DISTRICT: _DISTRICT.c.province}
    names: dict[str, tuple[str, str, str]] = {}
    for table, parent in parents.items():
        above = literal(COUNTRY) if parent is None else parent
        query = select(table.c.code, table.c.name_th, table.c.name_en, above)
        names |= {code: (th, en, up) for code, th, en, up in rows_of(session, query)}
    for code, then in past_of(session).items():
        if code in names:
            names[code] = (then.name_th, then.name_en, names[code][2])
    return names


def sites(session: Session, kind: str, at: Period) -> dict[str, SiteRow]:
    """Facilities of a kind that were there in a period, as they were then, sorted by hcode."""
    states, is_in_force = state_in_force(session, at)
    f, s = _FACILITY.c, states.c
    last_day = at.month.last_day
    query = (
        select(
            f.closed_on.is_(None) | (f.closed_on >= last_day), f.hcode, f.name_th, f.name_en,
            s.district, _DISTRICT.c.province, _PROVINCE.c.region, s.latitude, s.longitude,
            s.transferred,
        )
        .join(states, s.hcode == f.hcode)
        .join(_DISTRICT, _DISTRICT.c.code == s.district)
        .join(_PROVINCE, _PROVINCE.c.code == _DISTRICT.c.province)
        .where(f.kind == kind, is_in_force)
        .order_by(f.hcode)
    )  # fmt: skip
    past, known = past_of(session), {}
    for is_open, hcode, *rest in rows_of(session, query):
        if then := past.get(hcode):
            rest[:2] = then.name_th, then.name_en
        if then.is_open(last_day) if then else is_open:
            known[hcode] = SiteRow._make(rest)
    return known


def area_history(
    session: Session, criteria: Collection[str], area: str
) -> dict[tuple[str, Period], AreaShareRow]:
    """All current results of one area, by criterion and period, oldest first."""
    r = _RESULT.c
    query = (
        select(
            r.criterion, r.period_id,
            r.value, r.points, r.full_marks, r.verdict, r.state, _DETAIL.c.detail,
        )
        .join(_DETAIL, _DETAIL.c.result_id == r.id)
        .where(r.subject == area, r.criterion.in_(criteria), in_force(session))
        .order_by(r.period_id)
    )  # fmt: skip
    shares = {}
    for criterion, key, *figures, detail in rows_of(session, query):
        shares[criterion, period_of(key)] = _share_row(figures, detail)
    return shares


def explained(
    session: Session, criterion: str, period: Period, subjects: Collection[str]
) -> dict[str, Mapping[str, Any]]:
    """Parts of some subjects' results in a period, as `core.store.results.detail` wrote them."""
    r = _RESULT.c
    query = (
        select(r.subject, _DETAIL.c.detail)
        .join(_DETAIL, _DETAIL.c.result_id == r.id)
        .where(r.criterion == criterion, in_force(session), _in_periods([period]))
        .where(r.subject.in_(subjects))
    )
    return {subject: orjson.loads(detail)["parts"] for subject, detail in rows_of(session, query)}


def subjects_inside(session: Session, kind: str, at: Period, area: str) -> tuple[str, ...]:
    """Facilities of a kind that lay in an area in a period, by hcode in its order."""
    level = {"R": "region", "P": "province", "D": "district"}.get(area[:1])
    facilities = sites(session, kind, at)
    return tuple(
        h for h, site in facilities.items() if level is None or getattr(site, level) == area
    )


def reported_values(
    session: Session,
    criterion: str,
    period: Period,
    subjects: Collection[str],
    measures: Collection[str],
) -> dict[tuple[str, str], tuple[float | None, str | None]]:
    """Value and text of some measures in the submissions that some results were computed from."""
    r, o, m = _RESULT.c, _OBSERVATION.c, _MEASURE.c
    query = (
        select(r.subject, m.code, o.value, o.text)
        .join(_OBSERVATION, o.submission_id == r.submission_id)
        .join(_MEASURE, m.id == o.measure_id)
        .where(r.criterion == criterion, in_force(session), _in_periods([period]))
        .where(r.subject.in_(subjects), m.code.in_(measures))
    )
    return {(who, code): (value, text) for who, code, value, text in rows_of(session, query)}
