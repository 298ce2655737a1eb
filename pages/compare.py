"""Areas side by side, or one area now and before, by every indicator of the menu."""

import streamlit as st

from components.compare import chart as compare_chart
from components.compare import page as compare
from components.compare import table as compare_table
from components.compare import words as compare_words
from components.parts import anatomy
from components.reader.language import _
from components.reader.store import store_of_view
from components.starts import first_steps
from components.why import origins
from core.services.rules.origin import origin

engine = store_of_view()
selected = compare.selection(engine)
if selected is None:
    first_steps.to_results()
    st.stop()
top = st.container()
shown = compare.filter_row(engine, selected)
with top:
    compare_words.heading(shown)
with st.container(key="glance"):
    left, right = st.columns([1.5, 1])
    with left:
        compare_chart.chart(shown)
    with right:
        anatomy.tiles(compare_words.tiles(shown))
anatomy.section(_("Every indicator"))
compared = tuple(row.criterion.id for row in shown.rows)
known = origin(engine, compared, shown.moment, *compare.areas_of(shown))
compare_table.table(shown, known)
origins.show_origins(known)
