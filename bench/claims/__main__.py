"""The claim ledger beside a hand-written DuckDB query on the same files, in the same run.

`python -m bench.claims [--rows 10000000]`: invented visits of 900 hospitals and twelve months; each
side in a process of its own, in turn, so that time and peak memory are its own.
"""

import argparse
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from core.claims.catalogue import Catalogue, enter_file
from core.claims.engine import Engine, Work
from core.claims.measures import MEASURES, translated
from core.claims.merging import write
from core.claims.reading import FigureQuery, figures
from core.claims.schema import BUCKETS, LATE, LEDGER, bucket_of
from core.periods import Period

HOSPITALS = 900
FIRST = Period(2567, "M", 1)
MONTHS = range(FIRST.ordinal, FIRST.ordinal + 12)
ROUNDS = 5
PROCESSES = 2
"""That fill files."""
AT_ONCE = 3
"""Months counted at once."""
HAND_WRITTEN = """
WITH e AS (
  SELECT hcode, fund, patient, month, sent_month,
    count(*) FILTER (in_claims) AS visits,
    count(*) FILTER (in_claims AND (closed IS NOT NULL OR booked IS NOT NULL)) AS closing_known,
    count(*) FILTER (in_claims AND (closed = false OR booked = false)) AS missing,
    count(*) FILTER (in_claims AND sent IS NOT NULL) AS sending_known,
    sum(claimed) FILTER (in_claims) AS claimed,
    sum(compensated) FILTER (in_replies) AS compensated,
    sum(paid) FILTER (in_statements) AS paid,
    sum(compensated - coalesce(paid, 0)) FILTER (in_replies) AS owed,
    sum(claimed) FILTER (in_replies AND compensated IS NOT NULL) AS answered_claimed,
    count(*) FILTER (patient = 'ip' AND adjrw_audited IS NOT NULL) AS audits,
    sum(adjrw_claimed) FILTER (patient = 'ip' AND adjrw_audited IS NOT NULL) AS adjrw_claimed,
    sum(adjrw_audited) FILTER (patient = 'ip') AS adjrw_audited,
    count(*) FILTER (in_admissions) AS admissions,
    count(*) FILTER (in_admissions AND NOT in_claims AND NOT in_replies AND NOT in_statements)
      AS admissions_unclaimed,
    count(*) FILTER ((in_replies OR sent) AND NOT in_statements) AS unstated,
    sum(claimed) FILTER ((in_replies OR sent) AND NOT in_statements) AS unstated_money,
    count(*) FILTER (in_statements AND NOT in_claims AND NOT in_replies) AS unclaimed_statements,
    sum(paid) FILTER (in_statements AND NOT in_claims AND NOT in_replies)
      AS unclaimed_statements_money,
    count(*) FILTER (in_replies AND NOT in_claims) AS unclaimed_replies,
    count(*) FILTER (in_statements) AS stated,
    count(*) FILTER (sent_month IS NOT NULL) AS sent,
    count(*) FILTER (sent_month IS NOT NULL AND failed IS NOT NULL) AS answered,
    count(*) FILTER (sent_month IS NOT NULL AND failed) AS error,
    sum(claimed) FILTER (sent_month IS NOT NULL) AS sent_money,
    sum(claimed) FILTER (sent_month IS NOT NULL AND failed) AS error_money,
    {lying}
  FROM ledger GROUP BY ALL
),
lying AS (
  SELECT e.*, m.month AS month_end, m.month - e.month AS lag
  FROM e JOIN months m ON e.month <= m.month WHERE lying > 0
),
stock AS (
  SELECT hcode, fund, patient, month_end AS month, sum(lying) AS receivables_known, {bands}
  FROM lying GROUP BY ALL
),
own AS (SELECT hcode, fund, patient, month, {flows} FROM e GROUP BY ALL),
sent AS (SELECT hcode, fund, patient, sent_month AS month, {outcomes} FROM e
  WHERE sent_month IS NOT NULL GROUP BY ALL),
rows AS (SELECT * FROM own UNION ALL BY NAME SELECT * FROM sent
  UNION ALL BY NAME SELECT * FROM stock)
SELECT hcode, fund, patient, month, {sums} FROM rows SEMI JOIN months USING (month) GROUP BY ALL
"""
OUTCOMES = ["sent", "answered", "error", "sent_money", "error_money"]
STOCK = [f"unsent_{band}{unit}" for unit in ("", "_money") for band in (0, 31, 61, 91, 366)]
FLOWS = [m for m in MEASURES if m not in (*OUTCOMES, "receivables_known", *STOCK)]


