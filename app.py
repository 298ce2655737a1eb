"""Entry point of `streamlit run app.py`: builds the server, and runs for every view of a page."""

import streamlit as st

from components.reader.streamlit_internals import is_view

if not is_view():
    from components.criteria import handbook
    from components.facility import behind
    from components.frame import failure, server

    # Streamlit looks for exactly this assignment before it runs the file.
    app = st.App(
        __file__,
        routes=server.routes({"facility": behind.behind, "criteria": handbook.behind}),
        middleware=server.middleware(),
        on_script_error=failure.report,
    )
    server.settle()
else:
    from components.frame import navigation

    navigation.show()
