"""The pages of `data/themes.yaml`: registered with Streamlit, listed under headings."""

from functools import cache
from pathlib import Path
from typing import Annotated, Final

import streamlit as st

from components.frame.ribbon import ribbon
from components.reader.filters import carried
from components.reader.language import PARAMETER, _, current, tr
from components.reader.links import address
from components.reader.markup import Html, joined, tag
from core.criteria.load import DATA_FOLDER, read_model
from core.criteria.model.base import Id, Listed, Strict, TextField
from core.errors import CriteriaError
from core.paths import PAGES, STATIC

_FILE: Final = DATA_FOLDER / "themes.yaml"
_ICON: Final = str(STATIC / "icon.svg")


class Theme(Strict):
    """One page: `<id>.py` somewhere below `pages/`, at the address `/<id>`; the first is at `/`."""

    id: Id
    icon: str
    title: TextField
    indicators: Annotated[tuple[Id, ...], Listed] = ()
    """The area criteria a page of the usual shape shows, the foremost first."""

    @property
    def symbol(self) -> str:
        """The letters that Streamlit's own font of symbols draws as one."""
        return self.icon.removeprefix(":material/").removesuffix(":")


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


@cache
def page_file(page: str) -> Path:
    """The file of a page, wherever below `pages/` it stands; `CriteriaError` when there is none."""
    file = next(PAGES.rglob(f"{page}.py"), None)
    if file is None:
        raise CriteriaError("C001", file=_FILE.name, line=1, reason=f"no file pages/**/{page}.py")
    return file


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
        _menu(chosen.url_path or themes().pages[0].id)
    with st.container(key="switch"):
        st.button(tr(themes().switch), key="language", type="tertiary", on_click=_switch)
    ribbon()
    chosen.run()


def go_to(page: str, **changed: str) -> None:
    """Open another page with the filters chosen so far, some of them `changed`; ends this run."""
    st.switch_page(page_file(page), query_params={**carried(), **changed})


def _menu(here: str) -> None:
    """The whole menu in one piece: Streamlit's own links are a message each with every click."""
    about = tag("small", _("Inspecting the finances of public hospitals"))
    name = tag("p", _("Truat"), about, class_="t-name")
    groups = joined(
        piece
        for group in themes().groups
        for piece in (tag("h2", tr(group.title), class_="t-group"), _links(group, here))
    )
    st.html(tag("div", name, groups, class_="t-menu"))


def _links(group: Group, here: str) -> Html:
    """The pages of a group; static/frame.js keeps the app running when one is followed."""
    links = (
        tag(
            "a",
            tag("span", theme.symbol, class_="t-symbol", aria_hidden="true", translate="no"),
            tag("span", tr(theme.title)),
            href=address(theme.id),
            target="_self",
            class_="t-link",
            aria_current="page" if theme.id == here else "",
            data_page=theme.id,
        )
        for theme in group.pages
    )
    return tag("ul", joined(tag("li", link) for link in links), role="list")


def _page(theme: Theme) -> st.Page:
    # The icon stays out of it: Streamlit would fetch it for the browser's tab from elsewhere.
    first = theme is themes().pages[0]
    file = page_file(theme.id)
    return st.Page(file, title=tr(theme.title), url_path=theme.id, default=first)


def _switch() -> None:
    if current() == "en":
        del st.query_params[PARAMETER]
    else:
        st.query_params[PARAMETER] = "en"
