"""The agenda of a meeting: order, notes, what is left out, further views, open questions."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final
from urllib.parse import parse_qsl, urlsplit

import streamlit as st
from sqlalchemy import Engine

from components.frame.navigation import menu
from components.meeting import addresses, takeaways
from components.parts import anatomy
from components.parts.status import mark
from components.parts.tables import Column, table
from components.people.who import who_field
from components.reader.language import _, tr
from components.reader.links import FIRST, plain_address
from components.reader.markup import Html, joined, tag
from components.reader.periods import moment_text, period_text
from components.upload.storing import attempt
from core.periods import day_text
from core.services.meeting import following, meetings
from core.services.meeting.meetings import MOST_LETTERS, MOST_MINUTES, Entry, Meeting
from core.services.meeting.report import NOTE
from core.services.meeting.slides import has_slide
from core.store.meetings.repository import StoredEntry
from core.text import Text

_BY: Final = "meeting.who"


def show(engine: Engine, shown: Meeting, edited: int) -> None:
    """Everything that is done before a meeting and after it."""
    about = shown.about
    way = tag(
        "a", _("Meetings"), href=plain_address(addresses.PAGE), target="_self", class_="t-link"
    )
    anatomy.headline(_headline(shown), anatomy.breadcrumb(way, about.title))
    _notices(engine, shown)
    _begin(shown)
    anatomy.section(_("Agenda"))
    _list(shown)
    _edit(engine, shown, edited)
    _add(engine, shown)
    _questions(engine, shown)
    anatomy.section(_("Take away"))
    takeaways.show(engine, shown)
    _settings(engine, shown)


def _headline(shown: Meeting) -> str:
    return _(
        "{title}: {count} views · {period} · figures as of {moment}",
        title=shown.about.title,
        count=len(shown.shown),
        period=period_text(shown.about.period),
        moment=moment_text(shown.about.taken.taken_at),
    )


def _notices(engine: Engine, shown: Meeting) -> None:
    """What is no longer as it was when the meeting was frozen."""
    notices = []
    if shown.is_behind:
        notices.append(
            _("Results were stored since. The meeting goes on showing those of its moment.")
        )
    if shown.are_rules_changed:
        notices.append(_("Rules have changed since: the scores are those of then, and what explains"
                      " them follows the rules of today."))  # fmt: skip
    if not notices:
        return
    st.html(joined(tag("p", mark("watch", line)) for line in notices))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        by = who_field(_("Who freezes it anew"), key=_BY, max_chars=MOST_LETTERS)
        label = _("Show the results of now")
        if st.button(label, key="meeting.freeze", disabled=not by) and by:
            attempt(lambda: meetings.freeze_again(engine, shown.about, by=by))
            st.rerun()


def _begin(shown: Meeting) -> None:
    """To the first view on this screen, and the pair of screen and telephone."""
    if not shown.shown:
        st.html(tag("p", mark("watch", _("Nothing is left on the agenda. Add a view below."))))
        return
    number = shown.about.id
    code = st.session_state.setdefault(f"meeting.code.{number}", following.new_code())
    ways = (
        _way(_("Begin the meeting"), addresses.item(number, 1), "t-link t-begin"),
        _way(_("Begin, paged by a telephone too"), addresses.item(number, 1, code), "t-link"),
        _way(_("Open on the telephone"), addresses.hand(number, 1, code), "t-link"),
    )
    help_text = _("Keys: → and PageDown next, ← and PageUp back, a number and Enter to a view,"
             " f full screen, Esc out.")  # fmt: skip
    paired = _("Screen and telephone page together under the code {code}.", code=code)
    st.html(joined((tag("p", joined(ways, " "), class_="t-ways"),
                    tag("p", help_text, " ", paired, class_="t-sources"))))  # fmt: skip


def _way(text: str, address: str, kind: str) -> Html:
    return tag("a", text, href=address, target="_self", class_=kind)


def _list(shown: Meeting) -> None:
    """Every view with its number on the screen; those left out have none."""
    columns = (Column("#", number=True), Column(_("View")), Column(_("Note")), Column(""))
    table(_("Agenda"), columns, list(_rows(shown)))


def _rows(shown: Meeting) -> Sequence[tuple[str, ...]]:
    rows, number = [], 0
    for place, entry in enumerate(shown.entries, 1):
        number += not entry.left_out
        where = addresses.agenda(shown.about.id, edit=str(place))
        change = tag("a", _("Change it"), href=where, target="_self", class_="t-link",
                     aria_label=_("Change view {number}", number=place))  # fmt: skip
        rows.append((
            "–" if entry.left_out else str(number),
            _title(shown, entry, 0 if entry.left_out else number), entry.note, change,
        ))  # fmt: skip
    return rows


def _title(shown: Meeting, entry: Entry, number: int) -> Html:
    title = tr(entry.title)
    if not number:
        return tag("span", title, " ", mark("none", _("left out")))
    heading = tag("a", title, href=addresses.item(shown.about.id, number), target="_self",
                class_="t-link")  # fmt: skip
    notes = []
    if entry.now_called is not None:
        notes.append(_("now called {name}", name=tr(entry.now_called)))
    if entry.closed_on is not None:
        notes.append(_("closed, last day {day}", day=tr(day_text(entry.closed_on))))
    return tag("span", heading, *(joined((" ", mark("watch", one))) for one in notes))


def _edit(engine: Engine, shown: Meeting, place: int) -> None:
    """Move, leave out, take off and annotate one view."""
    if not 1 <= place <= len(shown.entries):
        return
    entry = shown.entries[place - 1]
    title = _("Change view {number}", number=place)
    st.html(tag("h3", f"{title}: {tr(entry.title)}", class_="t-figure"))
    with st.container(horizontal=True):
        if st.button(_("One up"), key="meeting.up", disabled=place == 1):
            _move(engine, shown, place, place - 1)
        if st.button(_("One down"), key="meeting.down", disabled=place == len(shown.entries)):
            _move(engine, shown, place, place + 1)
        if st.button(_("To the top"), key="meeting.top", disabled=place == 1):
            _move(engine, shown, place, 1)
        label = _("Bring back") if entry.left_out else _("Leave out")
        if st.button(label, key="meeting.out"):
            _replace(engine, shown, place, left_out=not entry.left_out)
        if st.button(_("Take off the agenda"), key="meeting.off"):
            rest = [one for at, one in enumerate(_stored(shown), 1) if at != place]
            _store(engine, shown, rest, 0)
    note = st.text_area(
        _("Note for the presenter"), entry.note, key=f"meeting.note.{place}", max_chars=MOST_LETTERS
    )
    if st.button(_("Store the note"), key="meeting.note"):
        _replace(engine, shown, place, note=note)


def _stored(shown: Meeting) -> list[StoredEntry]:
    return [
        StoredEntry(one.page, dict(one.parameters), one.title, one.note, one.left_out)
        for one in shown.entries
    ]


def _replace(engine: Engine, shown: Meeting, place: int, **changed: object) -> None:
    entries = _stored(shown)
    entries[place - 1] = replace(entries[place - 1], **changed)  # type: ignore[arg-type]
    _store(engine, shown, entries, place)


def _move(engine: Engine, shown: Meeting, place: int, to: int) -> None:
    entries = _stored(shown)
    entries.insert(to - 1, entries.pop(place - 1))
    _store(engine, shown, entries, to)


def _store(engine: Engine, shown: Meeting, entries: Sequence[StoredEntry], edited: int) -> None:
    """Store an agenda and go on with the view that was changed; an error stays on the screen."""
    if attempt(lambda: meetings.change_agenda(engine, shown.about, entries)) is None:
        return
    if edited:
        st.query_params[addresses.EDIT] = str(edited)
    else:
        st.query_params.pop(addresses.EDIT, None)
    st.rerun()


def _add(engine: Engine, shown: Meeting) -> None:
    """A further view by its link, or a heading of one's own."""
    with st.expander(_("Add a view or a heading")), st.form("meeting.add", border=False):
        typed = st.text_input(
            _("The link of a page, or the text of a heading"), key="meeting.typed", max_chars=2000
        ).strip()
        help_ = _("Open the page you want, copy its link at the top, and paste it here.")
        st.html(tag("p", help_, class_="t-sources"))
        if st.form_submit_button(_("Add at the end")) and typed:
            entry = _typed_entry(shown, typed)
            if entry is None:
                st.error(_("This link leads to no page that shows results. Copy the link of one."))
            else:
                _store(engine, shown, [*_stored(shown), entry], len(shown.entries) + 1)


