"""The view of a meeting on the shared screen, and the telephone beside it."""

from datetime import timedelta
from typing import Final

import streamlit as st
from sqlalchemy import Engine

from components.meeting import addresses
from components.meeting.addresses import MeetingAddress
from components.parts import anatomy
from components.people.who import who_field
from components.present.leaves import LEAF, at_leaf, leaf_count
from components.present.screen import Way, moment_shown, screen
from components.reader.language import _, current_language, tr
from components.reader.markup import Html, joined, tag
from core.reports.slide import Slide
from core.services.meeting import following, meetings
from core.services.meeting.meetings import MOST_LETTERS, Meeting
from core.services.meeting.report import slide_of_entry
from core.store.meetings.screens import Stand

_LOOK: Final = timedelta(seconds=1)
_NOTICE: Final = "meeting.told"

_At = tuple[Stand, int]
"""Where a screen stands, and how many leaves there are of what it shows."""


def show(engine: Engine, shown: Meeting, address: MeetingAddress) -> None:
    """One view: on the shared screen, or what a presenter has in hand."""
    stand = Stand(min(max(address.item, 1), len(shown.shown)), address.leaf)
    if address.code:
        stand = _paged(engine, shown, address, stand)
    slide = slide_of_entry(shown, shown.shown[stand.place - 1])
    leaves = leaf_count(slide, current_language())
    stand = stand._replace(leaf=min(stand.leaf, leaves))
    if address.in_hand:
        _hand(engine, shown, address, (stand, leaves), slide)
    else:
        _on_screen(engine, shown, address, (stand, leaves), slide)
    if address.code:
        st.fragment(_look, run_every=_LOOK)(engine, shown.about.id, address.code, stand)


def _before(at: _At) -> Stand:
    """Where one goes back to: the leaf before, or the first of the view before."""
    stand, _leaves = at
    return stand._replace(leaf=stand.leaf - 1) if stand.leaf > 1 else Stand(stand.place - 1)


def _after(at: _At) -> Stand:
    """Where one goes on to: the next leaf, before the next view."""
    stand, leaves = at
    return stand._replace(leaf=stand.leaf + 1) if stand.leaf < leaves else Stand(stand.place + 1)


def _paged(engine: Engine, shown: Meeting, address: MeetingAddress, stand: Stand) -> Stand:
    """Where to stand: where the others are, unless this screen was paged just now."""
    key = (shown.about.id, address.code)
    was = st.session_state.get(_NOTICE)
    others = following.stand_of(engine, *key)
    if others is not None and was is None and others.place <= len(shown.shown):
        stand = others
    elif was != (*key, stand):
        following.move(engine, *key, stand)
    st.session_state[_NOTICE] = (*key, stand)
    return stand


def _look(engine: Engine, number: int, code: str, stand: Stand) -> None:
    """Go where the other screens went."""
    now = following.stand_of(engine, number, code)
    if now is not None and now != stand:
        st.session_state[_NOTICE] = (number, code, now)
        st.query_params[addresses.ITEM] = str(now.place)
        st.query_params[LEAF] = str(now.leaf)
        st.rerun()


def _on_screen(
    engine: Engine, shown: Meeting, address: MeetingAddress, at: _At, slide: Slide
) -> None:
    number, count, (stand, _leaves) = shown.about.id, len(shown.shown), at

    def to(where: Stand) -> str:
        if where.place > count:
            return ""
        more = addresses.leaf_of(where.leaf)
        return addresses.item(number, where.place, address.code, **more)

    way = Way(
        end=addresses.agenda(number), previous=to(_before(at)), next=to(_after(at)),
        first=to(Stand(1)), last=to(Stand(count)), number=stand.place, of=count,
        beside=joined((_timer(shown, stand.place), _ask_link(shown, address, stand))),
    )  # fmt: skip
    slide = at_leaf(slide, current_language(), stand.leaf)
    screen(slide, moment_shown(shown.about.taken.taken_at), way)
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


def _ask_link(shown: Meeting, address: MeetingAddress, stand: Stand) -> Html:
    more = addresses.leaf_of(stand.leaf) | ({} if address.asks else {addresses.ASK: "1"})
    where = addresses.item(shown.about.id, stand.place, address.code, **more)
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


def _hand(engine: Engine, shown: Meeting, address: MeetingAddress, at: _At, slide: Slide) -> None:
    """What is shown, the note, what comes next; large buttons that page every screen."""
    count, (stand, leaves) = len(shown.shown), at
    place = stand.place
    where = _("{place} of {count} · {meeting}", place=place, count=count, meeting=shown.about.title)
    if leaves > 1:
        leaf = _("leaf {number} of {count}", number=stand.leaf, count=leaves)
        where = f"{where} · {leaf}"
    anatomy.headline(tr(slide.title), anatomy.breadcrumb(where))
    note = shown.shown[place - 1].note or _("No note.")
    after = tr(shown.shown[place].title) if place < count else _("This is the last view.")
    parts = (
        _timer(shown, place),
        _steps(shown, address, at),
        tag("p", note, class_="t-hand-note"),
        tag("p", tag("strong", _("Next: ")), after),
        tag("ul", joined(tag("li", tr(line.read)) for line in slide.lines), class_="t-hand-lines"),
    )
    st.html(joined(parts))
    _ask(engine, shown, slide)


def _steps(shown: Meeting, address: MeetingAddress, at: _At) -> Html:
    def to(stand: Stand) -> str:
        is_there = 1 <= stand.place <= len(shown.shown)
        where = (shown.about.id, stand.place, address.code, stand.leaf)
        return addresses.hand(*where) if is_there else ""

    back, on = to(_before(at)), to(_after(at))
    ways = (_step(_("Back"), back), _step(_("Next"), on))
    return tag("nav", *ways, class_="t-hand", aria_label=_("Page all screens"))


def _step(text: str, address: str) -> Html:
    if not address:
        return tag("span", text, class_="t-pace t-none", aria_disabled="true")
    return tag("a", text, href=address, target="_self", class_="t-link t-pace")
