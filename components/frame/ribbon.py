"""The ribbon over every page while the demonstration is seen, and the ways from it and back."""

from datetime import timedelta
from functools import cache
from typing import Final

import streamlit as st

from components.frame import filling
from components.reader.language import _, current_language
from components.reader.links import link
from components.reader.markup import Html, joined, tag
from components.reader.periods import moment_text
from components.reader.store import MEETING, look_at, shown_meeting
from core.access.actors import current_actor
from core.demo.progress import Filled, is_empty, is_loaded
from core.demo.progress import filling as filling_of
from core.services.stores import open_own, open_store
from core.store.engine.settings import chosen, for_everybody
from core.text import Language

_LOOK_AGAIN: Final = timedelta(seconds=2)


def ribbon() -> None:
    """A notice of which store this viewer sees, where others may see another, and the ways out."""
    if chosen() == "own":
        if for_everybody() == "demo":
            _others_see_the_demonstration()
        return
    filled = being_filled()
    is_nothing = filled is None and is_empty(open_store("demo"))
    with st.container(
        key="chosen" if is_nothing else "ribbon", horizontal=True, vertical_alignment="center"
    ):
        notice = _empty_notice() if is_nothing else _notice(current_language())
        st.html(notice, width="content")
        own = for_everybody() == "own"
        label = _("Back to your own data") if own else _("Begin with your own data")
        st.button(label, key="begin", type="tertiary", on_click=look_at, args=("own",))
    if filled:
        st.fragment(_progress, run_every=_LOOK_AGAIN)(filled)


def _empty_notice() -> Html:
    """Nothing is invented where nothing is: no warning, but still the way to own data."""
    return tag("p", _("The demonstration is still empty."), role="note")


def _others_see_the_demonstration() -> None:
    """That own data is this viewer's choice, the way back, and an administrator's for everybody."""
    with st.container(key="chosen", horizontal=True, vertical_alignment="center"):
        text = _("You see your own data. Others still begin with the demonstration.")
        st.html(tag("p", text, role="note"), width="content")
        st.button(
            _("Back to the demonstration"),
            key="demonstrate",
            type="tertiary",
            on_click=_demonstrate,
        )
        if current_actor().is_whole:
            st.button(
                _("Show own data to everybody"), key="for_all", type="tertiary", on_click=_decide
            )


def _decide() -> None:
    """An administrator has everybody see their own data who did not choose otherwise."""
    open_own()
    look_at("own")


def moment(page: str) -> None:
    """A notice that the figures are those of a meeting, with the way to those of now."""
    shown = None if page == MEETING else shown_meeting()
    if shown is None:
        return
    text = _(
        "Figures of the meeting “{title}”, as of {moment}",
        title=shown.title,
        moment=moment_text(shown.taken.taken_at),
    )
    ways = (
        link(_("To the meeting"), MEETING),
        link(_("Show the results of now"), page, meeting=""),
    )
    st.html(tag("p", tag("strong", text), " ", joined(ways, " · "), class_="t-moment", role="note"))


@cache
def _notice(_language: Language) -> Html:
    text = _("Demonstration: all hospitals and figures are invented.")
    return tag("p", tag("strong", text), class_="t-ribbon", role="note")


def being_filled() -> Filled | None:
    """How far the demonstration that is open is filled; None where it is not being filled."""
    if chosen() != "demo":
        return None
    filled = filling_of(open_store("demo"))
    begun = filling.is_running() or filling.has_failed()
    if filled is None and begun and not is_loaded(open_store("demo")):
        return Filled(0, 1, 0, 0)
    return filled


def _progress(shown: Filled) -> None:
    """How far it is, looked at again and again; the page is drawn anew when there is more."""
    now = being_filled()
    if now != shown:
        st.rerun()
    st.progress(shown.stages / shown.all_stages, text=_progress_text(shown))
    if not filling.is_running():
        st.button(_("Fill in the other months"), key="go_on", on_click=filling.start)


def _progress_text(shown: Filled) -> str:
    return _running_text(shown) if filling.is_running() else _stopped_text(shown)


def _running_text(shown: Filled) -> str:
    if not shown.months:
        return _("The demonstration is being filled; the newest months come first.")
    if shown.months == shown.all_months:
        return _(
            "All {all} months are there; the demonstration is being completed.", all=shown.months
        )
    return _(
        "The demonstration is being filled: {done} of {all} months. Earlier months are not there"
        " yet, which does not mean that they were not reported.",
        done=shown.months,
        all=shown.all_months,
    )


def _stopped_text(shown: Filled) -> str:
    if not shown.months:
        return _("The demonstration could not be filled; the server's log says why.")
    return _(
        "The filling of the demonstration has stopped: {done} of {all} months are there. The"
        " others are missing, which does not mean that they were not reported.",
        done=shown.months,
        all=shown.all_months,
    )


def demonstration_button() -> None:
    """A button that shows the demonstration to this viewer, for a store that is still empty."""
    st.button(_("See the demonstration"), key="demonstration", on_click=_demonstrate)


def _demonstrate() -> None:
    """Show this viewer the demonstration; the first time it is filled while it is looked at."""
    look_at("demo")
    if not is_loaded(open_store("demo")):
        filling.start()
