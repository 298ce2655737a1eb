"""Where the rules contradict themselves: who would come out otherwise under another reading."""

import streamlit as st

from components.criteria import apart, contradictions, rereading, rereading_tables, switching
from core.services.stores import open_store

engine = open_store()
top = st.container()
shown = rereading.filter_row(engine)
with top:
    rereading.heading(shown)
rereading.question(shown)
if shown.rescored is not None and not shown.reading.in_force:
    with st.container(key="glance"):
        left, right = st.columns(2)
        with left:
            rereading_tables.outcomes(shown.rescored)
        with right:
            rereading.tiles(shown.rescored)
            rereading_tables.parts(shown.rescored)
    rereading_tables.facilities(shown.rescored)
    rereading_tables.areas(shown.rescored)
    rereading_tables.take_away(shown.rescored)
if shown.about.page:
    apart.apart(engine, shown)
contradictions.all_contradictions(shown)
switching.switching(engine, shown)
