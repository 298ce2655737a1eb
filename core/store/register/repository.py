"""The register: areas, facilities, and the state of a facility in each period."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import FromClause, Select, select
from sqlalchemy.orm import Session

from core.areas import COUNTRY, Level, parse_area
from core.periods import Period
from core.store.register.past import keep_past, past_of
from core.store.register.row import AreaRow, FacilityRow
from core.store.register.states import in_force, keep_states, states_read
from core.store.schema.bulk import rows_of, table_of, upsert
from core.store.schema.tables import District, Facility, FacilityState, Province, Region
from core.text import Text

ALWAYS: Final = 0
"""The first month of a facility's first state, which holds for all earlier months."""

_REGION = table_of(Region)
_PROVINCE = table_of(Province)
_DISTRICT = table_of(District)
_FACILITY = table_of(Facility)
_STATE = table_of(FacilityState)

_TABLES: Final = {Level.REGION: _REGION, Level.PROVINCE: _PROVINCE, Level.DISTRICT: _DISTRICT}
_PARENTS: Final = {Level.PROVINCE: "region", Level.DISTRICT: "province"}


@dataclass(frozen=True, slots=True)
class PlacedFacility(FacilityRow):
    """A facility with the areas above it, as it was since the month `valid_from` (an ordinal)."""

    province: str = ""
    region: str = ""
    valid_from: int = ALWAYS


@dataclass(frozen=True, slots=True)
class Entered:
    """How many facilities were new to the register, changed, or unchanged."""

    new: int
    changed: int
    unchanged: int


def enter_areas(session: Session, areas: Iterable[AreaRow]) -> None:
    """Insert regions, provinces and districts, or update their names; parents must exist."""
    by_level: dict[Level, list[dict[str, str]]] = {level: [] for level in _TABLES}
    for area in areas:
        level = parse_area(area.code).level
        row = {"code": area.code, "name_th": area.name_th, "name_en": area.name_en}
        if parent := _PARENTS.get(level):
            row[parent] = area.parent
        by_level[level].append(row)
    was = _area_names(session)
    entered = (row for rows in by_level.values() for row in rows)
    known = (row for row in entered if row["code"] in was)
    keep_past(session, was, ((r["code"], r["name_th"], r["name_en"], None) for r in known))
    for level, rows in by_level.items():
        upsert(session, _TABLES[level], rows)


def areas(session: Session) -> Mapping[str, AreaRow]:
    """All regions, provinces and districts by code, each after its parent."""
    past = past_of(session)
    by_code: dict[str, AreaRow] = {}
    for level, table in _TABLES.items():
        columns = [table.c.code, table.c.name_th, table.c.name_en]
        if parent := _PARENTS.get(level):
            columns.append(table.c[parent])
        for row in session.execute(select(*columns).order_by(table.c.code)):
            one = AreaRow(*tuple(row))
            then = past.get(one.code)
            by_code[one.code] = (
                replace(one, name_th=then.name_th, name_en=then.name_en) if then else one
            )
    return by_code


def _area_names(session: Session) -> dict[str, tuple[str, str, date | None]]:
    return {code: (one.name_th, one.name_en, None) for code, one in areas(session).items()}


def parents(session: Session) -> Mapping[str, str]:
    """The area that every province, district and facility lies in at the session's moment."""
    lying = {row.code: row.parent for row in areas(session).values()}
    states, is_in_force = in_force(session, None)
    query = select(states.c.hcode, states.c.district).join(
        _FACILITY, _FACILITY.c.hcode == states.c.hcode
    )
    query = query.where(is_in_force)
    return lying | {hcode: str(district) for hcode, district in session.execute(query)}


def has_areas(session: Session) -> bool:
    """Whether the register has any area."""
    return session.scalar(select(_REGION.c.code).limit(1)) is not None


def has_facilities(session: Session) -> bool:
    """Whether the register has any facility."""
    return session.scalar(select(_FACILITY.c.hcode).limit(1)) is not None


def has_district(session: Session, code: str) -> bool:
    """Whether the register has a district of this code."""
    table = _TABLES[Level.DISTRICT]
    return session.scalar(select(table.c.code).where(table.c.code == code)) is not None


def enter_facilities(
    session: Session, rows: Sequence[FacilityRow], *, since: Period | None = None
) -> Entered:
    """Enter the state of facilities since a month; without one, correct their present state.

    Earlier states of a known facility stay, so that earlier figures keep their district and group;
    the state of a new one holds for all earlier months. `StoreError` S014 for a district that is
    not in the register.
    """
    before = {f.hcode: f for f in facilities(session, at=since)}
    new = [row for row in rows if row.hcode not in before]
    changed = [r for r in rows if r.hcode in before and r != _as_row(before[r.hcode])]
    was = {hcode: (f.name_th, f.name_en, f.closed_on) for hcode, f in before.items()}
    keep_past(
        session, was, ((r.hcode, r.name_th, r.name_en, r.closed_on) for r in (*new, *changed))
    )
    entered = [_split(row) for row in (*new, *changed)]
    upsert(session, _FACILITY, [facility for facility, _ in entered])
    states = [
        state | {"valid_from": _valid_from(before.get(state["hcode"]), since)}
        for _, state in entered
        if _is_new_state(state, before.get(state["hcode"]))
    ]
    keep_states(session, {(f.hcode, f.valid_from): _state(f) for f in before.values()}, states)
    upsert(session, _STATE, states)
    return Entered(len(new), len(changed), len(rows) - len(new) - len(changed))


