"""Bars as a native chart: columns coloured by their tone, limits as lines across them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from core.reports.deck.charts import xml
from core.reports.deck.charts.part import put_chart
from core.reports.deck.charts.scale import code_of, marked, roomy
from core.reports.deck.charts.xml import Column, Grid, Inner, Scale
from core.reports.deck.fitting import BREAK, Frame, cut, name_lines, widest
from core.reports.deck.look import INK, MANNERS, SMALL, tone_word
from core.reports.deck.sheet import Sheet
from core.reports.deck.writing import NO_BREAK, Look
from core.reports.slide import Bar, Bars

MOST: Final = 13
"""Bars of one slide."""
_NAME_LINES: Final = 4
_LIMIT: Final = Look(12, bold=True, ink=INK)
_TALL: Final = 1.5
"""Height of a line of names in parts of its size, with whatever face is there."""
_TOP: Final = 6.0
_FEW: Final = 4
_VALUE: Final = 13.0
"""Size of a value at its bar."""
_LABEL: Final = 21.0
"""Points it takes upwards."""
_ROOMY: Final = 60.0
"""Points of a bar with which its name may be larger."""
_BROADEST: Final = 72
"""Points of a mark, as the format allows."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """How bars are laid out, in points: the room of one, that of the names of limits, of names.

    `names` are what stands below each; `unit` is the value a point is high.
    """

    slot: float
    aside: float
    size: float
    names: tuple[str, ...]
    inner: Inner
    scale: Scale
    unit: float


def put_bars(sheet: Sheet, frame: Frame, bars: Bars, among: Sequence[Bar]) -> None:
    """Draw bars that have a value; the scale is that of all bars `among` which they stand."""
    plan = _plan(sheet, frame, bars, among)
    limits = (
        Column(sheet.read(limit.name), (limit.value,) * len(bars.bars)) for limit in bars.limits
    )
    values = Column(sheet.read(bars.title), tuple(bar.value for bar in bars.bars))
    grid = Grid(plan.names, (values, *limits))
    plot = (
        '<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        f'{_columns(sheet, bars, grid, plan)}<c:gapWidth val="{_gap(len(bars.bars))}"/>'
        f"{xml.axes()}</c:barChart>"
        + _limit_lines(sheet, grid, plan, frame)
        + xml.category_axis(Look(plan.size), sheet.language)
        + xml.value_axis(plan.scale, "General", sheet.language, is_hidden=True)
    )
    chart = xml.chart_space(plot, plan.inner, sheet.language)
    put_chart(sheet, values.name, frame, chart, grid, bars_text(sheet, bars))


def _plan(sheet: Sheet, frame: Frame, bars: Bars, among: Sequence[Bar]) -> _Plan:
    limits = [sheet.read(limit.name) for limit in bars.limits]
    aside = min(widest(limits, _LIMIT.size, bold=True) + 10, frame.width * 0.3) if limits else 0.0
    slot = (frame.width - aside) / len(bars.bars)
    size = 12.0 if slot >= _ROOMY else SMALL
    names = [_name(sheet, bar, slot * 0.94, size) for bar in bars.bars]
    high = frame.height - _TOP - max(lines for _, lines in names) * size * _TALL - 10
    inner = Inner(0.0, _TOP / frame.height, 1 - aside / frame.width, high / frame.height)
    known = [bar.value for bar in among if bar.value is not None]
    scale = roomy([*known, *(limit.value for limit in bars.limits)])
    unit = (scale.high - scale.low) / high
    return _Plan(slot, aside, size, tuple(name for name, _ in names), inner, scale, unit)


def bars_text(sheet: Sheet, bars: Bars) -> str:
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
    whole = sheet.read(bar.name)
    needed = bar.value is None or (bar.tone.isdigit() and sheet.read(word) != whole)
    added = cut(_whole(sheet.read(word)), (across, 2), size) if needed else None
    room = added.lines if added else 0
    name = name_lines(whole, across, size, _NAME_LINES - min(room, 2))
    if name.is_cut:
        sheet.cut[whole] = None
    parts = (name, *([added] if added else []))
    return BREAK.join(part.broken for part in parts).strip(), name.lines + room


def _gap(count: int) -> int:
    """The space between bars in parts of a hundred of a bar: few bars are no walls."""
    return 45 if count > _FEW else 110


def _whole(word: str) -> str:
    """A level whose digit stays with its word."""
    return re.sub(r" (?=\d+$)", NO_BREAK, word)


def _columns(sheet: Sheet, bars: Bars, grid: Grid, plan: _Plan) -> str:
    code = code_of(grid.columns[0].values, [sheet.read(bar.shown) for bar in bars.bars])
    limits = [limit.value for limit in bars.limits]
    points, labels = [], []
    for place, bar in enumerate(bars.bars):
        points.append(
            f'<c:dPt><c:idx val="{place}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>'
            f"{xml.filled(MANNERS[bar.tone].fill)}</c:dPt>"
        )
        if bar.value is not None:
            is_inside = _crosses(bar.value, limits, plan.unit)
            labels.append(_label(sheet, (place, bar), code, plan, is_inside=is_inside))
    rest = f'<c:invertIfNegative val="0"/>{"".join(points)}{xml.labels(labels)}'
    return xml.series(grid, 0, xml.filled(MANNERS["none"].fill), rest)


def _label(
    sheet: Sheet, at: tuple[int, Bar], code: str | None, plan: _Plan, *, is_inside: bool
) -> str:
    """The value of a bar at its end, its mark before it; it follows the value where it can."""
    place, bar = at
    manner = MANNERS[bar.tone]
    # Before a figure the mark of what is not judged would be read as a minus.
    mark = "" if bar.tone.isdigit() or bar.tone == "none" else manner.mark
    look = Look(_VALUE, bold=True, ink=manner.ink if is_inside else INK)
    where = "inEnd" if is_inside else "outEnd"
    if code is not None:
        return xml.value_label(place, marked(code, mark), look, sheet.language, where)
    whole = f"{mark}{NO_BREAK}{sheet.read(bar.shown)}" if mark else sheet.read(bar.shown)
    text = sheet.fitted(whole, (plan.slot - 4, 2), (_VALUE, 12.0, SMALL), bold=True)
    look = replace(look, size=text.size)
    return xml.text_label(place, text.broken, look, sheet.language, where, (0.0, 0.0))


def _crosses(value: float, limits: Sequence[float], unit: float) -> bool:
    """Whether a limit would run through the value written beyond a bar, but not within it."""
    high = _LABEL * unit
    away = high if value >= 0 else -high
    beyond = any(min(value, value + away) < one < max(value, value + away) for one in limits)
    within = any(min(value, value - away) < one < max(value, value - away) for one in limits)
    return beyond and not within and abs(value) > high


def _limit_lines(sheet: Sheet, grid: Grid, plan: _Plan, frame: Frame) -> str:
    """Each limit as a dashed line through all bars, its name behind the last."""
    if len(grid.columns) == 1:
        return ""
    lines = []
    line = xml.stroked(INK, 1.75, dash=True)
    last = len(grid.categories) - 1
    beyond = (plan.slot / 2 + 6) / frame.width
    for number, one in enumerate(grid.columns[1:], start=1):
        text = sheet.short(one.name, plan.aside, _LIMIT.size, bold=True).text
        label = xml.text_label(last, text, _LIMIT, sheet.language, "r", (beyond, 0.0))
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
