"""The country at a glance, and from it down to one hospital."""

import streamlit as st

from components.areas import filters as area_filters
from components.overview import attention
from components.overview import page as overview
from components.starts import beginning
from components.why import origins
from core.services.overview import view as service
from core.services.rules.origin import origin
from core.services.stores import open_store

engine = open_store()
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
