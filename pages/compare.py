"""Areas side by side, or one area now and before, by every indicator of the menu."""

import streamlit as st

from components import (
    anatomy,
    beginning,
    compare,
    compare_chart,
    compare_table,
    compare_words,
    origins,
)
from components.language import _
from core.services.opened import opened
from core.services.origin import origin

engine = opened()
meant = compare.meant(engine)
if meant is None:
    beginning.first_steps()
    st.stop()
top = st.container()
shown = compare.filtered(engine, meant)
with top:
    compare_words.heading(shown)
with st.container(key="glance"):
    left, right = st.columns([1.5, 1])
    with left:
        compare_chart.chart(shown)
    with right:
        anatomy.tiles(compare_words.tiles(shown))
anatomy.section(_("Every indicator"))
compare_table.table(shown)
cited = tuple(row.criterion.id for row in shown.rows)
origins.origins(origin(engine, cited, shown.moment.fiscal_year))
