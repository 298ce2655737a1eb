"""Labels of rows of a document: the same number however it is written."""

import pytest

from core.forms.cells.workbook import Cell
from core.forms.table.labels import TOTAL, label_of, labels_of, subject_of


@pytest.mark.parametrize(
    ("written", "label"),
    [
        (1.0, "1"),
        (3.1, "3.1"),
        ("๓.๒", "3.2"),
        ("3.2.", "3.2"),
        ("1)", "1"),
        ("กลุ่มงาน (สมมติ)", "กลุ่มงาน (สมมติ)"),
        ("1/2564", "1-2564"),
        ("รวม", TOTAL),
        ("", ""),
        (None, ""),
    ],
)
def test_a_label_is_read_as_it_is_compared(written: object, label: str) -> None:
    assert label_of(Cell(written)) == label  # type: ignore[arg-type]


def test_labels_make_a_subject_and_come_back() -> None:
    subject = subject_of("steps", ("กลุ่ม ก", "1", "3.1"))
    assert labels_of(subject) == ("steps", ("กลุ่ม ก", "1", "3.1"))
