"""Deadlines on the page of files: how many of each form are late, who they are, setting a day."""

from collections.abc import Sequence
from functools import partial
from typing import Final

import streamlit as st
from sqlalchemy import Engine

from components.parts import anatomy, tables
from components.parts.downloads import table_buttons
from components.parts.status import Status, mark
from components.parts.tables import Column
from components.people.who import who_field
from components.reader import filters
from components.reader.language import _, current_language, tr
from components.reader.links import link
from components.reader.markup import Html
from components.reader.numbers import NONE
from components.reader.periods import moment_text, period_text
from components.upload.storing import attempt
from core.errors import UsageError
from core.periods import EXAMPLE_DAY, Period, day_text, parse_day, parse_period
from core.services.deadlines.forms import DueForm, due_forms, sender_text
from core.services.deadlines.lateness import (
    DuePlace,
    Lateness,
    Sent,
    every_lateness,
    lateness,
)
from core.services.deadlines.places import areas_to_set, periods_of
from core.services.deadlines.setting import set_deadline
from core.services.deadlines.wording import STATES, counts_text, due_text, late_rows
from core.services.exports.workbook import Head
from core.services.people.contacts import own_contact, set_own_contact

PAGE: Final = "uploads"
LATE: Final = "late"
"""The parameter that names a form and a period: `finance 2566-M09`."""
_AT_ONCE: Final = 50
_MARKS: Final[dict[Sent, Status]] = {
    Sent.OVERDUE: "fail",
    Sent.LATE: "watch",
    Sent.WAITING: "none",
    Sent.IN_TIME: "pass",
    Sent.UNSENT: "none",
    Sent.SENT: "pass",
}


def show(engine: Engine, area: str) -> None:
    """Every form and period with a last day, and who is late with the one that is named."""
    anatomy.section(_("Deadlines"))
    every = every_lateness(engine, area=area)
    if every:
        _table(every)
    else:
        st.write(_("No last day was set here. The sources print none, so nobody is late."))
    chosen = _chosen(engine, every)
    if chosen is not None:
        _list(lateness(engine, chosen[0].id, chosen[1], area=area))
    _setting(engine, area)
    _messages()


def _table(every: Sequence[Lateness]) -> None:
    columns = (
        Column(_("Form")),
        Column(_("Period")),
        Column(_("Last day")),
        Column(tr(STATES[Sent.OVERDUE]), number=True),
        Column(tr(STATES[Sent.LATE]), number=True),
        Column(tr(STATES[Sent.WAITING]), number=True),
        Column(tr(STATES[Sent.IN_TIME]), number=True),
        Column(_("Of"), number=True),
    )
    tables.table(_("Who sent in time, and who did not"), columns, map(_row, every))


def _row(one: Lateness) -> tuple[str, ...]:
    states = (Sent.OVERDUE, Sent.LATE, Sent.WAITING, Sent.IN_TIME)
    form = link(tr(one.form.name), PAGE, **{LATE: late_address(one.form, one.period)})
    counts = (f"{one.counts[state]:,}" for state in states)
    total = _("{count} {senders}", count=f"{len(one.places):,}",
              senders=tr(sender_text(one.form.of)))  # fmt: skip
    return form, period_text(one.period), tr(due_text(one)), *counts, total


def late_address(form: DueForm, period: Period) -> str:
    """What names a form and a period in the address."""
    return f"{form.id} {period}"


def _chosen(engine: Engine, every: Sequence[Lateness]) -> tuple[DueForm, Period] | None:
    """The form and period that the address names; the address that names none leaves them out."""
    wanted = st.query_params.get(LATE, "")
    offered = {late_address(one.form, one.period): (one.form, one.period) for one in every}
    for form in due_forms().values():
        periods = periods_of(engine, form)
        offered |= {late_address(form, period): (form, period) for period in periods}
    names = {"": _("Choose a form and period")} | {
        key: f"{tr(form.name)} · {period_text(period)}" for key, (form, period) in offered.items()
    }
    if wanted not in names:
        filters.tell_unmet(_("Form and period"), wanted, _("all deadlines"))
    filters.offer(LATE, _("Who sent, and who did not"), list(names),
                  label_of=lambda key: names[key])  # fmt: skip
    return offered.get(wanted)


