"""Links within the app: ordinary addresses, followed without loading the app again."""

from collections.abc import Mapping
from functools import lru_cache
from html import escape
from typing import Final
from urllib.parse import quote_plus, urlencode

from components.reader.filters import carried_filters, facility_apart
from components.reader.language import PARAMETER, current_language
from components.reader.markup import Html, safe

FIRST: Final = "overview"
"""The page at `/`."""


def address(page: str, **changed: str) -> str:
    """Address of a page with the filters chosen so far, some of them `changed`, empty ones gone."""
    if not changed:
        return f"{path_of(page)}{carried_query()}"
    return f"{path_of(page)}{_query({**carried_filters(), **facility_apart(changed)})}"


def path_of(page: str) -> str:
    """The path of a page, relative to every page."""
    return "./" if page == FIRST else page


def carried_query() -> str:
    """The filters chosen so far as a link to another page carries them along; empty for none."""
    return _query(carried_filters())


def _query(chosen: Mapping[str, str]) -> str:
    query = "&".join(f"{key}={_quoted(value)}" for key, value in chosen.items() if value)
    return f"?{query}" if query else ""


_quoted = lru_cache(maxsize=8192)(quote_plus)


def plain_address(page: str, **query: str) -> str:
    """Address of a page without the filters chosen so far, in the reader's language."""
    language = {PARAMETER: "en"} if current_language() == "en" else {}
    return f"{page}?{urlencode({**query, **language})}"


def link(text: str, page: str, *, label: str = "", **changed: str) -> Html:
    """A link to a page; static/frame.js keeps the app running when it is followed.

    `label` says in words what a mark stands for; static/frame.js shows it under the pointer.
    """
    # By hand: a matrix has hundreds.
    attribute = f' aria-label="{escape(label)}"' if label else ""
    way = escape(address(page, **changed))
    return Html(f'<a href="{way}" target="_self" class="t-link"{attribute}>{safe(text)}</a>')
