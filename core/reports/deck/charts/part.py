"""A chart on its slide: the part that draws it, and the workbook that is opened to edit it."""

import io
from datetime import datetime
from typing import Final

from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.parts.chart import ChartPart
from xlsxwriter import Workbook

from core.reports.deck.charts.xml import Grid
from core.reports.deck.fitting import Frame
from core.reports.deck.sheet import NAMESPACES, Sheet, placed
from core.reports.glyphs import TYPEFACE

_CHART: Final = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_ALWAYS: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - the day written into every workbook
_TEXT_ONLY: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def put_chart(
    sheet: Sheet, name: str, frame: Frame, chart: bytes, grid: Grid, description: str
) -> None:
    """Put a chart on a slide; `said` is what is read out for it."""
    package = sheet.part.package
    part = ChartPart.load(
        package.next_partname(ChartPart.partname_template), CONTENT_TYPE.DML_CHART, package, chart
    )
    part.chart_workbook.update_from_xlsx_blob(workbook(grid))
    relation = sheet.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    place = placed(frame).replace("a:xfrm", "p:xfrm")
    sheet.add(
        f"<p:graphicFrame {NAMESPACES}>{sheet.head(name, description, tag='nvGraphicFramePr')}"
        f"<p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr>{place}<a:graphic>"
        f'<a:graphicData uri="{_CHART}"><c:chart xmlns:c="{_CHART}" r:id="{relation}"/>'
        "</a:graphicData></a:graphic></p:graphicFrame>"
    )


def workbook(grid: Grid) -> bytes:
    """The numbers of a chart; no text of it is ever run as a formula."""
    made = io.BytesIO()
    with Workbook(made, _TEXT_ONLY) as book:
        book.set_properties({"created": _ALWAYS})
        book.formats[0].set_font_name(TYPEFACE)
        page = book.add_worksheet("Sheet1")
        page.set_column(0, 0, 36)
        page.write_column(1, 0, grid.categories)
        for across, one in enumerate(grid.columns, start=1):
            page.write_string(0, across, one.name)
            for down, value in enumerate(one.values, start=1):
                if value is not None:
                    page.write_number(down, across, value)
    return made.getvalue()
