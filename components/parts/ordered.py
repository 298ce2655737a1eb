"""Tables that show a part of their rows: the server puts all rows in the order of a column.

The order stands in the address, `order=COLUMN`, or `order=-COLUMN` for the highest first; a click
on a heading goes from one way to the other and back to the order of need.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, NamedTuple, TypeVar

from components.parts.tables import first_row
from components.parts.wrapping import unbroken
from components.reader.filters import ORDER
from components.reader.language import _
from components.reader.links import link
from components.reader.markup import Html, joined, tag
from components.reader.query import query
from components.reader.streamlit_internals import query_string

T = TypeVar("T")
Value = float | str | None
_FALLING: Final = "-"


class Head(NamedTuple):
    """A column: its name in the address, its title and class; `quoted` from a source.

    Numbers begin with the highest, names with the first.
    """

    key: str
    title: str
    kind: str = ""
    quoted: bool = False
    is_number: bool = True


class Order(NamedTuple):
    """The column of an order, and whether the highest comes first; of no column: that of need."""

    key: str
    falling: bool


_BY_NEED: Final = Order("", falling=False)


@dataclass(frozen=True, slots=True)
class Ordering:
    """How a table that shows `at_once` rows of all is put in order, and what stands at its head."""

    heads: Sequence[Head]
    order: Order
    first: int
    at_once: int
    head: Html

    def shown(self, rows: Sequence[T], value: Callable[[T], Value]) -> Sequence[T]:
        """The rows that are seen: all of them by a value, those without one last."""
        return _ordered(rows, self.order, value)[self.first : self.first + self.at_once]

    def caption(self, title: str, by_need: str) -> str:
        """The title with the order in words; `by_need` where nobody asked for another."""
        chosen = next((one.title for one in self.heads if one.key == self.order.key), "")
        if not self.order.key or not chosen:
            return by_need
        if self.order.falling:
            return _("{title}, sorted by: {column}, highest first", title=title, column=chosen)
        return _("{title}, sorted by: {column}, lowest first", title=title, column=chosen)


def ordering(page: str, heads: Sequence[Head], count: int, at_once: int) -> Ordering:
    """The order the address asks for of `count` rows; a whole table is sorted by the browser."""
    if count <= at_once:
        plain = tuple(one._replace(key="") for one in heads)
        return _made(query_string(), page, plain, _BY_NEED, 0, at_once)
    first = first_row(count, at_once)
    return _made(query_string(), page, tuple(heads), _asked(heads), first, at_once)


@lru_cache(maxsize=256)  # The same object for the same view: what is drawn of it is kept by it.
def _made(
    _address: str, page: str, heads: tuple[Head, ...], order: Order, first: int, at_once: int
) -> Ordering:
    head = tag("tr", joined(_cell(page, one, order) for one in heads))
    return Ordering(heads, order, first, at_once, head)


def _asked(heads: Sequence[Head]) -> Order:
    """That of need where the address names no column of the table."""
    asked = query().get(ORDER, "")
    key = asked.removeprefix(_FALLING)
    known = key in {one.key for one in heads if one.key}
    return Order(key, asked.startswith(_FALLING)) if known else _BY_NEED


def _ordered(rows: Sequence[T], order: Order, value: Callable[[T], Value]) -> Sequence[T]:
    """Equal ones stay in the order they came in."""
    if not order.key:
        return rows
    valued = [(value(row), row) for row in rows]
    # A column holds numbers or texts, never both.
    known = [(one, row) for one, row in valued if one is not None]
    known.sort(key=_value, reverse=order.falling)
    return [*(row for _one, row in known), *(row for one, row in valued if one is None)]


def _value(pair: tuple[Any, object]) -> Any:
    return pair[0]


def _cell(page: str, one: Head, order: Order) -> Html:
    title = unbroken(one.title)
    quoted = {"translate": "no"} if one.quoted else {}
    if not one.key:
        return tag("th", title, scope="col", class_=one.kind, **quoted)
    is_here = order.key == one.key
    sort = ("descending" if order.falling else "ascending") if is_here else ""
    way = link(title, page, order=_next(one, order))
    # A link like any other, which looks like the buttons of tables that the browser sorts.
    pressed = way.replace('class="t-link"', f'class="t-link t-sort" data-order="{one.key}"', 1)
    return tag("th", Html(pressed), scope="col", class_=one.kind, aria_sort=sort, **quoted)


def _next(one: Head, order: Order) -> str:
    """What a click on a heading asks for: its first way, its second, then the order of need."""
    falling = f"{_FALLING}{one.key}"
    first, second = (falling, one.key) if one.is_number else (one.key, falling)
    if order.key != one.key:
        return first
    now = f"{_FALLING if order.falling else ''}{order.key}"
    return second if now == first else ""
