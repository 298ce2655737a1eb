"""The trail in backups: it goes along, and no restore shortens it."""

from sqlalchemy.orm import Session

from core.errors import StoreError
from core.store.audit.chain import DEED, end_of, note_end, rows
from core.store.audit.verifying import has_hash
from core.store.schema.bulk import BATCH


def carry(source: Session, target: Session) -> None:
    """Bring a trail into a store that has none, or that has its beginning.

    A store whose own trail goes on after that of the source keeps it; one with another trail keeps
    its own as well, for no deed is ever taken out.
    """
    number, end = end_of(target)
    if not has_hash(source, end):
        return
    missing = [row for row in rows(source) if row["id"] > number]
    for first in range(0, len(missing), BATCH):
        target.execute(DEED.insert(), missing[first : first + BATCH])
    if missing:
        note_end(target, *end_of(target))


def compare_trails(source: Session, target: Session, file: str) -> None:
    """`StoreError` S009 where a copy has not all deeds that it was made of."""
    if end_of(source) != end_of(target):
        raise StoreError("S009", file=file, table=DEED.name)
