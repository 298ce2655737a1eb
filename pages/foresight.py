"""Simulations and forecasts: who may come into crisis, what if, and the smallest change."""

import streamlit as st

from components.areas import filters as area_filters
from components.foresight import area as foresight
from components.foresight import area_what_if, hospital
from components.reader.store import store_of_view
from components.starts import first_steps
from core.services.foresight.view import chain_of
from core.services.overview.view import view as requested_view

engine = store_of_view()
view = requested_view(engine, **area_filters.selection())
if view is None:
    first_steps.to_results()
    st.stop()
hcode = area_filters.facility()
if hcode:
    hospital.show(engine, hcode, chain_of(engine, hcode, view.period), view.period)
    st.stop()
top = st.container()
shown = foresight.filter_row(engine, view)
with top:
    foresight.heading(shown)
foresight.tiles(shown)
with st.container(key="simulated-hospitals"):
    foresight.hospitals(shown)
with st.container(key="simulated-support"):
    foresight.support(shown)
with st.container(key="simulated-area-what-if"):
    area_what_if.what_if(engine, shown)
foresight.worth(shown)
foresight.show_stored_forecasts(engine)
foresight.explanation(shown)
