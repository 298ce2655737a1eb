"""Tables to take away: CSV that Excel opens in Thai and never takes for a formula."""

import csv
import io
from collections.abc import Sequence
from typing import Final

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def delimited(rows: Sequence[Sequence[object]]) -> bytes:
    """CSV that Excel opens in Thai and never takes for a formula."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([[inert(cell) for cell in row] for row in rows])
    return text.getvalue().encode("utf-8-sig")


def inert(cell: object) -> object:
    """A text that would be run as a formula gets the mark that keeps it text."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
