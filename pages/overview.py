"""The country at a glance, and from it down to one hospital."""

import streamlit as st

from components import area_filters, attention, beginning, origins, overview
from core.services import overview as service
from core.services.opened import opened
from core.services.origin import origin

engine = opened()
view = service.view(engine, **area_filters.asked())
if view is None:
    beginning.first_steps()
    st.stop()
top = st.container()
shown, indicator = overview.filtered(engine, view)
with top:
    overview.heading(shown, indicator)
with st.container(key="glance"):
    left, right = st.columns(2)
    with left:
        overview.chart(shown, indicator)
    with right:
        overview.tiles(shown)
        attention.attention(engine, shown)
        overview.parts(shown, indicator)
origins.origins(origin(engine, service.CRITERIA, view.period.fiscal_year))
