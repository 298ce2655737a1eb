"""Lets a component draw on a page without a browser, and gives what it drew."""

import re
from collections.abc import Callable

from streamlit.testing.v1 import AppTest


def draw(page: Callable[[], None], **address: str) -> AppTest:
    """Run a little page; `address` is its query. The page imports what it needs itself."""
    app = AppTest.from_function(page, default_timeout=10)
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception, app.exception
    return app


def html_of(app: AppTest) -> str:
    """All HTML drawn, without the elements that only keep words whole."""
    html = "".join(element.value for element in app.get("html"))
    return re.sub("</?bdi>", "", html)
