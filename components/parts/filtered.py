"""The rows of a long table that a filter of one column lets through, of all rows.

The filter stands in the address: `column=COLUMN&filter=TEXT`. Of texts a part is enough, whatever
the tone marks; of numbers `≥ 5`, `≤ 5`, `> 5`, `< 5`, or the number itself as it is written.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple, TypeVar

import streamlit as st

from components.parts.status import mark
from components.reader.filters import (
    AREAS_COLUMN,
    AREAS_FILTER,
    AREAS_ORDER,
    COLUMN,
    FILTER,
    ORDER,
    not_here,
    offer,
    search,
)
from components.reader.language import _
from components.reader.links import link
from components.reader.markup import Html, joined, tag
from components.reader.query import query
from core.text import fold, thai_digits_to_arabic

T = TypeVar("T")


class Worded(NamedTuple):
    """What a row has in a column: what it is put in order by (None: nothing), and its words."""

    rank: float | str | None
    words: str


Value = float | str | Worded | None
Values = Callable[[str], Callable[[T], Value]]
"""What rows have in a column, by the column's name in the address."""


class Head(NamedTuple):
    """A column: its name in the address, its title and class; `quoted` from a source.

    Numbers begin with the highest, names with the first.
    """

    key: str
    title: str
    kind: str = ""
    quoted: bool = False
    is_number: bool = True


class Names(NamedTuple):
    """What the address calls the order, the column and the filter of a table."""

    order: str
    column: str
    text: str

    def others(self) -> dict[str, str]:
        """What the address says of the other table of a page, which links of this one keep."""
        names = {name for one in (FIRST, AREAS) if one != self for name in one}
        return {name: value for name, value in query().items() if name in names}


FIRST: Final = Names(ORDER, COLUMN, FILTER)
AREAS: Final = Names(AREAS_ORDER, AREAS_COLUMN, AREAS_FILTER)
"""Of a table of areas that stands below another one."""


class Bound(NamedTuple):
    """What a number is held against; without a sign to that many decimals."""

    sign: str
    number: float
    decimals: int

    def holds(self, value: object) -> bool:
        if not isinstance(value, int | float):
            return False
        if self.sign:
            return _SIGNS[self.sign](value, self.number)
        return abs(value - self.number) <= 0.5 * 10.0**-self.decimals


_SIGNS: Final[Mapping[str, Callable[[float, float], bool]]] = {
    "≥": lambda one, other: one >= other,
    "≤": lambda one, other: one <= other,
    ">": lambda one, other: one > other,
    "<": lambda one, other: one < other,
}
_BOUND: Final = re.compile(r"(>=|<=|[≥≤><])?\s*([+−-]?)([\d,]+)(?:\.(\d+))?\s*%?")
_WRITTEN: Final = {">=": "≥", "<=": "≤"}


class Filter(NamedTuple):
    """A column and what is asked of it; of no text it lets everything through."""

    head: Head
    text: str
    names: Names = FIRST

    def filtered(self, rows: Sequence[T], values: Values[T]) -> Sequence[T]:
        """The rows that are let through, in their order; the same object where all are."""
        if not self.text:
            return rows
        value_of, fits = values(self.head.key), self._fits()
        return [row for row in rows if fits(worded(value_of(row)))]

    def _fits(self) -> Callable[[Worded], bool]:
        wanted, bound = fold(self.text), bound_of(self.text)
        if not self.head.is_number:
            return lambda one: wanted in fold(one.words)
        if bound:
            return lambda one: bound.holds(one.rank)
        # Words of a status: one is a part of another, as of "pass" and "does not pass" in Thai.
        return lambda one: bool(one.words) and fold(one.words).startswith(wanted)

    def in_words(self) -> str:
        """The filter for the head of what is taken away; empty where there is none."""
        return f"{self.head.title}: {self.text}" if self.text else ""

    def address(self) -> dict[str, str]:
        """Its parameters, which other links within the table keep."""
        return {self.names.column: self.head.key, self.names.text: self.text} if self.text else {}


def bound_of(text: str) -> Bound | None:
    """The bound a text stands for, in Arabic or Thai digits; None where it is none."""
    match = _BOUND.fullmatch(thai_digits_to_arabic(text).strip())
    if not match:
        return None
    sign, minus, whole, decimals = match.groups(default="")
    number = float(f"{whole.replace(',', '')}.{decimals or 0}")
    sign = _WRITTEN.get(sign, sign)
    return Bound(sign, -number if minus in ("-", "−") else number, len(decimals))


def worded(value: Value) -> Worded:
    """A value with its words; a text is its own."""
    if isinstance(value, Worded):
        return value
    return Worded(value, value if isinstance(value, str) else "")


def filter_fields(heads: Sequence[Head], names: Names) -> Filter:
    """Two fields, the column and what is asked of it, and the filter they make."""
    known = {one.key: one for one in heads if one.key}
    first = next((one for one in known.values() if not one.is_number), heads[0])
    titles = {key: one.title for key, one in known.items()}
    column, field = st.columns([1, 1.3])
    with column:
        key = offer(
            names.column, _("Filter a column"), list(known), label_of=lambda one: titles[one],
            default=first.key, hide_label=True,
        )  # fmt: skip
    with field:
        text = search(names.text, _("A part of the text, or ≥ 5, ≤ 5"), hide_label=True).strip()
    return Filter(known[key], text, names)


def tell(page: str, chosen: Filter, left: int, of: int) -> None:
    """How many rows of all are left, and the way back to all; nothing where no filter is set."""
    names = chosen.names
    shown = {names.order: query().get(names.order, ""), **names.others()}
    column = query().get(names.column, chosen.head.key)
    lines: list[Html | str] = []
    if column != chosen.head.key:
        lines.append(mark("watch", not_here(_("Column of the filter"), column, chosen.head.title)))
    if chosen.text:
        lines += [_left(chosen, left, of), link(_("Show all rows"), page, **shown)]
    if lines:
        st.html(tag("p", joined(lines, " · "), class_="t-sources t-left", role="status"))


def _left(chosen: Filter, left: int, of: int) -> Html | str:
    if left:
        return tag("strong", _("{count} of {of} rows", count=f"{left:,}", of=f"{of:,}"))
    advice = (
        _("numbers are asked for as in ≥ 5 or ≤ 5")
        if chosen.head.is_number
        else _("a part of the name or of the code is enough")
    )
    none = _(
        "No row of {of} has “{text}” in “{column}”",
        of=f"{of:,}",
        text=chosen.text,
        column=chosen.head.title,
    )
    return joined((mark("none", none), " ", advice))
