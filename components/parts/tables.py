"""Tables that a screen reader can read and a telephone can scroll."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import streamlit as st

from components.parts.wrapping import unbroken
from components.reader.language import _
from components.reader.markup import Html, joined, tag


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading; numbers are aligned to the right."""

    title: str
    number: bool = False


def table(caption: str, columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> None:
    """Show a table; the first cell of a row names it. Cells are text, or marks as `Html`."""
    st.html(table_html(caption, columns, rows))


def table_html(
    caption: str, columns: Sequence[Column], rows: Iterable[Sequence[str]], kind: str = ""
) -> Html:
    """The table as HTML; arguments as of `table`, `kind` are further classes."""
    head = tag("tr", *(_cell("th", c, unbroken(c.title), scope="col") for c in columns))
    body = joined(_row(columns, row) for row in rows)
    return scrolling(caption, head, body, kind)


def scrolling(caption: str, head: Html, body: Html, kind: str = "") -> Html:
    """A table of a head row and body rows that scrolls sideways; `kind` are further classes."""
    whole = tag("table", tag("caption", caption), tag("thead", head), tag("tbody", body))
    # Where it is wider than the screen, the keyboard must be able to reach it.
    return tag(
        "div",
        whole,
        class_=" ".join(filter(None, ("t-table", kind))),
        role="region",
        tabindex="0",
        aria_label=caption,
    )


def head_row(titles: Iterable[tuple[str, str]]) -> Html:
    """The head row of a table: each column's title and class."""
    cells = (tag("th", unbroken(text), scope="col", class_=kind) for text, kind in titles)
    return tag("tr", *cells)


def is_part(shown: int, count: int) -> str:
    """The class of a table that shows a part of its rows: the browser must not sort it."""
    return "t-part" if shown < count else ""


def first_row(count: int, at_once: int, *, key: str | None = None) -> int:
    """The first of the `at_once` rows that are shown, chosen where there are more than fit."""
    if count <= at_once:
        return 0
    return st.selectbox(
        _("Rows"),
        range(0, count, at_once),
        format_func=lambda first: f"{first + 1:,}–{min(first + at_once, count):,}",
        key=key,
    )


def _row(columns: Sequence[Column], row: Sequence[str]) -> Html:
    first, *others = zip(columns, row, strict=True)
    cells = [_cell("th", *first, scope="row"), *(_cell("td", *other) for other in others)]
    return tag("tr", *cells)


def _cell(name: str, column: Column, content: str, *, scope: str = "") -> Html:
    return tag(name, content, class_="t-number" if column.number else "", scope=scope)
