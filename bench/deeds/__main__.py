"""What the audit trail costs: self-assessments stored with their deeds and without.

Each round stores the same workbooks into two empty stores, in turn; without, a unit of work ends
as if nobody asked who did it. Nothing else differs, and both stores must hold the same uploads.
`python -m bench.deeds` prints processor times and fails above the limit.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from unittest.mock import patch

from bench.many import workbooks
from core.services.geography.reference import all_areas
from core.services.importing.files import Sender, import_file
from core.services.importing.sent import sent_files
from core.store.audit import leaving
from core.store.engine.migrate import open_database
from core.store.engine.unit_of_work import close_engines, unit_of_work
from core.store.register.repository import enter_areas

LIMIT = 1.1
_ROUNDS = 5


def stored(files: Sequence[Path], address: str) -> float:
    """Processor seconds until all files are stored in an empty store."""
    engine = open_database(address)
    with unit_of_work(engine) as session:
        enter_areas(session, all_areas())
        session.commit()
    contents = [file.read_bytes() for file in files]
    begun = time.process_time()
    for file, content in zip(files, contents, strict=True):
        import_file(engine, content, file.name, Sender("bench"))
    taken = time.process_time() - begun
    if len(sent_files(engine)) != len(files):
        raise SystemExit("not everything was stored")
    close_engines()
    return taken


def main() -> int:
    """Print both times and their ratio; 1 when it is above the limit."""
    parser = argparse.ArgumentParser(prog="python -m bench.deeds")
    parser.add_argument("--files", type=int, default=60)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        files = workbooks(folder, parser.parse_args().files)
        stored(files[:5], f"sqlite:///{folder / 'first.db'}")  # Rules and forms are read once.
        pairs = []
        for number in range(_ROUNDS):
            kept = stored(files, f"sqlite:///{folder / f'with{number}.db'}")
            with patch.object(leaving, "_enter", lambda *_given: None):
                bare = stored(files, f"sqlite:///{folder / f'without{number}.db'}")
            pairs.append((kept, bare))
    kept, bare = (median(one) for one in zip(*pairs, strict=True))
    ratio = median(kept / bare for kept, bare in pairs)
    print(
        f"{len(files)} workbooks: with deeds {kept:.2f} s, without {bare:.2f} s,"
        f" {ratio:.3f} x (limit {LIMIT} x)"
    )
    return int(ratio > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
