"""A province's strategy plan: KPIs, months, the printed table, changes and versions."""

import streamlit as st

from components.reader.store import store_of_view
from components.strategy import changing, kpis, months, page, tree, versions

engine = store_of_view()
selected = page.selection(engine)
if selected is None:
    page.how_to_begin()
    st.stop()
top = st.container()
shown = page.filter_row(engine, selected)
with top:
    page.heading(shown)
page.tiles(shown)
page.show_notes(shown)
months.gantt(shown)
kpis.kpis(shown)
tree.table(shown)
changing.form(engine, shown)
versions.versions(shown.stored)
page.takeaways(shown)
page.sources(shown)
