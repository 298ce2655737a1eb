"""The chain of deeds: what the hash of each is made of."""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any, Final

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.store.schema.about import enter, note_of
from core.store.schema.bulk import table_of
from core.store.schema.people_tables import Deed

DEED: Final = table_of(Deed)
BEGINNING: Final = "0" * 64
"""What the first deed names as the hash of the deed before it."""
_END: Final = "deeds"


def hash_of(row: Mapping[str, Any]) -> str:
    """The SHA-256 of a deed: its columns but the hash as JSON of sorted keys, times in UTC."""
    content = {name: row[name] for name in DEED.columns.keys() if name != "hash"}  # noqa: SIM118
    options = orjson.OPT_SORT_KEYS | orjson.OPT_NAIVE_UTC | orjson.OPT_UTC_Z
    return hashlib.sha256(orjson.dumps(content, option=options)).hexdigest()


def end_of(session: Session) -> tuple[int, str]:
    """How many deeds the trail has, and the hash of the last: those of the newest row."""
    query = select(DEED.c.id, DEED.c.hash).order_by(DEED.c.id.desc()).limit(1)
    row = session.execute(query).first()
    return (row.id, row.hash) if row else (0, BEGINNING)


def noted_end(session: Session) -> tuple[int, str]:
    """The same as it was noted beside the trail with the last deed."""
    number, _, digest = (note_of(session, _END) or f"0:{BEGINNING}").partition(":")
    return int(number), digest


def note_end(session: Session, number: int, digest: str) -> None:
    """Note the end beside the trail: deeds that are cut off at the end are missed."""
    enter(session, _END, f"{number}:{digest}")


def rows(session: Session, batch: int = 1000) -> Iterator[dict[str, Any]]:
    """Every deed in order, never all of them in memory."""
    query = select(DEED).order_by(DEED.c.id)
    result = session.connection().execute(query, execution_options={"yield_per": batch})
    with result:
        for row in result.mappings():
            yield dict(row)
