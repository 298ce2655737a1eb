"""What the program uses of Streamlit beyond its documented interface, all of it here.

Streamlit may move any of this without notice; the tests of this module then say what moved and what
it was needed for. No other module imports from inside Streamlit.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any, Final

import streamlit as st
from streamlit import file_util
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.config import set_option
from streamlit.errors import StreamlitAuthError
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile
from streamlit.user_info import generate_login_redirect_url
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

__all__ = [
    "UploadedFile",
    "admit_name",
    "as_view_of",
    "claims_of_login",
    "first_document",
    "ignore_pages_folder",
    "is_view",
    "login_address",
    "login_cookies",
    "query_string",
    "session_cookies",
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


def session_cookies() -> Mapping[str, str]:
    """The cookies that a view's connection was opened with; none outside of a view."""
    return st.context.cookies if is_view() else {}


def claims_of_login(cookies: Mapping[str, str], seconds: int) -> dict[str, Any] | None:
    """Who `st.login` has just signed in, as their provider says; None for nobody, or not just now.

    Streamlit keeps that for thirty days and takes nothing back: what it keeps is read once.
    """

    def signed(name: str) -> bytes | None:
        signed = cookies.get(name)
        return (
            decode_signed_value(get_cookie_secret(), name, signed, seconds / 86_400)
            if signed
            else None
        )

    try:
        cookie = get_cookie_with_chunks(signed, USER_COOKIE_NAME)
    except StreamlitAuthError:
        return None
    claims = json.loads(cookie) if cookie else {}
    return claims if isinstance(claims, dict) and claims.get("is_logged_in") else None


def login_address(provider: str = "default") -> str:
    """Where `st.login` sends a browser; it holds for two minutes."""
    return generate_login_redirect_url(provider)


def login_cookies(cookies: Mapping[str, str]) -> tuple[str, ...]:
    """The names of what `st.login` keeps in a browser."""
    return tuple(name for name in cookies if name.startswith(USER_COOKIE_NAME))


def first_document() -> str:
    """The HTML that Streamlit sends a browser first."""
    return (Path(file_util.get_static_dir()) / "index.html").read_text(encoding="utf-8")


def ignore_pages_folder() -> None:
    """Make Streamlit open every page through app.py.

    Older Streamlits took a folder `pages/` for the menu; without this the first visitor of
    /overview would get pages/overview.py alone, past whatever app.py guards.
    """
    PagesManager.uses_pages_directory = False


def admit_name(host: str) -> None:
    """Have Streamlit open its sockets under another name of this program too, as a proxy's."""
    names = st.get_option("server.allowedHosts")
    if host not in names:
        set_option("server.allowedHosts", [*names, host])
