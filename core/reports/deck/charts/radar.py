"""A radar as a native chart: today as a thick line, earlier ones thin, full marks dashed."""

from typing import Final

from core.reports.deck.charts import xml
from core.reports.deck.charts.part import put_chart
from core.reports.deck.charts.xml import Column, Grid, Inner, Scale
from core.reports.deck.fitting import Frame
from core.reports.deck.look import ACCENT, INK, KINDS, QUIET, RULE
from core.reports.deck.sheet import Sheet
from core.reports.deck.writing import Look
from core.reports.slide import Radar
from core.text import say

_SIZE: Final = 12.0
_NAME_WIDTH: Final = 120.0
_KEY: Final = 60.0
"""What a line of the key takes beside its name."""
_RINGS: Final = 5


def put_radar(sheet: Sheet, frame: Frame, radar: Radar) -> None:
    """Draw a radar with at least one value; each spoke says its value of today."""
    spokes = tuple(_spoke(sheet, radar, place) for place in range(len(radar.spokes)))
    name = sheet.read(say("Full marks {full}", full=f"{radar.full:,.10g}"))
    full = Column(name, (radar.full,) * len(spokes))
    room = frame.width / (len(radar.series) + 1) - _KEY
    series = tuple(Column(sheet.short(one.name, room, 13).text, one.values) for one in radar.series)
    grid = Grid(spokes, (full, *series))
    plot = (
        '<c:radarChart><c:radarStyle val="marker"/><c:varyColors val="0"/>'
        f"{''.join(_line(grid, number) for number in range(len(grid.columns)))}"
        f"{xml.axes()}</c:radarChart>{_axes(sheet, radar.full)}"
    )
    # Names stand around the wheel, and the key below it.
    inner = Inner(0.2, 0.12, 0.6, 0.67)
    chart = xml.chart_space(plot, inner, sheet.language, xml.legend("b", sheet.language))
    put_chart(sheet, sheet.read(radar.title), frame, chart, grid, radar_text(sheet, radar))


def radar_text(sheet: Sheet, radar: Radar) -> str:
    """A radar in words."""
    now = radar.series[-1]
    lines = (
        f"{sheet.read(spoke)} {sheet.read(shown)}"
        for spoke, shown in zip(radar.spokes, now.shown, strict=True)
    )
    return f"{sheet.read(radar.title)}, {sheet.read(now.name)}: {'; '.join(lines)}"


def _spoke(sheet: Sheet, radar: Radar, place: int) -> str:
    name = sheet.short(radar.spokes[place], _NAME_WIDTH, _SIZE, lines=2)
    shown = sheet.short(radar.series[-1].shown[place], _NAME_WIDTH, _SIZE)
    return f"{name.text}\n{shown.text}"


def _line(grid: Grid, number: int) -> str:
    """The target first, today last."""
    if number == 0:
        look, mark = xml.stroked(INK, 1.5, dash=True), xml.marker("none")
    elif number == len(grid.columns) - 1:
        look, mark = xml.stroked(ACCENT, 3.25), xml.marker("circle", ACCENT, 8)
    else:
        ink = (QUIET, *KINDS[1:])[(number - 1) % len(KINDS)]
        look, mark = xml.stroked(ink, 1.5), xml.marker("diamond", ink, 5)
    return xml.series(grid, number, look, mark)


def _axes(sheet: Sheet, full: float) -> str:
    scale = Scale(0.0, full, full / _RINGS)
    rim = f'<a:ln w="6350"><a:solidFill><a:srgbClr val="{RULE}"/></a:solidFill></a:ln>'
    names = xml.category_axis(Look(_SIZE), sheet.language).replace(
        '<c:axPos val="b"/>',
        f'<c:axPos val="b"/><c:majorGridlines><c:spPr>{rim}</c:spPr></c:majorGridlines>',
    )
    values = xml.value_axis(scale, "General", sheet.language, between="between")
    return names + values.replace('tickLblPos val="nextTo"', 'tickLblPos val="none"').replace(
        f"<c:spPr>{xml.NO_LINE}</c:spPr>", f"<c:spPr>{rim}</c:spPr>"
    )
