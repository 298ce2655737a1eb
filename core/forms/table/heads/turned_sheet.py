"""A sheet looked at on its side: its rows as columns, so that one reader reads both."""

from typing import Final

from core.forms.cells.workbook import Merge, Place, Sheet

_MOST_ROWS: Final = 400
"""No form that is turned has as many lines."""


def turned(sheet: Sheet) -> Sheet:
    """The sheet with rows and columns exchanged; an empty one where it has too many rows for it."""
    if len(sheet.rows) > _MOST_ROWS:
        return Sheet(sheet.name)
    rows = sheet.rows.items()
    cells = {
        Place(column, row): cell for row, by_column in rows for column, cell in by_column.items()
    }
    merges = [Merge(_aside(first), _aside(last)) for first, last in sheet.merges]
    return Sheet(
        sheet.name,
        cells,
        merges,
        sheet.is_hidden,
        hidden_rows=sheet.hidden_columns,
        hidden_columns=sheet.hidden_rows,
    )


def _aside(place: Place) -> Place:
    return Place(place.column, place.row)
