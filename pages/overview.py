"""The country at a glance, and from it down to one hospital."""

import streamlit as st

from components.areas import filters as area_filters
from components.overview import attention
from components.overview import page as overview
from components.reader.store import store_of_view
from components.starts import first_steps
from components.why import origins
from core.services.overview import view as service
from core.services.overview.history import history
from core.services.rules.origin import origin

engine = store_of_view()
view = service.view(engine, **area_filters.selection())
if view is None:
    first_steps.to_results()
    st.stop()
top = st.container()
shown, indicator = overview.filter_row(engine, view)
with top:
    overview.heading(shown, indicator)
overview.tiles(shown, history(engine, view.period, view.area))
with st.container(key="glance"):
    left, right = st.columns([2, 1])
    with left:
        overview.chart(shown, indicator)
    with right:
        attention.attention(engine, shown)
        overview.parts(shown, indicator)
origins.show_origins(origin(engine, service.CRITERIA, view.period))
