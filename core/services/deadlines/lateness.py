"""Who sent figures of a form and period in time, who late, and who nothing.

A day ends in Thailand, and the last day counts. What no source prints is not assumed: without a day
that somebody set nobody is late.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Final

from sqlalchemy import Engine

from core.access.actors import THE_PROGRAM, acting
from core.access.roles import Action
from core.areas import COUNTRY, chain, parse_area
from core.periods import Period, in_thailand
from core.services.deadlines.forms import DueForm, check_period, due_form, due_forms
from core.services.geography.country import Place
from core.services.geography.places import areas_by_code, facilities_in
from core.services.guard.doors import door
from core.services.rules.expected import units_to_report
from core.store.engine.unit_of_work import reading
from core.store.results.versions import stamp_now, stamps_now
from core.store.uploads.deadlines import SetDeadline, deadlines
from core.store.uploads.sent_days import first_sent
from core.text import Text, say

_CACHED: Final = 64
SHOWN: Final = 60
"""Forms and periods that are listed at once."""


class Sent(StrEnum):
    """What became of figures that are due; without a last day they are `sent` or `unsent`."""

    OVERDUE = "overdue"
    LATE = "late"
    WAITING = "waiting"
    IN_TIME = "in_time"
    UNSENT = "unsent"
    SENT = "sent"


@dataclass(frozen=True, slots=True)
class DuePlace:
    """Who has to send figures: until when, and when the first file came; None where there is none.

    `above` is where it lies: its areas by code, the country first.
    """

    place: Place
    above: tuple[str, ...]
    due: date | None
    sent_at: datetime | None
    sent: Sent


@dataclass(frozen=True)
class Lateness:
    """Everybody of an area who has to send a form for a period, the overdue first.

    `due` is the last day that holds for the area as a whole; None where none was set.
    """

    form: DueForm
    period: Period
    area: Place
    due: date | None
    places: tuple[DuePlace, ...]

    @cached_property
    def counts(self) -> Mapping[Sent, int]:
        """How many are in each state, 0 included; together they are all."""
        counted = Counter(one.sent for one in self.places)
        return {state: counted[state] for state in Sent}

    @property
    def other_days(self) -> int:
        """How many have another last day than the area as a whole."""
        return sum(one.due != self.due for one in self.places)


def today() -> date:
    """The day it is in Thailand."""
    return in_thailand(datetime.now(UTC)).date()


@door(Action.READ, "area")
def lateness(
    engine: Engine, form_id: str, period: Period, *, area: str, day: date | None = None
) -> Lateness:
    """Who of an area sent a form for a period, as of a day.

    `UsageError` U130 for a form that is never due, U131 for another kind of period.
    """
    form = due_form(form_id)
    check_period(form, period)
    return _in_area(_whole(engine, stamps_now(engine).deed, form, period, day or today()), area)


@door(Action.READ, "area")
def every_lateness(
    engine: Engine,
    *,
    area: str,
    among: Iterable[Period] | None = None,
    day: date | None = None,
    limit: int | None = SHOWN,
) -> tuple[Lateness, ...]:
    """The same of every form and period that has a last day in an area, the last ones first.

    `among` are the periods that are asked about; all of them where that is None. `limit` is how
    many there are at most: those whose last day is nearest to the day.
    """
    when, wanted = day or today(), None if among is None else frozenset(among)
    state, code = stamps_now(engine).deed, parse_area(area).code
    keys = _keys(engine, state, wanted, when, limit)
    counted = (_in_area(_whole(engine, state, *key, when), code) for key in keys)
    return tuple(one for one in counted if any(place.due for place in one.places))


@lru_cache(maxsize=_CACHED)
def _keys(
    engine: Engine,
    state: str,  # noqa: ARG001
    among: frozenset[Period] | None,
    day: date,
    limit: int | None,
) -> tuple[tuple[DueForm, Period], ...]:
    with reading(engine) as session:
        known = deadlines(session, periods=among)
    forms = due_forms()
    newest = {(forms[one.form], one.period): one.due for one in known if one.form in forms}
    nearest = sorted(newest, key=lambda key: abs(newest[key] - day))[:limit]
    return tuple(sorted(nearest, key=lambda key: newest[key], reverse=True))


@lru_cache(maxsize=_CACHED)
def _whole(
    engine: Engine,
    state: str,  # noqa: ARG001
    form: DueForm,
    period: Period,
    day: date,
) -> Lateness:
    """The whole country's, from which areas are cut."""
    with acting(THE_PROGRAM):
        version = stamp_now(engine)
        areas = areas_by_code(engine, version)
        with reading(engine) as session:
            days = _days(deadlines(session, form=form.id, periods=[period]))
            sent = first_sent(session, form.sent_as, _periods_of_year(form, period))
        in_year = frozenset(subject for subject, _when in sent)
        places = [*_senders(engine, version, form, period, in_year)]
    parents = {code: parent for code, (_th, _en, parent) in areas.items()}
    first = {subject: at for (subject, when), at in sent.items() if when == period}
    due = [_place(place, above, days, first, day) for place, above in _above(places, parents)]
    order = list(Sent)
    ranked = sorted(due, key=lambda one: (order.index(one.sent), one.place.code))
    titles = {code: Text(th, en) for code, (th, en, _parent) in areas.items()}
    return _Country(form, period, Place(COUNTRY, say("Thailand")), days.get(COUNTRY),
                    tuple(ranked), days, titles)  # fmt: skip


