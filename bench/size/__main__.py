"""What grows with the facilities: 1,000, 3,000 and 10,000 of them, in the same districts.

Invented hospitals through two months, stored and scored. Processor time of what is computed once
for each version of the results: the overview of the country and of a province, fifty rows of the
scorecard, all there is to find, and scoring both months anew. `python -m bench.size` prints
milliseconds and, from size to size, the slope: 1 grows as facilities do, 0 not at all.
"""

import math
import tempfile
import time
from collections.abc import Callable
from itertools import count, cycle
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from bench.scorecard import selection_of
from core.areas import Level, parse_area
from core.periods import parse_period
from core.scoring.base.states import State
from core.services.geography.reference import all_areas
from core.services.overview.month import months, read_month
from core.services.overview.view import of_month
from core.services.recompute.versions import Cause, recompute_all
from core.services.scorecard.view import VIEW, first_scorecard
from core.services.search.index import entries
from core.store.engine.migrate import open_database
from core.store.engine.unit_of_work import close_engines, reading, unit_of_work
from core.store.register.repository import enter_areas, enter_facilities
from core.store.register.row import FacilityRow
from core.store.uploads.observations import NewSubmission, Observed
from core.store.uploads.repository import NewUpload, store_upload
from tests.core.services.sending import BROKE, SOUND

SIZES = (1_000, 3_000, 10_000)
RUNS = 5
MONTHS = tuple(map(parse_period, ("2566-M08", "2566-M09")))
FIRST = 10_001
INDICATOR = "crisis"


def filled(file: Path, size: int) -> Engine:
    """A store of so many hospitals through two months, scored."""
    engine = open_database(f"sqlite:///{file}", "demo")
    areas = all_areas()
    areas = list(all_areas())
    districts = [area.code for area in areas if parse_area(area.code).level is Level.DISTRICT]
    codes = [f"{FIRST + number}" for number in range(size)]
    with unit_of_work(engine) as session:
        enter_areas(session, areas)
        rows = [
            FacilityRow(code, None, *[f"Hospital {code}"] * 2, "hospital", district)
            for code, district in zip(codes, cycle(districts), strict=False)
        ]
        enter_facilities(session, rows)
        new = [_month(code, period, n) for n, code in enumerate(codes) for period in MONTHS]
        store_upload(session, NewUpload("finance", "1", "TH", 2566, "f.xlsx", b"", "b", 1, 1), new)
        session.commit()
    return engine


def _month(code: str, period: Any, number: int) -> NewSubmission:
    figures = (SOUND, BROKE)[(number + period.number) % 2]
    cells = [Observed(m, float(v), State.REPORTED, "finance", "A2") for m, v in figures.items()]
    return NewSubmission(code, period, cells)


def scored(engine: Engine) -> None:
    """Score all months anew."""
    with unit_of_work(engine) as session:
        recompute_all(session, Cause("import", "bench"))
        session.commit()


def least(work: Callable[[], Any], runs: int = RUNS) -> float:
    """The least processor time of some runs, in milliseconds."""
    taken = []
    for _ in range(runs):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return 1000 * min(taken)


def overview(engine: Engine, area: str, version: str) -> object:
    """The overview of an area, nothing of it known yet."""
    before, period = months(engine)[-2:]
    with reading(engine) as session:
        return of_month(engine, read_month(session, period, before, version), area, INDICATOR)


def measured(engine: Engine) -> dict[str, float]:
    """Milliseconds of everything, by what it is."""
    versions = map(str, count())
    scored(engine)
    score = least(lambda: scored(engine), 2)
    selection = selection_of(engine, {"rows": "hospitals", "sort": "crisis.level"})
    return {
        "overview of the country": least(lambda: overview(engine, "TH", next(versions))),
        "overview of a province": least(lambda: overview(engine, "P50", next(versions))),
        "scorecard, fifty rows": least(
            lambda: first_scorecard(engine, next(versions), selection, 0, VIEW)
        ),
        "all there is to find": least(lambda: _entries(engine)),
        "scoring both months anew": score,
    }


def _entries(engine: Engine) -> object:
    from core.services.search import index  # noqa: PLC0415

    index._entries.cache_clear()
    return entries(engine)


def main() -> None:
    """Print a line for everything measured: milliseconds by size, slopes between sizes."""
    table = {}
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            table[size] = measured(filled(Path(folder) / "size.db", size))
            close_engines()
    print(f"{'':28}" + "".join(f"{size:>10,}" for size in SIZES) + "   slopes")
    for name in table[SIZES[0]]:
        values = [table[size][name] for size in SIZES]
        slopes = [
            math.log(values[n + 1] / values[n]) / math.log(SIZES[n + 1] / SIZES[n])
            for n in range(len(SIZES) - 1)
        ]
        shown = "".join(f"{value:7.1f} ms" for value in values)
        print(f"{name:28}{shown}   " + ", ".join(f"{slope:.2f}" for slope in slopes))


if __name__ == "__main__":
    main()
