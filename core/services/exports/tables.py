"""A table as the file its name asks for: Excel or CSV."""

from core.services.exports.delimited import delimited
from core.services.exports.workbook import Head, Rows, workbook


def table_file(suffix: str, head: Head, rows: Rows) -> bytes:
    """The bytes of an Excel file for `.xlsx`, else of a CSV that Excel opens in Thai."""
    if suffix.lower() == ".xlsx":
        return workbook(head, rows)
    above = [[line] for line in (head.title, *head.lines)]
    return delimited([*above, [], *rows])
