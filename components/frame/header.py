"""The row at the top of every page: search, what can be done with the page, language."""

from functools import cache

import streamlit as st

from components.frame import search
from components.people.session import WAY_OUT
from components.reader.language import PARAMETER, _, current_language
from components.reader.links import address
from components.reader.markup import Html, joined, tag
from core.access.actors import current_actor
from core.access.settings import ways
from core.text import Language


def header(other_language: str, page: str) -> None:
    """Draw the row over a page; `other_language` is the name of the one that is not spoken."""
    with st.container(key="header", horizontal=True, vertical_alignment="center"):
        st.html(tag("div", _row(page, current_language()), _who(), class_="t-top"), width="content")
        st.button(other_language, key="language", type="tertiary", on_click=_switch_language)


def _row(page: str, language: Language) -> Html:
    tools = tag(
        "nav", _presenting(page), _tools(language), class_="t-tools", aria_label=_("This page")
    )
    done = tag("span", class_="t-said-done", role="status")
    return tag("div", search.button(), tools, done, class_="t-header")


def _who() -> Html:
    """Who is signed in, with the way out; nothing where nobody has to sign in."""
    if not ways():
        return Html()
    name = current_actor().name
    sign = tag("span", "logout", class_="t-symbol", aria_hidden="true", translate="no")
    label = _("Sign out {name}", name=name)
    out = tag(
        "a", sign, href=address(WAY_OUT), target="_self", class_="t-link", title=label,
        aria_label=label,
    )  # fmt: skip
    return tag("p", tag("span", name), out, class_="t-who")


@cache
def _tools(_language: Language) -> Html:
    """Buttons that static/takeaway/tools.js listens to; it says beside them what became of it."""
    return joined(
        (
            _tool("copy", "link", _("Copy the link to this view")),
            _tool("print", "print", _("Print this page")),
            _tool("settings", "format_size", _("Type size and colours")),
        )
    )


def _presenting(page: str) -> Html:
    """The way into presenter mode: a link, since it leads to an address."""
    label = _("Present this page (P)")
    sign = tag("span", "present_to_all", class_="t-symbol", aria_hidden="true", translate="no")
    return tag(
        "a", sign, href=address(page, present="1"), target="_self", class_="t-link", title=label,
        aria_label=label,
    )  # fmt: skip


def _tool(name: str, symbol: str, label: str) -> Html:
    sign = tag("span", symbol, class_="t-symbol", aria_hidden="true", translate="no")
    return tag("button", sign, type="button", title=label, aria_label=label, data_tool=name)


def _switch_language() -> None:
    if current_language() == "en":
        del st.query_params[PARAMETER]
    else:
        st.query_params[PARAMETER] = "en"
