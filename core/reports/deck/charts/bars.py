"""Bars as a native chart: columns coloured by their tone, limits as lines across them."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from core.reports.deck.charts import xml
from core.reports.deck.charts.part import put_chart
from core.reports.deck.charts.scale import code_of, marked, roomy
from core.reports.deck.charts.xml import Column, Grid, Inner
from core.reports.deck.fitting import Frame, cut, widest
from core.reports.deck.look import INK, MANNERS, SMALL, tone_word
from core.reports.deck.sheet import Sheet
from core.reports.deck.writing import Look
from core.reports.slide import Bar, Bars

MOST: Final = 13
"""Bars of one slide."""
_NAME_LINES: Final = 4
_LIMIT: Final = Look(12, bold=True, ink=INK)
_TALL: Final = 1.5
"""Height of a line of names in parts of its size, with whatever face is there."""
NO_BREAK: Final = "\u00a0"
_TOP: Final = 6.0
_FEW: Final = 4
_BROADEST: Final = 72
"""Points of a mark, as the format allows."""


def put_bars(sheet: Sheet, frame: Frame, bars: Bars, among: Sequence[Bar]) -> None:
    """Draw bars that have a value; the scale is that of all bars `among` which they stand."""
    limits = [sheet.read(limit.name) for limit in bars.limits]
    aside = min(widest(limits, _LIMIT.size, bold=True) + 10, frame.width * 0.3) if limits else 0.0
    slot = (frame.width - aside) / len(bars.bars)
    size = 12.0 if slot >= 60 else SMALL
    names = tuple(_name(sheet, bar, slot * 0.94, size) for bar in bars.bars)
    below = max(lines for _, lines in names) * size * _TALL + 10
    grid = Grid(
        tuple(name for name, _ in names),
        (
            Column(sheet.read(bars.title), tuple(bar.value for bar in bars.bars)),
            *(
                Column(name, (limit.value,) * len(bars.bars))
                for name, limit in zip(limits, bars.limits, strict=True)
            ),
        ),
    )
    inner = Inner(
        0.0, _TOP / frame.height, 1 - aside / frame.width, 1 - (below + _TOP) / frame.height
    )
    known = [bar.value for bar in among if bar.value is not None]
    scale = roomy([*known, *(limit.value for limit in bars.limits)])
    plot = (
        '<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        f'{_columns(sheet, bars, grid, slot)}<c:gapWidth val="{_gap(len(bars.bars))}"/>'
        f"{xml.axes()}</c:barChart>"
        + _limit_lines(sheet, grid, aside, (slot / 2 + 6) / frame.width)
        + xml.category_axis(Look(size), sheet.language)
        + xml.value_axis(scale, "General", sheet.language, is_hidden=True)
    )
    chart = xml.chart_space(plot, inner, sheet.language)
    put_chart(sheet, sheet.read(bars.title), frame, chart, grid, told(sheet, bars))


def told(sheet: Sheet, bars: Bars) -> str:
    """Bars in words."""
    head = f"{sheet.read(bars.title)} ({sheet.read(bars.unit)})"
    rows = (f"{sheet.read(bar.name)} {sheet.read(bar.shown)}" for bar in bars.bars)
    return f"{head}: {'; '.join(rows)}"


def in_parts(bars: Bars, most: int) -> list[Bars]:
    """Bars over as many slides as it takes, about as many on each."""
    count = -(-len(bars.bars) // most)
    size = -(-len(bars.bars) // count)
    return [replace(bars, bars=bars.bars[at : at + size]) for at in range(0, len(bars.bars), size)]


def _name(sheet: Sheet, bar: Bar, across: float, size: float) -> tuple[str, int]:
    """What stands below a bar: its name, then its level or that it has no value; and its lines."""
    word = bar.shown if bar.value is None else tone_word(bar.tone)
    added = f" {_whole(sheet.read(word))}" if bar.value is None or bar.tone.isdigit() else ""
    whole = sheet.read(bar.name)
    room = cut(added.strip(), (across, 2), size).lines if added else 0
    name = sheet.short(whole, across, size, lines=_NAME_LINES - min(room, 2))
    short = cut(added.strip(), (across, 2), size).text if added else ""
    return f"{name.text} {short}".strip(), name.lines + room


def _gap(count: int) -> int:
    """The space between bars in parts of a hundred of a bar: few bars are no walls."""
    return 45 if count > _FEW else 110


def _whole(word: str) -> str:
    """A level whose digit stays with its word."""
    return re.sub(r" (?=\d+$)", NO_BREAK, word)


def _columns(sheet: Sheet, bars: Bars, grid: Grid, slot: float) -> str:
    shown = [sheet.read(bar.shown) for bar in bars.bars]
    code = code_of(grid.columns[0].values, shown)
    points, labels = [], []
    look = Look(13, bold=True)
    for place, bar in enumerate(bars.bars):
        manner = MANNERS[bar.tone]
        points.append(
            f'<c:dPt><c:idx val="{place}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>'
            f"{xml.filled(manner.fill)}</c:dPt>"
        )
        if bar.value is None:
            continue
        mark = "" if bar.tone.isdigit() else manner.mark
        if code is not None:
            written = xml.value_label(place, marked(code, mark), look, sheet.language, "outEnd")
        else:
            text = sheet.short(
                f"{mark} {shown[place]}".strip(), slot - 4, look.size, bold=True
            ).text
            written = xml.said_label(place, text, look, sheet.language, "outEnd", (0.0, 0.0))
        labels.append(written)
    rest = f'<c:invertIfNegative val="0"/>{"".join(points)}{xml.labels(labels)}'
    return xml.series(grid, 0, xml.filled(MANNERS["none"].fill), rest)


def _limit_lines(sheet: Sheet, grid: Grid, aside: float, beyond: float) -> str:
    """Each limit as a dashed line through all bars, its name behind the last."""
    if len(grid.columns) == 1:
        return ""
    lines = []
    line = xml.stroked(INK, 1.75, dash=True)
    last = len(grid.categories) - 1
    for number, one in enumerate(grid.columns[1:], start=1):
        text = sheet.short(one.name, aside, _LIMIT.size, bold=True).text
        label = xml.said_label(last, text, _LIMIT, sheet.language, "r", (beyond, 0.0))
        # A line of a chart ends in the middle of the last column; its trend goes on to the edge.
        onward = (
            f'<c:trendline>{line}<c:trendlineType val="linear"/><c:forward val="0.5"/>'
            '<c:backward val="0.5"/><c:dispRSqr val="0"/><c:dispEq val="0"/></c:trendline>'
        )
        # Through one bar alone there is no line: a broad dash marks it.
        mark = xml.marker("none") if last else xml.marker("dash", INK, _BROADEST)
        rest = mark + xml.labels([label]) + (onward if last else "")
        own = xml.filled_none() if last else line
        lines.append(xml.series(grid, number, own, rest, '<c:smooth val="0"/>'))
    return (
        f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{"".join(lines)}'
        f'<c:marker val="1"/>{xml.axes()}</c:lineChart>'
    )
