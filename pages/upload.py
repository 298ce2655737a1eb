"""Drop workbooks, see their scores and what to mend."""

import streamlit as st

from components import anatomy
from components.language import _

anatomy.headline(_("Check a workbook before it is sent"))
st.write(
    _(
        "Drop a filled-in workbook here to see its scores and every problem by sheet and cell. "
        "Nothing is stored."
    )
)
