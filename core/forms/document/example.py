"""The printed plan of the sources as a document of any province: an example to begin from."""

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Final

from core.criteria.load import DATA_FOLDER, read_model
from core.criteria.model import Source
from core.criteria.model.base import Listed, Strict
from core.forms.document.rows import Document, DocumentRow, Value
from core.forms.model.form import TableForm, form

_SHORT: Final = {
    "q1": "quarter_1", "q2": "quarter_2", "q3": "quarter_3", "q4": "quarter_4",
    "of": "kpi_of", "text": "kpi",
}  # fmt: skip
"""Columns by a shorter name in the file."""
_OF_KPIS: Final = {"number": "kpi_number", "note": "kpi_note"}

Written = Annotated[tuple[Mapping[str, str | float], ...], Listed]


class Example(Strict):
    """`data/plans/strategy-2567.yaml`: rows by column, without the province they are of."""

    source: Source
    head: Mapping[str, str]
    items: Written
    kpis: Written


@cache
def example() -> Example:
    """The printed plan, as data."""
    return read_model(DATA_FOLDER / "plans" / "strategy-2567.yaml", Example)


def example_document(area: str, fiscal_year: int) -> Document:
    """The printed plan as the document of a province and year."""
    chosen = form("strategy-plan")
    if not isinstance(chosen, TableForm):
        raise TypeError(chosen.id)
    written = example()
    keys: dict[str, Value] = {"province": area, "fiscal_year": float(fiscal_year)}
    rows = [DocumentRow("head", keys | dict(written.head))]
    rows += (_row("items", one) for one in written.items)
    rows += (_row("kpis", one) for one in written.kpis)
    return Document(chosen, tuple(rows), area, fiscal_year)


def _row(part: str, written: Mapping[str, str | float]) -> DocumentRow:
    values = {
        _column(part, name): value if isinstance(value, str) else float(value)
        for name, value in written.items()
    }
    return DocumentRow(part, values)


def _column(part: str, name: str) -> str:
    own = _OF_KPIS.get(name) if part == "kpis" else None
    return f"plan.{own or _SHORT.get(name, name)}"
