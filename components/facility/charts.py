"""The figures of a facility: its level as steps, and 24 months with their cut-offs."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

import streamlit as st

from components.facility import measured
from components.facility.tests import leaves
from components.parts.behind import later
from components.parts.figures import Figure, figures
from components.parts.status import basis_marks
from components.parts.tables import Column, table_html
from components.reader.language import _, tr
from components.reader.markup import Html, joined, tag
from components.reader.numbers import NONE, figure_text, whole
from components.reader.view_cache import cached_by_view
from core.figures.trend import CutoffLine, TrendPoint, trend
from core.figures.waterfall import StepBar, waterfall
from core.periods import month_text
from core.services.profiles.facility import Profile
from core.services.profiles.series import MonthPoint

MONTHS: Final = "months"
"""The name of the line that opens the trends as a table."""
_waterfall = lru_cache(maxsize=512)(waterfall)
_trend = lru_cache(maxsize=1024)(trend)


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
    if shown.level:
        figures("facility.steps", [_steps(shown)])


@cached_by_view
def _steps(shown: Profile) -> Figure:
    title = _("How the crisis level adds up")
    tests = leaves(shown.level.parts) if shown.level else ()
    # The table below has the names in full.
    bars = tuple(
        StepBar(tr(test.name).partition(" (")[0], test.points, _step(test.points)) for test in tests
    )
    level = shown.now.level
    last = StepBar(_("Crisis level"), level, _("no level") if level is None else whole(level))
    return Figure(title, _waterfall("facility.steps", title, bars, last, shown.cutoffs.worst))


def _step(points: float | None) -> str:
    if points is None:
        return _("no data")
    return f"+{whole(points)}" if points else "0"


def trends(shown: Profile) -> None:
    """Level, cash ratio, working capital and score through 24 months, and the same as a table."""
    note = tag("p", _("Dashed: cut-offs. Shaded: nothing reported."), class_="t-sources")
    heading = tag("h2", _("The last 24 months"), class_="t-section", id="months")
    st.html(joined((heading, note)))
    figures("facility.trends", _trends(shown))


def trends_table(shown: Profile) -> Html:
    """The line that opens the trends as a table."""
    return later(_("The same as a table"), MONTHS, lambda: months_table(shown))


@cached_by_view
def _trends(shown: Profile) -> tuple[Figure, ...]:
    return tuple(_figure(line, shown.series) for line in _lines(shown))


def _lines(shown: Profile) -> tuple[_Line, ...]:
    cut = shown.cutoffs
    crisis = (CutoffLine(cut.crisis, _("crisis ≥ {level}", level=whole(cut.crisis))),)
    grades = tuple(CutoffLine(least, f"{grade} ≥ {whole(least)}") for grade, least in cut.grades)
    million = measured.millions(cut.capital)
    return (
        _Line("level", _("Crisis level"), measured.level, crisis, (-0.4, cut.worst + 0.6), _whole),
        _Line(
            "cash",
            _("Cash ratio"),
            measured.cash,
            _risk(cut.cash_ratio),
            None,
            _ratio(cut.cash_ratio),
        ),
        _Line(
            "capital",
            _("Working capital (million baht)"),
            measured.capital,
            _risk(million),
            None,
            _ratio(million),
        ),
        _Line(
            "score",
            _("TPS with all items judged"),
            measured.score,
            grades,
            (0, cut.full_score),
            _whole,
        ),
    )


def _whole(value: float | None) -> str:
    return NONE if value is None else whole(value)


def _ratio(limit: float | None) -> Callable[[float | None], str]:
    return lambda value: figure_text(value, limit)


def _risk(limit: float | None) -> tuple[CutoffLine, ...]:
    if limit is None:
        return ()
    return (CutoffLine(limit, _("cut-off {limit}", limit=whole(limit))),)


def _figure(line: _Line, series: Sequence[MonthPoint]) -> Figure:
    points = tuple(
        TrendPoint(
            tr(month_text(p.period)),
            line.value(p),
            line.shown(line.value(p)) if p.reported else _("not reported"),
            p.reported,
        )
        for p in series
    )
    drawn = _trend(f"facility.{line.key}", line.title, points, line.cutoffs, scale=line.scale)
    return Figure(line.title, drawn, along=True)


def months_table(shown: Profile) -> Html:
    """The trends as a table, the newest month first."""
    lines = _lines(shown)
    columns = [Column(_("Month")), *(Column(line.title, number=True) for line in lines)]
    rows = [
        (tr(month_text(point.period)), *_figures(lines, point)) for point in reversed(shown.series)
    ]
    return table_html(_("The last 24 months"), columns, rows)


def _figures(lines: Sequence[_Line], point: MonthPoint) -> tuple[str, ...]:
    """The figures of a month, its level with what it rests on."""
    if not point.reported:
        return (_("not reported"),) * len(lines)
    level, *others = (line.shown(line.value(point)) for line in lines)
    return joined((level, basis_marks(point.basis)), " "), *others
