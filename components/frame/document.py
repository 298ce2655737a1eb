"""The first document a browser gets: Streamlit's own, in our languages and with our style."""

import json
import re
from dataclasses import asdict
from functools import cache
from html import escape
from typing import Final

from components.frame import search
from components.frame.streamlit_words import streamlit_texts
from components.frame.tool_words import tool_words
from components.reader.assets import asset_address
from components.reader.markup import Html, tag
from components.reader.streamlit_internals import first_document
from core.text import Language, say

_FONTS: Final = ("fonts/sarabun-thai-400-normal.woff2", "fonts/sarabun-thai-700-normal.woff2")
_STYLES: Final = (
    "frame.css",
    "results.css",
    "map.css",
    "search.css",
    "scorecard.css",
    "figures.css",
    "takeaway.css",
    "present.css",
    "meeting.css",
    "foresight.css",
    "plan.css",
)
_SCRIPTS: Final = (
    "frame.js",
    "journey.js",
    "search/search.js",
    "behind.js",
    "takeaway/takeaway.js",
    "present/keys.js",
    "meeting.js",
)
# Comments, inline scripts, which our policy forbids, and links to what this app does not use.
_UNWANTED: Final = r'<!--.*?-->|<script>.*?</script>|<link[^>]*rel="(?:preload|service-desc)"[^>]*>'


@cache
def document(language: Language) -> str:
    """The HTML of every page before the app itself has connected."""
    page = first_document()
    sentence = say("This program needs JavaScript, which is switched off in this browser.")
    for theirs, ours in (
        (_UNWANTED, ""),
        (r'lang="en"', f'lang="{language}" class="t-coming"'),
        (r"<title>.*?</title>", _title(language)),
        (r"\./favicon\.png", f"./{asset_address('icon.svg')}"),
        (r"<noscript>.*?</noscript>", tag("noscript", sentence.in_(language))),
        # Before Streamlit's own program, which looks at it.
        (r"<head>", f"<head>{_script('base.js')}"),
        (r"</head>", f"{_head()}</head>"),
    ):
        # The replacement is literal: a backslash in it is no escape.
        page = re.sub(theirs, ours.replace("\\", r"\\"), page, flags=re.DOTALL)
    return page


@cache
def not_found(language: Language, base: str) -> str:
    """The HTML for an address that no page has; `base` is the path the app is served under."""
    query = "" if language == "th" else f"?lang={language}"
    first_page = tag("a", say("Go to the first page").in_(language), href=f"{base}/{query}")
    sentence = tag("h1", say("There is no page at this address.").in_(language))
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">{_title(language)}'
        f'<link rel="stylesheet" href="{escape(base)}/{asset_address("frame.css")}"></head>'
        f'<body class="t-alone"><main>{sentence}{tag("p", first_page)}</main></body></html>'
    )


def _title(language: Language) -> Html:
    return tag("title", say("Truat").in_(language))


def _head() -> str:
    fonts = "".join(
        f'<link rel="preload" href="./app/static/{font}" as="font" type="font/woff2" crossorigin>'
        for font in _FONTS
    )
    styles = "".join(
        f'<link rel="stylesheet" href="./{asset_address(style)}">' for style in _STYLES
    )
    paper = f'<link rel="stylesheet" href="./{asset_address("paper.css")}" media="print">'
    # Data, not programs: the policy on scripts lets them pass.
    data = "".join(
        f'<script type="application/json" id="{name}">{_json(value)}</script>'
        for name, value in _data().items()
    )
    scripts = "".join(map(_script, _SCRIPTS))
    return f'{fonts}<meta name="color-scheme" content="light dark">{styles}{paper}{data}{scripts}'


def _data() -> dict[str, object]:
    """What our scripts read, by the name they ask for it."""
    return {
        "t-words": [[text.en, text.th] for text in streamlit_texts()],
        "t-own-words": tool_words(),
        "t-search-words": search.sent(),
        "t-behind": asdict(say("This could not be loaded; close the line and open it again.")),
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False).replace("<", r"\u003c")


def _script(file: str) -> str:
    return f'<script type="module" src="./{asset_address(file)}"></script>'
