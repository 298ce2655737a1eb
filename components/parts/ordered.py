"""Tables that show a part of their rows: the server filters all rows and puts them in order.

The order stands in the address, `order=COLUMN`, or `order=-COLUMN` for the highest first; a click
on a heading goes from one way to the other and back to the order of need.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, Generic, NamedTuple, TypeVar

import streamlit as st

from components.parts.filtered import (
    FIRST,
    Filter,
    Head,
    Names,
    Value,
    Values,
    Worded,
    filter_fields,
    tell,
    worded,
)
from components.parts.tables import first_row, is_part, scrolling
from components.parts.wrapping import unbroken
from components.reader.language import _
from components.reader.links import link
from components.reader.markup import Html, joined, tag
from components.reader.query import query
from components.reader.streamlit_internals import query_string

__all__ = [
    "Head",
    "ListColumn",
    "Ordering",
    "Value",
    "Values",
    "Worded",
    "ordered_list",
    "ordering",
]

T = TypeVar("T")
_FALLING: Final = "-"


class Order(NamedTuple):
    """The column of an order, and whether the highest comes first; of no column: that of need."""

    key: str
    falling: bool


_BY_NEED: Final = Order("", falling=False)


@dataclass(frozen=True, slots=True)
class Ordering:
    """How a table shows `at_once` of its rows, and what stands at its head.

    They are filtered, put in order, and seen from `first` on.
    """

    heads: Sequence[Head]
    chosen: Filter
    order: Order
    first: int
    at_once: int
    head: Html

    def shown(self, rows: Sequence[T], values: Values[T]) -> Sequence[T]:
        """The rows that are seen, by what they have in a column; those without come last."""
        rows_ = self.chosen.filtered(rows, values)
        ordered = _ordered(rows_, self.order, values) if self.order.key else rows_
        return ordered[self.first : self.first + self.at_once]

    def caption(self, title: str, by_need: str) -> str:
        """The title with the order in words; `by_need` where nobody asked for another."""
        chosen = next((one.title for one in self.heads if one.key == self.order.key), "")
        if not self.order.key or not chosen:
            return by_need
        if self.order.falling:
            return _("{title}, sorted by: {column}, highest first", title=title, column=chosen)
        return _("{title}, sorted by: {column}, lowest first", title=title, column=chosen)


@dataclass(frozen=True, slots=True)
class ListColumn(Generic[T]):
    """A column of a list: its head, what a row has in it, and how that is shown."""

    head: Head
    value: Callable[[T], Value]
    shown: Callable[[T], str]


def ordered_list(
    page: str, title: str, columns: Sequence[ListColumn[T]], rows: Sequence[T], at_once: int
) -> None:
    """A list, `at_once` rows of it as the address asks for; the first cell names a row."""
    values = {one.head.key: one.value for one in columns}.__getitem__
    table = ordering(page, [one.head for one in columns], rows, values, at_once)
    seen = table.shown(rows, values)
    first, *others = columns
    body = (
        tag(
            "tr",
            tag("th", first.shown(row), scope="row"),
            *(tag("td", one.shown(row), class_=one.head.kind) for one in others),
        )
        for row in seen
    )
    st.html(scrolling(title, table.head, joined(body), is_part(len(seen), len(rows))))


def ordering(
    page: str,
    heads: Sequence[Head],
    rows: Sequence[T],
    values: Values[T],
    at_once: int,
    names: Names = FIRST,
) -> Ordering:
    """The filter and the order that the address asks for; a whole table is left to the browser.

    `names` are those of the table in the address: two tables of a page have not the same.
    """
    if len(rows) <= at_once:
        plain = tuple(one._replace(key="") for one in heads)
        return _made(query_string(), page, plain, Filter(plain[0], "", names), _BY_NEED, 0, at_once)
    order = _wanted_order(heads, names)
    wide, narrow = st.columns([2.3, 1], vertical_alignment="bottom")
    with wide:
        chosen = filter_fields(heads, names)
    left = len(chosen.filtered(rows, values))
    with narrow:
        first = first_row(left, at_once, key=None if names == FIRST else f"{names.order}.{left}")
    tell(page, chosen, left, len(rows))
    return _made(query_string(), page, tuple(heads), chosen, order, first, at_once)


@lru_cache(maxsize=256)  # The same object for the same view: what is drawn of it is kept by it.
def _made(
    _address: str, page: str, heads: tuple[Head, ...], chosen: Filter, order: Order, first: int,
    at_once: int,
) -> Ordering:  # fmt: skip
    head = tag("tr", joined(_cell(page, one, order, chosen) for one in heads))
    return Ordering(heads, chosen, order, first, at_once, head)


def _wanted_order(heads: Sequence[Head], names: Names) -> Order:
    """That of need where the address names no column of the table."""
    wanted = query().get(names.order, "")
    key = wanted.removeprefix(_FALLING)
    known = key in {one.key for one in heads if one.key}
    return Order(key, wanted.startswith(_FALLING)) if known else _BY_NEED


def _ordered(rows: Sequence[T], order: Order, values: Values[T]) -> Sequence[T]:
    """Equal ones stay in the order they came in."""
    value_of = values(order.key)
    valued = [(worded(value_of(row)).rank, row) for row in rows]
    # A column holds numbers or texts, never both.
    known = [(one, row) for one, row in valued if one is not None]
    known.sort(key=_value, reverse=order.falling)
    return [*(row for _one, row in known), *(row for one, row in valued if one is None)]


def _value(pair: tuple[Any, object]) -> Any:
    return pair[0]


def _cell(page: str, one: Head, order: Order, chosen: Filter) -> Html:
    title = unbroken(one.title)
    quoted = {"translate": "no"} if one.quoted else {}
    if not one.key:
        return tag("th", title, scope="col", class_=one.kind, **quoted)
    is_here = order.key == one.key
    sort = ("descending" if order.falling else "ascending") if is_here else ""
    names = chosen.names
    asked_for = {names.order: _next(one, order), **chosen.address(), **names.others()}
    way = link(title, page, **asked_for)
    key = one.key if names == FIRST else f"{names.order}.{one.key}"
    # A link like any other, which looks like the buttons of tables that the browser sorts.
    pressed = way.replace('class="t-link"', f'class="t-link t-sort" data-order="{key}"', 1)
    return tag("th", Html(pressed), scope="col", class_=one.kind, aria_sort=sort, **quoted)


def _next(one: Head, order: Order) -> str:
    """What a click on a heading asks for: its first way, its second, then the order of need."""
    falling = f"{_FALLING}{one.key}"
    first, second = (falling, one.key) if one.is_number else (one.key, falling)
    if order.key != one.key:
        return first
    now = f"{_FALLING if order.falling else ''}{order.key}"
    return second if now == first else ""
