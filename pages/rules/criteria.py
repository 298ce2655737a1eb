"""Every rule the scores follow, with its source."""

import streamlit as st

from components.criteria import handbook
from components.parts import anatomy

top = st.container()
chapters = handbook.filter_row()
with top:
    anatomy.headline(handbook.key_message(chapters))
handbook.download()
handbook.chapters(chapters)
