"""One facility: its crisis level, its score, every theme with its why, and the last 24 months."""

import streamlit as st

from components.areas import filters as area_filters
from components.facility import behind, neighbours, takeaway, tests
from components.facility import books as facility_books
from components.facility import charts as facility_charts
from components.facility import page as facility
from components.facility import themes as facility_themes
from components.findings.facility import facility_findings, findings_beside
from components.reader.store import store_of_view
from components.starts import first_steps
from core.services.overview import view as overview
from core.services.profiles import facility as facility_view
from core.services.profiles import themes as service

engine = store_of_view()
view = overview.view(engine, **area_filters.selection(), with_themes=True)
if view is None:
    first_steps.to_results()
    st.stop()
hcode = area_filters.facility()
shown = facility_view.profile(engine, hcode, view.period) if hcode else None
if shown is None:
    facility.choose_first(engine, view, hcode)
    st.stop()
themes = service.facility_themes(engine, shown.place.code, view.period)
behind.tell_unknown(shown, themes)
top = st.container()
with st.container(key="facility-row"):
    narrow, wide = st.columns([1, 2.5], vertical_alignment="center")
    with narrow:
        area_filters.month(view)
    with wide:
        facility.contents(shown, bool(themes), neighbours.ways(engine, hcode, view))
with top:
    if shown.is_hospital:
        facility.heading(shown)
    else:
        facility_themes.unit_heading(shown, themes)
if shown.is_hospital:
    facility.tiles(shown)
    if shown.level:
        left, right = st.columns(2)
        with left:
            facility_charts.steps(shown)
        with right:
            facility.changes(shown)
    tests.level_tests(shown)
    facility_books.show(engine, shown)
    facility_charts.trends(shown)
    tests.score_tests(shown, facility_charts.trends_table(shown))
facility_findings(engine, shown.place.code)
facility_themes.themes(themes, findings_beside(engine, shown.place.code))
district = behind.district_of(shown)
if district:
    facility_themes.network(service.network(engine, district, view.period))
facility_themes.reported_figures(service.sources_of(engine, themes, district, view.period))
takeaway.ending(engine, shown, themes)
