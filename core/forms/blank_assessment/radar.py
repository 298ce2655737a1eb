"""The overview below a form's table: targets, self-assessed values, and native radar charts."""

from dataclasses import replace
from typing import Any, Final

from openpyxl.chart import RadarChart, Reference, Series
from openpyxl.chart.data_source import AxDataSource, StrRef
from openpyxl.chart.legend import Legend
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.colors import ColorChoice, SchemeColor
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, Font, Paragraph, ParagraphProperties
from openpyxl.worksheet.pagebreak import Break

from core.criteria.model import Radar
from core.forms.blank_assessment import formulas as excel
from core.forms.blank_assessment.desk import Desk
from core.forms.blank_assessment.plan import Column
from core.forms.model.sheet_style import (
    BAND,
    NUMBER,
    RESULT,
    STRONG,
    TEXT,
    TITLE,
    TYPEFACE,
    fit_row,
)
from core.text import say

# Without a fill: in the column of points a filled cell would look like an input.
_TITLES: Final = replace(STRONG, across="center", down="center")
_TARGET: Final = "7F7F7F"
_ASSESSED: Final = "2E75B6"
_ROWS_OF_CHART: Final = 24
_ROW_HEIGHT: Final = 18.0


def write_radar(desk: Desk, radar: Radar, row: int, *, is_first: bool) -> int:
    """Write one radar's table and chart from a row on; returns the first free row below."""
    desk.sheet.row_breaks.append(Break(id=row - 1))
    if is_first:
        desk.put(row, Column.TITLE, desk.wording(desk.form.overview), TITLE)
        fit_row(desk.sheet, row)
    desk.put(row + 1, Column.TITLE, desk.wording(radar.name), replace(STRONG, fill=BAND))
    fit_row(desk.sheet, row + 1)
    last = _table(desk, radar, row + 2)
    desk.sheet.add_chart(_chart(desk, radar, row + 2, last), f"B{last + 2}")
    below = last + 2 + _ROWS_OF_CHART
    for number in range(last + 1, below):
        desk.sheet.row_dimensions[number].height = _ROW_HEIGHT
    return below


def _table(desk: Desk, radar: Radar, header: int) -> int:
    """Write the spokes with target and result below a header row; returns the last row."""
    titles = (say("Aspect"), desk.form.target_column, desk.form.assessed_column)
    for column, title in zip((Column.TITLE, Column.FULL, Column.SCORE), titles, strict=True):
        desk.put(header, column, desk.wording(title), _TITLES)
    fit_row(desk.sheet, header)
    for number, spoke in enumerate(radar.spokes, header + 1):
        desk.put(number, Column.TITLE, desk.wording(spoke.name), TEXT)
        desk.put(number, Column.FULL, radar.scale, NUMBER)
        members = [
            (m.weight, desk.points_of(m.criterion), desk.full_of(m.criterion))
            for m in spoke.members
        ]
        cell = desk.put(number, Column.SCORE, "=" + excel.spoke(radar.scale, members), RESULT)
        desk.name("spoke", f"{radar.id}.{spoke.id}", cell)
        fit_row(desk.sheet, number)
    return header + len(radar.spokes)


def _chart(desk: Desk, radar: Radar, header: int, last: int) -> RadarChart:
    chart = RadarChart()
    chart.type = "filled"
    chart.series.append(_series(desk, Column.SCORE, header, last))
    own = chart.series[0].graphicalProperties = GraphicalProperties(
        solidFill=ColorChoice(schemeClr=SchemeColor(val="accent1", alpha=50_000))
    )
    own.line = LineProperties(solidFill=_ASSESSED, w=28_000)
    target = RadarChart()
    target.type = "standard"
    target.series.append(_series(desk, Column.FULL, header, last))
    dashed = target.series[0].graphicalProperties = GraphicalProperties(noFill=True)
    dashed.line = LineProperties(solidFill=_TARGET, prstDash="dash", w=25_000)
    chart += target
    chart.title = None
    chart.legend = Legend(legendPos="b")
    chart.legend.txPr = _type(1000)
    chart.y_axis.scaling.min, chart.y_axis.scaling.max = 0, radar.scale
    chart.y_axis.majorUnit = radar.scale / 5
    chart.y_axis.number_format = "0"
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.x_axis.txPr, chart.y_axis.txPr = _type(1000), _type(800)
    chart.width, chart.height = 22, 14.5
    return chart


def _series(desk: Desk, column: Column, header: int, last: int) -> Any:
    values = Reference(desk.sheet, min_col=column, min_row=header, max_row=last)
    names = Reference(desk.sheet, min_col=Column.TITLE, min_row=header + 1, max_row=last)
    series = Series(values, title_from_data=True)
    series.cat = _categories(names)
    return series


def _categories(names: Reference) -> Any:
    return AxDataSource(strRef=StrRef(f=str(names)))


def _type(size: int) -> RichText:
    """The typeface of a chart's words; Thai takes the one for complex scripts."""
    face = Font(typeface=TYPEFACE)
    letters = CharacterProperties(sz=size, latin=face, cs=face, lang="th-TH")
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=letters), endParaRPr=letters)])
