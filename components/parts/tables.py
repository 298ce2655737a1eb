"""Tables that a screen reader can read and a telephone can scroll."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import streamlit as st

from components.parts.wrapping import unbroken
from components.reader.markup import Html, joined, tag


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading; numbers stand to the right."""

    title: str
    number: bool = False


def table(caption: str, columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> None:
    """Show a table; the first cell of a row names it. Cells are text, or marks as `Html`."""
    st.html(table_html(caption, columns, rows))


def table_html(caption: str, columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> Html:
    """The same table as a piece of a larger whole."""
    head = tag("tr", *(_cell("th", c, unbroken(c.title), scope="col") for c in columns))
    body = joined(_row(columns, row) for row in rows)
    whole = tag("table", tag("caption", caption), tag("thead", head), tag("tbody", body))
    # Wider than a telephone it scrolls, so the keyboard must be able to reach it.
    return tag("div", whole, class_="t-table", role="region", tabindex="0", aria_label=caption)


def _row(columns: Sequence[Column], row: Sequence[str]) -> Html:
    first, *others = zip(columns, row, strict=True)
    cells = [_cell("th", *first, scope="row"), *(_cell("td", *other) for other in others)]
    return tag("tr", *cells)


def _cell(name: str, column: Column, content: str, *, scope: str = "") -> Html:
    return tag(name, content, class_="t-number" if column.number else "", scope=scope)
