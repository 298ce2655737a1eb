"""`streamlit run app.py` comes here to build the server, then once for every view of a page."""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

if get_script_run_ctx(suppress_warning=True) is None:
    from components.frame import failure, server

    # Streamlit looks for exactly this assignment before it runs the file.
    app = st.App(
        __file__,
        routes=server.routes(),
        middleware=server.middleware(),
        on_script_error=failure.report,
    )
    server.settle()
else:
    from components.frame import navigation

    navigation.show()
