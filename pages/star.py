"""Self-assessments of district networks: side by side, one in full, and its versions."""

import streamlit as st

from components.areas import filters as area_filters
from components.reader.store import store_of_view
from components.star import page as star
from components.star import versions
from components.starts import first_steps
from components.why import origins
from core.services.profiles.networks import star_view
from core.services.rules.origin import origin

engine = store_of_view()
shown = star_view(engine, **area_filters.selection())
if shown is None:
    first_steps.to_results()
    st.stop()
top = st.container()
star.filter_row(shown)
with top:
    star.heading(shown)
star.tiles(shown)
star.radars(shown)
star.networks(shown)
versions.versions(shown.versions)
cited = (*(section.id for section in shown.sections), shown.total.id)
origins.show_origins(origin(engine, cited, shown.period, shown.area.code))