def hand_written() -> str:
    """The query an engineer would write: one pass over the visits, then small joins."""
    open_ = "in_claims AND sent IS NOT NULL AND (NOT sent OR sent_month IS NOT NULL) AND booked"
    lying = [
        f"count(*) FILTER ({open_}) AS lying",
        f"coalesce(sum(claimed) FILTER ({open_}), 0) AS lying_money",
    ]
    for bit in range(len(LATE)):
        late = f"{open_} AND late & {1 << bit} <> 0"
        lying.append(f"count(*) FILTER ({late}) AS late_{bit}")
        lying.append(f"coalesce(sum(claimed) FILTER ({late}), 0) AS late_{bit}_money")
    return HAND_WRITTEN.format(
        lying=", ".join(lying),
        bands=", ".join(f"{sql} AS {name}" for name, sql in bands()),
        flows=", ".join(f"sum({one}) AS {one}" for one in FLOWS),
        outcomes=", ".join(f"sum({one}) AS {one}" for one in OUTCOMES),
        sums=", ".join(
            f"coalesce(sum({one}), 0)::BIGINT AS {one}"
            for one in (*FLOWS, *OUTCOMES, "receivables_known", *STOCK)
        ),
    )


def bands() -> list[tuple[str, str]]:
    """Each age at a month's end, as differences of what is older than its ends."""
    found = []
    for unit in ("", "_money"):
        every = f"lying{unit}"
        over = {
            30: [(1, f"late_0{unit}"), (None, every)],
            60: [(1, f"late_1{unit}"), (2, f"late_2{unit}"), (None, every)],
            90: [(2, f"late_3{unit}"), (3, f"late_4{unit}"), (None, every)],
            365: [(12, f"late_5{unit}"), (None, every)],
        }
        sql = [every]
        for cases in over.values():
            named = [lag for lag, _value in cases if lag is not None]
            whens = " ".join(f"WHEN lag = {lag} THEN {v}" for lag, v in cases[:-1])
            sql.append(f"(CASE {whens} WHEN lag > {named[-1]} THEN {every} ELSE 0 END)")
        is_open = "FILTER (sent_month IS NULL OR sent_month > month_end)"
        for place, band in enumerate((0, 31, 61, 91, 366)):
            older = f" - {sql[place + 1]}" if place + 1 < len(sql) else ""
            found.append((f"unsent_{band}{unit}", f"sum({sql[place]}{older}) {is_open}"))
    return found


def fill(folder: Path, rows: int) -> None:
    """Invented visits, a file for each month and bucket, and the list of them."""
    places = [(month, bucket) for month in MONTHS for bucket in range(BUCKETS)]
    with ProcessPoolExecutor(PROCESSES) as pool:
        sizes = list(pool.map(_fill, repeat(folder), repeat(rows), places, chunksize=8))
    with Catalogue(folder).changing() as connection:
        for (month, bucket), size in zip(places, sizes, strict=True):
            enter_file(connection, _name(month, bucket), "ledger", (bucket, month, None, size))


def _name(month: int, bucket: int) -> str:
    return f"ledger/{month}/{bucket:02d}.parquet"


def _fill(folder: Path, rows: int, place: tuple[int, int]) -> int:
    """The visits of a month and bucket."""
    month, bucket = place
    names = [f"{n:05}" for n in range(10001, 10001 + HOSPITALS)]
    own = np.array([name for name in names if bucket_of(name) == bucket])
    size = rows * len(own) // (HOSPITALS * len(MONTHS))
    random = np.random.default_rng([7, month, bucket])
    write(_visits(random, own, month, size), folder / _name(month, bucket))
    return size


def _words(names: Sequence[str], places: np.ndarray) -> pa.Array:
    """Words by their place among names."""
    return pa.array(names, pa.string()).take(pa.array(places))


