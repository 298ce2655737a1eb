"""Opening, migrating and backing up the store in use: one's own or the demonstration's."""

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from core.access.actors import THE_PROGRAM, acting
from core.access.roles import Action
from core.errors import StoreError
from core.periods import Period
from core.services.geography.reference import all_areas
from core.services.guard.doors import ANYWHERE, door
from core.services.rules.account_map import additions_in
from core.services.rules.on_hand import OnHand
from core.services.rules.peer_values import published_in
from core.store.audit.leaving import no_deed
from core.store.backup.files import back_up, restore
from core.store.engine.failures import shown
from core.store.engine.migrate import migrate, open_database
from core.store.engine.settings import Kind, address_of, begin, choose, chosen, is_begun
from core.store.engine.unit_of_work import engine_for, reading, store_url, unit_of_work
from core.store.people.sessions import end_all
from core.store.register.repository import enter_areas, facilities, has_areas, known_codes
from core.store.schema.about import kind_of
from core.store.uploads.repository import uploads


@door(Action.READ, ANYWHERE)
def open_store(kind: Kind | None = None) -> Engine:
    """One's own store or the demonstration's, created or brought up to date where needed.

    Without `kind` the one chosen last. One's own starts with the areas of the country. `StoreError`
    when it cannot be opened.
    """
    kind = kind or chosen()
    # Whoever opens it: what it begins with is the program's own.
    with acting(THE_PROGRAM):
        engine = open_database(address_of(kind), kind)
        if kind == "own":
            _begin_register(engine)
    return engine


@door(Action.READ, ANYWHERE)
def name_of_open() -> str:
    """Where the store in use is, once it was reached; `StoreError` where it cannot be."""
    with reading(open_store()) as session:
        kind_of(session)
    return name_of(chosen())


@door(Action.READ, ANYWHERE)
def is_demonstration(engine: Engine) -> bool:
    """Whether a store holds invented figures, among which real ones never go."""
    with reading(engine) as session:
        return kind_of(session) == "demo"


def _begin_register(engine: Engine) -> None:
    """Enter the areas of the country into a store that has none."""
    with reading(engine) as session:
        if has_areas(session):
            return
    with unit_of_work(engine) as session:
        enter_areas(session, all_areas())
        no_deed(session, "a new store begins with the areas of the country")
        session.commit()


@door(Action.READ, ANYWHERE)
def existing_store() -> Engine | None:
    """One's own store; None while nobody has begun one, for looking is no reason to begin it."""
    return open_store("own") if is_begun("own") else None


@door(Action.READ, ANYWHERE)
def on_hand(engine: Engine, *, with_register: bool = True) -> OnHand:
    """What a store knows that files are read with: codes, groups and their values, accounts.

    An empty register accepts any code, as none does (`with_register`).
    """
    registered: dict[Period, dict[str, str | None]] = {}

    def group(hcode: str, month: Period) -> str | None:
        if month not in registered:
            with acting(THE_PROGRAM), reading(engine) as session:
                there = facilities(session, at=month)
            registered[month] = {one.hcode: one.hgr for one in there}
        return registered[month].get(hcode)

    with reading(engine) as session:
        codes = known_codes(session) if with_register else None
        known = codes.get if codes else None
        return OnHand(known, published_in(session), group, additions_in(session))


@door(Action.UPLOAD, ANYWHERE)
def own_store() -> tuple[Engine, bool]:
    """Open one's own store; also returns whether the demonstration is seen here and now.

    Real figures never go into the demonstration's database. What others see stays as it is until
    the program starts anew or an administrator decides.
    """
    engine = open_store("own")
    begin()
    return engine, chosen() == "demo"


@door(Action.RESTORE)
def open_demo() -> None:
    """Show the demonstration to everybody who did not choose."""
    choose("demo")


@door(Action.RESTORE)
def open_own() -> None:
    """Show one's own store to everybody who did not choose."""
    choose("own")


@door(Action.RESTORE)
def migrated() -> tuple[str | None, str | None]:
    """Migrate the store in use to this program's revision; the revisions before and after."""
    kind = chosen()
    engine = engine_for(address_of(kind))
    revisions = migrate(engine)
    open_database(address_of(kind), kind)
    return revisions


@door(Action.RESTORE)
def backed_up(file: Path, kind: Kind | None = None) -> tuple[int, str]:
    """Write a verified backup of the store in use, or of another; its rows, and which store it is.

    `StoreError` S021 where the demonstration is in use, is empty, and one's own store lies beside
    it: that one is meant, and may be damaged.
    """
    kind = kind or chosen()
    engine = open_store(kind)
    if kind == "demo" and is_begun("own") and not _has_uploads(engine):
        raise StoreError("S021", store=name_of(kind), own=name_of("own"))
    return sum(back_up(engine, file).rows.values()), name_of(kind)


def name_of(kind: Kind) -> str:
    """Where a store is: its file, or its address without the password."""
    return shown(store_url(address_of(kind)))


def _has_uploads(engine: Engine) -> bool:
    with reading(engine) as session:
        return bool(uploads(session, limit=1))


@door(Action.RESTORE)
def restored(file: Path) -> int:
    """Replace the content of the store in use by a backup; the number of its rows.

    Whoever was signed in, then or now, signs in again: a backup brings no session back.
    """
    engine = open_store()
    rows = sum(restore(file, engine).rows.values())
    with unit_of_work(engine) as session:
        end_all(session, datetime.now(UTC))
        no_deed(session, "restoring left one")
        session.commit()
    return rows
