"""Storing, listing and withdrawing files of claims, and what they change of the 4S4C defects."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Engine

from core.access.roles import Action
from core.areas import COUNTRY
from core.claims.catalogue import Catalogue, ClaimUpload
from core.claims.columns import Kind
from core.claims.keys import visit_keys
from core.errors import StoreError
from core.forms.model.issues import issue_of
from core.periods import in_thailand
from core.services.audit.leaving import leave
from core.services.claims.feed import Fed, feed
from core.services.claims.intake import ClaimIntake, examine_claims
from core.services.claims.rows import Given
from core.services.guard.doors import ANYWHERE, door
from core.services.guard.lying import readable
from core.store.engine.settings import settings_now
from core.store.engine.unit_of_work import reading, unit_of_work
from core.store.register.repository import known_codes

if TYPE_CHECKING:
    from core.claims.ledger import Change, Ledger

_MOST_LISTED: Final = 20


@dataclass(frozen=True)
class Received:
    """What became of a file: as read, its number where it was stored, and what was handed on."""

    intake: ClaimIntake
    upload: int | None = None
    fed: Fed | None = None

    @property
    def has_problems(self) -> bool:
        return self.upload is None or self.intake.has_errors


def folder_of(engine: Engine) -> Path:
    """Where the ledger of a store lies: beside its database, else in the program's data folder."""
    database = engine.url.database
    if engine.url.get_backend_name() == "sqlite" and database and database != ":memory:":
        file = Path(database)
        return file.parent / "claims" / file.stem
    return settings_now().var_folder / "claims" / "own"


@door(Action.RESTORE)
def ledger_beside(engine: Engine) -> Path | None:
    """The folder of a store's ledger, which no backup of the database holds; None without one."""
    catalogue = Catalogue(folder_of(engine))
    return catalogue.folder if catalogue.is_begun else None


def hospitals_of_intake(intake: ClaimIntake) -> Iterable[str]:
    """The hospitals that rows to be stored are of."""
    return intake.hospitals


def hospitals_of_upload(engine: Engine, upload: int) -> Iterable[str]:
    """The hospitals that a file of claims speaks of."""
    spoken = Catalogue(folder_of(engine)).spoken(upload)
    return sorted({hcode for _upload, hcode, _month, _rows in spoken})


@door(Action.UPLOAD, ANYWHERE)
def examine_for(
    engine: Engine,
    files: Mapping[str, bytes],
    *,
    kind: Kind | None = None,
    hcode: str | None = None,
    today: date,
) -> ClaimIntake:
    """A file of claims as a store would take it; nothing is stored but, once, its secret."""
    with reading(engine) as session:
        codes = frozenset(known_codes(session).values())
    keys = visit_keys(folder_of(engine))
    return examine_claims(files, Given(keys, today, codes or None, hcode), kind)


@door(Action.UPLOAD, hospitals_of_intake)
def store_claims(
    engine: Engine, intake: ClaimIntake, *, by: str, replaces: bool = False
) -> Received:
    """Store what can be stored of a file, and hand the defects of its hospitals on.

    Where the same bytes are stored already, that is among the issues and nothing is changed.
    """
    if not intake.is_storable:
        return Received(intake)
    try:
        change = _ledger(engine).add(intake.new(by, replaces=replaces))
    except StoreError as error:
        if error.code != "S083":
            raise
        refused = ClaimIntake(intake.file, issues=(issue_of(error),))
        return Received(refused)
    _leave(engine, "claims_stored", change, by, intake.stored_name)
    return Received(intake, change.upload, feed(engine, folder_of(engine), change.keys, by=by))


@door(Action.UPLOAD, hospitals_of_upload)
def withdraw_claims(engine: Engine, upload: int, *, by: str, reason: str) -> Fed:
    """Take a file of claims out of the ledger, and hand on what the defects are without it."""
    change = _ledger(engine).withdraw(upload, reason)
    _leave(engine, "claims_withdrawn", change, by, reason)
    return feed(engine, folder_of(engine), change.keys, by=by)


@door(Action.READ, ANYWHERE)
def claim_uploads(engine: Engine) -> list[ClaimUpload]:
    """Files of claims that were sent, newest first; those alone whose hospitals may be read."""
    catalogue, may = Catalogue(folder_of(engine)), readable(engine)
    about: dict[int, set[str]] = defaultdict(set)
    for upload, hcode, _month, _rows in catalogue.spoken():
        about[upload].add(hcode)
    return [one for one in catalogue.uploads() if all(map(may, about[one.id] or {COUNTRY}))]


def _leave(engine: Engine, action: str, change: "Change", by: str, reason: str) -> None:
    """Leave a deed of a change of the ledger: of which hospitals, and how many months."""
    hospitals = sorted({hcode for hcode, _month in change.keys})
    after = {"hospitals": ", ".join(hospitals[:_MOST_LISTED]), "hospital_months": len(change.keys)}
    with unit_of_work(engine) as session:
        leave(session, action, f"claims:{change.upload}", by=by, after=after, reason=reason)
        session.commit()


def _ledger(engine: Engine) -> "Ledger":
    """The ledger that can be changed; loaded late, for only storing needs its engine."""
    module: Any = import_module("core.claims.ledger")
    ledger: Ledger = module.Ledger(folder_of(engine))
    return ledger


@door(Action.MANAGE)
def feed_all(engine: Engine, *, by: str) -> Fed:
    """Hand on the counts of every hospital and month the ledger has ever spoken of."""
    folder = folder_of(engine)
    keys = {(hcode, month) for _upload, hcode, month, _rows in Catalogue(folder).spoken()}
    return feed(engine, folder, keys, by=by, all_of_them=True)


def today() -> date:
    """The day it is in Thailand: nothing of a claim can lie after it."""
    return in_thailand(datetime.now(UTC)).date()
