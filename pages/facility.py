"""One hospital: its crisis level, its score, every test with its why, and the last 24 months."""

import streamlit as st

from components import area_filters, beginning, facility, facility_charts, origins
from core.services import facility_series, facility_view, overview
from core.services.opened import opened
from core.services.origin import origin

engine = opened()
asked = area_filters.asked()
view = overview.view(engine, **asked)
if view is None:
    beginning.first_steps()
    st.stop()
hcode = facility.asked_for(asked[area_filters.AREA])
shown = facility_view.profile(engine, hcode, view.period) if hcode else None
if shown is None:
    facility.choose_first(engine, view, hcode)
    st.stop()
facility.heading(shown)
narrow, _rest = st.columns([1, 2.5])
with narrow:
    area_filters.month(view)
facility.tiles(shown)
if shown.level:
    left, right = st.columns(2)
    with left:
        facility_charts.steps(shown)
    with right:
        facility.changes(shown)
facility.level_tests(shown)
facility_charts.trends(shown)
facility.score_tests(shown)
origins.origins(origin(engine, facility_series.CRITERIA, shown.period.fiscal_year))
