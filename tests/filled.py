"""Stores that many tests begin with: filled once in a run, and copied for each of them."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path

from sqlalchemy import Engine

from core.store.engine.unit_of_work import reading, unit_of_work
from core.store.schema.about import kind_of, renew

Fill = Callable[[Engine], Engine]


def filled_once(fill: Fill) -> Fill:
    """Let an empty SQLite store get what `fill` stores as a copy of the first one it filled.

    On PostgreSQL it is filled anew each time.
    """
    files: dict[str | None, bytes] = {}

    @wraps(fill)
    def filled(engine: Engine) -> Engine:
        if engine.url.get_backend_name() != "sqlite":
            return fill(engine)
        file = Path(str(engine.url.database))
        with reading(engine) as session:
            kind = kind_of(session)
        if kind not in files:
            fill(engine).dispose()
            files[kind] = file.read_bytes()
            return engine
        engine.dispose()
        file.write_bytes(files[kind])
        # What is held of one filling must not be taken for another's.
        with unit_of_work(engine) as session:
            renew(session)
            session.commit()
        return engine

    return filled
