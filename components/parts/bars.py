"""Bars that are their own table: a number a row, beside it the number of the period before."""

from collections.abc import Sequence
from typing import NamedTuple

from components.parts.tables import scrolling
from components.reader.markup import Html, joined, tag


class Bar(NamedTuple):
    """A row: its badge and name, the class of its colour, and its number now and before."""

    badge: Html
    name: str
    colour: str
    now: int
    before: int | None


class Titles(NamedTuple):
    """The headings of the columns, and what the tick at a bar is.

    `tick` and `before` are empty where there is no earlier period.
    """

    name: str
    now: str
    tick: str = ""
    before: str = ""


def bars(caption: str, titles: Titles, rows: Sequence[Bar]) -> Html:
    """A table of bars, the longest as wide as its column; a tick marks the number before."""
    most = max([1, *(max(row.now, row.before or 0) for row in rows)])
    numbers = [title for title in (titles.now, titles.before) if title]
    head = tag(
        "tr",
        tag("th", titles.name, scope="col"),
        tag("td", class_="t-bars"),
        *(tag("th", title, scope="col", class_="t-number") for title in numbers),
    )
    body = joined(_row(row, most, has_before=bool(titles.before)) for row in rows)
    box = scrolling(caption, head, body, "t-levels")
    return joined((box, tag("p", titles.tick, class_="t-sources"))) if titles.tick else box


def _row(row: Bar, most: int, *, has_before: bool) -> Html:
    bar = tag("span", "", class_=f"t-level-bar {row.colour}", style=_share("width", row.now, most))
    tick = (
        tag("span", "", class_="t-bar-before", style=_share("left", row.before, most))
        if row.before is not None
        else ""
    )
    cells = [
        tag("th", row.badge, " ", row.name, scope="row"),
        tag("td", tag("span", bar, tick, class_="t-bar-room", aria_hidden="true"), class_="t-bars"),
        tag("td", tag("strong", f"{row.now:,}"), class_="t-number"),
    ]
    if has_before:
        cells.append(tag("td", f"{row.before or 0:,}", class_="t-number"))
    return tag("tr", *cells)


def _share(side: str, number: int, most: int) -> str:
    return f"{side}: {100 * number / most:.2f}%"
