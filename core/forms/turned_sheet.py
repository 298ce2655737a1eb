"""A sheet looked at on its side: its rows as columns, so that one reader reads both."""

from itertools import islice
from typing import Final

from core.forms.cells import Merge, Place, Sheet

_MOST_ROWS: Final = 1000
"""Rows looked at: no form that is turned has as many lines."""


def turned(sheet: Sheet) -> Sheet:
    """The sheet with rows and columns exchanged; cells far down are left out."""
    rows = islice(sheet.rows.items(), _MOST_ROWS)
    cells = {Place(column, row): cell for row, found in rows for column, cell in found.items()}
    merges = [Merge(_aside(first), _aside(last)) for first, last in sheet.merges]
    return Sheet(sheet.name, cells, merges, sheet.is_hidden)


def _aside(place: Place) -> Place:
    return Place(place.column, place.row)
