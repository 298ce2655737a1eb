"""Document 001, fiscal year 2564, typed into its forms as it is printed."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from core.criteria.load import read_yaml
from tests.printed.typing import Row, typed

OFFICE = "กลุ่มพัฒนาระบบบริหาร"
YEAR = 2564
FILE = Path(__file__).with_suffix(".yaml")
Tables = Mapping[str, Sequence[Row]]


@cache
def document() -> Mapping[str, Tables]:
    """The rows of the document by form and table."""
    head: dict[str, Any] = {"office": OFFICE, "fiscal_year": YEAR}
    return {
        form: {table: [head | dict(row) for row in rows] for table, rows in tables.items()}
        for form, tables in read_yaml(FILE).items()
    }


@cache
def workbook(form_id: str) -> bytes:
    """A part of the document typed into its form."""
    return typed(form_id, document()[form_id])


def changed(form_id: str, table: str, row: int, **values: Any) -> bytes:
    """The same with other values in one row; `__` in names stands for a dot."""
    tables = {name: list(rows) for name, rows in document()[form_id].items()}
    new = {name.replace("__", "."): value for name, value in values.items()}
    tables[table][row] = {**tables[table][row], **new}
    return typed(form_id, tables)
