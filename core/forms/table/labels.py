"""Labels of rows of a document: printed numbers and names, and the subject they make together."""

from typing import Final

from core.forms.cells.workbook import Cell
from core.forms.model.values import plain
from core.forms.table.words import is_total
from core.text import thai_digits_to_arabic

TOTAL: Final = "total"
"""The label of a row that adds up the others."""
_PARTED: Final = "/"
_TABLE: Final = ":"


def label_of(cell: Cell) -> str:
    """A label as it is compared: digits in one script, without the dot behind; empty: none."""
    if cell.is_error or cell.value is None:
        return ""
    text = plain(cell.value) if isinstance(cell.value, float) else str(cell.value)
    label = " ".join(thai_digits_to_arabic(text).split()).rstrip(".").replace(_PARTED, "-")
    if "(" not in label:  # the bracket behind a number, and none that closes a remark
        label = label.rstrip(")")
    return TOTAL if is_total(label) else label


def subject_of(table: str, labels: tuple[str, ...]) -> str:
    """The subject that the labels of a row of a table make."""
    return f"{table}{_TABLE}{_PARTED.join(labels)}"


def labels_of(subject: str) -> tuple[str, tuple[str, ...]]:
    """The table and the labels of a subject."""
    table, _, labels = subject.partition(_TABLE)
    return table, tuple(labels.split(_PARTED))
