"""Findings as lists: each with its place, its words and its due date, by filters and in order."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache, partial
from typing import Final, Literal

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.access.roles import Action
from core.areas import COUNTRY
from core.criteria.catalog import catalog
from core.findings.states import Shown, Stage, is_active
from core.periods import Period, in_thailand
from core.services.findings.criteria import moment, province_of, short_of
from core.services.findings.lists import finding_lists, listed
from core.services.findings.wording import criterion_text, shown_of, value_text
from core.services.geography.country import Place
from core.services.guard.doors import ANYWHERE, door
from core.services.guard.lying import concerning, readable
from core.services.guard.whose import subject_of_evidence, subject_of_finding
from core.services.rules.in_force import RulesInForce, rules_of
from core.store.engine.one_view import once
from core.store.engine.unit_of_work import reading
from core.store.findings import repository as stored
from core.store.findings.closings import closings
from core.store.findings.repository import Stamp
from core.store.findings.rows import Change, Closing, Evidence, StoredFinding
from core.store.register.repository import PlacedFacility, areas, facilities
from core.store.schema.about import kind_of
from core.store.schema.moment import moment_of
from core.text import Text, fold, say

Order = Literal["due", "area", "owner", "theme", "newest"]
ORDERS: Final[tuple[Order, ...]] = ("due", "area", "owner", "theme", "newest")
_LAST: Final = date.max


@dataclass(frozen=True, slots=True)
class Listed:
    """A finding with where it is and what it is about, in words; `stored` is how it is stored.

    `theme` is the folder of its criterion; `name` tells it with tests that failed, `short` without.
    `is_overdue`: its due date has passed, and no evidence was handed in.
    """

    stored: StoredFinding
    place: Place
    district: Place | None
    province: Place | None
    region: str
    theme: str
    theme_name: Text
    name: Text
    short: Text
    value: Text
    owner: Text
    is_overdue: bool

    @property
    def state(self) -> Shown:
        """The state that a reader sees."""
        return shown_of(self.stored)

    @property
    def is_active(self) -> bool:
        """Whether it is neither closed nor withdrawn."""
        return is_active(self.stored.stage)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which findings: all but those over, unless `state` says otherwise.

    `state` is a name of `Shown` in small letters, `active`, `overdue`, `relapsed` or `all`.
    `period` is the code of the closing they were opened by, `words` are looked for in names.
    """

    area: str = COUNTRY
    state: str = "active"
    theme: str = ""
    owner: str = ""
    period: str = ""
    words: str = ""


def today(engine: Engine, stamp: Stamp) -> date:
    """The day that due dates are held against.

    That a meeting is held at; of invented data that of its newest closing, whose years are past.
    """
    if stamp.closed_at is not None and _is_invented(engine):
        return in_thailand(stamp.closed_at).date()
    return in_thailand(moment_of(engine) or datetime.now(UTC)).date()


@lru_cache(maxsize=8)
def _is_invented(engine: Engine) -> bool:
    with reading(engine) as session:
        return kind_of(session) == "demo"


@door(Action.READ, ANYWHERE)
def listed_findings(
    engine: Engine, chosen: Filter, order: Order = "due", *, on: date | None = None
) -> tuple[Listed, ...]:
    """The findings of a filter in an order: by due date the overdue first, without one last.

    Those alone whose place may be read.
    """
    may = readable(engine)
    every = (one for one in all_findings(engine, on) if may(one.place.code))
    return in_order(every, chosen, order)


def in_order(every: Iterable[Listed], chosen: Filter, order: str = "due") -> tuple[Listed, ...]:
    """Those of some findings that a filter leaves; any other order than one of `ORDERS` is due."""
    by: Order = next((one for one in ORDERS if one == order), "due")
    return tuple(sorted((one for one in every if fits(one, chosen)), key=_ORDERS[by]))


def all_findings(engine: Engine, on: date | None = None) -> tuple[Listed, ...]:
    """Every finding, read once for each change of them and each day; `on` as of `today`."""
    stamp = once((engine, "findings"), partial(_stamp_of, engine))
    return _all(engine, stamp, on or today(engine, stamp))


def _stamp_of(engine: Engine) -> Stamp:
    with reading(engine) as session:
        return stored.stamp(session)


@lru_cache(maxsize=4)
def _all(engine: Engine, stamp: Stamp, on: date) -> tuple[Listed, ...]:  # noqa: ARG001
    with reading(engine) as session:
        words = _Words(session, on)
        return tuple(words.listed(one) for one in stored.findings(session))


