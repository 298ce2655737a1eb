"""The menu of `data/themes.yaml`: its pages, and which of them shows a criterion."""

from functools import cache
from pathlib import Path
from typing import Final

import streamlit as st

from components.frame.header import header
from components.frame.ribbon import ribbon
from components.reader import unmet
from components.reader.language import _, tr
from components.reader.links import address
from components.reader.markup import Html, joined, tag
from core.criteria.catalog import catalog
from core.criteria.lists import Menu, MenuGroup, MenuPage
from core.criteria.load import DATA_FOLDER, read_model
from core.criteria.model import AreaShare
from core.errors import CriteriaError
from core.paths import PAGES, STATIC
from core.text import say

_FILE: Final = DATA_FOLDER / "themes.yaml"
_ICON: Final = str(STATIC / "icon.svg")
_CRISIS: Final = "crisis"


@cache
def menu() -> Menu:
    """The menu of the data file; `CriteriaError` when the file is wrong."""
    return read_model(_FILE, Menu)


def menu_page(page: str) -> MenuPage:
    """The entry of a page."""
    return next(one for one in menu().pages if one.id == page)


@cache
def page_file(page: str) -> Path:
    """The file of a page anywhere below `pages/`; `CriteriaError` when there is none."""
    file = next(PAGES.rglob(f"{page}.py"), None)
    if file is None:
        reason = say("there is no page pages/{page}.py", page=page)
        raise CriteriaError("C003", file=_FILE.name, line=1, reason=reason)
    return file


def addresses() -> tuple[str, ...]:
    """The path of every page, without the leading slash."""
    return ("", *(entry.id for entry in menu().pages[1:]))


@cache
def page_of(criterion: str) -> tuple[str | None, str]:
    """The page that shows a criterion, and the area criterion to select there.

    `criterion` is an area criterion or what one counts. The area criterion is empty where the page
    only shares its theme; the page is None where there is none.
    """
    shown = [(page.id, one) for page in menu().pages for one in page.indicators]
    for page, one in shown:
        if criterion in (one, *_counted_by(one)):
            return page, one
    theme = criterion.partition(".")[0]
    pages = (page for page, one in shown if one.partition(".")[0] == theme)
    return (_CRISIS if theme == _CRISIS else next(pages, None)), ""


def _counted_by(area_criterion: str) -> tuple[str, ...]:
    """The criteria whose results an area criterion counts, in any fiscal year."""
    criterion = catalog().criteria.get(area_criterion)
    rules = (edition.rule for edition in criterion.editions) if criterion else ()
    return tuple(rule.of for rule in rules if isinstance(rule, AreaShare))


def show() -> None:
    """Draw the frame and the page that the address names."""
    unmet.forget()
    pages = {entry.id: _page(entry) for entry in menu().pages}
    # Streamlit's own list of sections breaks two rules of accessibility; `_menu` draws ours.
    chosen = st.navigation(list(pages.values()), position="hidden")
    title = " · ".join((chosen.title, _("Truat")))
    st.set_page_config(page_title=title, page_icon=_ICON, layout="wide")
    with st.sidebar:
        _menu(chosen.url_path or menu().pages[0].id)
    header(tr(menu().switch))
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
