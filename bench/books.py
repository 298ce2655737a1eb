"""Trial balances from file to stored scores, against DuckDB's sums and plain SQL on the same lines.

103 invented hospitals through 12 months of 370 accounts, a file each: read, checked, mapped, stored
with every account, then scored together. The lower bound is DuckDB's aggregation of the same files
to the same figures, and the same lines and figures handed to SQLite in one go. One hospital's month
is timed alone, from its bytes to its level. Processor time, not the clock. `python -m bench.books`
prints the ratios.
"""

import csv
import io
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import duckdb
import numpy as np
from sqlalchemy import Engine

from core.forms.trial_balance.accounts import account_sets, chart, weights
from core.services.importing.rows import new_upload
from core.services.intake.examine import examine
from core.services.intake.kinds import FinanceIntake
from core.services.recompute.versions import Cause, recompute_all
from core.store.engine.migrate import open_database
from core.store.engine.unit_of_work import close_engines, unit_of_work
from core.store.uploads.repository import store_upload

HOSPITALS, MONTHS, ACCOUNTS, YEAR = 103, 12, 370, 2568
LIMIT, SECONDS, MEGABYTES = 3.6, 0.2, 500
"""Where the lower bound is times `GOAL`, of which `docs/performance.md` says what is missing."""
GOAL = 3.0
TITLES = (
    "hcode", "time_id", "account_code", "brought forward debit", "brought forward credit",
    "month debit", "month credit", "carried forward debit", "carried forward credit",
)  # fmt: skip


def accounts() -> list[str]:
    """370 accounts in use, all classes among them."""
    open_ = [code for code in sorted(chart().codes) if not chart().is_closed(code)]
    return [open_[place] for place in np.linspace(0, len(open_) - 1, ACCOUNTS).astype(int)]


def book(number: int, months: int = MONTHS) -> bytes:
    """One hospital's months, debits equal to credits, as .csv."""
    draw = np.random.default_rng(number)
    moved = draw.integers(0, 50_000_000, (months, ACCOUNTS)) / 100
    file = io.StringIO()
    rows = csv.writer(file)
    rows.writerow(TITLES)
    debits = np.arange(ACCOUNTS) % 2 == 0
    moved[:, ~debits] = moved[:, debits]
    carried = np.cumsum(moved, axis=0).round(2)
    for month in range(months):
        brought = carried[month - 1] if month else np.zeros(ACCOUNTS)
        for place, code in enumerate(accounts_):
            amounts = brought[place], carried[month, place] - brought[place], carried[month, place]
            pairs = ((one, 0) if debits[place] else (0, one) for one in amounts)
            cells = (f"{one:.2f}" for pair in pairs for one in pair)
            rows.writerow((f"{10001 + number}", f"{YEAR}{month + 1:02}", code, *cells))
    return file.getvalue().encode()


accounts_ = accounts()


def one_file(data: bytes) -> float | None:
    """From bytes to the level of the first month."""
    intake = examine(data, "books.csv")
    if not isinstance(intake, FinanceIntake):
        raise TypeError(intake)
    return intake.table.as_dict()["rows"][0]["results"]["crisis"]["level"]


def ours(engine: Engine, files: list[bytes]) -> int:
    """Every file examined and stored, then all scored; the number of results."""
    with unit_of_work(engine) as session:
        for number, data in enumerate(files):
            intake = examine(data, f"books-{number}.csv")
            store_upload(session, *new_upload(session, intake, data, by="bench"))
        done = recompute_all(session, Cause("bench", "bench"))
        session.commit()
    close_engines()
    return done.new


def bound(folder: Path, files: list[Path]) -> int:
    """The same sums by DuckDB, and the same lines and sums in SQLite; the number of sums."""
    base = duckdb.connect()
    names = list(account_sets().editions[-1].measures)
    counted = [
        (code, name, weight)
        for code in accounts_
        for name, weight in zip(names, weights(0, code), strict=True)
        if weight
    ]
    base.execute("create table counts (account text, measure text, weight int)")
    base.executemany("insert into counts values (?, ?, ?)", counted)
    listed = [str(file) for file in files]
    base.execute("create table lines as select * from read_csv(?, all_varchar = true)", [listed])
    sums = base.execute(
        'select hcode, time_id, measure, sum(weight * ("carried forward debit"::decimal(18, 2)'
        ' - "carried forward credit"::decimal(18, 2))) from lines'
        " join counts on account = account_code group by all"
    ).fetchall()
    rows = base.execute(
        'select hcode, time_id, account_code, "brought forward debit"::double'
        ' - "brought forward credit"::double, "month debit"::double, "month credit"::double,'
        ' "carried forward debit"::double - "carried forward credit"::double from lines'
    )
    with closing(sqlite3.connect(folder / "bound.db")) as store:
        store.execute("create table line (h text, t text, a text, b real, d real, c real, e real)")
        store.execute("create table figure (h text, t text, m text, v real)")
        while part := rows.fetchmany(50_000):
            store.executemany("insert into line values (?, ?, ?, ?, ?, ?, ?)", part)
        store.executemany(
            "insert into figure values (?, ?, ?, ?)", ((*r[:3], float(r[3])) for r in sums)
        )
        store.commit()
    return len(sums)


def seconds(work: Callable[[], object]) -> float:
    """Processor time of this process."""
    start = time.process_time()
    work()
    return time.process_time() - start


def measured() -> Iterator[tuple[str, float, float]]:
    """What was measured, and its limit."""
    month = book(0, 1)
    one_file(month)
    yield (
        "one hospital's month, s",
        min(seconds(lambda: one_file(month)) for _ in range(5)),
        SECONDS,
    )
    files = [book(number) for number in range(HOSPITALS)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = [folder / f"{number}.csv" for number in range(HOSPITALS)]
        for path, data in zip(paths, files, strict=True):
            path.write_bytes(data)
        # A store that is there: laying out its tables is part of the start.
        engine = open_database(f"sqlite:///{folder / 'ours.db'}")
        own = seconds(lambda: ours(engine, files))
        # Read before DuckDB takes memory of its own.
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        least = seconds(lambda: bound(folder, paths))
        print(f"  ours {own:.2f} s, DuckDB and SQLite {least:.2f} s")
        yield f"a region's year ÷ the lower bound (goal {GOAL:g})", own / least, LIMIT
        yield "memory, MB", peak, MEGABYTES


def main() -> int:
    """0 where all stay within their limits."""
    worst = 0
    for name, value, limit in measured():
        print(f"{name}: {value:.2f} (limit {limit:g})")
        worst = max(worst, int(value > limit))
    return worst


if __name__ == "__main__":
    sys.exit(main())
