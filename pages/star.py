"""Self-assessments of district networks: side by side, one in full, and its versions."""

import streamlit as st

from components import area_filters, beginning, origins, star, versions
from core.services.opened import opened
from core.services.origin import origin
from core.services.star_view import star_view

engine = opened()
shown = star_view(engine, **area_filters.asked())
if shown is None:
    beginning.first_steps()
    st.stop()
top = st.container()
star.filters(shown)
with top:
    star.heading(shown)
star.tiles(shown)
star.radars(shown)
star.networks(shown)
versions.versions(shown.versions)
cited = (*(section.id for section in shown.sections), shown.total.id)
origins.origins(origin(engine, cited, shown.period.fiscal_year))
