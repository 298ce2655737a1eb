"""What parts the fields of a text table."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Final

_SEPARATORS: Final = (",", ";", "\t", "|")
_SAMPLE_LINES: Final = 50
SAMPLE: Final = 64 * 1024
"""Characters looked at to tell what a text is."""
_MOSTLY: Final = 0.5


def separator_of(text: str) -> tuple[str, str, int]:
    """The separator, the text without a line that only names it, and how many such lines."""
    first, _, rest = text.partition("\n")
    if first.casefold().startswith("sep=") and len(first.strip("\r")) == 5:
        return first[4], rest, 1
    return max(_SEPARATORS, key=lambda separator: _evenness(text, separator)), text, 0


def is_table(text: str) -> bool:
    """Whether most lines of a text, and at least two, have the same number of fields above one."""
    share, lines, _ = max(_evenness(text, separator) for separator in _SEPARATORS)
    return share > _MOSTLY and lines > 1


def rows_of(text: str, separator: str) -> Iterator[list[str]]:
    """The fields of each row."""
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def _evenness(text: str, separator: str) -> tuple[float, int, int]:
    """The share of the first rows that have as many fields as most have, those rows, the fields.

    The right separator makes rows of one length; a comma inside numbers makes uneven ones.
    """
    try:
        lengths = [
            len(fields)
            for fields in islice(rows_of(text[:SAMPLE], separator), _SAMPLE_LINES)
            if any(fields)
        ]
    except csv.Error:
        return 0, 0, 0
    counted = Counter(length for length in lengths if length > 1)
    if not counted:
        return 0, 0, 0
    length, rows = max(counted.items(), key=lambda item: (item[1], item[0]))
    return rows / len(lengths), rows, length
