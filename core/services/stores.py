"""The store that is open: one's own, or the demonstration's."""

from pathlib import Path

from sqlalchemy import Engine

from core.forms.table.row_keys import Register
from core.services.geography.reference import all_areas
from core.store.backup.files import back_up, restore
from core.store.engine.migrate import migrate, open_database
from core.store.engine.settings import Kind, address_of, choose, chosen
from core.store.engine.unit_of_work import engine_for, reading, unit_of_work
from core.store.register.repository import enter_areas, has_areas, known_codes


def open_store(kind: Kind | None = None) -> Engine:
    """One's own store or the demonstration's, created or brought up to date where needed.

    Without a name the one that was chosen. One's own begins with the areas of the country. Raises
    `StoreError` when it cannot be opened.
    """
    kind = kind or chosen()
    engine = open_database(address_of(kind), kind)
    if kind == "own":
        _begin_register(engine)
    return engine


def _begin_register(engine: Engine) -> None:
    """Have the areas of the country in a store that has none yet."""
    with reading(engine) as session:
        if has_areas(session):
            return
    with unit_of_work(engine) as session:
        enter_areas(session, all_areas())
        session.commit()


def register_of(engine: Engine) -> Register | None:
    """Looks facility codes up; None while the register is empty, so that every code counts."""
    with reading(engine) as session:
        codes = known_codes(session)
    return codes.get if codes else None


def own_store() -> tuple[Engine, bool]:
    """One's own store, and whether the demonstration was open until now.

    Real figures never go into the demonstration's database: whoever brings some opens their own.
    """
    engine = open_store("own")
    was_demo = chosen() == "demo"
    if was_demo:
        choose("own")
    return engine, was_demo


def open_demo() -> None:
    """Have the demonstration open from now on."""
    choose("demo")


def migrated() -> tuple[str | None, str | None]:
    """Bring the open store up to this program's revision; the revisions before and after."""
    kind = chosen()
    engine = engine_for(address_of(kind))
    revisions = migrate(engine)
    open_database(address_of(kind), kind)
    return revisions


def backed_up(file: Path) -> int:
    """Write a compared backup of the open store; how many rows it has."""
    return sum(back_up(open_store(), file).rows.values())


def restored(file: Path) -> int:
    """Have the open store hold what a backup holds; how many rows that is."""
    return sum(restore(file, open_store()).rows.values())
