"""Tables of the page as values: what the screen, Excel and JSON all show."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from core.forms.model.form import Column, Table, table_form
from core.forms.records.record import Record
from core.forms.table.labels import TOTAL
from core.text import Language, Text, say

Value = float | str | Text | None
MARK: Final = "●"
"""Stands in a month in which something is done, and at what is ticked."""
_APART: Final = ("office", "fiscal_year")


@dataclass(frozen=True)
class SheetColumn:
    """A column by its measure or a name of its own; `is_computed` where no document prints it."""

    id: str
    title: Text
    is_number: bool
    is_computed: bool = False


@dataclass(frozen=True)
class Sheet:
    """A table: its columns, and rows with a value for each; None where nothing was told."""

    id: str
    title: Text
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[Value, ...], ...]

    def value(self, row: int, column: str) -> Value:
        """A value by its row and the id of its column."""
        return self.rows[row][[one.id for one in self.columns].index(column)]


Computed = tuple[SheetColumn, Callable[[Record], Value]]


def computed(id_: str, title: Text, of: Callable[[Record], Value], *, number: bool) -> Computed:
    """A column that is worked out of each row."""
    return SheetColumn(id_, title, number, is_computed=True), of


def sheet_of(
    form_id: str,
    table_id: str,
    records: Sequence[Record],
    more: Iterable[Computed] = (),
    *,
    after: str = "",
    title: Text | None = None,
) -> Sheet:
    """The rows of a table as its document prints them, worked-out columns behind one of them.

    Without `after`, or where that column is left out, they stand at the end.
    Columns of which no row tells anything are left out, as are unit and year, which are said above.
    """
    table = next(one for one in table_form(form_id).tables if one.id == table_id)
    own = [column for column in table.columns if _is_filled(column, table, records)]
    further = tuple(more)
    made: list[Computed] = [
        (SheetColumn(c.measure, c.name, c.type == "number"), partial(_value, c, table)) for c in own
    ]
    place = next((n for n, c in enumerate(own, 1) if c.measure == after), len(made))
    made[place:place] = further
    where = SheetColumn("where", say("File and cell"), is_number=False, is_computed=True)
    made.append((where, lambda one: f"{one.key.file} {one.key.cell}".strip()))
    columns = [column for column, _ in made]
    rows = tuple(tuple(of(one) for _, of in made) for one in records)
    return Sheet(f"{form_id}.{table_id}", title or table.sheet, tuple(columns), rows)


def _is_filled(column: Column, table: Table, records: Sequence[Record]) -> bool:
    if column.measure in _APART:
        return column.measure == "fiscal_year" and len({one.fiscal_year for one in records}) > 1
    is_month = column.type == "flag"
    return is_month or any(_value(column, table, one) is not None for one in records)


def _value(column: Column, table: Table, record: Record) -> Value:
    if column.type == "fiscal_year":
        return str(record.fiscal_year)
    if column.type == "label":
        label = record.labels[table.labels.index(column.measure)]
        return say("Total") if label == TOTAL else label
    if column.type == "flag":
        ticked = record.flags.get(column.measure)
        return None if ticked is None else MARK if ticked else "-"
    if column.type == "choice":
        chosen = record.texts.get(column.measure)
        return next((one.name for one in column.choices if one.id == chosen), chosen)
    if column.type == "text":
        return record.texts.get(column.measure)
    return record.values.get(column.measure)


def sheet_rows(sheet: Sheet, language: Language) -> list[list[object]]:
    """A sheet for Excel and CSV: its titles, then its rows, numbers as numbers."""
    titles: list[object] = [one.title.in_(language) for one in sheet.columns]
    return [titles, *([_plain(value, language) for value in row] for row in sheet.rows)]


def _plain(value: Value, language: Language) -> object:
    return value.in_(language) if isinstance(value, Text) else value


def sheet_json(sheet: Sheet) -> dict[str, object]:
    """A sheet for programs: rows by the ids of their columns; keys are a contract."""
    ids = [one.id for one in sheet.columns]
    return {
        "id": sheet.id,
        "title": {"th": sheet.title.th, "en": sheet.title.en},
        "computed": [one.id for one in sheet.columns if one.is_computed],
        "rows": [dict(zip(ids, map(_json, row), strict=True)) for row in sheet.rows],
    }


def _json(value: Value) -> object:
    return {"th": value.th, "en": value.en} if isinstance(value, Text) else value
