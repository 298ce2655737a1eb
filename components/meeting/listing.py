"""All meetings, and the form that makes one."""

from collections.abc import Sequence

import streamlit as st
from sqlalchemy import Engine

from components.areas import filters as area_filters
from components.meeting import addresses
from components.parts import anatomy
from components.parts.tables import Column, table
from components.people.who import who_field
from components.reader.language import _, tr
from components.reader.markup import tag
from components.reader.periods import moment_text, period_text
from components.upload.storing import attempt
from core.access.roles import Action
from core.areas import COUNTRY
from core.services.guard.lying import places_for
from core.services.meeting.meetings import MOST_LETTERS, all_meetings, hold_meeting
from core.services.overview.month import month
from core.services.overview.view import View
from core.store.meetings.repository import StoredMeeting


def show(engine: Engine, view: View) -> None:
    """The headline, the form and the list."""
    known = all_meetings(engine)
    anatomy.headline(_("Make a meeting: its agenda is proposed, its figures stay as they are now"))
    _form(engine, view)
    if known:
        anatomy.section(_("Meetings"))
        _list(engine, known)


def _form(engine: Engine, view: View) -> None:
    """Area, month, and who makes it; the rest can be changed later.

    Nothing for those who may hold no meeting.
    """
    shown = month(engine, view.period)
    every = [COUNTRY, *sorted({*shown.parents} - {p for p in shown.parents if p[0] == "D"})]
    inside = places_for(Action.MEET, every, shown.parents)
    if not inside:
        return
    names = {code: tr(shown.place(code).name) for code in inside}
    left, middle, right = st.columns([1.2, 1, 1], vertical_alignment="bottom")
    with left:
        area = st.selectbox(
            _("Area"),
            inside,
            index=inside.index(view.area) if view.area in names else 0,
            format_func=lambda code: names[code],
            key="meeting.area",
        )
    with middle:
        area_filters.month(view)
    with right:
        by = who_field(_("Who makes it"), key="meeting.by", max_chars=MOST_LETTERS)
    made = st.button(_("Make the meeting"), type="primary", key="meeting.make", disabled=not by)
    if not by:
        st.html(tag("p", _("Type who makes it; then it can be made."), class_="t-sources"))
    if made:
        number = attempt(lambda: hold_meeting(engine, area, view.period, by=by))
        if number is not None:
            st.query_params[addresses.MEETING] = str(number)
            st.rerun()


def _list(engine: Engine, known: Sequence[StoredMeeting]) -> None:
    columns = [
        Column(_("Meeting")),
        Column(_("Area")),
        Column(_("Period")),
        Column(_("Figures of")),
    ]
    table(_("Meetings"), [*columns, Column(_("Made by"))], [_row(engine, one) for one in known])


def _row(engine: Engine, one: StoredMeeting) -> tuple[str, ...]:
    where = addresses.agenda(one.id)
    name = tag("a", one.title, href=where, target="_self", class_="t-link")
    place = tr(month(engine, one.period.month).place(one.area).name)
    return name, place, period_text(one.period), moment_text(one.taken.taken_at), one.made_by
