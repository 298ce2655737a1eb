"""Figures of a theme: how facilities are spread, the share through the periods, the radar."""

from functools import lru_cache
from typing import Final

import streamlit as st
from sqlalchemy import Engine

from components.parts.anatomy import disclosure
from components.parts.bars import Bar, Titles, bars
from components.parts.figures import Figure, figures
from components.parts.shares import percent_text
from components.parts.status import SIGNS
from components.parts.tables import Column, table_html
from components.reader.language import _, tr
from components.reader.markup import tag
from components.reader.numbers import NONE, percent_figure
from components.reader.periods import period_short, period_text
from core.figures.radar import Spoke
from core.figures.radar import radar as radar_figure
from core.figures.trend import CutoffLine, TrendPoint
from core.figures.trend import trend as trend_figure
from core.services.themes.groups import Group
from core.services.themes.radar import SpokeShare, has_radar, spoke_shares
from core.services.themes.view import ThemeView

_FULL: Final = 100.0
_trend = lru_cache(maxsize=128)(trend_figure)
_radar = lru_cache(maxsize=128)(radar_figure)

__all__ = ["distribution", "has_radar", "radar", "trend"]


def distribution(shown: ThemeView) -> None:
    """A bar for each group of facilities, with its number in the period before."""
    has_before = shown.before is not None
    titles = Titles(
        _("Result"),
        _("Facilities"),
        _("The line is the period before") if has_before else "",
        _("Before") if has_before else "",
    )
    title = _("How the facilities are spread")
    st.html(bars(title, titles, [_bar(one) for one in shown.groups]))


def _bar(one: Group) -> Bar:
    badge = tag("span", _sign(one), class_=f"t-status t-{one.tone}", aria_hidden="true")
    return Bar(badge, tr(one.name), f"t-{one.tone}", one.now, one.before)


def _sign(one: Group) -> str:
    return next((sign for status, sign in SIGNS.items() if status == one.tone), one.tone)


def trend(shown: ThemeView) -> None:
    """The area's share through all periods against its target, and the same as a table."""
    title = tr(shown.name)
    if not shown.history:
        st.html(tag("h2", title, class_="t-figure"))
        return
    limits = [line.limit for line in (shown.share.lines if shown.share else ())]
    target = next((limit for limit in limits if limit is not None), None)
    cutoffs = (
        () if target is None else (CutoffLine(target, _("target {limit}", limit=f"{target:g}%")),)
    )
    points = tuple(
        TrendPoint(
            period_short(p),
            share.percent if share.reporting else None,
            f"{percent_text(share.percent, target)}%" if share.reporting else _("not reported"),
            share.reporting > 0,
        )
        for p, share in shown.history
    )
    drawn = _trend("theme.trend", title, points, cutoffs, scale=(-4, 108))
    figures("theme.trend", [Figure(title, drawn, along=True)])
    rows = [
        (period_text(p), percent_text(share.percent, target), f"{share.number:,}/{share.over:,}")
        for p, share in reversed(shown.history)
    ]
    columns = (Column(_("Period")), Column(_("Percent"), number=True), Column(_("Passing"), True))
    st.html(disclosure(_("The same as a table"), table_html(title, columns, rows)))


def radar(engine: Engine, shown: ThemeView) -> bool:
    """The radar of an area: points over all its facilities; False where there is nothing."""
    return _draw(
        spoke_shares(engine, shown.unit, shown.period, shown.before, shown.area.code), "theme.radar"
    )


def _draw(shares: tuple[SpokeShare, ...], key: str) -> bool:
    """Points of each part in percent of full marks, the period before thin."""
    if not shares or all(one.now is None for one in shares):
        return False
    title = _("Points in percent of full marks")
    spokes = tuple(Spoke(tr(one.name), one.now, _percent(one.now)) for one in shares)
    before = tuple(one.before for one in shares)
    thin = before if any(value is not None for value in before) else ()
    legend = _("Dashed: full marks. Filled: this period. Thin: the period before.")
    figures(key, [Figure(title, _radar(key, title, spokes, _FULL, before=thin), legend)])
    st.html(disclosure(_("The same as a table"), _spoke_table(title, shares)))
    return True


def _spoke_table(title: str, shares: tuple[SpokeShare, ...]) -> str:
    columns = (
        Column(_("Aspect")),
        Column(_("Percent"), number=True),
        Column(_("Before"), number=True),
    )
    rows = [(tr(one.name), _percent(one.now), _percent(one.before)) for one in shares]
    return table_html(title, columns, rows)


def _percent(value: float | None) -> str:
    return NONE if value is None else percent_figure(value)