def _typed_entry(shown: Meeting, typed: str) -> StoredEntry | None:
    """The view of a link, or a heading; None for a link that leads to no results."""
    if "://" not in typed:
        return StoredEntry(NOTE, {}, Text(typed[:MOST_LETTERS], typed[:MOST_LETTERS]))
    parts = urlsplit(typed)
    page = parts.path.rpartition("/")[2] or FIRST
    known = {one.id for one in menu().pages}
    if page not in known or not has_slide(page):
        return None
    given = {name: value for name, value in parse_qsl(parts.query) if name not in _NOT_OF_A_VIEW}
    given.setdefault("period", str(shown.about.period))
    return meetings.view_at(shown.engine, page, given)


_NOT_OF_A_VIEW: Final = {
    "lang",
    "present",
    "why",
    "meeting",
    "item",
    "leaf",
    "with",
    "hand",
    "ask",
    "edit",
    "store",
}


def _questions(engine: Engine, shown: Meeting) -> None:
    if not shown.questions:
        return
    anatomy.section(_("Questions that were asked"))
    for one in shown.questions:
        with st.container(horizontal=True, vertical_alignment="center"):
            about = " · ".join(filter(None, (one.view, one.asked_by, moment_text(one.asked_at))))
            state = mark("pass", _("answered")) if one.closed_at else mark("watch", _("open"))
            st.html(tag("p", state, " ", one.question, " ", tag("small", about)))
            if one.closed_at is None and st.button(_("Answered"), key=f"meeting.q.{one.id}"):
                meetings.close_question(engine, one.id)
                st.rerun()


def _settings(engine: Engine, shown: Meeting) -> None:
    with st.expander(_("Title and time")), st.form("meeting.settings", border=False):
        title = st.text_input(
            _("Title of the meeting"),
            shown.about.title,
            key="meeting.title",
            max_chars=MOST_LETTERS,
        )
        minutes = st.number_input(
            _("Minutes for each view, 0 without a timer"), 0, MOST_MINUTES, shown.about.minutes,
            key="meeting.minutes",
        )  # fmt: skip
        if st.form_submit_button(_("Store")):
            change = meetings.change_meeting
            if attempt(lambda: change(engine, shown.about, title=title, minutes=minutes)):
                st.rerun()
