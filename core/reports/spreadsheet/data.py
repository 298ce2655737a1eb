"""The figure of a slide as data: its table, and for a map the codes and positions as well."""

from core.reports.slide import AreaMap, Figure, MapArea
from core.reports.tabled import Table, TableCell, TableRow, table_of
from core.text import Language, on_one_line, say


def data_of(figure: Figure, language: Language) -> Table:
    """All a figure holds; numbers unrounded, and words where there is none."""
    table = table_of(figure, language)
    if not isinstance(figure, AreaMap):
        return table
    rows = tuple(
        TableRow(row.name, (TableCell(on_one_line(area.code)), *row.cells, *_position(area)))
        for row, area in zip(table.rows, figure.areas, strict=True)
    )
    code, *degrees = (one.in_(language) for one in (say("Code"), say("Longitude"), say("Latitude")))
    return Table(table.title, table.corner, (code, *table.columns, *degrees), rows)


def _position(area: MapArea) -> tuple[TableCell, TableCell]:
    if area.position is None:
        return TableCell(""), TableCell("")
    east, north = area.position
    return TableCell(f"{east:.5f}", value=east), TableCell(f"{north:.5f}", value=north)
