"""The figure of a slide as drawings for paper."""

from math import isfinite

from core.figures.drawing import Drawing
from core.figures.printed.bars import PrintedBar, PrintedLimit, bars
from core.figures.printed.land import land
from core.figures.printed.lines import PrintedSeries, lines
from core.figures.printed.wheel import wheel
from core.figures.radar import Spoke
from core.reports.slide import AreaMap, Bars, Figure, Limit, Matrix, Radar, Trend
from core.reports.tabled import printed_places
from core.text import Language, on_one_line


def pictures(key: str, figure: Figure, language: Language) -> tuple[Drawing, ...]:
    """Its drawings; none for a matrix, which is a table, and for what cannot be drawn legibly."""
    title = on_one_line(figure.title.in_(language))
    drawing: Drawing | None = None
    match figure:
        case Bars():
            return _bars(key, title, figure, language)
        case Trend():
            drawing = _trend(key, title, figure, language)
        case Radar():
            drawing = _radar(key, title, figure, language)
        case AreaMap():
            drawing = land(key, title, figure.focus, printed_places(figure, language))
        case Matrix():
            pass
    return () if drawing is None else (drawing,)


def _bars(key: str, title: str, figure: Bars, language: Language) -> tuple[Drawing, ...]:
    given = [
        PrintedBar(
            on_one_line(bar.name.in_(language)), bar.value,
            on_one_line(bar.shown.in_(language)), bar.tone,
        )
        for bar in figure.bars
    ]  # fmt: skip
    return bars(key, title, given, _limits(figure.limits, language))


def _limits(limits: tuple[Limit, ...], language: Language) -> list[PrintedLimit]:
    return [
        PrintedLimit(one.value, on_one_line(one.name.in_(language)))
        for one in limits
        if isfinite(one.value)
    ]


def _trend(key: str, title: str, figure: Trend, language: Language) -> Drawing | None:
    series = [
        PrintedSeries(
            on_one_line(one.name.in_(language)), one.values,
            on_one_line(one.shown[-1].in_(language)) if one.shown else "",
        )
        for one in figure.series
    ]  # fmt: skip
    periods = [on_one_line(period.in_(language)) for period in figure.periods]
    return lines(key, title, periods, series, _limits(figure.limits, language))


def _radar(key: str, title: str, figure: Radar, language: Language) -> Drawing | None:
    """The last two series: today's, and the one before it; the table has them all."""
    if not figure.series:
        return None
    now, *earlier = reversed(figure.series)
    spokes = [
        Spoke(
            on_one_line(name.in_(language)), now.values[at],
            on_one_line(now.shown[at].in_(language)),
        )
        for at, name in enumerate(figure.spokes)
    ]  # fmt: skip
    before = earlier[0].values if earlier else ()
    names = [on_one_line(one.name.in_(language)) for one in (now, *earlier[:1])]
    return wheel(key, title, spokes, figure.full, names, before)
