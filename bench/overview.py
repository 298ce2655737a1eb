"""From the store to the overview's figures for the whole country, against the bare SQL queries.

Invented hospitals, 907 of them through 24 months, as the demonstration has them. The lower bound
runs the same queries by hand on a bare connection and fetches their rows; what ships makes of them
what the page shows: shares with their targets, regions, provinces, what needs attention.
`python -m bench.overview` prints the ratio.
"""

import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from core.periods import Period
from core.services.demo.loading import load
from core.services.month import months, read_month
from core.services.overview import of_month
from core.store.engine import close_engines, reading
from core.store.keys import period_key
from core.store.migrate import open_store

LIMIT = 3.0
RUNS = 15

LEVELS = """
    SELECT period_id, subject, value, points, verdict, state FROM result
    WHERE criterion = 'crisis.level' AND until IS NULL AND period_id IN (?, ?)
"""
SHARES = """
    SELECT criterion, period_id, subject, value, points, full_marks, verdict, state, detail
    FROM result JOIN result_detail ON result_id = id
    WHERE criterion IN ('crisis.area', 'crisis.efficiency') AND until IS NULL
      AND period_id IN (?, ?)
      AND (subject = 'TH' OR subject BETWEEN 'R' AND 'R~' OR subject BETWEEN 'P' AND 'P~')
"""
HOSPITALS = """
    SELECT f.hcode, f.name_th, f.name_en, s.district, d.province, p.region, latitude, longitude
    FROM facility f JOIN facility_state s ON s.hcode = f.hcode
    JOIN district d ON d.code = s.district JOIN province p ON p.code = d.province
    WHERE f.kind = 'hospital' AND s.valid_from = (
        SELECT max(valid_from) FROM facility_state WHERE hcode = f.hcode AND valid_from <= ?)
    ORDER BY f.hcode
"""
NAMES = """
    SELECT code, name_th, name_en, 'TH' FROM region
    UNION ALL SELECT code, name_th, name_en, region FROM province
    UNION ALL SELECT code, name_th, name_en, province FROM district
"""


def bare(connection: sqlite3.Connection, period: Period, before: Period) -> list[list[Any]]:
    """The rows of every query, as the driver hands them over."""
    both = (period_key(period), period_key(before))
    asked = ((LEVELS, both), (SHARES, both), (HOSPITALS, (period.ordinal,)), (NAMES, ()))
    return [connection.execute(query, values).fetchall() for query, values in asked]


def shipped(engine: Engine, period: Period, before: Period) -> Any:
    """The overview of the country, nothing of it kept from an earlier call."""
    with reading(engine) as session:
        whole = read_month(session, period, before, "bench")
    return of_month(engine, whole, "TH", "crisis")


def shortest(work: Callable[[], Any]) -> float:
    """The shortest of some runs, in milliseconds."""
    found = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return 1000 * min(found)


def main() -> int:
    """Print both times and their ratio; 1 when it is above the limit."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "demo.db"
        engine = open_store(f"sqlite:///{file}", "demo")
        load(engine)
        before, period = months(engine)[-2:]
        connection = sqlite3.connect(file)
        hospitals = bare(connection, period, before)[2]
        shown = shipped(engine, period, before)
        assert shown.crisis is not None
        assert shown.crisis.expected == len(hospitals)
        below = shortest(lambda: bare(connection, period, before))
        ours = shortest(lambda: shipped(engine, period, before))
        connection.close()
        close_engines()
    print(f"bare SQL {below:.1f} ms, overview {ours:.1f} ms, ratio {ours / below:.1f} ({LIMIT:g})")
    return int(ours / below > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
