"""Backups of the ledger, beside those of the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine

from core.access.roles import Action
from core.claims.archive import Archived, Unpacked, archive_of, pack, size_of, unpacked
from core.claims.catalogue import Catalogue
from core.services.audit.leaving import leave
from core.services.claims.storing import folder_of
from core.services.guard.doors import door
from core.store.engine.unit_of_work import unit_of_work


@door(Action.RESTORE)
def ledger_size(engine: Engine) -> int | None:
    """Bytes of a store's ledger as it is in force; None without one."""
    catalogue = Catalogue(folder_of(engine))
    return size_of(catalogue.folder) if catalogue.is_begun else None


@door(Action.RESTORE)
def ledger_backed_up(engine: Engine, backup: Path) -> Archived | None:
    """Write a store's ledger beside a backup of its database; None without a ledger."""
    folder = folder_of(engine)
    return pack(folder, backup) if Catalogue(folder).is_begun else None


@door(Action.RESTORE)
@contextmanager
def ledger_in(engine: Engine, backup: Path) -> Iterator[Unpacked | None]:
    """The ledger beside a backup, checked and ready to replace a store's; None without one."""
    if not archive_of(backup).is_file():
        yield None
        return
    with unpacked(backup, folder_of(engine)) as ready:
        yield ready


@door(Action.RESTORE)
def ledger_restored(engine: Engine, ready: Unpacked, *, by: str = "") -> Archived:
    """Have a store's ledger be the one of a backup, and nothing else."""
    ready.put_in_place()
    after = {"file": ready.archived.file.name, "files": ready.archived.files}
    with unit_of_work(engine) as session:
        leave(session, "claims_restored", "claims", by=by, after=after)
        session.commit()
    return ready.archived
