"""Streamlit still has what we use of it without a promise; a newer one that moved it fails here."""

# ruff: noqa: PLC0415 - a little page is run by itself and brings its imports along.

import ast
import importlib
import inspect
import re
from pathlib import Path

import pytest
import streamlit

from tests.components.drawn import draw
from tests.paths import ROOT

ROOM = Path("components/reader/streamlit_internals.py")
NEEDED = {
    "streamlit.runtime.scriptrunner.get_script_run_ctx": "the address of a view, read fast",
    "streamlit.runtime.pages_manager.PagesManager": "opening pages through app.py alone",
    "streamlit.runtime.uploaded_file_manager.UploadedFile": "the type of dropped files",
    "streamlit.file_util.get_static_dir": "the first document, which we rewrite",
    "streamlit.auth_util.get_cookie_with_chunks": "whom `st.login` has signed in",
    "streamlit.config.set_option": "sockets under the name of a proxy",
    "streamlit.errors.StreamlitAuthError": "a secret of `st.login` that is not set",
    "streamlit.user_info.generate_login_redirect_url": "the way to the provider",
    "streamlit.web.server.server_util.get_cookie_secret": "the signature of `st.login`",
    "streamlit.web.server.starlette.starlette_app_utils.decode_signed_value": "the same, checked",
    "streamlit.web.server.starlette.starlette_server_config.USER_COOKIE_NAME": "where it is kept",
}
MOVED = f"Streamlit {streamlit.__version__} moved {{}}, needed for {{}}: mend {ROOM} alone"


def imports_from_inside(file: Path) -> list[str]:
    """Names imported from modules of Streamlit, and not from its top."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    inside = [
        f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "streamlit"
        for alias in node.names
    ]
    whole = [
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
        if alias.name.startswith("streamlit.")
    ]
    return inside + whole


def test_one_module_imports_from_inside_streamlit() -> None:
    shipped = [ROOT / "app.py", *(f for top in ("components", "core", "pages")
                                  for f in (ROOT / top).rglob("*.py"))]  # fmt: skip
    knowing = {str(file.relative_to(ROOT)) for file in shipped if imports_from_inside(file)}
    assert knowing == {str(ROOM)}, "use components.reader.streamlit_internals"


@pytest.mark.parametrize("name", NEEDED)
def test_streamlit_still_has_it(name: str) -> None:
    module, _, attribute = name.rpartition(".")
    problem = MOVED.format(name, NEEDED[name])
    try:
        found = importlib.import_module(module)
    except ImportError:
        pytest.fail(problem)
    assert hasattr(found, attribute), problem


def test_every_import_from_inside_is_guarded() -> None:
    tree = ast.parse((ROOT / ROOM).read_text(encoding="utf-8"))
    modules = {
        alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("streamlit")
        for alias in node.names
    }
    guarded = " ".join(NEEDED)
    assert [name for name in modules.values() if name not in guarded] == []


def test_the_context_of_a_view_can_be_had_without_a_warning() -> None:
    from streamlit.runtime.scriptrunner import get_script_run_ctx

    problem = MOVED.format("get_script_run_ctx(suppress_warning=)", "reading outside of a view")
    assert "suppress_warning" in inspect.signature(get_script_run_ctx).parameters, problem


def test_streamlit_still_asks_whether_the_pages_folder_is_its_menu() -> None:
    from streamlit.runtime.pages_manager import PagesManager
    from streamlit.runtime.scriptrunner import script_runner

    problem = MOVED.format("PagesManager.uses_pages_directory", "opening pages through app.py")
    assert hasattr(PagesManager, "uses_pages_directory"), problem
    assert "uses_pages_directory" in inspect.getsource(script_runner), problem


def page() -> None:
    import streamlit as st

    from components.reader.streamlit_internals import is_view, query_string

    st.text(f"{is_view()} {query_string()}")


def test_a_view_knows_its_address_and_the_rest_has_none() -> None:
    from components.reader.streamlit_internals import is_view, query_string

    assert draw(page, area="P61", lang="en").text[0].value == "True area=P61&lang=en"
    assert not is_view()
    assert query_string() == ""


@pytest.mark.parametrize(
    "part", ['lang="en"', "<title>.*?</title>", r"\./favicon\.png", "<noscript>", "</head>"]
)
def test_the_first_document_has_the_parts_we_exchange(part: str) -> None:
    from components.reader.streamlit_internals import first_document

    problem = MOVED.format(part, "the first document in Thai and with our style")
    assert re.search(part, first_document(), re.DOTALL), problem


def test_what_is_drawn_outside_of_a_view_can_be_that_of_an_address() -> None:
    from components.reader.language import current_language
    from components.reader.streamlit_internals import as_view_of, query_string

    with as_view_of("lang=en&area=P61"):
        assert current_language() == "en"
        with as_view_of(""):
            assert current_language() == "th"
        assert query_string() == "lang=en&area=P61"
    assert query_string() == ""


def test_sockets_open_under_the_name_of_a_proxy_and_under_no_other() -> None:
    from streamlit import config
    from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

    from components.reader.streamlit_internals import admit_name

    before = config.get_option("server.allowedHosts")
    try:
        for _ in range(2):
            admit_name("truat.example.go.th")
        assert config.get_option("server.allowedHosts") == [*before, "truat.example.go.th"]
        assert is_host_allowed("truat.example.go.th:8443")
        assert not is_host_allowed("elsewhere.example.go.th")
    finally:
        config.set_option("server.allowedHosts", before)
