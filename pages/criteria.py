"""Every rule the scores follow, with its source."""

import streamlit as st

from components import anatomy
from components.language import _

anatomy.headline(_("The rules behind every score"))
st.write(
    _(
        "Every indicator with its cut-offs, its source document and the years it is in force, "
        "exactly as the program applies it."
    )
)
