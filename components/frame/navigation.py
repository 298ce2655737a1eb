"""The frame's menu: the pages of `data/themes.yaml`, their files, and what is drawn around them."""

from copy import copy
from functools import cache
from html import escape
from pathlib import Path
from typing import Final

import streamlit as st

from components.frame.header import header
from components.frame.ribbon import moment, ribbon
from components.people.session import origin_of_view
from components.present import live
from components.reader import unmet
from components.reader.filters import AREA, is_facility, is_presented
from components.reader.language import _, current_language, tr
from components.reader.links import carried_query, path_of
from components.reader.markup import Html, joined, tag
from components.reader.query import query
from core.access.actors import current_actor
from core.access.policy import home
from core.criteria.lists import MenuGroup, MenuPage
from core.errors import AccessError, CriteriaError
from core.paths import PAGES, STATIC
from core.services.audit.origin import coming_from
from core.services.rules.menu import FILE, menu, menu_page, opens, page_of
from core.store.engine.one_view import one_view
from core.text import Language, say

__all__ = ["addresses", "menu", "menu_page", "page_file", "page_of", "show"]

_ICON: Final = str(STATIC / "icon.svg")
_OF_FACILITIES: Final = "facility"
_QUERY: Final = "?-filters-"
"""Stands in the menu for the filters that its links carry along."""


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
    with one_view(), coming_from("page", origin_of_view()):
        _draw()


def _draw() -> None:
    # Streamlit notes in a page whether it may run: every view has copies of its own.
    pages = [copy(page) for page in _pages(current_language())]
    # Streamlit's own list of sections breaks two rules of accessibility; `_menu` draws ours.
    chosen = st.navigation(pages, position="hidden")
    title = " · ".join((chosen.title, _("Truat")))
    st.set_page_config(page_title=title, page_icon=_ICON, layout="wide")
    here = chosen.url_path or menu().pages[0].id
    _lead_home(here, pages)
    is_open = opens(menu_page(here))
    # What is shown to a room stays until this run is over, and covers what comes meanwhile.
    place = st.container(key="present")
    if is_presented() and is_open:
        live.show(here, [page.id for page in menu().pages], place, chosen.run)
        return
    st.sidebar.html(_menu(here))
    header(tr(menu().switch), here)
    ribbon()
    moment(here)
    if not is_open:
        raise AccessError("A002")
    chosen.run()


def _lead_home(here: str, pages: list[st.Page]) -> None:
    """Whoever may read one hospital alone begins at its page: the first page is of areas."""
    mine = home(current_actor())
    if here == menu().pages[0].id and is_facility(mine) and AREA not in query():
        of_facilities = next(page for page in pages if page.url_path == _OF_FACILITIES)
        st.switch_page(of_facilities, query_params={**query(), AREA: mine})


def _menu(here: str) -> Html:
    """The menu as one element: each of Streamlit's own links is a message with every click.

    Its links differ from view to view by nothing but the filters that they carry along.
    """
    shown = frozenset(page.id for page in menu().pages if opens(page))
    drawn = _menu_of(current_language(), here, shown)
    return Html(drawn.replace(_QUERY, escape(carried_query())))


@cache
def _menu_of(_language: Language, here: str, shown: frozenset[str]) -> Html:
    about = tag("small", _("Inspecting the finances of public hospitals"))
    name = tag("p", _("Truat"), about, class_="t-name")
    groups = joined(
        piece
        for group in menu().groups
        if shown & {entry.id for entry in group.pages}
        for piece in (tag("h2", tr(group.title), class_="t-group"), _links(group, here, shown))
    )
    return tag("div", name, groups, class_="t-menu")


def _links(group: MenuGroup, here: str, shown: frozenset[str]) -> Html:
    """The pages of a group that may be opened.

    static/frame.js keeps the app running when one is followed.
    """
    links = (
        tag(
            "a",
            tag("span", tr(entry.title)),
            href=f"{path_of(entry.id)}{_QUERY}",
            target="_self",
            class_="t-link",
            data_symbol=entry.symbol,
            aria_current="page" if entry.id == here else "",
            data_page=entry.id,
        )
        for entry in group.pages
        if entry.id in shown
    )
    return tag("ul", joined(tag("li", link) for link in links), role="list")


@cache
def _pages(_language: Language) -> tuple[st.Page, ...]:
    return tuple(_page(entry) for entry in menu().pages)


def _page(entry: MenuPage) -> st.Page:
    # Without its icon, which Streamlit would fetch for the browser's tab from another server.
    first = entry is menu().pages[0]
    file = page_file(entry.id)
    return st.Page(file, title=tr(entry.title), url_path=entry.id, default=first)
