"""Fields of a text file by row, as they stand there."""

from collections.abc import Sequence
from typing import ClassVar, Final

from core.forms.cells.text.separators import rows_of

LONG: Final = 128 * 1024
"""Characters from which columns are worth what it costs to load a library for them."""


class TextTable:
    """Rows of fields, counted from 0."""

    in_columns: ClassVar[bool] = False
    """Whether it holds whole columns as well."""

    def __init__(self, rows: Sequence[Sequence[str]]) -> None:
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def rows(self) -> Sequence[Sequence[str]]:
        """Every row."""
        return self._rows

    def row(self, number: int) -> Sequence[str]:
        """One row."""
        return self._rows[number]

    @property
    def lengths(self) -> Sequence[int]:
        """The fields of each row, empty ones too."""
        return [*map(len, self._rows)]

    @property
    def filled_rows(self) -> Sequence[int]:
        """The rows that say anything."""
        return [number for number, row in enumerate(self._rows) if any(map(str.strip, row))]


def text_table(text: str, separator: str) -> TextTable:
    """The fields of a text, of a long one in columns; `csv.Error` where it is no table."""
    if len(text) < LONG:
        return TextTable(_read(text, separator))
    from core.forms.cells.text.columns import ColumnTable, columns_of  # noqa: PLC0415  # see LONG

    columns = columns_of(text, separator)
    return ColumnTable(columns) if columns else ColumnTable.of(_read(text, separator))


def _read(text: str, separator: str) -> Sequence[Sequence[str]]:
    return list(rows_of(text, separator))
