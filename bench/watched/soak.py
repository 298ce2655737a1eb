"""Memory over 5,000 reruns and 200 viewers who come and go, and what a further viewer takes.

A server of the demonstration; in each of twenty rounds ten viewers open a connection, change
through every page, its areas and its months, and leave. Then thirty at once stay. Prints the
server's memory after each round, how much the second half of the rounds added, and what each of the
thirty took; fails above a limit. Memory is what the system says the process holds (Linux).
`python -m bench.watched.soak` prints all of it; `--rounds` and `--changes` make it shorter.
"""

import argparse
import sys
import tempfile
from itertools import count
from pathlib import Path

from bench.load import MONTHS, REGIONS
from bench.watched.servers import ROOT, Server, running
from bench.watched.viewers import StreamlitViewer
from core.demo.loading import load
from core.store.engine.migrate import open_database
from core.store.engine.unit_of_work import close_engines

PAGES = ("", "facility", "criteria", "readings", "compare", "governance", "scorecard", "crisis")
FIRST_HOSPITAL = 99001
ROUNDS, VIEWERS, CHANGES = 20, 10, 25
STAYING = 30
FLAT, A_VIEWER = 10.0, 3.0
"""Megabytes: what the second half of the rounds may add, and what a further viewer may take."""


def megabytes(server: Server) -> float:
    """What the server holds in memory."""
    lines = Path(f"/proc/{server.process}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024


def view(page: str, number: int) -> str:
    """An address of a page: one of a few hundred hospitals, or a region, in one of eight months."""
    month = MONTHS[number % len(MONTHS)]
    if page == "facility":
        return f"area={FIRST_HOSPITAL + number % 300}&period={month}"
    return f"area={REGIONS[number % len(REGIONS)]}&period={month}"


def visit(server: Server, changes: int, numbers: "count[int]", viewers: int = VIEWERS) -> None:
    """Viewers who come, change what they look at, and leave."""
    everybody = [
        (page, StreamlitViewer(server, page))
        for page in (PAGES[n % len(PAGES)] for n in range(viewers))
    ]
    for _ in range(changes):
        for page, who in everybody:
            who.change(view(page, next(numbers)))
    for _page, who in everybody:
        who.leave()


def main() -> int:
    """Print memory round by round; 1 when it grows."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--changes", type=int, default=CHANGES)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        load(open_database(f"sqlite:///{home}/var/demo.db", "demo"))
        close_engines()
        with running(ROOT, home) as server:
            server.rest()
            return report(server, options.rounds, options.changes)


def report(server: Server, rounds: int, changes: int) -> int:
    """The rounds, then those who stay."""
    numbers = count()
    print(f"rested: {megabytes(server):.0f} MB")
    held = []
    for number in range(1, rounds + 1):
        visit(server, changes, numbers)
        held.append(megabytes(server))
        reruns, sessions = number * VIEWERS * changes, number * VIEWERS
        print(f"{reruns:6,} reruns, {sessions:4} viewers: {held[-1]:.0f} MB", flush=True)
    grown = held[-1] - held[len(held) // 2]
    staying = [StreamlitViewer(server, PAGES[n % len(PAGES)]) for n in range(STAYING)]
    for n, who in enumerate(staying):
        who.change(view(PAGES[n % len(PAGES)], n))
    each = (megabytes(server) - held[-1]) / STAYING
    for who in staying:
        who.leave()
    print(f"the second half added {grown:.1f} MB (at most {FLAT:g})")
    print(f"a further viewer took {each:.2f} MB (at most {A_VIEWER:g})")
    return int(grown > FLAT or each > A_VIEWER)


if __name__ == "__main__":
    sys.exit(main())
