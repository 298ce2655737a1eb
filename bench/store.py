"""The store against plain SQL on the same file: a country's figures in, its results in and out.

900 hospitals through 24 months, 28 figures each, and two results a month with 17 tests each. The
lower bounds are the same rows handed to SQLite in one go, and the same query read by its own
driver. Figures are invented. `python -m bench.store` prints the ratios.
"""

import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import Engine

from core.periods import Period
from core.scoring.base.states import State, Verdict
from core.store.engine.migrate import open_database
from core.store.engine.unit_of_work import close_engines, reading, unit_of_work
from core.store.results.detail import PartTable
from core.store.results.repository import Results, results
from core.store.results.versions import open_version
from core.store.results.writing import NewResults, write_results
from core.store.uploads.observations import NewSubmission, Observed
from core.store.uploads.observed_table import observed_table
from core.store.uploads.repository import NewUpload, store_upload

HOSPITALS = [f"{10000 + number}" for number in range(900)]
MONTHS = [Period(year, "M", month) for year in (2565, 2566) for month in range(1, 13)]
MEASURES = [f"finance.m{number:02}" for number in range(28)]
TESTS = 17
ROWS = len(HOSPITALS) * len(MONTHS)
LIMIT = 3.0
QUERY = (
    "SELECT id, subject, period_id, value, points, full_marks, verdict, state FROM result "
    "WHERE criterion = 'crisis.level' AND period_id = 256612 AND until IS NULL"
)


def submissions() -> list[NewSubmission]:
    """21,600 hospital-months of 28 figures."""
    values = np.random.default_rng(2566).uniform(0, 1e8, (ROWS, len(MEASURES))).round(2).tolist()
    keys = ((hospital, month) for hospital in HOSPITALS for month in MONTHS)
    return [
        NewSubmission(
            hospital,
            month,
            [
                Observed(measure, value, State.REPORTED, "finance", "E9")
                for measure, value in zip(MEASURES, row, strict=True)
            ],
        )
        for (hospital, month), row in zip(keys, values, strict=True)
    ]


def scored(criterion: str) -> NewResults:
    """A result of every hospital-month with its tests."""
    draw = np.random.default_rng(7)
    shape = ROWS, TESTS
    figures = draw.uniform(0, 100, shape).round(2)
    parts = PartTable(
        ids=tuple(f"{criterion}.test_{number}" for number in range(TESTS)),
        figure=figures,
        cutoff=np.ones(shape),
        points=np.ones(shape),
        full_marks=np.ones(shape),
        state=np.zeros(shape, dtype=np.int8),
        peer_value=figures,
        peer_count=np.full(shape, 30),
    )
    return NewResults(
        criterion=criterion,
        subjects=[hospital for hospital in HOSPITALS for _ in MONTHS],
        periods=MONTHS * len(HOSPITALS),
        value=draw.integers(0, 8, ROWS).astype(np.float64),
        points=draw.integers(0, 8, ROWS).astype(np.float64),
        full_marks=np.full(ROWS, 7.0),
        verdict=np.full(ROWS, Verdict.PASS, dtype=np.int8),
        state=np.full(ROWS, State.REPORTED, dtype=np.int8),
        parts=parts,
    )


def store_figures(engine: Engine, new: Sequence[NewSubmission]) -> None:
    """All figures as one upload."""
    file = NewUpload("finance", "1", "TH", 2566, "finance.xlsx", b"bench", "bench", 1, 1)
    with unit_of_work(engine) as session:
        store_upload(session, file, new)
        session.commit()


def store_results(engine: Engine, new: Sequence[NewResults]) -> None:
    """All results as one version."""
    with unit_of_work(engine) as session:
        version = open_version(session, why="bench", by="bench")
        for table in new:
            write_results(session, version, table)
        session.commit()


def plainly_copied(file: Path, tables: Sequence[str]) -> float:
    """Seconds that SQLite takes for the same rows of these tables, ready as tuples."""
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(sqlite3.connect(file)) as source,
        closing(sqlite3.connect(Path(folder) / "plain.db", isolation_level=None)) as target,
    ):
        target.execute("PRAGMA journal_mode = WAL")
        target.execute("PRAGMA synchronous = NORMAL")
        for (made,) in source.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"):
            target.execute(made)
        ready = [(t, source.execute(f"SELECT * FROM {t}").fetchall()) for t in tables]
        return seconds(lambda: inserted(target, ready))


def inserted(target: sqlite3.Connection, ready: Sequence[tuple[str, list[Any]]]) -> None:
    """Insert rows in one transaction."""
    target.execute("BEGIN")
    for table, rows in ready:
        places = ", ".join("?" * len(rows[0]))
        target.executemany(f"INSERT INTO {table} VALUES ({places})", rows)
    target.execute("COMMIT")


def seconds(work: Callable[[], object]) -> float:
    """How long it takes once."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def best_of(work: Callable[[], object], times: int = 50) -> float:
    """The shortest of several runs, seconds: what the machine can do when it is let."""
    return min(seconds(work) for _ in range(times))


def latest(engine: Engine) -> Results:
    """One criterion and month for the whole country, as arrays."""
    with reading(engine) as session:
        return results(session, "crisis.level", MONTHS[-1])


def whole_country(engine: Engine) -> int:
    """All figures as scoring takes them in."""
    with reading(engine) as session:
        return len(observed_table(session, "finance").subjects)


def measured(file: Path) -> list[tuple[str, float, float]]:
    """What is measured: its name, the lower bound and what ships, seconds."""
    engine = open_database(f"sqlite:///{file}")
    figures, levels = submissions(), [scored("crisis.level"), scored("tps.score")]
    put = seconds(lambda: store_figures(engine, figures))
    wrote = seconds(lambda: store_results(engine, levels))
    with closing(sqlite3.connect(file)) as plain:
        rows = plain.execute(QUERY).fetchall()
        found = latest(engine)
        # Both sides must agree before their speed says anything.
        assert sorted(rows) == sorted(zip(*columns(found), strict=True))
        read = best_of(lambda: plain.execute(QUERY).fetchall())
        query = "SELECT submission_id, measure_id, value, state FROM observation"
        read_all = best_of(lambda: plain.execute(query).fetchall(), 2)
    return [
        ("604,800 figures in", plainly_copied(file, ["submission", "observation"]), put),
        ("43,200 results in", plainly_copied(file, ["result", "result_detail"]), wrote),
        ("900 results out", read, best_of(lambda: latest(engine))),
        ("604,800 figures out", read_all, best_of(lambda: whole_country(engine), 2)),
    ]


def columns(found: Results) -> tuple[Any, ...]:
    """The columns of results in the order of the query."""
    arrays = (found.value, found.points, found.full_marks, found.verdict, found.state)
    keys = found.ids.tolist(), found.subjects, found.period_keys.tolist()
    return *keys, *(array.tolist() for array in arrays)


def main() -> None:
    """Print the times and their ratios; fail above the limit."""
    with tempfile.TemporaryDirectory() as folder:
        rows = measured(Path(folder) / "truat.db")
        close_engines()
    for name, lower, ours in rows:
        said = f"plain SQL {lower * 1000:8.1f} ms   shipped {ours * 1000:8.1f} ms"
        print(f"{name:20} {said}   ratio {ours / lower:.2f} (limit {LIMIT:.0f})")
    sys.exit(any(ours > LIMIT * lower for _, lower, ours in rows))


if __name__ == "__main__":
    main()
