"""What needs attention, in words; every place named is a link to it."""

from collections.abc import Iterable, Sequence
from typing import Final

import streamlit as st
from sqlalchemy import Engine

from components.parts.anatomy import disclosure
from components.parts.status import Status, basis_marks, mark
from components.reader.language import _, tr
from components.reader.links import link
from components.reader.markup import Html, joined, tag
from components.reader.view_cache import cached_by_view
from components.theme import attention as theme_attention
from components.theme.attention import AttentionLine
from components.why.verified import VERIFY
from core.services.deadlines.attention import Overdue, overdue, overdue_name
from core.services.foresight.attention import crisis_point
from core.services.overview import attention as points
from core.services.overview.attention import Point, nothing_stands_out
from core.services.overview.view import Attention, Overview
from core.services.rules.verified.marks import area_marks
from core.services.rules.verified.wording import verified_message
from core.services.themes import attention as themes

_SHOWN: Final = 8
"""Lines on the page; the others stand behind one."""


def attention(engine: Engine, shown: Overview) -> None:
    """A line for each thing that needs attention, the most pressing first."""
    by_themes = themes.theme_attention(engine, shown.period, shown.before, shown.area.code)
    likely = crisis_point(engine, shown.period, shown.area.code)
    late = overdue(engine, shown.period, shown.area.code)
    st.html(_drawn(shown.attention, by_themes, likely, late))
    marks = area_marks(engine, None, shown.period, shown.area.code)
    if marks:
        verified = tr(verified_message(shown.area.name, marks))
        st.html(tag("p", link(verified, VERIFY), class_="t-sources"))


@cached_by_view
def _drawn(
    figures: Attention,
    by_themes: themes.ThemeAttention,
    likely: Point | None,
    late: Overdue | None,
) -> Html:
    before, after = _lines(figures, by_themes)
    foretold = [_foretold(likely)] if likely else []
    unsent = [_overdue(late)] if late else []
    shown = [*(_line(*line) for line in before), *foretold, *unsent]
    lines = [*shown, *(_line(*line) for line in after)]
    title = tag("h2", _("What needs attention"), class_="t-section")
    if not lines:
        nothing = nothing_stands_out(figures)
        lines = [_line(nothing.status, tr(nothing.text), ())]
    first, rest = lines[:_SHOWN], lines[_SHOWN:]
    more = disclosure(_("{count} more", count=len(rest)), _list(rest)) if rest else ""
    return joined((title, _list(first), more))


def _list(lines: Sequence[Html]) -> Html:
    return tag("ul", joined(lines), class_="t-attention", role="list")


def _lines(
    figures: Attention, by_themes: themes.ThemeAttention
) -> tuple[Iterable[AttentionLine], Iterable[AttentionLine]]:
    """The lines above what is foretold, and those below it."""
    levels = [
        *map(_unregistered, points.unregistered_points(figures)),
        *map(_point, points.level_points(figures)),
        *map(_point, points.doubtful_points(figures)),
    ]
    others = [
        *theme_attention.red(by_themes),
        *theme_attention.defects(by_themes),
        *map(_point, points.failing_points(figures)),
        *theme_attention.missed(by_themes),
        *map(_point, points.silent_points(figures)),
        *theme_attention.silent(by_themes),
    ]
    return levels, others


def _unregistered(one: Point) -> AttentionLine:
    """Each leads to its own page, and the line to where a register is sent."""
    status, text, names = _point(one)
    return status, text, [*names, link(_("Begin or send the register of facilities"), "upload")]


def _point(one: Point) -> AttentionLine:
    """A hospital leads to its own page, an area further down on this one."""
    page = "facility" if one.are_hospitals else "overview"
    links = ((link(tr(place.text), page, area=place.code), place.basis) for place in one.places)
    names = [joined((name, " ", basis_marks(basis))) for name, basis in links]
    more = [link(tr(one.more), "crisis")] if one.more else []
    return one.status, tr(one.text), [*names, *more]


def _foretold(one: Point) -> Html:
    """No light, for it is no result; each place leads to what is foretold of it."""
    names = [link(tr(place.text), "foresight", facility=place.code) for place in one.places]
    more = [link(_("All forecasts"), "foresight")]
    text = tag("strong", tr(one.text))
    return tag("li", text, tag("p", joined((*names, *more), " · ")), class_="t-foretold")


def _overdue(late: Overdue) -> Html:
    """Each form and period leads to the list of who has not sent it."""
    names = [
        link(tr(overdue_name(one)), "uploads", late=f"{one.form.id} {one.period}")
        for one in late.late[: points.MOST_LISTED]
    ]
    more = points.and_more(len(late.late), points.MOST_LISTED)
    return _line("fail", tr(late.text), [*names, *([link(tr(more), "uploads")] if more else [])])


def _line(status: Status, text: str, names: Iterable[Html]) -> Html:
    parts = list(names)
    below = tag("p", joined(parts, " · ")) if parts else ""
    return tag("li", mark(status, text), below)