class _Words:
    """What findings are called, from one reading of the register and the rules."""

    def __init__(self, session: Session, on: date) -> None:
        self.on = on
        self.rules: RulesInForce = rules_of(session)
        self.facilities = {one.hcode: one for one in facilities(session)}
        self.areas = areas(session)
        self.names: dict[tuple[Period, str, tuple[str, ...]], Text] = {}

    def listed(self, one: StoredFinding) -> Listed:
        rules = self.rules.of(one.result_period)
        key = (one.result_period, one.criterion, one.tests)
        if key not in self.names:
            self.names[key] = criterion_text(rules, one)
        theme = one.criterion.partition(".")[0]
        site = self.facilities.get(one.subject)
        district, province, region = self._around(one.subject, site)
        role = listed(one.owner_role, finding_lists().owners) if one.owner_role else None
        place = self._place(one.subject, site)
        # What stands beside the place itself need not repeat it.
        is_own = one.owner_unit in (place.name.th, place.name.en)
        unit = () if is_own or not one.owner_unit else (Text(one.owner_unit, one.owner_unit),)
        return Listed(
            stored=one,
            place=place,
            district=district,
            province=province,
            region=region,
            theme=theme,
            theme_name=catalog().themes.get(theme, Text(theme, theme)),
            name=self.names[key],
            short=short_of(rules, one.criterion),
            value=value_text(rules, one.criterion, one.value),
            owner=Text.joined((role, *unit), ", ") if role else Text("", ""),
            is_overdue=one.stage is Stage.PLANNED and one.due is not None and one.due < self.on,
        )

    def _place(self, code: str, site: PlacedFacility | None) -> Place:
        if site:
            return Place(code, Text(site.name_th, site.name_en))
        if code == COUNTRY:
            return Place(code, say("Thailand"))
        known = self.areas.get(code)
        return Place(code, Text(known.name_th, known.name_en) if known else Text(code, code))

    def _around(
        self, code: str, site: PlacedFacility | None
    ) -> tuple[Place | None, Place | None, str]:
        """District, province and region of a facility or an area, as far as there is one."""
        if site:
            return self._place(site.district, None), self._place(site.province, None), site.region
        province = province_of(code)
        district = self._place(code, None) if code.startswith("D") else None
        known = self.areas.get(province)
        region = code if code.startswith("R") else (known.parent if known else "")
        return district, self._place(province, None) if province else None, region


def fits(one: Listed, chosen: Filter) -> bool:
    """Whether a finding is one of those asked for."""
    tests = (
        lies_in(one, chosen.area),
        _STATES.get(chosen.state, _is_state(chosen.state))(one),
        not chosen.theme or one.theme == chosen.theme,
        not chosen.owner or one.stored.owner_role == chosen.owner,
        not chosen.period or str(one.stored.opened_in) == chosen.period,
        not chosen.words or _has(one, chosen.words),
    )
    return all(tests)


def lies_in(one: Listed, area: str) -> bool:
    """Whether a finding is about a place in an area, or about the area itself."""
    around = (one.place.code, one.region, *(a.code for a in (one.district, one.province) if a))
    return area in (COUNTRY, *around)


def _has(one: Listed, words: str) -> bool:
    wanted = fold(words)
    texts = (one.place.name, one.name, one.owner, *((one.district.name,) if one.district else ()))
    codes = (one.place.code, str(one.stored.id), one.stored.criterion)
    return words in codes or any(wanted in fold(t) for text in texts for t in (text.th, text.en))


_STATES: Final[Mapping[str, Callable[[Listed], bool]]] = {
    "all": lambda _one: True,
    "active": lambda one: one.is_active,
    "overdue": lambda one: one.is_overdue,
    "relapsed": lambda one: one.stored.relapses > 0,
}
STATES: Final[tuple[str, ...]] = (
    "active", "overdue", "relapsed", *(one.name.lower() for one in Shown), "all",
)  # fmt: skip
"""What `Filter.state` may be."""


def _is_state(name: str) -> Callable[[Listed], bool]:
    return lambda one: one.state.name.lower() == name


def _by_due(one: Listed) -> tuple[bool, date, int]:
    return not one.is_overdue, one.stored.due or _LAST, one.stored.id


_ORDERS: Final[Mapping[Order, Callable[[Listed], tuple[object, ...]]]] = {
    "due": _by_due,
    "area": lambda one: (
        one.province.code if one.province else "",
        one.district.code if one.district else "",
        one.place.code, *_by_due(one),
    ),
    "owner": lambda one: (not one.owner.th, one.owner.th, *_by_due(one)),
    "theme": lambda one: (one.theme, one.stored.criterion, *_by_due(one)),
    "newest": lambda one: (-moment(one.stored.opened_in), *_by_due(one)),
}  # fmt: skip


@dataclass(frozen=True)
class Whole:
    """One finding with everything that was done to it, oldest first, and its evidence."""

    listed: Listed
    changes: tuple[Change, ...]
    evidence: tuple[Evidence, ...]


@door(Action.READ, subject_of_finding)
def whole_finding(engine: Engine, number: int, *, on: date | None = None) -> Whole:
    """One finding in full; `NotFoundError` S070 when there is none of that number."""
    with reading(engine) as session:
        one = stored.finding(session, number)
        listed_one = _Words(session, on or today(engine, stored.stamp(session))).listed(one)
        return Whole(listed_one, stored.changes(session, number), stored.evidence(session, number))


@door(Action.READ, ANYWHERE)
def all_closings(engine: Engine) -> tuple[Closing, ...]:
    """Every closing of a round or a month of an area that concerns who asks, oldest first."""
    near = concerning(engine)
    with reading(engine) as session:
        return tuple(one for one in closings(session) if near(one.area))


@door(Action.READ, subject_of_evidence)
def evidence_file(engine: Engine, change: int) -> bytes:
    """A file that was handed in; `NotFoundError` S071 when there is none."""
    with reading(engine) as session:
        return stored.evidence_file(session, change)
