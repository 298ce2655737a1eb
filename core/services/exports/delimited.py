"""CSV files that Excel opens in Thai and never runs as formulas."""

import csv
import io
from collections.abc import Sequence

from core.text import runs_as_formula


def delimited(rows: Sequence[Sequence[object]]) -> bytes:
    """Rows as CSV in UTF-8 with a byte order mark; texts like formulas are made inert."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([[inert(cell) for cell in row] for row in rows])
    return text.getvalue().encode("utf-8-sig")


def inert(cell: object) -> object:
    """A cell with an apostrophe before a text that would be run as a formula."""
    return f"'{cell}" if isinstance(cell, str) and runs_as_formula(cell) else cell
