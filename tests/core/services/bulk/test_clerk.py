"""Files stored by a program beside the server: as if they were stored here, in whoever's name."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from core.access.actors import Actor, Grant, acting
from core.access.roles import Role
from core.errors import AccessError, WorkbookError
from core.services.bulk import clerk
from core.services.bulk.clerk import Clerk, preview, store
from core.services.importing import store_intake
from core.services.intake.examine import examine
from core.store.audit.listing import Wanted, deeds
from core.store.audit.origin import coming_from
from core.store.engine.migrate import open_database
from core.store.engine.unit_of_work import close_engines, reading
from core.store.uploads.repository import uploads
from tests.core.services.sending import (
    BROKE,
    FINANCE_BAD,
    SOUND,
    STAR,
    examined,
    hospital,
    register,
    row,
    table,
)

DATA = table(row("10001", SOUND))


@pytest.fixture(scope="module")
def employed() -> Iterator[Clerk]:
    """The one program of these tests; it is begun when the first file is stored."""
    there = Clerk()
    yield there
    there.end()


@pytest.fixture
def at_work(employed: Clerk, monkeypatch: pytest.MonkeyPatch) -> Clerk:
    monkeypatch.setattr(clerk, "_CLERK", [employed])
    return employed


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    there = open_database(f"sqlite:///{tmp_path / 'truat.db'}")
    register(there, hospital("10001"), hospital("10002"))
    yield there
    close_engines()


@pytest.fixture
def within(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing may be stored by this program itself."""
    monkeypatch.setattr(store_intake, "store", None)


@pytest.mark.usefixtures("at_work", "within")
def test_a_file_is_previewed_and_stored_there_with_who_and_whence(engine: Engine) -> None:
    intake = examine(DATA, "a.csv")
    with coming_from("page", "10.0.0.7"):
        seen = preview(engine, intake, DATA)
        with reading(engine) as session:
            assert uploads(session) == ()
        done = store(engine, intake, DATA, by="office")
        again = store(engine, intake, DATA, by="office")
    assert (seen.action, done.action, again.action) == ("stored", "stored", "same")
    assert (seen.keys, len(seen.own)) == (done.keys, len(done.own))
    with reading(engine) as session:
        assert [one.file_name for one in uploads(session)] == ["a.csv"]
        deed = deeds(session, Wanted(action="upload_stored"))[0]
    assert (deed.who, deed.via, deed.place) == ("office", "page", "10.0.0.7")


@pytest.mark.usefixtures("at_work", "within")
def test_every_kind_of_file_has_the_receipt_that_it_has_within(engine: Engine) -> None:
    for file in (STAR, FINANCE_BAD):
        data, intake = file.read_bytes(), examined(file)
        here = store_intake.preview(engine, intake, data, by="cup", subject="D6101").receipt
        there = store(engine, intake, data, by="cup", subject="D6101")
        assert (there.keys, there.own, there.areas) == (here.keys, here.own, here.areas)
        assert there.issues == here.issues
        assert there.recomputed == here.recomputed


@pytest.mark.usefixtures("at_work", "within")
def test_what_is_refused_there_is_refused_here(engine: Engine) -> None:
    with pytest.raises(WorkbookError, match="F014"):
        store(engine, examined(STAR), STAR.read_bytes(), by="cup")
    elsewhere = Actor("truat:local", "cup", "Cup", (Grant(Role.CUP, "D9999"),))
    with acting(elsewhere), pytest.raises(AccessError, match="A002"):
        store(engine, examine(DATA, "a.csv"), DATA, by="cup")


def test_one_that_is_lost_over_a_file_loses_nothing_and_stores_nothing_twice(
    engine: Engine, at_work: Clerk
) -> None:
    intake = examine(DATA, "a.csv")
    at_work.begin()
    assert at_work._process is not None
    at_work._process.kill()
    at_work._process.wait()
    assert store(engine, intake, DATA, by="office").action == "stored"

    def lost_after_storing(_errand: object) -> None:
        store_intake.store(engine, examine(OTHER, "b.csv"), OTHER, by="office")

    OTHER = table(row("10002", BROKE))  # noqa: N806
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(at_work, "answer", lost_after_storing)
        assert store(engine, examine(OTHER, "b.csv"), OTHER, by="office").action == "same"
    with reading(engine) as session:
        assert len(uploads(session)) == 2


def test_a_preview_stands_in_no_line(
    engine: Engine, at_work: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Clerk, "is_storing", True)
    monkeypatch.setattr(at_work, "answer", None)
    assert preview(engine, examine(DATA, "a.csv"), DATA).action == "stored"


def test_without_one_it_is_stored_within(engine: Engine) -> None:
    assert clerk._CLERK == []
    clerk.get_ready()
    assert store(engine, examine(DATA, "a.csv"), DATA, by="office").action == "stored"
