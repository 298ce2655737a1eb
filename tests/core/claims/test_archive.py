"""A ledger in one file beside a backup: whole, checked, and replaced only by what is right."""

import hashlib
import zipfile

import pytest

from core.claims.archive import HASHES, archive_of, pack, unpacked
from core.claims.catalogue import Catalogue
from core.claims.keys import visit_keys
from core.claims.ledger import Ledger
from core.claims.reading import FigureQuery, visits
from core.errors import StoreError
from core.periods import Period
from tests.core.claims.made import new, visit

OCTOBER = Period(2568, "M", 1)


@pytest.fixture
def ledger(tmp_path):
    folder = tmp_path / "claims" / "own"
    visit_keys(folder)
    ledger = Ledger(folder)
    ledger.add(new([visit("a", "2024-10-05"), visit("b", "2024-10-06")]))
    return ledger


@pytest.fixture
def backup(tmp_path, ledger):
    file = tmp_path / "kept.db"
    file.write_bytes(b"a database")
    pack(ledger.folder, file)
    return file


def content(folder):
    rows = visits(folder, FigureQuery([OCTOBER.ordinal]), "all", OCTOBER.ordinal, OCTOBER.last_day)
    return None if rows is None else rows["visit"].to_pylist()


def restore(backup, folder):
    with unpacked(backup, folder) as ready:
        ready.put_in_place()
    return ready.archived


def test_rows_and_secret_come_back_and_what_came_since_does_not(ledger, backup):
    key = visit_keys(ledger.folder).key("11223", "AN", "1")
    ledger.add(new([visit("c", "2024-10-07")]))
    ledger.withdraw(1, "for a try")
    before = ledger.catalogue.generation()
    archived = restore(backup, ledger.folder)
    assert content(ledger.folder) == ["a", "b"]
    assert archived.files == 1 + 1 + 5  # The list, the secret, a file of each role.
    assert visit_keys(ledger.folder).key("11223", "AN", "1") == key
    assert (ledger.folder / "visit-key.secret").stat().st_mode & 0o777 == 0o600
    assert ledger.catalogue.generation() > before  # What pages keep goes by it.
    assert not list(ledger.folder.parent.glob(".restore-*"))
    ledger.add(new([visit("d", "2024-10-08")]))
    assert content(ledger.folder) == ["a", "b", "d"]


def test_it_comes_into_a_place_without_a_ledger(backup, tmp_path):
    folder = tmp_path / "elsewhere" / "own"
    restore(backup, folder)
    assert content(folder) == ["a", "b"]


def test_the_list_of_hashes_is_of_every_file_and_of_the_backup(backup):
    with zipfile.ZipFile(archive_of(backup)) as archive:
        lines = archive.read(HASHES).decode().splitlines()
        told = {name: digest for digest, name in (line.split("  ") for line in lines)}
        assert told.pop("kept.db") == hashlib.sha256(b"a database").hexdigest()
        assert set(told) == set(archive.namelist()) - {HASHES}
        for name, digest in told.items():
            assert hashlib.sha256(archive.read(name)).hexdigest() == digest
    assert archive_of(backup).stat().st_mode & 0o777 == 0o600


def changed(backup, change):
    """The archive written anew, with an entry changed, left out or added."""
    with zipfile.ZipFile(archive_of(backup)) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    change(entries)
    with zipfile.ZipFile(archive_of(backup), "w") as archive:
        for name, data in entries.items():
            archive.writestr(name, data)


def a_part(entries):
    return next(name for name in entries if name.startswith("parts/"))


def listed(entries, name, data):
    entries[name] = data
    entries[HASHES] += f"{hashlib.sha256(data).hexdigest()}  {name}\n".encode()


BROKEN = {
    "another content": lambda e: e.update({a_part(e): b"PAR1"}),
    "left out": lambda e: e.pop(a_part(e)),
    "no list": lambda e: e.pop(HASHES),
    "out of its folder": lambda e: listed(e, "../outside.parquet", b"x"),
    "elsewhere": lambda e: listed(e, "/outside.parquet", b"x"),
    "named, neither there nor listed": lambda e: e.update(
        {HASHES: b"".join(x for x in e[HASHES].splitlines(True) if b"parts/" not in x)}
    ),
}


@pytest.mark.parametrize("change", BROKEN.values(), ids=BROKEN)
def test_a_damaged_archive_changes_nothing(ledger, backup, change):
    changed(backup, change)
    with pytest.raises(StoreError, match="S085"):
        restore(backup, ledger.folder)
    assert content(ledger.folder) == ["a", "b"]
    archive_of(backup).write_bytes(b"PK\x03\x04 no zip")
    with pytest.raises(StoreError, match="S085"):
        restore(backup, ledger.folder)


def test_an_archive_of_another_backup_is_refused(ledger, backup):
    backup.write_bytes(b"another database")
    with pytest.raises(StoreError, match="S086"):
        restore(backup, ledger.folder)
    assert Catalogue(ledger.folder).is_begun


def test_a_backup_that_cannot_be_written_says_so_and_leaves_nothing(ledger, tmp_path):
    with pytest.raises(StoreError, match="S002"):
        pack(ledger.folder, tmp_path / "nowhere" / "kept.db")
    part = next((ledger.folder / "parts").rglob("*.parquet"))
    part.unlink()
    with pytest.raises(StoreError, match="S002"):
        pack(ledger.folder, tmp_path / "again.db")
    assert not list(tmp_path.glob("*.zip*"))
    assert not list(tmp_path.glob(".*"))
