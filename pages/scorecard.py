"""One table of everything: areas or facilities by every indicator."""

import streamlit as st

from components.reader.store import store_of_view
from components.scorecard import page as scorecard
from components.scorecard.table import table
from components.starts import first_steps
from components.why import origins
from core.services.rules.origin import origin

engine = store_of_view()
selected = scorecard.selection(engine)
if selected is None:
    first_steps.to_results()
    st.stop()
top = st.container()
shown = scorecard.filter_row(engine, selected)
with top:
    scorecard.heading(shown)
scorecard.nothing(shown)
table(shown)
scorecard.legend()
cited = tuple(column.criterion for column in shown.columns)
known = origin(engine, cited, selected.moment, shown.area.code)
scorecard.take_away(engine, shown, known)
origins.show_origins(known)
