"""Crisis levels 0 to 7: targets, measures, distribution, and every hospital's tests."""

import streamlit as st

from components import (
    anatomy,
    area_filters,
    beginning,
    crisis,
    levels,
    matrix,
    origins,
    ranking,
    targets,
)
from components.language import _
from core.services import crisis_view as service
from core.services.opened import opened
from core.services.origin import origin
from core.services.overview import view as asked

engine = opened()
view = asked(engine, **area_filters.asked())
if view is None:
    beginning.first_steps()
    st.stop()
top = st.container()
shown = crisis.filtered(engine, view)
with top:
    crisis.heading(shown)
with st.container(key="glance"):
    left, right = st.columns(2)
    with left:
        levels.distribution(shown.distribution, has_before=shown.before is not None)
    with right:
        crisis.tiles(shown)
        targets.open_ends(shown)
anatomy.section(_("Targets and measures"))
left, right = st.columns(2)
with left:
    targets.steps(shown.targets)
with right:
    ranking.ranking(shown.ranking, "crisis")
targets.measures(shown.measures)
anatomy.section(_("Every hospital"))
matrix.legend()
rows = service.matrix(engine, shown, matrix.first_row(shown))
matrix.matrix(shown, rows)
origins.origins(origin(engine, service.CRITERIA, view.period.fiscal_year))
