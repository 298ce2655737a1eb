"""Governance matrices: hospitals as rows, traffic lights as columns, each opening its why."""

import streamlit as st

from components.governance import lights
from components.governance import page as governance
from components.parts import anatomy
from components.reader.language import _
from components.starts import beginning
from components.why import origins
from core.services.rules.origin import origin
from core.services.stores import open_store

engine = open_store()
meant = governance.meant(engine)
if meant is None:
    beginning.first_steps()
    st.stop()
top = st.container()
shown = governance.filtered(engine, meant)
with top:
    governance.heading(shown)
with st.container(key="glance"):
    left, right = st.columns([1.6, 1])
    with left:
        governance.columns(shown)
    with right:
        governance.tiles(shown)
        governance.areas(shown)
anatomy.section(_("Every hospital"))
lights.legend(shown)
lights.matrix(shown)
origins.origins(origin(engine, (meant.matrix,), shown.period.fiscal_year))
