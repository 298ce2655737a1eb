"""Crisis levels 0 to 7: targets, measures, distribution, and every hospital's tests."""

import streamlit as st

from components.areas import filters as area_filters
from components.crisis import levels, matrix, support, targets
from components.crisis import page as crisis
from components.parts import anatomy
from components.reader.language import _
from components.reader.store import store_of_view
from components.starts import first_steps
from components.why import origins
from core.services.overview import crisis as service
from core.services.overview.view import view as requested_view
from core.services.rules.origin import origin

engine = store_of_view()
view = requested_view(engine, **area_filters.selection())
if view is None:
    first_steps.to_results()
    st.stop()
top = st.container()
shown = crisis.filter_row(engine, view)
with top:
    crisis.heading(shown)
crisis.tiles(shown)
with st.container(key="glance"):
    left, right = st.columns(2)
    with left:
        levels.distribution(shown.distribution, has_before=shown.before is not None)
    with right:
        targets.open_ends(shown)
        targets.ranking(shown)
anatomy.section(_("Targets and measures"))
targets.steps(shown.targets)
targets.measures(shown.measures)
anatomy.section(_("Every hospital"))
matrix.legend()
known = origin(engine, service.CRITERIA, view.period)
matrix.matrix(engine, shown, known)
support.show(engine, shown)
origins.show_origins(known)
