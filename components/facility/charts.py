"""The figures of a facility: its level as steps, and 24 months with their cut-offs."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

import streamlit as st

from components.facility.page import MILLION, leaves
from components.parts import anatomy
from components.parts.anatomy import disclosure
from components.parts.charts import STATIC, palette
from components.parts.tables import Column, table_html
from components.reader.language import _, tr
from components.reader.markup import tag
from components.reader.numbers import NONE, figure_text, whole
from core.figures.trend import CutoffLine, TrendPoint
from core.figures.trend import trend as trend_figure
from core.figures.waterfall import StepBar
from core.figures.waterfall import waterfall as waterfall_figure
from core.periods import month_text
from core.services.profiles.facility import Profile
from core.services.profiles.series import MonthPoint

_waterfall = lru_cache(maxsize=128)(waterfall_figure)
_trend = lru_cache(maxsize=256)(trend_figure)


class _Line(NamedTuple):
    """One trend: what is drawn of a month, and between which ends."""

    key: str
    title: str
    value: Callable[[MonthPoint], float | None]
    cutoffs: tuple[CutoffLine, ...]
    scale: tuple[float, float] | None
    shown: Callable[[float | None], str]


def steps(shown: Profile) -> None:
    """The crisis level as the steps of its tests."""
    if shown.level is None:
        return
    title = _("How the crisis level adds up")
    st.html(tag("h2", title, class_="t-figure"))
    bars = tuple(
        StepBar(tr(test.name), test.points, _step(test.points))
        for test in leaves(shown.level.parts)
    )
    level = shown.now.level
    last = StepBar(_("Crisis level"), level, _("no level") if level is None else whole(level))
    values = ", ".join(f"{bar.name} {bar.shown}" for bar in (*bars, last))
    st.plotly_chart(
        _waterfall(bars, last, shown.cutoffs.worst, palette()),
        theme=None,
        config=STATIC,
        key="facility.steps",
        alt=f"{title}: {values}",
    )


def _step(points: float | None) -> str:
    if points is None:
        return _("no data")
    return f"+{whole(points)}" if points else "0"


def trends(shown: Profile) -> None:
    """Level, cash ratio, working capital and score through 24 months, and the same as a table."""
    anatomy.section(_("The last 24 months"))
    st.html(tag("p", _("Dashed: cut-offs. Shaded: nothing reported."), class_="t-sources"))
    lines = _lines(shown)
    for pair in (lines[:2], lines[2:]):
        for column, line in zip(st.columns(2), pair, strict=True):
            with column:
                _draw(line, shown.series)
    st.html(disclosure(_("The same as a table"), _table(lines, shown.series)))


def _lines(shown: Profile) -> tuple[_Line, ...]:
    cut = shown.cutoffs
    crisis = (CutoffLine(cut.crisis, _("crisis ≥ {level}", level=whole(cut.crisis))),)
    grades = tuple(CutoffLine(least, f"{grade} ≥ {whole(least)}") for grade, least in cut.grades)
    million = None if cut.capital is None else cut.capital / MILLION
    return (
        _Line("level", _("Crisis level"), _level, crisis, (-0.4, cut.worst + 0.6), _whole),
        _Line("cash", _("Cash ratio"), _cash, _risk(cut.cash_ratio), None, _ratio(cut.cash_ratio)),
        _Line(
            "capital",
            _("Working capital (million baht)"),
            _capital,
            _risk(million),
            None,
            _ratio(million),
        ),
        _Line("score", _("TPS with all items judged"), _score, grades, (0, cut.full_score), _whole),
    )


def _level(point: MonthPoint) -> float | None:
    return point.level


def _cash(point: MonthPoint) -> float | None:
    return point.cash_ratio


def _capital(point: MonthPoint) -> float | None:
    return None if point.capital is None else point.capital / MILLION


def _score(point: MonthPoint) -> float | None:
    # Of fewer possible points it is no score that grades are printed for.
    return point.score if point.graded else None


def _whole(value: float | None) -> str:
    return NONE if value is None else whole(value)


def _ratio(limit: float | None) -> Callable[[float | None], str]:
    return lambda value: figure_text(value, limit)


def _risk(limit: float | None) -> tuple[CutoffLine, ...]:
    if limit is None:
        return ()
    return (CutoffLine(limit, _("cut-off {limit}", limit=whole(limit))),)


def _draw(line: _Line, series: Sequence[MonthPoint]) -> None:
    st.html(tag("h2", line.title, class_="t-figure"))
    points = tuple(TrendPoint(tr(month_text(p.period)), line.value(p), p.reported) for p in series)
    newest = line.value(series[-1])
    last = "" if newest is None else line.shown(newest)
    values = ", ".join(f"{p.month} {line.shown(p.value)}" for p in points)
    st.plotly_chart(
        _trend(points, line.cutoffs, palette(), scale=line.scale, last=last),
        theme=None,
        config=STATIC,
        key=f"facility.{line.key}",
        alt=f"{line.title}: {values}",
    )


def _table(lines: Sequence[_Line], series: Sequence[MonthPoint]) -> str:
    columns = [Column(_("Month")), *(Column(line.title, number=True) for line in lines)]
    rows = [(tr(month_text(point.period)), *_figures(lines, point)) for point in reversed(series)]
    return table_html(_("The last 24 months"), columns, rows)


def _figures(lines: Sequence[_Line], point: MonthPoint) -> tuple[str, ...]:
    if not point.reported:
        return (_("not reported"),) * len(lines)
    return tuple(line.shown(line.value(point)) for line in lines)
