"""Computing anew what depends on hospitals and months of the ledger that changed."""

import secrets
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pyarrow as pa

from core.claims.catalogue import enter_file
from core.claims.engine import Engine, quoted
from core.claims.homing import Part
from core.claims.measures import Expression
from core.claims.merging import Replaced, merge, write
from core.claims.schema import bucket_of

_COUNTED: Final[tuple[Expression, ...]] = ("events", "denials")


class Renewal:
    """Computes anew what depends on hospitals and months that changed."""

    def __init__(self, folder: Path, connection: sqlite3.Connection, engine: Engine) -> None:
        self._folder, self._connection, self._engine = folder, connection, engine

    def renew(self, keys: Iterable[tuple[str, int]]) -> None:
        """Put the months together again, then the figures of their buckets."""
        touched = sorted({(bucket_of(hcode), month) for hcode, month in keys})
        for bucket, month in touched:
            self._month(bucket, month)
        for bucket in sorted({bucket for bucket, _month in touched}):
            self._figures(bucket)

    def _month(self, bucket: int, month: int) -> None:
        for role in ("ledger", "events", "denials"):
            self._forget(role, bucket, month)
        self._connection.execute(
            "DELETE FROM loose WHERE bucket = ? AND month = ?", (bucket, month)
        )
        parts = self._parts(bucket, month)
        if not parts:
            return
        ledger = self._new("ledger", bucket, month)
        paths: dict[int, list[Path]] = {}
        for part in parts:
            paths.setdefault(part.own_month, []).append(self._folder / part.name)
        replaced = self._replaced(bucket, paths)
        rows = merge(self._engine, paths, month, replaced, self._folder / ledger)
        enter_file(self._connection, ledger, "ledger", (bucket, month, None, rows))
        self._enter_loose(bucket, month, ledger)
        for role in _COUNTED:
            sums = self._engine.compute(role, [self._folder / ledger])
            self._write(role, bucket, month, sums)

    def _figures(self, bucket: int) -> None:
        """The figures of every month of a bucket, from the events of all its months."""
        self._forget("monthly", bucket, None)
        files = self._files("events", bucket, None)
        if not files:
            return
        months = self._connection.execute(
            "SELECT DISTINCT month FROM file WHERE role = 'events' AND bucket = ? ORDER BY month",
            (bucket,),
        ).fetchall()
        every = range(months[0][0], months[-1][0] + 1)
        sums = self._engine.compute("monthly", files, every)
        by_month = sums.sort_by([("month", "ascending"), ("hcode", "ascending")])
        self._write("monthly", bucket, None, by_month)

    def _write(self, role: str, bucket: int, month: int | None, table: pa.Table) -> None:
        name = self._new(role, bucket, month)
        write(table, self._folder / name)
        enter_file(self._connection, name, role, (bucket, month, None, table.num_rows))

    def _new(self, role: str, bucket: int, month: int | None) -> str:
        place = "all" if month is None else f"{month}"
        return f"{role}/{place}/{bucket:02d}-{secrets.token_hex(6)}.parquet"

    def _forget(self, role: str, bucket: int, month: int | None) -> None:
        self._connection.execute(
            "DELETE FROM file WHERE role = ? AND bucket = ? AND month IS ?", (role, bucket, month)
        )

    def _enter_loose(self, bucket: int, month: int, ledger: str) -> None:
        """Note which hospitals have rows without a claim, or rows that speak of another month."""
        read = f"read_parquet({quoted(self._folder / ledger)})"
        query = f"SELECT DISTINCT hcode FROM {read} WHERE NOT in_claims"  # noqa: S608
        moved = self._connection.execute(
            "SELECT name FROM file WHERE role = 'part' AND bucket = ? AND month = ?"
            " AND own_month <> month",
            (bucket, month),
        ).fetchall()
        if moved:
            files = ", ".join(quoted(self._folder / name) for (name,) in moved)
            query += f" UNION SELECT hcode FROM read_parquet([{files}])"  # noqa: S608
        sums = self._engine.rows(query)["hcode"].to_pylist()
        self._connection.executemany(
            "INSERT INTO loose VALUES (?, ?, ?)", [(bucket, month, hcode) for hcode in sums]
        )

    def _parts(self, bucket: int, month: int) -> list[Part]:
        """The files of parts that lie in a month, each with the month its rows speak of."""
        rows = self._connection.execute(
            "SELECT name, month, own_month, upload FROM file"
            " WHERE role = 'part' AND bucket = ? AND month = ? ORDER BY name",
            (bucket, month),
        )
        return [Part(*row) for row in rows]

    def _files(self, role: str, bucket: int, month: int | None) -> list[Path]:
        rows = self._connection.execute(
            "SELECT name FROM file WHERE role = ? AND bucket = ? AND (?3 IS NULL OR month = ?3)"
            " ORDER BY name",
            (role, bucket, month),
        ).fetchall()
        return [self._folder / name for (name,) in rows]

    def _replaced(self, bucket: int, months: Iterable[int]) -> list[Replaced]:
        """What uploads that replace have put out of hospitals of a bucket, in some months."""
        marks = ", ".join(map(str, months))
        rows = self._connection.execute(
            "SELECT s.hcode, max(u.id), u.kind, s.month FROM upload u"  # noqa: S608
            " JOIN spoken s ON s.upload = u.id WHERE u.replaces AND u.state = 'stored'"
            f" AND s.month IN ({marks}) GROUP BY s.hcode, u.kind, s.month"
        ).fetchall()
        return [
            (str(hcode), int(upload), str(kind), int(month))
            for hcode, upload, kind, month in rows
            if bucket_of(hcode) == bucket
        ]
