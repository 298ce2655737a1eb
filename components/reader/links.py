"""Links within the app: ordinary addresses, followed without loading the app anew."""

from typing import Final
from urllib.parse import urlencode

from components.reader.filters import carried
from components.reader.language import PARAMETER, current
from components.reader.markup import Html, tag

FIRST: Final = "overview"
"""The page at `/`."""


def address(page: str, **changed: str) -> str:
    """Address of a page with the filters chosen so far, some of them `changed`, empty ones gone."""
    asked = {key: value for key, value in {**carried(), **changed}.items() if value}
    path = "./" if page == FIRST else page
    return f"{path}?{urlencode(asked)}" if asked else path


def plain_address(page: str, **asked: str) -> str:
    """Address of a page without the filters chosen so far, in the reader's language."""
    kept = {PARAMETER: "en"} if current() == "en" else {}
    return f"{page}?{urlencode({**asked, **kept})}"


def link(text: str, page: str, *, said: str = "", **changed: str) -> Html:
    """A link to a page; static/frame.js keeps the app running when it is followed.

    `said` is what a mark stands for, in words.
    """
    return tag(
        "a",
        text,
        href=address(page, **changed),
        target="_self",
        class_="t-link",
        aria_label=said,
        title=said,
    )
