"""Back-office relief of primary care units: coverage, steps, processes, days saved, year plan."""

import streamlit as st

from components.backoffice import calculator
from components.backoffice import page as backoffice
from components.parts import anatomy
from components.reader.language import _
from components.reader.store import store_of_view

engine = store_of_view()
shown = backoffice.selection(engine)
if shown is None:
    backoffice.how_to_begin()
    calculator.show()
    st.stop()
top = st.container()
backoffice.filter_row(shown)
with top:
    backoffice.heading(shown)
backoffice.tiles(shown)
backoffice.neighbours(shown, backoffice.siblings_of(engine, shown))
anatomy.section(_("By place"))
backoffice.places(shown)
backoffice.units(shown)
anatomy.section(_("The plan of five steps"))
backoffice.steps(shown)
anatomy.section(_("Processes"))
backoffice.processes(shown)
anatomy.section(_("Year plan"))
backoffice.year_plan(shown)
backoffice.forms()
calculator.show()
backoffice.open_points(shown)
