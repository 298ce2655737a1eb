"""Presenter mode on any page: its slide as of now, or the page itself, larger."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime

import streamlit as st

from components.present.leaves import LEAF, at_leaf, leaf_count, leaf_in_address
from components.present.screen import Way, bar, moment_shown, screen
from components.reader.filters import PRESENT
from components.reader.language import current_language
from components.reader.links import address
from components.reader.query import query
from components.reader.store import MEETING, store_of_view
from core.services.meeting.slides import has_slide, slide_of

_Place = AbstractContextManager[object]


def show(page: str, pages: Sequence[str], place: _Place, run: Callable[[], None]) -> None:
    """Show a page to a room; `run` draws the page itself, `pages` are all of them in order.

    What the place held before stays until the run is over: a slide covers the page that comes.
    """
    if page == MEETING and query().get("item"):
        # Its views are slides already, each of the moment of the meeting.
        with place:
            run()
        return
    moment = moment_shown(datetime.now(UTC))
    way = way_from(page, pages)
    with place:
        slot = st.container()
    if has_slide(page):
        with slot:
            slide = slide_of(store_of_view(), page, query())
            language = current_language()
            leaf = min(leaf_in_address(), leaf_count(slide, language))
            way = turned(page, way, leaf, leaf_count(slide, language))
            screen(at_leaf(slide, language, leaf), moment, way)
        return
    with place:
        bar(moment, way)
    run()


def turned(page: str, way: Way, leaf: int, leaves: int) -> Way:
    """The same way, the other leaves of what is shown before the pages beside it."""
    before = address(page, **{LEAF: str(leaf - 1)}) if leaf > 1 else way.previous
    after = address(page, **{LEAF: str(leaf + 1)}) if leaf < leaves else way.next
    return replace(way, previous=before, next=after)


def way_from(page: str, pages: Sequence[str]) -> Way:
    """To the page itself, and to the pages before and after it in the menu that have a slide."""
    at = pages.index(page) if page in pages else 0
    before = [one for one in pages[:at] if has_slide(one)]
    after = [one for one in pages[at + 1 :] if has_slide(one)]
    return Way(
        end=address(page, **{PRESENT: "", LEAF: ""}),
        # Another page begins with its first leaf.
        previous=address(before[-1], **{LEAF: ""}) if before else "",
        next=address(after[0], **{LEAF: ""}) if after else "",
    )
