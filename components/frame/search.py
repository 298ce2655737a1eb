"""The search over every page: its button and its words; static/search/search.js does the rest."""

from functools import cache
from typing import Final

from components.reader.language import _
from components.reader.markup import Html, tag
from core.text import Text, say

ADDRESS: Final = "search/index.json"
"""The address of the index, relative to every page."""


def button() -> Html:
    """The button at the top of every page; static/search/search.js opens the search with it."""
    sign = tag("span", "search", class_="t-symbol", aria_hidden="true", translate="no")
    word = tag("span", _("Search"), class_="t-search-word")
    key = tag("kbd", "/", aria_hidden="true")
    return tag("button", sign, word, key, type="button", class_="t-search-open")


def sent() -> dict[str, object]:
    """Where its index is, and what it says in Thai and in English."""
    return {
        "address": ADDRESS,
        "words": {name: [text.th, text.en] for name, text in words().items()},
    }


@cache
def words() -> dict[str, Text]:
    """What the search says; places in braces are filled in by the browser."""
    return {
        "title": say("Search everything"),
        "hint": say("Name or code of a hospital, place, indicator or page"),
        "close": say("Close"),
        "loading": say("The list is being loaded …"),
        "failed": say("The list could not be loaded. Close the search and open it once more."),
        "nothing": say(
            "Nothing is called “{query}”. Try fewer letters, another spelling or the code.",
            query="{query}",
        ),
        "found": say("Found: {count}", count="{count}"),
        "first": say("the first {count} of {all}", count="{count}", all="{all}"),
        "closed": say("Closed, last day {day}", day="{day}"),
        "keys": say("↑ ↓ to move · Enter to open · Esc to close"),
        "page": say("Pages"),
        "region": say("Health regions"),
        "province": say("Provinces"),
        "district": say("Districts"),
        "hospital": say("Public hospitals"),
        "pcu": say("Primary care units"),
        "indicator": say("Indicators"),
        "rule": say("Criteria"),
    }
