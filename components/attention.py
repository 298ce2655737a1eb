"""What needs attention, in words; every place named is a link to it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

import streamlit as st

from components.language import _, tr
from components.links import link
from components.markup import Html, joined, tag
from components.status import Status, mark
from core.services.country import Place
from core.services.month import Hospital
from core.services.overview import Attention, Overview

_NAMED: Final = 4
"""Places named in a sentence; the others are counted."""


def attention(shown: Overview) -> None:
    """A sentence for each thing that needs attention, the most pressing first."""
    lines = list(_lines(shown.attention))
    title = tag("h2", _("What needs attention"), class_="t-section")
    if not lines:
        lines = [_line("pass", _("Nothing stands out in this month."), ())]
    st.html(joined((title, tag("ul", joined(lines), class_="t-attention", role="list"))))


def _lines(found: Attention) -> Iterator[Html]:
    if found.grave:
        said = _("At level 6–7: {count}", count=f"{len(found.grave):,}")
        yield _line("fail", said, _hospitals(found.grave, _with_level))
    if found.risen:
        said = _("Risen to or within level 4–7 in a month: {count}", count=len(found.risen))
        yield _line("fail", said, _hospitals(found.risen, _with_rise))
    if found.failing:
        said = _(
            "Areas missing their target: {count} of {parts}",
            count=len(found.failing),
            parts=found.parts,
        )
        yield _line("watch", said, _areas(found.failing))
    if found.silent:
        said = _("Without a level, for lack of figures: {count}", count=len(found.silent))
        yield _line("none", said, _hospitals(found.silent, lambda one: tr(one.place.name)))
    if found.open:
        said = _("Areas whose verdict these could change: {count}", count=len(found.open))
        yield _line("none", said, _areas(found.open))


def _line(status: Status, said: str, named: Iterable[Html]) -> Html:
    parts = list(named)
    below = tag("p", joined(parts, " · ")) if parts else ""
    return tag("li", mark(status, said), below)


def _hospitals(found: Sequence[Hospital], named: Callable[[Hospital], str]) -> Iterator[Html]:
    for one in found[:_NAMED]:
        yield link(named(one), "facility", area=one.place.code)
    yield from _rest(len(found))


def _areas(found: Sequence[Place]) -> Iterator[Html]:
    for place in found[:_NAMED]:
        yield link(tr(place.name), "overview", area=place.code)
    yield from _rest(len(found))


def _rest(count: int) -> Iterator[Html]:
    if count > _NAMED:
        more = _("and {count} more", count=f"{count - _NAMED:,}")
        yield link(more, "crisis")


def _with_level(one: Hospital) -> str:
    return _("{name} (level {level})", name=tr(one.place.name), level=one.level)


def _with_rise(one: Hospital) -> str:
    return _(
        "{name} ({before} → {level})", name=tr(one.place.name), before=one.before, level=one.level
    )