@dataclass(frozen=True)
class _Country(Lateness):
    """The same, with the last day of each province that has its own, and the names of areas."""

    days: Mapping[str, date]
    names: Mapping[str, Text]


def _in_area(whole: Lateness, area: str) -> Lateness:
    if not isinstance(whole, _Country):
        return whole
    code = parse_area(area).code
    inside = tuple(one for one in whole.places if code in one.above)
    alone = next((one.place.name for one in inside if one.place.code == code), Text(code, code))
    name = say("Thailand") if code == COUNTRY else whole.names.get(code, alone)
    days = {one.due for one in inside}
    # A region has no day of its own: it has that of the country.
    due = days.pop() if len(days) == 1 and code != COUNTRY else whole.due
    return Lateness(whole.form, whole.period, Place(code, name), due, inside)


def _days(known: Iterable[SetDeadline]) -> dict[str, date]:
    return {one.area: one.due for one in known}


def _periods_of_year(form: DueForm, period: Period) -> list[Period]:
    """The period; of a form of primary care units every one of its year, which says who is due."""
    if form.of != "pcu" or not form.part:
        return [period]
    count = {"M": 12, "Q": 4, "R": 2}[form.part]
    return [Period(period.fiscal_year, form.part, number + 1) for number in range(count)]


def _place(
    place: Place,
    above: tuple[str, ...],
    days: Mapping[str, date],
    sent: Mapping[str, datetime],
    day: date,
) -> DuePlace:
    own = next((days[code] for code in above if code != COUNTRY and code in days), None)
    due = own or days.get(COUNTRY)
    at = sent.get(place.code)
    return DuePlace(place, above, due, at, _state(due, at, day))


def _state(due: date | None, at: datetime | None, day: date) -> Sent:
    if due is None:
        return Sent.UNSENT if at is None else Sent.SENT
    if at is None:
        return Sent.OVERDUE if day > due else Sent.WAITING
    return Sent.IN_TIME if in_thailand(at).date() <= due else Sent.LATE


def _senders(
    engine: Engine, version: str, form: DueForm, period: Period, in_year: frozenset[str]
) -> Iterator[tuple[Place, str]]:
    """Who has to send a form, with the area each lies in; `in_year` sent one in the year."""
    if form.of in ("hospital", "pcu"):
        sites = facilities_in(engine, version, form.of, period.month)
        codes = set(sites) if form.of == "hospital" else units_to_report(sites, in_year)
        for code in codes:
            site = sites[code]
            yield Place(code, Text(site.name_th, site.name_en)), site.district
        return
    areas, column = areas_by_code(engine, version), form.of
    kinds = (facilities_in(engine, version, kind, period.month) for kind in ("hospital", "pcu"))
    for code in {getattr(site, column) for sites in kinds for site in sites.values()}:
        name_th, name_en, parent = areas.get(code, (code, code, COUNTRY))
        yield Place(code, Text(name_th, name_en)), parent


def _above(
    places: Iterable[tuple[Place, str]], parents: Mapping[str, str]
) -> Iterator[tuple[Place, tuple[str, ...]]]:
    for place, inside in places:
        lying = {**parents, place.code: inside} if place.code not in parents else parents
        yield place, chain(place.code, lying)
