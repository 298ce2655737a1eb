"""A folder of self-assessments read, checked, scored and stored, against calamine's bare values.

The lower bound takes every value of the same workbooks one after the other on one core. Ours finds
out whether each is harmless, reads, checks and scores it on all cores, and stores it with its
results and what explains them. `python -m bench.many` prints the ratio for 100 workbooks and fails
above the limit; `--files 1000` shows that memory stays where it is. The processor time beside it
says what others on the machine had no part in.
"""

import argparse
import io
import multiprocessing
import resource
import sys
import tempfile
import time
import zipfile
from pathlib import Path

from bench.workbook import bare, own_form
from core.services.bulk.readers import Readers, cores
from core.services.bulk.run import import_sources
from core.services.bulk.sources import all_sources
from core.services.geography.reference import all_areas
from core.services.importing.files import Sender
from core.store.engine.migrate import open_database
from core.store.engine.unit_of_work import unit_of_work
from core.store.register.repository import enter_areas

LIMIT = 8.0
_CUP = "D6101"


def workbooks(folder: Path, count: int) -> list[Path]:
    """Our own form, filled in for as many district networks and years as are wanted."""
    members = _members(own_form(_CUP))
    districts = [area.code for area in all_areas() if area.code.startswith("D")]
    files = []
    for number in range(count):
        file = folder / f"{number:04}.xlsx"
        # Beyond the country's districts a network sends once more.
        cup = districts[number % len(districts)].encode()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            archive.comment = str(number).encode()
            for name, content in members.items():
                archive.writestr(name, content.replace(_CUP.encode(), cup))
        files.append(file)
    return files


def _members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def megabytes() -> tuple[float, float]:
    """The most memory this process had so far, and the largest of those that ended."""
    own, others = (
        resource.getrusage(who).ru_maxrss / 1024
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return own, others


def worked() -> float:
    """Seconds of processor time this process and those that ended have taken."""
    for reader in multiprocessing.active_children():
        reader.join()
    used = [resource.getrusage(w) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def imported(folder: Path, address: str) -> float:
    """Seconds to store a folder; memory is printed ten times meanwhile."""
    begun = time.perf_counter()
    with Readers() as readers:
        engine = open_database(address)
        with unit_of_work(engine) as session:
            enter_areas(session, all_areas())
            session.commit()
        sources = all_sources([folder]) or ()
        tenth = max(1, len(sources) // 10)
        outcomes = import_sources(engine, sources, Sender("bench"), readers)
        for number, one in enumerate(outcomes, start=1):
            if one.kind != "stored":
                raise SystemExit(one.line().en)
            if number % tenth == 0:
                print(f"  {number} stored, at most {megabytes()[0]:.0f} MB")
        return time.perf_counter() - begun


def main() -> int:
    """Print both times and their ratio; 1 when it is above the limit."""
    parser = argparse.ArgumentParser(prog="python -m bench.many")
    parser.add_argument("--files", type=int, default=100)
    wanted: int = parser.parse_args().files
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "sent"
        folder.mkdir()
        files = [file.read_bytes() for file in workbooks(folder, wanted)]
        begun, idle = time.perf_counter(), worked()
        for data in files:
            bare(data)
        lower, least = time.perf_counter() - begun, worked() - idle
        del files
        idle = worked()
        ours = imported(folder, f"sqlite:///{Path(place) / 'truat.db'}")
        taken = worked() - idle
    print(
        f"processor time: calamine {least:.2f} s, ours {taken:.2f} s, which is"
        f" {taken / cores() / least:.1f} x on {cores()} cores"
    )
    print(
        f"{wanted} workbooks: calamine {lower:.2f} s, stored on {cores()} cores in {ours:.2f} s,"
        f" {ours / lower:.1f} x (limit {LIMIT:.0f} x); the largest reader {megabytes()[1]:.0f} MB"
    )
    return int(ours / lower > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