def _valid_from(was: PlacedFacility | None, since: Period | None) -> int:
    if was is None:
        return ALWAYS
    return was.valid_from if since is None else since.ordinal


def _split(row: FacilityRow) -> tuple[dict[str, Any], dict[str, Any]]:
    """The permanent columns of a facility, and those of its state."""
    values = asdict(row)
    return (
        {name: values[name] for name in _FACILITY.columns.keys()},  # noqa: SIM118
        {c.name: values[c.name] for c in _STATE.columns if c.name != "valid_from"},
    )


def _state(placed: PlacedFacility) -> dict[str, Any]:
    return {column.name: getattr(placed, column.name) for column in _STATE.columns}


def _as_row(placed: PlacedFacility) -> FacilityRow:
    return FacilityRow(*(getattr(placed, name) for name in FacilityRow.__slots__))


def _is_new_state(state: Mapping[str, Any], was: PlacedFacility | None) -> bool:
    """Whether a state differs from the one before; a new name alone does not."""
    return was is None or any(getattr(was, name) != value for name, value in state.items())


def facilities(
    session: Session,
    *,
    at: Period | None = None,
    area: str = COUNTRY,
    kind: str | None = None,
) -> tuple[PlacedFacility, ...]:
    """Facilities of an area as they were in a period, or as they are now, sorted by hcode.

    For a round pass its month (`Period.month`); a round itself raises `UsageError` U005.
    """
    states, is_in_force = in_force(session, at)
    query = _placed(states).where(is_in_force)
    place = parse_area(area)
    if place.level is Level.DISTRICT:
        query = query.where(states.c.district == place.code)
    elif place.level in _WITHIN:
        query = query.where(_WITHIN[place.level] == place.code)
    if kind is not None:
        query = query.where(_FACILITY.c.kind == kind)
    rows = session.execute(query.order_by(_FACILITY.c.hcode))
    return _as_known(session, (PlacedFacility(*tuple(row)) for row in rows))


def _as_known(session: Session, rows: Iterable[PlacedFacility]) -> tuple[PlacedFacility, ...]:
    """Facilities as they were called at the session's moment; one it did not know is left out."""
    past = past_of(session)
    if not past:
        return tuple(rows)
    known = ((one, past.get(one.hcode)) for one in rows)
    return tuple(
        replace(one, name_th=then.name_th, name_en=then.name_en, closed_on=then.closed_on)
        if then
        else one
        for one, then in known
        if then is None or then.was_there
    )


def facility(session: Session, hcode: str, *, at: Period | None = None) -> PlacedFacility | None:
    """One facility as it was in a period; None when the register does not know it."""
    matches = facilities(session, at=at, area=hcode)
    return matches[0] if matches else None


def known_as(session: Session, hcodes: Collection[str]) -> Mapping[str, tuple[Text, date | None]]:
    """The names of some facilities by hcode, each with the last day of one that is closed.

    Those the register does not know are left out.
    """
    f = _FACILITY.c
    query = select(f.hcode, f.name_th, f.name_en, f.closed_on).where(f.hcode.in_(hcodes))
    known = {hcode: (Text(th, en), day) for hcode, th, en, day in session.execute(query)}
    past = {code: one for code, one in past_of(session).items() if code in known}
    then = {code: (Text(one.name_th, one.name_en), one.closed_on) for code, one in past.items()}
    return known | then


def facility_states(session: Session, hcode: str) -> tuple[PlacedFacility, ...]:
    """All states of a facility, oldest first."""
    states = states_read(session)
    query = _placed(states).where(_FACILITY.c.hcode == hcode).order_by(states.c.valid_from)
    rows = session.execute(query)
    return _as_known(session, (PlacedFacility(*tuple(row)) for row in rows))


def known_codes(session: Session) -> Mapping[str, str]:
    """The hcode of every facility by its code of 5 digits and by its long ones."""
    f = _FACILITY.c
    rows = session.execute(select(f.hcode, f.hcode9, f.hcode9_new)).all()
    return {code: row[0] for row in rows for code in row if code is not None}


_WITHIN: Final = {
    Level.REGION: _PROVINCE.c.region,
    Level.PROVINCE: _DISTRICT.c.province,
    Level.FACILITY: _FACILITY.c.hcode,
}


def _placed(states: FromClause) -> Select[Any]:
    f, s = _FACILITY.c, states.c
    return (
        select(
            f.hcode, f.hcode9, f.name_th, f.name_en, f.kind, s.district, s.hgr, s.level, s.beds,
            s.latitude, s.longitude, s.island, s.transferred, f.hcode9_new, f.closed_on,
            _DISTRICT.c.province, _PROVINCE.c.region, s.valid_from,
        )
        .join(states, s.hcode == f.hcode)
        .join(_DISTRICT, _DISTRICT.c.code == s.district)
        .join(_PROVINCE, _PROVINCE.c.code == _DISTRICT.c.province)
    )  # fmt: skip


def groups(session: Session, *, at: Period) -> Mapping[str, tuple[str, str]]:
    """Kind and group of every facility that had a group in a period, by hcode."""
    states, is_in_force = in_force(session, at)
    f, s = _FACILITY.c, states.c
    query = select(f.hcode, f.kind, s.hgr).join(states, s.hcode == f.hcode)
    query = query.where(is_in_force, s.hgr.is_not(None))
    return {hcode: (kind, group) for hcode, kind, group in rows_of(session, query)}
