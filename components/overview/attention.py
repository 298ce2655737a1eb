"""What needs attention, in words; every place named is a link to it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

import streamlit as st
from sqlalchemy import Engine

from components.areas.words import numbers
from components.parts.disclosure import disclosure
from components.parts.status import Status, mark
from components.reader.language import _, tr
from components.reader.links import link
from components.reader.markup import Html, joined, tag
from components.reader.view_cache import kept
from components.theme import attention as theme_attention
from components.theme.attention import NAMED, Said
from core.services.geography.country import Place
from core.services.overview.month import Hospital
from core.services.overview.view import Attention, Overview
from core.services.themes import attention as themes

_SHOWN: Final = 8
"""Lines on the page; the others stand behind one."""


def attention(engine: Engine, shown: Overview) -> None:
    """A line for each thing that needs attention, the most pressing first."""
    by_themes = themes.theme_attention(engine, shown.period, shown.before, shown.area.code)
    st.html(_drawn(shown.attention, by_themes))


@kept
def _drawn(found: Attention, by_themes: themes.ThemeAttention) -> Html:
    lines = [_line(*said) for said in _lines(found, by_themes)]
    title = tag("h2", _("What needs attention"), class_="t-section")
    if not lines:
        lines = [_line("pass", _("Nothing stands out in this month."), ())]
    first, rest = lines[:_SHOWN], lines[_SHOWN:]
    more = disclosure(_("{count} more", count=len(rest)), _list(rest)) if rest else ""
    return joined((title, _list(first), more))


def _list(lines: Sequence[Html]) -> Html:
    return tag("ul", joined(lines), class_="t-attention", role="list")


def _lines(found: Attention, by_themes: themes.ThemeAttention) -> Iterator[Said]:
    yield from _levels(found)
    yield from theme_attention.red(by_themes)
    yield from theme_attention.defects(by_themes)
    yield from _failing(found)
    yield from theme_attention.missed(by_themes)
    yield from _silent(found)
    yield from theme_attention.silent(by_themes)


def _levels(found: Attention) -> Iterator[Said]:
    edges = numbers(found.edges)
    if found.grave:
        said = _("At level {grave}–{worst}: {count}", **edges, count=f"{len(found.grave):,}")
        yield "fail", said, list(_hospitals(found.grave, _with_level))
    if found.risen:
        said = _(
            "Risen to or within level {first}–{worst} in a month: {count}",
            **edges,
            count=len(found.risen),
        )
        yield "fail", said, list(_hospitals(found.risen, _with_rise))


def _failing(found: Attention) -> Iterator[Said]:
    if found.failing:
        said = _(
            "Areas missing the target for crisis levels: {count} of {parts}",
            count=len(found.failing),
            parts=found.parts,
        )
        yield "watch", said, list(_areas(found.failing))


def _silent(found: Attention) -> Iterator[Said]:
    if found.silent:
        said = _("Without a level, for lack of figures: {count}", count=len(found.silent))
        yield "none", said, list(_hospitals(found.silent, lambda one: tr(one.place.name)))
    if found.open:
        said = _("Areas whose verdict these could change: {count}", count=len(found.open))
        yield "none", said, list(_areas(found.open))


def _line(status: Status, said: str, named: Iterable[Html]) -> Html:
    parts = list(named)
    below = tag("p", joined(parts, " · ")) if parts else ""
    return tag("li", mark(status, said), below)


def _hospitals(found: Sequence[Hospital], named: Callable[[Hospital], str]) -> Iterator[Html]:
    for one in found[:NAMED]:
        yield link(named(one), "facility", area=one.place.code)
    yield from _rest(len(found))


def _areas(found: Sequence[Place]) -> Iterator[Html]:
    for place in found[:NAMED]:
        yield link(tr(place.name), "overview", area=place.code)
    yield from _rest(len(found))


def _rest(count: int) -> Iterator[Html]:
    if count > NAMED:
        more = _("and {count} more", count=f"{count - NAMED:,}")
        yield link(more, "crisis")


def _with_level(one: Hospital) -> str:
    return _("{name} (level {level})", name=tr(one.place.name), level=one.level)


def _with_rise(one: Hospital) -> str:
    return _(
        "{name} ({before} → {level})", name=tr(one.place.name), before=one.before, level=one.level
    )
