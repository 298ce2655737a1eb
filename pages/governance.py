"""Governance matrices: hospitals as rows, traffic lights as columns, each opening its why."""

import streamlit as st

from components.governance import lights
from components.governance import page as governance
from components.parts import anatomy
from components.reader.language import _
from components.reader.store import store_of_view
from components.starts import first_steps
from components.why import origins
from core.services.rules.origin import origin

engine = store_of_view()
selected = governance.selection(engine)
if selected is None:
    first_steps.to_results()
    st.stop()
top = st.container()
shown = governance.filter_row(engine, selected)
with top:
    governance.heading(shown)
governance.tiles(shown)
with st.container(key="glance"):
    left, right = st.columns([1.6, 1])
    with left:
        governance.columns(shown)
    with right:
        governance.areas(shown)
anatomy.section(_("Every hospital"))
lights.legend(shown)
known = origin(engine, (selected.matrix,), shown.period, shown.area.code)
lights.matrix(shown, known)
origins.show_origins(known)
