"""Setting the last day of a form and period: for the country, or for one province."""

from datetime import date
from typing import Final

from sqlalchemy import Engine

from core.access.roles import Action
from core.areas import Level, parse_area
from core.errors import UsageError
from core.periods import BUDDHIST_ERA, Period, day_text
from core.services.audit.leaving import leave
from core.services.deadlines.forms import check_period, due_form
from core.services.guard.doors import door
from core.store.engine.unit_of_work import unit_of_work
from core.store.uploads.deadlines import deadlines, enter_deadline

_YEARS_APART: Final = 2


@door(Action.MANAGE, "area")
def set_deadline(
    engine: Engine, form_id: str, period: Period, due: date | None, *, area: str, by: str
) -> None:
    """Have figures be in time up to a day, that day included; None takes the day away.

    A province's own day goes before that of the country. `UsageError`: U070 without a name, U130
    no such form, U131 another kind of period, U132 neither the country nor a province, U133 a day
    of quite another year, as where a figure of the year was mistyped.
    """
    form, where = due_form(form_id), parse_area(area)
    check_period(form, period)
    if not by.strip():
        raise UsageError("U070")
    if where.level not in (Level.COUNTRY, Level.PROVINCE):
        raise UsageError("U132", area=area)
    if due is not None and abs(due.year + BUDDHIST_ERA - period.fiscal_year) > _YEARS_APART:
        raise UsageError("U133", due=day_text(due), period=str(period))
    with unit_of_work(engine) as session:
        known = deadlines(session, form=form.id, periods=[period])
        before = next((one.due for one in known if one.area == where.code), None)
        if before == due:
            return
        enter_deadline(session, form.id, period, where.code, due=due, by=by)
        leave(
            session,
            "deadline_set",
            f"deadline:{form.id}:{period}",
            by=by,
            area=where.code,
            before={"due": before.isoformat()} if before else None,
            after={"due": due.isoformat() if due else ""},
        )
        session.commit()
