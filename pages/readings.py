"""Where the rules contradict themselves: who would come out otherwise under another reading."""

import streamlit as st

from components.criteria import contradictions, rereading, rereading_tables, switching
from core.services.stores import open_store

engine = open_store()
top = st.container()
shown = rereading.filtered(engine)
with top:
    rereading.heading(shown)
rereading.question(shown)
if shown.found is not None and not shown.reading.in_force:
    with st.container(key="glance"):
        left, right = st.columns(2)
        with left:
            rereading_tables.outcomes(shown.found)
        with right:
            rereading.tiles(shown.found)
            rereading_tables.parts(shown.found)
    rereading_tables.facilities(shown.found)
    rereading_tables.areas(shown.found)
    rereading_tables.take_away(shown.found)
contradictions.everything(shown)
switching.switching(engine, shown)
