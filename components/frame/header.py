"""The row at the top of every page: search, what can be done with the page, language."""

import streamlit as st

from components.frame import search
from components.reader.language import PARAMETER, _, current_language
from components.reader.markup import Html, joined, tag


def header(other_language: str) -> None:
    """Draw the row; `other_language` is the name of the language that is not spoken."""
    with st.container(key="header", horizontal=True, vertical_alignment="center"):
        st.html(tag("div", search.button(), _tools(), class_="t-header"), width="content")
        st.button(other_language, key="language", type="tertiary", on_click=_switch_language)


def _tools() -> Html:
    """Buttons that static/takeaway/tools.js listens to, and where it says what became of it."""
    tools = (
        _tool("copy", "link", _("Copy the link to this view")),
        _tool("print", "print", _("Print this page")),
        _tool("settings", "format_size", _("Type size and colours")),
    )
    buttons = tag("nav", joined(tools), class_="t-tools", aria_label=_("This page"))
    return joined((buttons, tag("span", class_="t-said-done", role="status")))


def _tool(name: str, symbol: str, said: str) -> Html:
    sign = tag("span", symbol, class_="t-symbol", aria_hidden="true", translate="no")
    return tag("button", sign, type="button", title=said, aria_label=said, data_tool=name)


def _switch_language() -> None:
    if current_language() == "en":
        del st.query_params[PARAMETER]
    else:
        st.query_params[PARAMETER] = "en"
