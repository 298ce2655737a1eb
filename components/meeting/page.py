"""The page of meetings: the list of them, the agenda of one, or a view of it."""

import streamlit as st
from sqlalchemy import Engine

from components.areas import filters as area_filters
from components.meeting import addresses, agenda, listing, running
from components.reader.filters import tell_unmet
from components.reader.language import _
from components.starts import first_steps
from core.errors import StoreError
from core.services.meeting.meetings import Meeting, meeting
from core.services.overview.view import view


def show(engine: Engine) -> None:
    """Whatever the address asks for; one that asks in vain is told so, and shown the list."""
    address = addresses.meeting_address()
    shown = _meeting(engine, address.meeting)
    if shown is not None and address.item and shown.shown:
        running.show(engine, shown, address)
    elif shown is not None:
        agenda.show(engine, shown, address.edit)
    else:
        _list(engine)


def _meeting(engine: Engine, number: int) -> Meeting | None:
    if not number and not st.query_params.get(addresses.MEETING):
        return None
    try:
        return meeting(engine, number)
    except StoreError:
        wanted = st.query_params.get(addresses.MEETING, "")
        tell_unmet(_("Meeting"), wanted, _("all meetings"))
        return None


def _list(engine: Engine) -> None:
    known = view(engine, **area_filters.selection())
    if known is None:
        first_steps.to_results()
    else:
        listing.show(engine, known)
