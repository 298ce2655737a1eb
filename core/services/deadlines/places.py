"""Areas whose deadlines may be looked at, and those for which they may be set."""

from collections.abc import Mapping

from sqlalchemy import Engine

from core.access.actors import current_actor
from core.access.policy import allowed
from core.access.roles import Action
from core.areas import COUNTRY, Level, chain, parse_area
from core.errors import UsageError
from core.periods import Period, month_of
from core.services.deadlines.forms import DueForm
from core.services.deadlines.lateness import today
from core.services.geography.places import areas_by_code
from core.services.guard.doors import ANYWHERE, door
from core.services.guard.lying import meant, place_of, readable
from core.store.engine.unit_of_work import reading
from core.store.results.versions import stamp_now
from core.store.uploads.deadlines import deadlines
from core.store.uploads.submissions import current_periods
from core.text import Text, say


@door(Action.READ, ANYWHERE)
def area_meant(engine: Engine, address: str) -> str:
    """The area an address means; the country or one's own where it names none there is.

    `AccessError` A002 for one that may not be read.
    """
    known = areas_by_code(engine, stamp_now(engine))
    try:
        code: str | None = parse_area(address).code
    except UsageError:
        code = None
    here = code if code in known or code == COUNTRY else None
    return meant(here, {one: parent for one, (_th, _en, parent) in known.items()})


@door(Action.READ, ANYWHERE)
def areas_to_read(engine: Engine, chosen: str) -> Mapping[str, Text]:
    """The country, regions and provinces that may be read, and the area chosen, by name."""
    known, may = areas_by_code(engine, stamp_now(engine)), readable(engine)
    levels = (Level.REGION, Level.PROVINCE)
    codes = [code for code in known if parse_area(code).level in levels or code == chosen]
    names = {code: Text(*known[code][:2]) for code in codes if may(code)}
    return ({COUNTRY: say("Thailand")} if may(COUNTRY) else {}) | names


@door(Action.READ, ANYWHERE)
def areas_to_set(engine: Engine, area: str) -> Mapping[str, Text]:
    """For which areas around one a last day may be set: the country, and its province."""
    known = areas_by_code(engine, stamp_now(engine))
    lying = chain(area, {one: parent for one, (_th, _en, parent) in known.items()})
    actor = current_actor()
    levels = (Level.COUNTRY, Level.PROVINCE)
    return {
        code: say("Thailand") if code == COUNTRY else Text(*known[code][:2])
        for code in lying
        if parse_area(code).level in levels
        and allowed(actor, Action.MANAGE, place_of(engine, code))
    }


@door(Action.READ, ANYWHERE)
def periods_of(engine: Engine, form: DueForm) -> tuple[Period, ...]:
    """Periods of a form that were sent or have a last day, and that of now, the newest first."""
    with reading(engine) as session:
        sent = {one for name in form.sent_as for one in current_periods(session, name)}
        due = {one.period for one in deadlines(session, form=form.id)}
    periods_ = {one for one in sent | due if one.part == form.part} | {_now(form)}
    return tuple(sorted(periods_, key=lambda one: one.month, reverse=True))


def _now(form: DueForm) -> Period:
    month = month_of(today())
    if form.part == "M":
        return month
    if form.part == "R":
        return month.round
    if form.part == "Q":
        return Period(month.fiscal_year, "Q", (month.number + 2) // 3)
    return Period(month.fiscal_year)
