"""Claims: defects, ageing, money at risk, denials, completeness, single visits, new files."""

import streamlit as st

from components.claims import files, visits
from components.claims import page as claims
from components.parts import anatomy
from components.reader.language import tr
from components.reader.store import store_of_view
from core.services.claims.view import claims_view
from core.services.claims.wording import how_to_begin, nothing_reported

engine = store_of_view()
query = claims.chosen_query(engine)
if query is None:
    anatomy.headline(tr(nothing_reported()))
    st.write(tr(how_to_begin()))
    files.drop_zone()
    st.stop()
top = st.container()
claims.filter_row(query)
shown = claims_view(engine, query)
with top:
    claims.heading(shown)
claims.tiles(shown)
claims.hospitals(shown)
claims.ageing(shown)
claims.denials(shown)
claims.completeness(shown)
visits.visits(engine, query)
files.drop_zone()
files.listed()
claims.sources()
