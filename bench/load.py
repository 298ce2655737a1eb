"""One and thirty viewers over the open connection: a hospital's page beside Dash, others too.

Each viewer looks at views of its own. The Dash page (bench/watched/dash_page.py) has a radar, a
trend and a table and nothing else; the empty Streamlit page a list to choose from. One viewer of
each page changes it in turn with those of all others, so that what else the machine does falls on
all alike; thirty, who change every second and a half, take turns page by page in three rounds.
Views repeat, but those called new nobody has ever seen. `python -m bench.load` prints milliseconds,
bytes and ratios and fails above a limit. The Dash page needs bench/requirements.txt (in another
environment where BENCH_PYTHON names its interpreter).
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from itertools import count, cycle
from pathlib import Path
from statistics import mean, median
from typing import NamedTuple

from bench.watched.servers import EMPTY, ROOT, Server, running, started
from bench.watched.viewers import Cost, DashViewer, StreamlitViewer, Viewer, measured
from core.demo.loading import load
from core.store.engine.migrate import open_database
from core.store.engine.unit_of_work import close_engines

ROUNDS, CHANGES, PACE = 3, 6, 1.5
ONE, MANY = 60, 30
"""Changes of one viewer, and viewers at once."""
BYTES_LIMIT = 80_000
MONTHS = [f"2566-M{number:02}" for number in range(12, 4, -1)]
FIRST_HOSPITAL = 99001
REGIONS = [f"R{number:02}" for number in range(1, 14)]


class Subject(NamedTuple):
    """What is measured: the server, its viewers, and what each of them looks at."""

    server: Server
    viewer: Callable[[], Viewer]
    views: Callable[[], Iterator[Iterator[str]]]


class Limit(NamedTuple):
    """At most so many times the waiting and the work of another subject."""

    times: float
    of: str


LIMITS = {
    "hospital": Limit(1.5, "Dash page"),
    "hospital, new": Limit(1.5, "Dash page"),
    **{
        name: Limit(2.0, "overview")
        for name in ("criteria", "readings", "compare", "governance", "scorecard")
    },
}


def areas() -> Iterator[Iterator[str]]:
    """Viewers who go from region to region and from month to month."""
    for first in count():
        yield (
            f"area={REGIONS[(first + step) % len(REGIONS)]}&period={MONTHS[step % 4]}"
            for step in count()
        )


def hospitals(begin: Iterator[int]) -> Iterator[Iterator[str]]:
    """Viewers who each look at the months of a hospital of their own."""
    for number in begin:
        yield (f"area={FIRST_HOSPITAL + number}&period={month}" for month in cycle(MONTHS))


def months() -> Iterator[Iterator[str]]:
    """Viewers of the Dash page."""
    for first in count():
        yield (MONTHS[(first + step) % len(MONTHS)] for step in count())


def subjects(stack: ExitStack, folder: Path) -> dict[str, Subject]:
    """Every page that is measured, by its name."""
    homes = {name: folder / name for name in ("empty", "dash", "ours")}
    for home in homes.values():
        home.mkdir()
    (homes["empty"] / "app.py").write_text(EMPTY, encoding="utf-8")
    load(open_database(f"sqlite:///{homes['ours']}/var/demo.db", "demo"))
    close_engines()
    python = os.environ.get("BENCH_PYTHON", sys.executable)
    if subprocess.run([python, "-c", "import dash"], capture_output=True, check=False).returncode:
        raise SystemExit("Dash is not here: pip install -r bench/requirements.txt, see above")
    dash = stack.enter_context(
        started(
            [python, "-m", "bench.watched.dash_page", "{port}"], ROOT, homes["dash"], "_dash-layout"
        )
    )
    empty = stack.enter_context(running(homes["empty"], homes["empty"]))
    app = stack.enter_context(running(ROOT, homes["ours"]))
    unseen = count(100)
    seen = {"hospital": partial(hospitals, range(MANY)), "hospital, new": lambda: hospitals(unseen)}
    pages = ("criteria", "readings", "compare", "governance", "scorecard")
    app.rest()
    return {
        "Dash page": Subject(dash, partial(DashViewer, dash), months),
        "empty page": Subject(empty, partial(StreamlitViewer, empty, ""), areas),
        "overview": Subject(app, partial(StreamlitViewer, app, ""), areas),
        **{
            name: Subject(app, partial(StreamlitViewer, app, "facility"), views)
            for name, views in seen.items()
        },
        **{name: Subject(app, partial(StreamlitViewer, app, name), areas) for name in pages},
    }


def in_turn(known: dict[str, Subject]) -> dict[str, Cost]:
    """One viewer of each page; they change it one after the other."""
    viewers = {name: (one.viewer(), next(one.views())) for name, one in known.items()}
    for who, views in viewers.values():
        who.change(next(views))
    taken: dict[str, list[tuple[float, float, int]]] = {name: [] for name in known}
    for _ in range(ONE):
        for name, (who, views) in viewers.items():
            begun, worked = time.perf_counter(), known[name].server.worked()
            received = who.change(next(views))
            waited = 1000 * (time.perf_counter() - begun)
            taken[name].append((waited, known[name].server.worked() - worked, received))
    for who, _views in viewers.values():
        who.leave()
    return {name: _of_one(rows) for name, rows in taken.items()}


def _of_one(rows: list[tuple[float, float, int]]) -> Cost:
    waits, works, received = zip(*rows, strict=True)
    return Cost(median(waits), mean(works), median(received))


def at_once(known: dict[str, Subject]) -> dict[str, Cost]:
    """Thirty viewers of a page at once, page after page, and the median of the rounds."""
    rounds = [
        {
            name: measured(one.server, one.viewer, one.views(),
                           viewers=MANY, changes=CHANGES, pace=PACE)
            for name, one in known.items()
        }
        for _ in range(ROUNDS)
    ]  # fmt: skip
    return {name: _middle([one[name] for one in rounds]) for name in known}


def _middle(costs: list[Cost]) -> Cost:
    figures = zip(*((one.wait, one.work, one.bytes) for one in costs), strict=True)
    return Cost(*map(median, figures))


def main() -> int:
    """Print every figure beside its limit; 1 when one is above it."""
    over = False
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        known = subjects(stack, Path(folder))
        for title, measure in (("1 viewer", in_turn), (f"{MANY} viewers", at_once)):
            found = measure(known)
            print(title)
            # All of them are printed.
            over |= sum(_told(name, found) for name in found) > 0
    return int(over)


def _told(name: str, found: dict[str, Cost]) -> bool:
    """Print the figures of a page; whether they are above its limit."""
    cost, limit = found[name], LIMITS.get(name)
    work, sent = f"{cost.work:7.1f} ms of the server", f"{cost.bytes / 1e3:7.1f} kB"
    line = f"  {name:14} {cost.wait:7.1f} ms {work} {sent}"
    if limit is None:
        print(line)
        return False
    other = found[limit.of]
    ratios = cost.wait / other.wait, cost.work / other.work
    said = ", ".join(f"{ratio:.2f} x" for ratio in ratios)
    print(f"{line}   {said} {limit.of} (limit {limit.times:g})")
    is_large = limit.of == "Dash page" and cost.bytes > BYTES_LIMIT
    return max(ratios) > limit.times or is_large


if __name__ == "__main__":
    sys.exit(main())
