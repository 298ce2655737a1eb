"""The view of a meeting on the shared screen, and the telephone beside it."""

from datetime import timedelta
from typing import Final

import streamlit as st
from sqlalchemy import Engine

from components.meeting import addresses
from components.meeting.addresses import MeetingAddress
from components.parts import anatomy
from components.people.who import who_field
from components.present.screen import Moment, Way, screen
from components.reader.language import _, tr
from components.reader.markup import Html, joined, tag
from core.reports.slide import Slide
from core.services.meeting import following, meetings
from core.services.meeting.meetings import MOST_LETTERS, Meeting
from core.services.meeting.report import slide_of_entry
from core.store.engine.settings import chosen

_LOOK: Final = timedelta(seconds=1)
_NOTICE: Final = "meeting.told"


def show(engine: Engine, shown: Meeting, address: MeetingAddress) -> None:
    """One view: on the shared screen, or what a presenter has in hand."""
    place = min(max(address.item, 1), len(shown.shown))
    if address.code:
        place = _paged(engine, shown, address, place)
    slide = slide_of_entry(shown, shown.shown[place - 1])
    if address.in_hand:
        _hand(engine, shown, address, place, slide)
    else:
        _on_screen(engine, shown, address, place, slide)
    if address.code:
        st.fragment(_look, run_every=_LOOK)(engine, shown.about.id, address.code, place)


def _paged(engine: Engine, shown: Meeting, address: MeetingAddress, place: int) -> int:
    """The place to show: where the others are, unless this screen was paged just now."""
    key = (shown.about.id, address.code)
    was = st.session_state.get(_NOTICE)
    others = following.place_of(engine, *key)
    if others is not None and was is None and others <= len(shown.shown):
        place = others
    elif was != (*key, place):
        following.move(engine, *key, place)
    st.session_state[_NOTICE] = (*key, place)
    return place


def _look(engine: Engine, number: int, code: str, place: int) -> None:
    """Go where the other screens went."""
    now = following.place_of(engine, number, code)
    if now is not None and now != place:
        st.session_state[_NOTICE] = (number, code, now)
        st.query_params[addresses.ITEM] = str(now)
        st.rerun()


def _on_screen(
    engine: Engine, shown: Meeting, address: MeetingAddress, place: int, slide: Slide
) -> None:
    number, count = shown.about.id, len(shown.shown)

    def to(where: int) -> str:
        return addresses.item(number, where, address.code) if where <= count else ""

    way = Way(
        end=addresses.agenda(number), previous=to(place - 1), next=to(place + 1),
        first=to(1), last=to(count), number=place, of=count,
        beside=joined((_timer(shown, place), _ask_link(shown, address, place))),
    )  # fmt: skip
    as_of, is_demonstration = shown.about.taken.taken_at, chosen() == "demo"
    screen(slide, Moment(as_of=as_of, is_demonstration=is_demonstration), way)
    if address.asks:
        with st.container(key="ask"):
            _ask(engine, shown, slide)


def _timer(shown: Meeting, place: int) -> Html:
    """A clock that static/meeting.js counts down from the first sight of a view."""
    minutes = shown.about.minutes
    if not minutes:
        return Html()
    return tag("p", f"{minutes}:00", class_="t-timer", role="timer", data_minutes=str(minutes),
               data_of=f"{shown.about.id}-{place}")  # fmt: skip


def _ask_link(shown: Meeting, address: MeetingAddress, place: int) -> Html:
    more = {} if address.asks else {addresses.ASK: "1"}
    where = addresses.item(shown.about.id, place, address.code, **more)
    label = _("Note a question (q)")
    return tag("a", "?", href=where, target="_self", class_="t-link t-ask", data_present="ask",
               aria_label=label, title=label)  # fmt: skip


def _ask(engine: Engine, shown: Meeting, slide: Slide) -> None:
    """A line to note a question; it stays open for the next one."""
    with st.form("meeting.ask", border=False, clear_on_submit=True):
        left, middle, right = st.columns([3, 1, 0.6], vertical_alignment="bottom")
        with left:
            text = st.text_input(_("The question"), key="meeting.question", max_chars=MOST_LETTERS)
        with middle:
            by = who_field(_("Who asks"), key="meeting.asker", max_chars=MOST_LETTERS)
        with right:
            sent = st.form_submit_button(_("Note it"))
    if sent and text.strip():
        meetings.ask(engine, shown.about.id, text, view=tr(slide.place), by=by)
        st.toast(_("The question is noted."))


def _hand(
    engine: Engine, shown: Meeting, address: MeetingAddress, place: int, slide: Slide
) -> None:
    """What is shown, the note, what comes next; large buttons that page every screen."""
    count = len(shown.shown)
    where = _("{place} of {count} · {meeting}", place=place, count=count, meeting=shown.about.title)
    anatomy.headline(tr(slide.title), anatomy.breadcrumb(where))
    note = shown.shown[place - 1].note or _("No note.")
    after = tr(shown.shown[place].title) if place < count else _("This is the last view.")
    parts = (
        _timer(shown, place),
        _steps(shown, address, place),
        tag("p", note, class_="t-hand-note"),
        tag("p", tag("strong", _("Next: ")), after),
        tag("ul", joined(tag("li", tr(line.read)) for line in slide.lines), class_="t-hand-lines"),
    )
    st.html(joined(parts))
    _ask(engine, shown, slide)


def _steps(shown: Meeting, address: MeetingAddress, place: int) -> Html:
    number, last = shown.about.id, len(shown.shown)
    back = addresses.hand(number, place - 1, address.code) if place > 1 else ""
    on = addresses.hand(number, place + 1, address.code) if place < last else ""
    ways = (_step(_("Back"), back), _step(_("Next"), on))
    return tag("nav", *ways, class_="t-hand", aria_label=_("Page all screens"))


def _step(text: str, address: str) -> Html:
    if not address:
        return tag("span", text, class_="t-step t-none", aria_disabled="true")
    return tag("a", text, href=address, target="_self", class_="t-link t-step")
