"""What the program uses of Streamlit beyond its documented interface, all of it here.

Streamlit may move any of this without notice; the tests of this module then say what moved and what
it was needed for. No other module imports from inside Streamlit.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Final

from streamlit import file_util
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

__all__ = [
    "UploadedFile",
    "as_view_of",
    "first_document",
    "ignore_pages_folder",
    "is_view",
    "query_string",
]

_ADDRESS: Final[ContextVar[str]] = ContextVar("address", default="")


def is_view() -> bool:
    """Whether this code runs for a view of a page, and not while the server starts."""
    return get_script_run_ctx(suppress_warning=True) is not None


def query_string() -> str:
    """The query of the view's address as it was typed, without `?`; empty outside of a view.

    `st.query_params` takes ten times as long, and every text and link of a page needs the language.
    """
    view = get_script_run_ctx(suppress_warning=True)
    return view.query_string if view else _ADDRESS.get()


@contextmanager
def as_view_of(query: str) -> Iterator[None]:
    """Outside of a view: let what is drawn be in the language of an address, with its filters."""
    token = _ADDRESS.set(query)
    try:
        yield
    finally:
        _ADDRESS.reset(token)


def first_document() -> str:
    """The HTML that Streamlit sends a browser first."""
    return (Path(file_util.get_static_dir()) / "index.html").read_text(encoding="utf-8")


def ignore_pages_folder() -> None:
    """Make Streamlit open every page through app.py.

    Older Streamlits took a folder `pages/` for the menu; without this the first visitor of
    /criteria would get pages/criteria.py alone, past whatever app.py guards.
    """
    PagesManager.uses_pages_directory = False
