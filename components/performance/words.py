"""Values of a table as the reader sees them."""

from typing import Final

from components.reader.language import tr
from components.reader.markup import Html, tag
from components.reader.numbers import NONE
from components.why.rules import quoted
from core.services.performance.sheets import SheetColumn, Value
from core.text import Text

_SHORT: Final = 24
"""Characters of a text that may stand in a narrow column."""


def cell(value: Value, column: SheetColumn) -> str | Html:
    """A value as it is written: counts whole, percentages and money as the document prints them."""
    if value is None:
        return NONE if not _is_month(column) else ""
    if isinstance(value, Text):
        return tr(value)
    if isinstance(value, str):
        words = quoted(value)
        return tag("div", words, class_="t-words") if len(value) > _SHORT else words
    if float(value).is_integer() and not column.id.startswith("budget."):
        return f"{value:,.0f}"
    return f"{value:,.2f}"


def _is_month(column: SheetColumn) -> bool:
    return column.id.rpartition(".")[2].startswith("m") and column.id[-2:].isdigit()
