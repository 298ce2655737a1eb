"""Fields of a long text file in columns (Arrow), of which a row is made when asked for."""

from collections.abc import Sequence
from functools import cached_property
from itertools import zip_longest
from typing import ClassVar, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from pyarrow import csv

from core.forms.cells.text.table import TextTable

_ODD: Final = ('"', "\x00", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029")
"""What Python's reader may take differently: quotes, and what some take for the end of a line."""
_HEAD: Final = 256
"""Rows that are made together, where the first of them is asked for."""


class ColumnTable(TextTable):
    """Columns of one length; `lengths` are those of the rows where not all are of one width."""

    in_columns: ClassVar[bool] = True

    def __init__(
        self, columns: Sequence[pa.StringArray], lengths: Sequence[int] | None = None
    ) -> None:
        self.columns, self._lengths = columns, lengths

    @staticmethod
    def of(rows: Sequence[Sequence[str]]) -> "ColumnTable":
        """The columns of rows of any length."""
        columns = [pa.array(texts, pa.string()) for texts in zip_longest(*rows, fillvalue="")]
        return ColumnTable(columns, [*map(len, rows)])

    def __len__(self) -> int:
        return len(self.columns[0]) if self.columns else 0

    @cached_property
    def rows(self) -> Sequence[Sequence[str]]:
        return list(zip(*(column.to_pylist() for column in self.columns), strict=True))

    def row(self, number: int) -> Sequence[str]:
        if "rows" in self.__dict__:
            return self.rows[number]
        if number < len(self._head):
            return self._head[number]
        return [column[number].as_py() for column in self.columns]

    @cached_property
    def _head(self) -> Sequence[Sequence[str]]:
        texts = (column[:_HEAD].to_pylist() for column in self.columns)
        return list(zip(*texts, strict=True))

    def column(self, number: int) -> pa.StringArray:
        """A column by its number from 1; empty texts where there is none."""
        if 0 < number <= len(self.columns):
            return self.columns[number - 1]
        return pa.array([""] * len(self), pa.string())

    @property
    def lengths(self) -> Sequence[int]:
        return self._lengths or [len(self.columns)] * len(self)

    @property
    def filled_rows(self) -> Sequence[int]:
        silent = np.ones(len(self), dtype=np.bool_)
        for column in self.columns:
            if not silent.any():
                break
            silent &= is_blank(column)
        rows: list[int] = np.flatnonzero(~silent).tolist()
        return rows


def is_blank(column: pa.StringArray) -> NDArray[np.bool_]:
    """Where a column says nothing."""
    blank = pc.or_(pc.equal(column, ""), pc.utf8_is_space(column))
    mask: NDArray[np.bool_] = blank.to_numpy(zero_copy_only=False)
    return mask


def columns_of(text: str, separator: str) -> Sequence[pa.StringArray]:
    """The columns of a text of plain rows of one width; none of any other.

    They are those that Python's reader makes of it.
    """
    if separator not in text or any(sign in text for sign in _ODD):
        return ()
    if text.count("\r") != text.count("\r\n"):
        return ()
    try:
        return _columns(text, separator)
    except pa.ArrowInvalid:
        # Rows of several widths, or an empty one among them.
        return ()


def _columns(text: str, separator: str) -> Sequence[pa.StringArray]:
    data = text.encode()
    names = [str(number) for number in range(text.partition("\n")[0].count(separator) + 1)]
    table = csv.read_csv(
        pa.BufferReader(data),
        csv.ReadOptions(use_threads=False, column_names=names, block_size=len(data) + 1),
        csv.ParseOptions(delimiter=separator, quote_char=False, ignore_empty_lines=False),
        csv.ConvertOptions(
            check_utf8=False,
            strings_can_be_null=False,
            column_types=dict.fromkeys(names, pa.string()),
        ),
    )
    return [column.combine_chunks() for column in table.columns]
