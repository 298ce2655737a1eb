"""Every rule the scores follow, with its source."""

import streamlit as st

from components.criteria import handbook
from components.parts import anatomy

top = st.container()
found = handbook.filtered()
with top:
    anatomy.headline(handbook.key_message(found))
handbook.download()
handbook.chapters(found)
