"""Rows of documents as they were sent, in the order of their files."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.store.schema.bulk import insert_rows, table_of
from core.store.schema.tables import DocumentLine

_LINE = table_of(DocumentLine)


class StoredLine(NamedTuple):
    """One row: the table of the form it stands in, and its cells as JSON."""

    part: str
    content: str


def insert_lines(session: Session, documents: Iterable[Sequence[StoredLine]], first: int) -> None:
    """Insert the rows of submissions numbered from `first`."""
    insert_rows(
        session,
        _LINE,
        (
            (number, place, *line)
            for number, lines in enumerate(documents, first)
            for place, line in enumerate(lines)
        ),
    )


def lines_of(session: Session, submission_id: int) -> tuple[StoredLine, ...]:
    """The rows of one submission; none of a form that is no document."""
    c = _LINE.c
    query = select(c.part, c.content).where(c.submission_id == submission_id).order_by(c.place)
    return tuple(StoredLine(*tuple(row)) for row in session.execute(query))