def _visits(random: np.random.Generator, own: np.ndarray, month: int, size: int) -> pa.Table:
    day = np.datetime64(Period(month // 12, "M", month % 12 + 1).first_day)
    last = np.datetime64(Period(month // 12, "M", month % 12 + 1).last_day)
    length = int((last - day).astype(int)) + 1
    end = day + random.integers(0, length, size)
    wait = random.choice([0, 1, 2, 3, 13], size, p=[0.5, 0.35, 0.08, 0.03, 0.04])
    sent, ip = wait < 13, random.random(size) < 0.12
    replied, stated = sent & (random.random(size) < 0.9), sent & (random.random(size) < 0.8)
    failed = replied & (random.random(size) < 0.06)
    claimed = random.integers(20_000, 5_000_000, size)
    weight = random.integers(3_000, 60_000, size)
    late = np.zeros(size, np.int32)
    for bit, (days, lag) in enumerate(LATE):
        later = Period((month + lag) // 12, "M", (month + lag) % 12 + 1).last_day
        late |= (np.datetime64(later) > end + days).astype(np.int32) << bit
    funds = ["uc", "csmbs", "sss", "lgo", "other"]
    codes = pa.array(random.integers(0, 2**60, size)).cast(pa.string())
    none = pa.nulls(size, pa.string())
    columns = {
        "hcode": _words(own.tolist(), np.sort(random.integers(0, len(own), size))),
        "patient": _words(["op", "ip"], ip.astype(np.int8)),
        "fund": _words(funds, random.choice(5, size, p=[0.7, 0.1, 0.12, 0.04, 0.04])),
        "visit": codes,
        "end": end,
        "month": np.full(size, month, np.int32),
        "department": none,
        "closed": random.random(size) < 0.995,
        "booked": random.random(size) < 0.995,
        "sent": sent,
        "sent_on": pa.nulls(size, pa.date32()),
        "sent_month": pa.array(month + wait, pa.int32(), mask=~sent),
        "status": pc.if_else(replied, _words(["accepted", "c"], failed.astype(np.int8)), None),
        "failed": pa.array(failed, mask=~replied),
        "code": pc.if_else(failed, "C305", pa.scalar(None, pa.string())),
        "claimed": claimed,
        "compensated": pa.array(claimed * 9 // 10, pa.int64(), mask=~replied),
        "paid": pa.array(claimed * 8 // 10, pa.int64(), mask=~stated),
        "adjrw_claimed": pa.array(weight, pa.int64(), mask=~ip),
        "adjrw_audited": pa.array(
            weight - 100, pa.int64(), mask=~(ip & (random.random(size) < 0.1))
        ),
        "late": late,
        "in_claims": np.ones(size, bool),
        "in_admissions": ip,
        "in_replies": replied,
        "in_statements": stated,
        "upload": np.ones(size, np.int32),
        "line": np.arange(size, dtype=np.int32),
    }
    return pa.table(
        {
            name: pa.array(columns[name])
            if not isinstance(columns[name], pa.Array)
            else columns[name]
            for name in LEDGER.names
        }
    ).cast(LEDGER)


def ours(folder: Path) -> int:
    """The figures of every month, some files at a time: the memory is that of these few."""
    events, monthly = [], []
    for bucket in range(BUCKETS):
        files = [folder / one.name for one in Catalogue(folder).files("ledger", [bucket])]
        own = [
            Work("events", files[n : n + AT_ONCE], folder / f"events-{bucket}-{n}.parquet")
            for n in range(0, len(files), AT_ONCE)
        ]
        target = folder / f"figures-{bucket:02d}.parquet"
        monthly.append(Work("monthly", [one.target for one in own], target, MONTHS))
        events += own
    with Engine(folder / "spill") as engine:
        engine.compute_all(events)
        return sum(map(engine.compute_into, monthly))


def written(folder: Path) -> pa.Table:
    """The figures as they were written."""
    return pa.concat_tables(map(pq.read_table, sorted(folder.glob("figures-*.parquet"))))


def theirs(folder: Path) -> pa.Table:
    """The same by one hand-written query with DuckDB's own limits and two threads."""
    connection = duckdb.connect(config={"threads": 2})
    files = ", ".join(f"'{path}'" for path in sorted((folder / "ledger").rglob("*.parquet")))
    connection.execute(f"CREATE VIEW ledger AS SELECT * FROM read_parquet([{files}])")
    connection.execute(
        f"CREATE VIEW months AS SELECT unnest(range({MONTHS.start}, {MONTHS.stop}))::INT AS month"
    )
    return connection.sql(hand_written()).to_arrow_table()


def decode(folder: Path) -> pa.Table:
    """The lower bound: decoding the columns and nothing else."""
    connection = duckdb.connect(config={"threads": 2})
    files = ", ".join(f"'{path}'" for path in sorted((folder / "ledger").rglob("*.parquet")))
    columns = ", ".join(
        f"max({name})"
        for name in LEDGER.names
        if name not in ("visit", "end", "department", "sent_on", "status", "code", "upload", "line")
    )
    return connection.sql(f"SELECT {columns} FROM read_parquet([{files}])").to_arrow_table()


def page(folder: Path) -> pa.Table:
    """What a page reads: the country in one month, from the figures kept."""
    found = figures(folder, FigureQuery([MONTHS[-1]]))
    assert found is not None
    return found


SIDES = {"ours": ours, "theirs": theirs, "decode": decode}


def keep(folder: Path, table: pa.Table) -> None:
    """Keep figures as the ledger does, for the pages."""
    with Catalogue(folder).changing() as connection:
        buckets = pa.array([bucket_of(one) for one in table["hcode"].to_pylist()])
        for bucket in range(BUCKETS):
            own = table.filter(pc.equal(buckets, bucket))
            name = f"monthly/all/{bucket:02d}.parquet"
            order = [("month", "ascending"), ("hcode", "ascending")]
            write(own.sort_by(order), folder / name)
            enter_file(connection, name, "monthly", (bucket, None, None, own.num_rows))


def same(one: pa.Table, other: pa.Table) -> bool:
    """Whether two results hold the same figures."""
    order = [(name, "ascending") for name in ("hcode", "fund", "patient", "month")]
    other = other.select(one.column_names).cast(one.schema)
    return bool(one.sort_by(order).combine_chunks() == other.sort_by(order).combine_chunks())


def alone(side: str, folder: Path) -> None:
    """One side, once, in this process: its seconds, of the processor too, and the most memory."""
    if side == "ours":
        translated("events", "duckdb")
        translated("monthly", "duckdb")
    began, worked = time.perf_counter(), time.process_time()
    found = SIDES[side](folder)
    seconds, work = time.perf_counter() - began, time.process_time() - worked
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    peak = int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024
    print(
        json.dumps(
            {
                "seconds": seconds,
                "processor": work,
                "megabytes": peak,
                "rows": found if side == "ours" else found.num_rows,
            }
        )
    )


def measured(side: str, folder: Path) -> dict[str, float]:
    """The same, in a process of its own."""
    command = [sys.executable, "-m", "bench.claims", "--side", side, "--folder", str(folder)]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    """The whole, or one side of it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--side", choices=sorted(SIDES))
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    if options.side:
        alone(options.side, options.folder)
        return
    with tempfile.TemporaryDirectory() as place:
        report(Path(place), options.rows, options.rounds)


def report(folder: Path, rows: int, rounds: int) -> None:
    """Fill, compare, measure in turn, and print the ratios."""
    fill(folder, rows)
    size = sum(path.stat().st_size for path in folder.rglob("*.parquet")) / 2**20
    ours(folder)
    table = written(folder)
    print(f"{rows:,} visits, {size:,.0f} MB, the same figures: {same(table, theirs(folder))}")
    keep(folder, table)
    told: dict[str, list[dict[str, float]]] = {side: [] for side in SIDES}
    for _round in range(rounds):
        for side in SIDES:
            told[side].append(measured(side, folder))
    seconds = {s: statistics.median(one["seconds"] for one in many) for s, many in told.items()}
    memory = {s: max(one["megabytes"] for one in many) for s, many in told.items()}
    work = {s: statistics.median(one["processor"] for one in many) for s, many in told.items()}
    for side in SIDES:
        print(
            f"  {side:7} {seconds[side]:6.2f} s  {work[side]:6.2f} s of the processor"
            f"  {memory[side]:5.0f} MB at most"
        )
    page(folder)
    pages = []
    for _round in range(21):
        began = time.perf_counter()
        page(folder)
        pages.append(time.perf_counter() - began)
    kept = statistics.median(pages)
    print(f"  page    {1000 * kept:6.1f} ms")
    ratios = [one["ours"] / one["theirs"] for one in (seconds, work)]
    print(f"  ours / hand-written: {ratios[0]:.2f}, of the processor {ratios[1]:.2f} (at most 1.2)")
    print(f"  full scan / page: {seconds['ours'] / kept:.0f} (at least 50)")


if __name__ == "__main__":
    main()
