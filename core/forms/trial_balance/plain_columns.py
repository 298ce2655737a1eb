"""Lines of a text file that can be read in one way only, by whole columns; the others are named."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from core.forms.cells.text.columns import ColumnTable, is_blank
from core.forms.cells.text.sheet import TextSheet, plain_text
from core.forms.table.heads.head import Header
from core.scoring.base.derived import IntArray
from core.scoring.base.inputs import FloatArray

_PLAIN: Final = r"^-?[0-9]{1,15}(\.[0-9]{1,2})?$"
"""A number that can be read in one way only."""
_DIGIT: Final = re.compile(r"\d").search
_BLANK: Final = np.inf
"""Stands for a blank field; no number of fifteen digits is infinite."""


class PlainLines(NamedTuple):
    """n lines whose amounts, n × 6 in baht, are plain numbers and whose accounts are digits.

    `account` and `key` are places in `accounts`, texts as written, and in `first_rows`, the first
    row of each that says the same of whose and when it is. `others` are rows to be read one by one.
    """

    rows: Sequence[int]
    amounts: FloatArray
    account: IntArray
    accounts: Sequence[str]
    key: IntArray
    first_rows: Sequence[int]
    others: Sequence[int]


def plain_lines(
    header: Header,
    account: int,
    keys: Sequence[int],
    amounts: Sequence[tuple[int, float]],
) -> PlainLines:
    """The plain lines below a header on its sheet, which is in columns.

    `account` and `keys` are columns of the sheet, `amounts` such columns, 0 for one that is not
    there, each with what its numbers are multiplied by.
    """
    sheet = header.sheet
    if not isinstance(sheet, TextSheet) or not isinstance(sheet.table, ColumnTable):
        raise TypeError(sheet.name)
    table, below = sheet.table, max(header.row, header.last) + 1
    after = below - sheet.first

    def column(number: int) -> pa.StringArray:
        return table.column(number)[after:]

    read = np.array([_numbers(column(number)) for number, _ in amounts])
    codes, accounts = _numbered(column(account))
    says = (read != _BLANK).any(axis=0)
    is_plain = says & ~np.isnan(read).any(axis=0)
    if accounts:
        is_plain &= np.array([bool(_DIGIT(text)) for text in accounts])[codes]
    rows = np.flatnonzero(is_plain)
    who_when = np.zeros(len(rows), dtype=np.int64)
    for number in keys:
        places, different = _numbered(column(number))
        who_when = who_when * len(different) + places[rows]
    _, first, key = np.unique(who_when, return_index=True, return_inverse=True)
    read[read == _BLANK] = 0.0
    factors = np.array([factor for _, factor in amounts])
    return PlainLines(
        rows=(rows + below).tolist(),
        amounts=read.T[rows] * factors,
        account=codes[rows],
        accounts=[plain_text(text) for text in accounts],
        key=key,
        first_rows=(rows[first] + below).tolist(),
        others=(np.flatnonzero(says & ~is_plain) + below).tolist(),
    )


def _numbers(texts: pa.StringArray) -> FloatArray:
    """A column as numbers; NaN for a text that must be looked at, infinite for a blank one."""
    is_plain = pc.match_substring_regex(texts, _PLAIN)
    plain = pc.if_else(is_plain, texts, pa.scalar(None, pa.string()))
    numbers: FloatArray = pc.cast(plain, pa.float64()).to_numpy(zero_copy_only=False)
    return np.where(is_blank(texts), _BLANK, numbers)


def _numbered(texts: pa.StringArray) -> tuple[IntArray, list[str]]:
    """Each text as its place among the different ones, in the order they are first met."""
    encoded = texts.dictionary_encode()
    places: IntArray = encoded.indices.to_numpy().astype(np.int64)
    return places, encoded.dictionary.to_pylist()
