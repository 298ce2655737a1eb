"""Imports killed at random moments, stores copied as a power cut leaves them, twenty who store.

`python -m tests.soak.faults --kills 100` prints what came out; the exit code is 1 where anything
was lost, halved or stored twice.
"""

import argparse
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from core.services.bulk import run
from core.services.bulk.readers import Readers
from core.services.bulk.sources import all_sources
from core.services.importing.files import Sender
from core.services.importing.store_intake import store
from core.services.intake.examine import examine
from core.store.engine.migrate import open_database
from core.store.engine.unit_of_work import close_engines
from tests.core.services.sending import SOUND, row, table

FILES, ROWS, PEOPLE = 40, 30, 20
INTO = 0.3


@dataclass
class Tally:
    """What became of all kills; `uploads` counts what the killed imports had stored by then."""

    kills: int = 0
    uploads: list[int] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def check(self, file: Path, what: str, at_least: int = 0) -> int:
        """Hold a store against what must be true of it; how many uploads it has."""
        try:
            there = whole_uploads(file)
        except (sqlite3.Error, AssertionError) as error:
            self.faults.append(f"{what}: {error!r}")
            return at_least
        if there < at_least:
            self.faults.append(f"{what}: {at_least} uploads were there, {there} are left")
        return there


def whole_uploads(file: Path) -> int:
    """How many uploads a store has, each of them whole, sent once and with its results."""
    with closing(sqlite3.connect(file)) as connection:

        def one(query: str) -> object:
            return connection.execute(query).fetchone()[0]

        assert one("PRAGMA integrity_check") == "ok"
        assert connection.execute("PRAGMA foreign_key_check").fetchone() is None
        uploads = one("SELECT count(*) FROM upload")
        assert isinstance(uploads, int)
        assert one("SELECT count(DISTINCT sha256) FROM upload") == uploads
        assert one("SELECT count(*) FROM upload_content") == uploads
        assert one("SELECT count(*) FROM submission WHERE current") == ROWS * uploads
        standing = "SELECT count(*) FROM result WHERE until IS NULL AND criterion = 'crisis.level'"
        assert one(standing) == ROWS * uploads
    return uploads


def folder_of_files(folder: Path) -> Path:
    """Files of hospitals that no other file has."""
    folder.mkdir()
    for number in range(FILES):
        codes = range(10001 + ROWS * number, 10001 + ROWS * (number + 1))
        rows = (row(str(code), SOUND | {"facility.hgr": "M2"}) for code in codes)
        (folder / f"{number:02}.csv").write_bytes(table(*rows))
    return folder


def imported(folder: Path, file: Path, told: int) -> None:
    """Import a folder as the terminal does, in smaller transactions; a byte tells of each file."""
    run.TOGETHER = 4  # type: ignore[misc]
    with Readers(1) as readers:
        engine = open_database(f"sqlite:///{file}")
        for _ in run.import_sources(engine, all_sources([folder]) or (), Sender("soak"), readers):
            os.write(told, b".")


def started(folder: Path, file: Path) -> tuple[int, int]:
    """An import in a process group of its own: the number of the group, and where it tells."""
    heard, told = os.pipe()
    child = os.fork()
    if not child:
        os.setsid()
        try:
            imported(folder, file, told)
        finally:
            os._exit(0)
    os.close(told)
    return child, heard


def ended(child: int, heard: int) -> None:
    """Wait for the end of an import."""
    os.waitpid(child, 0)
    os.close(heard)


def cut_off(child: int, file: Path, copy: Path) -> None:
    """Kill an import; the copy is what the disk would hold had the power gone."""
    os.killpg(child, signal.SIGSTOP)
    for end in ("", "-wal"):
        if (there := file.with_name(file.name + end)).exists():
            shutil.copyfile(there, copy.with_name(copy.name + end))
    os.killpg(child, signal.SIGKILL)


def killed(kills: int, seed: int, place: Path) -> Tally:
    """Kill imports until so many were; each goes on where the one before it ended."""
    draw, tally = random.Random(seed), Tally()
    folder = folder_of_files(place / "sent")
    while tally.kills < kills:
        file, stored = place / f"{tally.kills}.db", 0
        while stored < FILES and tally.kills < kills:
            child, heard = started(folder, file)
            for _ in range(draw.randrange(FILES)):
                os.read(heard, 1)
            time.sleep(draw.uniform(0, INTO))  # Into the next transaction, or the one after it.
            copy = place / f"copy-{tally.kills}.db"
            cut_off(child, file, copy)
            ended(child, heard)
            tally.kills += 1
            if has_tables(file):
                stored = tally.check(file, f"kill {tally.kills}", stored)
            if has_tables(copy):
                tally.check(copy, f"copy {tally.kills}")
            tally.uploads.append(stored)
        ended(*started(folder, file))
        if tally.check(file, "gone on") != FILES:
            tally.faults.append("an import that went on did not end")
    return tally


def has_tables(file: Path) -> bool:
    """Whether a store was begun at all: a kill may come before its first transaction."""
    if not file.exists():
        return False
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute("SELECT 1 FROM sqlite_master").fetchone() is not None


def at_once(file: Path) -> int:
    """Twenty people store at the same time; how many have their receipt."""
    engine = open_database(f"sqlite:///{file}")

    def one(number: int) -> str:
        data = table(row(str(20001 + number), SOUND))
        intake = examine(data, f"{number}.csv")
        return store(engine, intake, data, by=str(number)).action

    with ThreadPoolExecutor(PEOPLE) as people:
        return list(people.map(one, range(PEOPLE))).count("stored")


def main() -> int:
    """Try all of it; 1 where anything was lost."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak.faults")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=2566)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        tally = killed(chosen.kills, chosen.seed, Path(place))
        people = at_once(Path(place) / "people.db")
        close_engines()
    midway = sum(0 < stored < FILES for stored in tally.uploads)
    print(f"seed {chosen.seed}: {tally.kills} kills of an import of {FILES} files, {midway} midway")
    print(f"faults: {len(tally.faults)}")
    print(f"{people} of {PEOPLE} who stored at once were stored")
    for fault in tally.faults:
        print(f"  {fault}")
    return int(bool(tally.faults) or people < PEOPLE)


if __name__ == "__main__":
    sys.exit(main())
