"""The pages of `data/themes.yaml`: registered with Streamlit, listed under headings."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Final

import streamlit as st
from streamlit.navigation.page import Page

from components.filters import carried
from components.language import PARAMETER, _, current, tr
from components.markup import tag
from components.ribbon import ribbon
from core.criteria.load import DATA_FOLDER, read_model
from core.criteria.model.base import Id, Listed, Strict, TextField

_FILE: Final = DATA_FOLDER / "themes.yaml"
_ROOT: Final = Path(__file__).resolve().parent.parent
_PAGES: Final = _ROOT / "pages"
_ICON: Final = str(_ROOT / "static" / "icon.svg")


class Theme(Strict):
    """One page: the file `pages/<id>.py`, at the address `/<id>`; the very first is at `/`."""

    id: Id
    icon: str
    title: TextField
    indicators: Annotated[tuple[Id, ...], Listed] = ()
    """The area criteria a page of the usual shape shows, the foremost first."""


class Group(Strict):
    """Pages under one heading of the menu."""

    title: TextField
    pages: Annotated[tuple[Theme, ...], Listed]


class Themes(Strict):
    """The whole menu, and how the language switch is named."""

    switch: TextField
    groups: Annotated[tuple[Group, ...], Listed]

    @property
    def pages(self) -> tuple[Theme, ...]:
        return tuple(theme for group in self.groups for theme in group.pages)


@cache
def themes() -> Themes:
    """The menu as the data file has it; `CriteriaError` when the file is wrong."""
    return read_model(_FILE, Themes)


def theme(page: str) -> Theme:
    """The entry of a page."""
    return next(one for one in themes().pages if one.id == page)


def addresses() -> tuple[str, ...]:
    """Paths of all pages, without the leading slash."""
    return ("", *(theme.id for theme in themes().pages[1:]))


def show() -> None:
    """The frame, and in it the page the address asks for."""
    pages = {theme.id: _page(theme) for theme in themes().pages}
    # Streamlit's own list of sections breaks two rules of accessibility; `_menu` draws ours.
    chosen = st.navigation(list(pages.values()), position="hidden")
    title = " · ".join((chosen.title, _("Truat")))
    st.set_page_config(page_title=title, page_icon=_ICON, layout="wide")
    with st.sidebar:
        _menu(pages)
    with st.container(key="switch"):
        st.button(tr(themes().switch), key="language", type="tertiary", on_click=_switch)
    ribbon()
    chosen.run()


def go_to(page: str, **changed: str) -> None:
    """Open another page with the filters chosen so far, some of them `changed`; ends this run."""
    st.switch_page(_PAGES / f"{page}.py", query_params={**carried(), **changed})


def _menu(pages: Mapping[str, Page]) -> None:
    about = tag("small", _("Inspecting the finances of public hospitals"))
    st.html(tag("p", _("Truat"), about, class_="t-name"))
    for group in themes().groups:
        st.html(tag("h2", tr(group.title), class_="t-group"))
        for theme in group.pages:
            st.page_link(pages[theme.id], icon=theme.icon, query_params=carried(), width="stretch")


def _page(theme: Theme) -> Page:
    # The icon stays out of it: Streamlit would fetch it for the browser's tab from elsewhere.
    first = theme is themes().pages[0]
    file = _PAGES / f"{theme.id}.py"
    return st.Page(file, title=tr(theme.title), url_path=theme.id, default=first)


def _switch() -> None:
    if current() == "en":
        del st.query_params[PARAMETER]
    else:
        st.query_params[PARAMETER] = "en"
