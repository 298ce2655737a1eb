"""Our results beside the ministry's own: how many are equal, and why the others differ."""

import streamlit as st

from components.agreement import page as agreement
from components.parts import anatomy
from components.reader.language import _
from core.services.stores import open_store

engine = open_store()
top = st.container()
shown = agreement.selection(engine)
if shown is None:
    agreement.how_to_begin()
    st.stop()
with top:
    if agreement.what_is_missing(shown):
        st.stop()
    agreement.heading(shown)
agreement.tiles(shown)
anatomy.section(_("By indicator and month"))
agreement.indicators(shown)
agreement.differences(shown)
agreement.months(shown)
agreement.explanation()