def _list(one: Lateness) -> None:
    """Everybody who has to send it, the overdue first."""
    st.write(tr(counts_text(one)))
    if not one.places:
        return
    first = tables.first_row(len(one.places), _AT_ONCE, key="late.rows")
    rows = [_place_row(place) for place in one.places[first : first + _AT_ONCE]]
    columns = (
        Column(_("Facility or area")),
        Column(_("State")),
        Column(_("Sent at")),
        Column(_("Last day")),
        Column(_("Code")),
    )
    title = f"{tr(one.form.name)} · {period_text(one.period)} · {tr(one.area.name)}"
    tables.table(title, columns, rows)
    rows_of = partial(_rows, one)
    table_buttons("late", rows_of, Head(title, (tr(due_text(one)),)), f"late-{one.form.id}")


def _rows(one: Lateness) -> list[list[object]]:
    return [*late_rows(one, current_language())]


def _place_row(one: DuePlace) -> tuple[str, ...]:
    sent: Html = mark(_MARKS[one.sent], tr(STATES[one.sent]))
    due = tr(day_text(one.due)) if one.due else NONE
    at = moment_text(one.sent_at) if one.sent_at else NONE
    return tr(one.place.name), sent, at, due, one.place.code


def _setting(engine: Engine, area: str) -> None:
    """Set the last day of a form and period; shown to those alone who may."""
    places = areas_to_set(engine, area)
    if not places:
        return
    known = due_forms()
    with st.expander(_("Set a last day")), st.form("deadlines.set", border=False):
        left, middle, right = st.columns(3)
        with left:
            form = st.selectbox(_("Form"), list(known), key="deadlines.form", filter_mode=None,
                                format_func=lambda key: tr(known[key].name))  # fmt: skip
            where = st.selectbox(_("For"), list(places), key="deadlines.area", filter_mode=None,
                                 format_func=lambda code: tr(places[code]))  # fmt: skip
        with middle:
            period = st.text_input(
                _("Period, such as {example}", example="2566-M09, 2566-R1"), key="deadlines.period"
            )
            day = st.text_input(
                _("Last day, such as {example} (empty takes it away)", example=EXAMPLE_DAY),
                key="deadlines.day",
            )
        with right:
            by = who_field(_("Who sets it"), key="deadlines.by")
        st.caption(_("Whoever sends on this day is in time. A province's own day goes first."))
        if not st.form_submit_button(_("Set it")):
            return
        done = attempt(lambda: _set(engine, form or "", period, day, where or "", by))
        if done is not None:
            st.rerun()


def _set(engine: Engine, form: str, period: str, day: str, where: str, by: str) -> bool:
    if not period.strip():
        raise UsageError("U005", period="")
    due = parse_day(day) if day.strip() else None
    set_deadline(engine, form, parse_period(period), due, area=where, by=by)
    return True


def _messages() -> None:
    """Whether and where whoever is signed in gets messages: everybody says so of themselves."""
    known = own_contact()
    if known is None:
        return
    with st.expander(_("Messages about deadlines")), st.form("deadlines.mail", border=False):
        email = st.text_input(_("My e-mail address"), known.email, key="deadlines.email",
                              max_chars=254)  # fmt: skip
        # Whoever gives their first address here wants to be told.
        wanted = st.checkbox(
            _("Tell me when figures of my area are due"),
            known.wanted or not known.email,
            key="deadlines.wanted",
        )
        if st.form_submit_button(_("Keep it")):
            done = attempt(lambda: _keep_contact(email, wanted))
            if done is not None:
                st.success(_("Stored."))


def _keep_contact(email: str, wanted: bool) -> bool:
    set_own_contact(email, wanted=wanted)
    return True
