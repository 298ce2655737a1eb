"""Links within the app: ordinary addresses, followed without loading the app again."""

from typing import Final
from urllib.parse import urlencode

from components.reader.filters import carried_filters, facility_apart
from components.reader.language import PARAMETER, current_language
from components.reader.markup import Html, tag

FIRST: Final = "overview"
"""The page at `/`."""


def address(page: str, **changed: str) -> str:
    """Address of a page with the filters chosen so far, some of them `changed`, empty ones gone."""
    chosen = {**carried_filters(), **facility_apart(changed)}
    query = {key: value for key, value in chosen.items() if value}
    path = "./" if page == FIRST else page
    return f"{path}?{urlencode(query)}" if query else path


def plain_address(page: str, **query: str) -> str:
    """Address of a page without the filters chosen so far, in the reader's language."""
    language = {PARAMETER: "en"} if current_language() == "en" else {}
    return f"{page}?{urlencode({**query, **language})}"


def link(text: str, page: str, *, label: str = "", **changed: str) -> Html:
    """A link to a page; static/frame.js keeps the app running when it is followed.

    `label` says in words what a mark stands for.
    """
    return tag(
        "a",
        text,
        href=address(page, **changed),
        target="_self",
        class_="t-link",
        aria_label=label,
        title=label,
    )
