"""A program that starts writers: `python -m tests.core.store.engine.writer ADDRESS`.

For every number on its standard input it forks a process that stores so many uploads, 0 meaning
without end, and says on standard output what it does: `PID begins`, `PID done`, `PID failed CODE`.
After `wait` it waits until one of them has ended, and says `PID ended`.
"""

import os
import sys

import numpy as np

from core.errors import StoreError
from core.periods import Period
from core.scoring.base.states import State
from core.store.engine.migrate import open_database
from core.store.engine.unit_of_work import unit_of_work
from core.store.results.versions import open_version
from core.store.results.writing import write_results
from core.store.uploads.observations import NewSubmission, Observed
from core.store.uploads.repository import NewUpload, store_upload
from tests.core.store.filling import levels

HOSPITALS, MEASURES = 40, 20
SUBJECTS = [f"{10000 + number}" for number in range(HOSPITALS)]
MONTH = Period(2566, "M", 9)


def say(what: str) -> None:
    # One write, so that lines of several processes do not mix.
    os.write(sys.stdout.fileno(), f"{os.getpid()} {what}\n".encode())


def submissions(value: float) -> list[NewSubmission]:
    """Every figure of an upload is the same, so that a mixture would show."""
    figures = [
        Observed(f"finance.m{n}", value, State.REPORTED, "S", f"A{n}") for n in range(MEASURES)
    ]
    return [NewSubmission(subject, MONTH, figures) for subject in SUBJECTS]


def write(address: str, rounds: int) -> None:
    engine = open_database(address)
    draw = np.random.default_rng(os.getpid())
    done = 0
    while not rounds or done < rounds:
        say("begins")
        value = draw.random()
        new = NewUpload(
            "finance", "1", "P61", 2566, "a.xlsx", draw.bytes(20_000), str(os.getpid()), 1, 1
        )
        with unit_of_work(engine) as session:
            stored = store_upload(session, new, submissions(value))
            version = open_version(session, why="import", by="x", upload_id=stored.upload.id)
            write_results(session, version, levels(dict.fromkeys(SUBJECTS, value)))
            session.commit()
        done += 1
        say("done")


def main() -> None:
    address = sys.argv[1]
    say("ready")
    for line in sys.stdin:
        if line == "wait\n":
            os.wait()
            say("ended")
        elif os.fork() == 0:
            try:
                write(address, int(line))
            except StoreError as error:
                say(f"failed {error.code}")
            os._exit(0)


if __name__ == "__main__":
    main()
