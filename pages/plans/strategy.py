"""A province's strategy plan: KPIs, months, the printed table, changes and versions."""

import streamlit as st

from components.reader.store import opened
from components.strategy import changing, kpis, months, page, tree

engine = opened()
selected = page.selection(engine)
if selected is None:
    page.how_to_begin()
    st.stop()
top = st.container()
shown = page.filter_row(engine, selected)
with top:
    page.heading(shown)
page.tiles(shown)
page.told(shown)
months.gantt(shown)
kpis.kpis(shown)
tree.table(shown)
changing.form(engine, shown)
changing.versions(shown.stored)
page.takeaways(shown)
page.sources(shown)
