"""What needs attention, in words; every place named is a link to it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

import streamlit as st
from sqlalchemy import Engine

from components.areas.results import edge_texts
from components.parts.anatomy import disclosure
from components.parts.status import Status, mark
from components.reader.language import _, tr
from components.reader.links import link
from components.reader.markup import Html, joined, tag
from components.reader.view_cache import cached_by_view
from components.theme import attention as theme_attention
from components.theme.attention import NAMED, AttentionLine
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


@cached_by_view
def _drawn(figures: Attention, by_themes: themes.ThemeAttention) -> Html:
    lines = [_line(*line) for line in _lines(figures, by_themes)]
    title = tag("h2", _("What needs attention"), class_="t-section")
    if not lines:
        lines = [_line("pass", _("Nothing stands out in this month."), ())]
    first, rest = lines[:_SHOWN], lines[_SHOWN:]
    more = disclosure(_("{count} more", count=len(rest)), _list(rest)) if rest else ""
    return joined((title, _list(first), more))


def _list(lines: Sequence[Html]) -> Html:
    return tag("ul", joined(lines), class_="t-attention", role="list")


def _lines(figures: Attention, by_themes: themes.ThemeAttention) -> Iterator[AttentionLine]:
    yield from _levels(figures)
    yield from theme_attention.red(by_themes)
    yield from theme_attention.defects(by_themes)
    yield from _failing(figures)
    yield from theme_attention.missed(by_themes)
    yield from _silent(figures)
    yield from theme_attention.silent(by_themes)


def _levels(figures: Attention) -> Iterator[AttentionLine]:
    edges = edge_texts(figures.edges)
    if figures.grave:
        text = _("At level {grave}–{worst}: {count}", **edges, count=f"{len(figures.grave):,}")
        yield "fail", text, list(_hospitals(figures.grave, _with_level))
    if figures.risen:
        text = _(
            "Risen to or within level {first}–{worst} in a month: {count}",
            **edges,
            count=len(figures.risen),
        )
        yield "fail", text, list(_hospitals(figures.risen, _with_rise))


def _failing(figures: Attention) -> Iterator[AttentionLine]:
    if figures.failing:
        text = _(
            "Areas missing the target for crisis levels: {count} of {parts}",
            count=len(figures.failing),
            parts=figures.parts,
        )
        yield "watch", text, list(_areas(figures.failing))


def _silent(figures: Attention) -> Iterator[AttentionLine]:
    if figures.silent:
        text = _("Without a level, for lack of figures: {count}", count=len(figures.silent))
        yield "none", text, list(_hospitals(figures.silent, lambda one: tr(one.place.name)))
    if figures.open:
        text = _("Areas whose verdict these could change: {count}", count=len(figures.open))
        yield "none", text, list(_areas(figures.open))


def _line(status: Status, text: str, names: Iterable[Html]) -> Html:
    parts = list(names)
    below = tag("p", joined(parts, " · ")) if parts else ""
    return tag("li", mark(status, text), below)


def _hospitals(hospitals: Sequence[Hospital], name_of: Callable[[Hospital], str]) -> Iterator[Html]:
    for one in hospitals[:NAMED]:
        yield link(name_of(one), "facility", area=one.place.code)
    yield from _rest(len(hospitals))


def _areas(places: Sequence[Place]) -> Iterator[Html]:
    for place in places[:NAMED]:
        yield link(tr(place.name), "overview", area=place.code)
    yield from _rest(len(places))


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
