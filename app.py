"""Entry point of `streamlit run app.py`: builds the server, and runs for every view of a page."""

import streamlit as st

from components.reader.streamlit_internals import is_view

if not is_view():
    from components.frame import filling, visitors

    visitors.refuse_open_address()
    # It works beside this program, which meanwhile loads what pages need.
    filling.start_where_wanted()
    from components.frame import failure, server
    from components.parts.behind import of_module

    pages = (
        ("facility", "components.facility.behind"),
        ("criteria", "components.criteria.handbook"),
        ("upload", "components.starts.form_picture"),
    )
    # Streamlit looks for exactly this assignment before it runs the file.
    app = st.App(
        __file__,
        routes=server.routes({page: of_module(name) for page, name in pages}),
        middleware=server.middleware(),
        on_script_error=failure.report,
    )
    server.settle()
else:
    from components.frame import navigation

    navigation.show()
