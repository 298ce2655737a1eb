"""The next view of a meeting, against the same page presented outside of it.

Invented hospitals of a province through 24 months, as the demonstration has them. Both sides build
a slide from the store and draw it; the meeting reads results of a version that was replaced since,
finds its agenda first, and looks what was renamed. They take turns view by view, with nothing of
the view in a cache. `python -m bench.meeting` prints the times and their ratio.
"""

import gc
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from core.demo.loading import load
from core.periods import parse_period
from core.reports.slide import Slide
from core.services.meeting.meetings import hold_meeting, meeting
from core.services.meeting.report import slide_of_entry
from core.services.meeting.slides import slide_of
from core.store.engine.migrate import open_database
from core.store.engine.unit_of_work import close_engines, unit_of_work
from core.store.results.versions import open_version

LIMIT = 1.5
AREA, PERIOD = "P50", parse_period("2566-M12")
ROUNDS = 3


def main() -> int:
    """Print both times and their ratio; 1 when it is above the limit."""
    ratios = []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            ratios.append(_round(Path(folder)))
            close_engines()
    print(f"median of {ROUNDS} rounds: {median(ratios):.2f} times (at most {LIMIT})")
    return int(median(ratios) > LIMIT)


def _round(folder: Path) -> float:
    engine = open_database(f"sqlite:///{folder / 'demo.db'}", "demo")
    load(engine)
    number = hold_meeting(engine, AREA, PERIOD, by="bench")
    with unit_of_work(engine) as session:
        open_version(session, why="bench", by="bench")
        session.commit()
    gc.collect()
    gc.freeze()
    opened = meeting(engine, number)
    # What every view of the month needs is read once by whoever comes first.
    slide_of_entry(opened, opened.shown[0])
    slide_of(engine, opened.shown[0].page, dict(opened.shown[0].parameters))
    inside, outside = [], []
    for place, entry in enumerate(opened.shown[1:], 1):
        given = dict(entry.parameters)

        def in_meeting(at: int = place) -> Slide:
            now = meeting(engine, number)
            return slide_of_entry(now, now.shown[at])

        def alone(page: str = entry.page, address: dict[str, str] = given) -> Slide:
            return slide_of(engine, page, address)

        first, second = (in_meeting, alone) if place % 2 else (alone, in_meeting)
        times = {first: _taken(first), second: _taken(second)}
        inside.append(times[in_meeting])
        outside.append(times[alone])
    ratio = sum(inside) / sum(outside)
    print(
        f"{len(inside)} views: {1000 * median(inside):.1f} ms in the meeting,"
        f" {1000 * median(outside):.1f} ms outside, {ratio:.2f} times"
    )
    return ratio


def _taken(work: Callable[[], Slide]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    sys.exit(main())
