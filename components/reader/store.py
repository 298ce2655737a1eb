"""The store that a view reads: with the results of now, or as a meeting froze them."""

from typing import Final

import streamlit as st
from sqlalchemy import Engine

from components.reader.filters import tell_unmet
from components.reader.language import _
from components.reader.query import query
from core.errors import StoreError
from core.services.meeting.meetings import about, frozen
from core.services.stores import open_store, own_store
from core.store.engine.settings import Kind, chosen, for_everybody, look_for_choice
from core.store.meetings.repository import StoredMeeting

MEETING: Final = "meeting"
"""The parameter that names a meeting: every page then shows the results of its moment."""
STORE: Final = "store"
"""The parameter by which a viewer chooses a store to see: their own data or the demonstration."""


def find_by_view() -> None:
    """Have the store that a viewer chose found by the address of the view."""
    look_for_choice(_choice)


def _choice() -> Kind | None:
    match query().get(STORE):
        case "own":
            return "own"
        case "demo":
            return "demo"
    return None


def look_at(kind: Kind) -> None:
    """Have this viewer see a store from now on, whatever others see."""
    if kind == for_everybody():
        st.query_params.pop(STORE, None)
    else:
        st.query_params[STORE] = kind


def own_store_of_view() -> Engine:
    """One's own store to store in; whoever stores sees it from then on."""
    engine, was_demo = own_store()
    if was_demo:
        look_at("own")
    return engine


def tell_where_stored() -> None:
    """Where the demonstration is seen: which store a file goes to, and who sees it then."""
    if chosen() == "demo":
        st.write(
            _(
                "Invented data is open. Storing goes into your own store, which you see from then"
                " on; others see it once the program starts anew or an administrator says so."
            )
        )


def shown_meeting() -> StoredMeeting | None:
    """The meeting whose moment this view shows; None where it shows the results of now."""
    number = query().get(MEETING, "")
    try:
        return about(open_store(), int(number)) if number else None
    except (StoreError, ValueError):
        return None


def store_of_view() -> Engine:
    """The store of this view; where its address names a meeting in vain, the one of now."""
    engine, number = open_store(), query().get(MEETING, "")
    if not number:
        return engine
    try:
        return frozen(engine, int(number))
    except (StoreError, ValueError):
        tell_unmet(_("Meeting"), number, _("the results of now"))
        return engine
