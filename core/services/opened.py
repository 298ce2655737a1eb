"""The store that is open: one's own, or the demonstration's."""

from sqlalchemy import Engine

from core.forms.table_rows import Register
from core.store.engine import reading
from core.store.migrate import open_store
from core.store.register import known_codes
from core.store.settings import Kind, address_of, chosen


def opened(kind: Kind | None = None) -> Engine:
    """One's own store or the demonstration's, created or brought up to date where needed.

    Without a name the one that was chosen; raises `StoreError` when it cannot be opened.
    """
    kind = kind or chosen()
    return open_store(address_of(kind), kind)


def register_of(engine: Engine) -> Register | None:
    """Looks facility codes up; None while the register is empty, so that every code counts."""
    with reading(engine) as session:
        codes = known_codes(session)
    return codes.get if codes else None
