"""PostgreSQL stopped in the middle of an import, at random moments, and coming back.

`python -m tests.soak.outage` sets up a cluster of its own beside the store of nobody, and prints
what came out; the exit code is 1 where anything was lost, halved or stored twice. It asks for
PostgreSQL's own programs (Debian: postgresql).
"""

import argparse
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import text

from core.services.bulk import run
from core.services.bulk.readers import Readers
from core.services.bulk.sources import all_sources
from core.services.importing.files import Sender
from core.store.engine.migrate import open_database
from core.store.engine.unit_of_work import close_engines, reading
from tests.soak.faults import FILES, INTO, ROWS, folder_of_files

_PLACES: Final = "/usr/lib/postgresql"
_WHOLE: Final = {
    "uploads": "SELECT count(*) FROM upload",
    "files": "SELECT count(DISTINCT sha256) FROM upload",
    "contents": "SELECT count(*) FROM upload_content",
    "rows": f"SELECT count(*) / {ROWS} FROM submission WHERE current",
    "levels": (
        f"SELECT count(*) / {ROWS} FROM result WHERE until IS NULL AND criterion = 'crisis.level'"
    ),
}


@dataclass(frozen=True)
class Cluster:
    """A PostgreSQL of our own: where its programs and its data are, and its port."""

    programs: Path
    data: Path
    port: int

    @property
    def address(self) -> str:
        return f"postgresql://test@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -k {self.data}"
        self._do("pg_ctl", "-w", "-D", str(self.data), "-l", f"{self.data}/log", "-o", options,
                 "start")  # fmt: skip

    def stop(self, how: str = "fast") -> None:
        """`immediate` is what a failing machine does; `fast` what an administrator does."""
        self._do("pg_ctl", "-w", "-D", str(self.data), "-m", how, "stop")

    def begin(self) -> None:
        self._do("initdb", "-D", str(self.data), "-U", "test", "-A", "trust", "-E", "UTF8")

    def _do(self, program: str, *words: str) -> None:
        # PostgreSQL refuses to run as root.
        user = "postgres" if os.getuid() == 0 else None
        subprocess.run([self.programs / program, *words], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, user=user)  # fmt: skip


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A cluster that is stopped and gone at the end."""
    found = shutil.which("pg_ctl")
    programs = Path(found).parent if found else max(Path(_PLACES).glob("*/bin"))
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        Path(folder).chmod(0o755)
        data = Path(folder) / "data"
        data.mkdir(mode=0o700)
        if os.getuid() == 0:
            shutil.chown(data, "postgres")
        there = Cluster(programs, data, port)
        there.begin()
        there.start()
        try:
            yield there
        finally:
            there.stop()


def importing(folder: Path, address: str) -> "subprocess.Popen[bytes]":
    """An import of a folder in a process of its own; a line for each file that is stored."""
    command = [sys.executable, "-m", "tests.soak.outage", "--import", str(folder), address]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def import_here(folder: Path, address: str) -> int:
    """Import a folder, a few files a transaction; 3 where the store fails, as in a terminal."""
    run.TOGETHER = 4  # type: ignore[misc]
    with Readers(1) as readers:
        engine = open_database(address)
        sources = all_sources([folder]) or ()
        for one in run.import_sources(engine, sources, Sender("soak"), readers):
            print(one.kind, flush=True)
    return 0


def whole(address: str) -> int:
    """How many uploads there are, each of them whole, sent once and with its results."""
    with reading(open_database(address)) as session:
        counts = {name: session.scalar(text(query)) for name, query in _WHOLE.items()}
    assert len(set(counts.values())) == 1, counts
    return int(counts["uploads"] or 0)


def outages(count: int, seed: int) -> int:
    """Stop the database in the middle of imports; how often anything was wrong afterwards."""
    draw, faults, stored, midway, failed = random.Random(seed), list[str](), 0, 0, 0
    with tempfile.TemporaryDirectory() as place, cluster() as there:
        folder = folder_of_files(Path(place) / "sent")
        for number in range(count):
            failed += stopped_within(folder, there, draw)
            try:
                after = whole(there.address)
            except AssertionError as error:
                faults.append(f"outage {number}: {error}")
                continue
            if after < stored:
                faults.append(f"outage {number}: {stored} were there, {after} are left")
            midway += 0 < after < FILES
            stored = after
        importing(folder, there.address).communicate()
        if whole(there.address) != FILES:
            faults.append("an import that went on did not end")
        close_engines()
    print(f"seed {seed}: PostgreSQL stopped {count} times in an import, {midway} times midway")
    print(f"imports that ended with a failure of the store: {failed}")
    print(f"faults: {len(faults)}", *faults, sep="\n  ")
    return len(faults)


def stopped_within(folder: Path, there: Cluster, draw: random.Random) -> bool:
    """Stop the database within an import and start it again; whether the import failed."""
    child = importing(folder, there.address)
    assert child.stdout is not None
    for _ in range(draw.randrange(2 + FILES // 4)):
        child.stdout.readline()
    time.sleep(draw.uniform(0, INTO))
    there.stop(draw.choice(("immediate", "fast")))
    child.communicate(timeout=120)
    close_engines()
    there.start()
    return child.returncode != 0


def main() -> int:
    """Try all of it; 1 where anything was lost."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak.outage")
    parser.add_argument("--outages", type=int, default=10)
    parser.add_argument("--seed", type=int, default=2566)
    parser.add_argument("--import", nargs=2, dest="imported", metavar=("FOLDER", "ADDRESS"))
    chosen = parser.parse_args()
    if chosen.imported:
        folder, address = chosen.imported
        return import_here(Path(folder), address)
    return int(outages(chosen.outages, chosen.seed) > 0)


if __name__ == "__main__":
    sys.exit(main())
