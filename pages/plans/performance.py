"""A department's performance: tiers, agreement, PMQA, budget, plans, projects, risks."""

import streamlit as st

from components.performance import page as performance
from components.reader.store import store_of_view

engine = store_of_view()
shown = performance.selection(engine)
if shown is None:
    performance.how_to_begin()
    st.stop()
top = st.container()
part = performance.filter_row(shown)
with top:
    performance.heading(shown)
performance.tiles(shown)
performance.section(shown, part)
performance.contradictions(shown)
