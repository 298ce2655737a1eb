"""The frame's menu: the pages of `data/themes.yaml`, their files, and what is drawn around them."""

from functools import cache
from pathlib import Path
from typing import Final

import streamlit as st

from components.frame.header import header
from components.frame.ribbon import ribbon
from components.present import live
from components.reader import unmet
from components.reader.filters import is_presented
from components.reader.language import _, tr
from components.reader.links import address
from components.reader.markup import Html, joined, tag
from core.criteria.lists import MenuGroup, MenuPage
from core.errors import CriteriaError
from core.paths import PAGES, STATIC
from core.services.rules.menu import FILE, menu, menu_page, page_of
from core.text import say

__all__ = ["addresses", "menu", "menu_page", "page_file", "page_of", "show"]

_ICON: Final = str(STATIC / "icon.svg")


@cache
def page_file(page: str) -> Path:
    """The file of a page anywhere below `pages/`; `CriteriaError` when there is none."""
    file = next(PAGES.rglob(f"{page}.py"), None)
    if file is None:
        reason = say("there is no page pages/{page}.py", page=page)
        raise CriteriaError("C003", file=FILE.name, line=1, reason=reason)
    return file


def addresses() -> tuple[str, ...]:
    """The path of every page, without the leading slash."""
    return ("", *(entry.id for entry in menu().pages[1:]))


def show() -> None:
    """Draw the frame and the page that the address names."""
    unmet.forget()
    pages = {entry.id: _page(entry) for entry in menu().pages}
    # Streamlit's own list of sections breaks two rules of accessibility; `_menu` draws ours.
    chosen = st.navigation(list(pages.values()), position="hidden")
    title = " · ".join((chosen.title, _("Truat")))
    st.set_page_config(page_title=title, page_icon=_ICON, layout="wide")
    here = chosen.url_path or menu().pages[0].id
    # What is shown to a room stays until this run is over, and covers what comes meanwhile.
    place = st.container(key="present")
    if is_presented():
        live.show(here, [page.id for page in menu().pages], place, chosen.run)
        return
    with st.sidebar:
        _menu(here)
    header(tr(menu().switch), here)
    ribbon()
    chosen.run()


def _menu(here: str) -> None:
    """The menu as one element: each of Streamlit's own links is a message with every click."""
    about = tag("small", _("Inspecting the finances of public hospitals"))
    name = tag("p", _("Truat"), about, class_="t-name")
    groups = joined(
        piece
        for group in menu().groups
        for piece in (tag("h2", tr(group.title), class_="t-group"), _links(group, here))
    )
    st.html(tag("div", name, groups, class_="t-menu"))


def _links(group: MenuGroup, here: str) -> Html:
    """The pages of a group; static/frame.js keeps the app running when one is followed."""
    links = (
        tag(
            "a",
            tag("span", entry.symbol, class_="t-symbol", aria_hidden="true", translate="no"),
            tag("span", tr(entry.title)),
            href=address(entry.id),
            target="_self",
            class_="t-link",
            title=tr(entry.title),
            aria_current="page" if entry.id == here else "",
            data_page=entry.id,
        )
        for entry in group.pages
    )
    return tag("ul", joined(tag("li", link) for link in links), role="list")


def _page(entry: MenuPage) -> st.Page:
    # Without its icon, which Streamlit would fetch for the browser's tab from another server.
    first = entry is menu().pages[0]
    file = page_file(entry.id)
    return st.Page(file, title=tr(entry.title), url_path=entry.id, default=first)
