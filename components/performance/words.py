"""Values of a table as the reader sees them."""

from components.parts.wrapping import with_room
from components.reader.language import tr
from components.reader.markup import Html
from components.reader.numbers import NONE
from components.why.rules import quoted
from core.services.performance.sheets import SheetColumn, Value
from core.text import Text


def cell(value: Value, column: SheetColumn) -> str | Html:
    """A value as it is written: counts whole, percentages and money as the document prints them."""
    if value is None:
        return NONE if not _is_month(column) else ""
    if isinstance(value, Text):
        return tr(value)
    if isinstance(value, str):
        return with_room(quoted(value), len(value))
    if float(value).is_integer() and not column.id.startswith("budget."):
        return f"{value:,.0f}"
    return f"{value:,.2f}"


def _is_month(column: SheetColumn) -> bool:
    return column.id.rpartition(".")[2].startswith("m") and column.id[-2:].isdigit()
