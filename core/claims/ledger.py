"""Changing the ledger: an upload is added, a month replaced, an upload withdrawn.

Only what an upload speaks of is computed anew: the months of the hospitals kept together with its
own, and the figures of these hospitals.
"""

import secrets
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from core.claims.catalogue import Catalogue, NewClaims
from core.claims.columns import Kind
from core.claims.engine import Engine
from core.claims.measures import Expression
from core.claims.merging import Replaced, merge, write
from core.claims.schema import PART, bucket_of
from core.errors import NotFoundError, StoreError

HospitalMonths = frozenset[tuple[str, int]]
_COUNTED: Final[tuple[Expression, ...]] = ("events", "denials")


@dataclass(frozen=True)
class Change:
    """What a change did: the upload, and the hospitals and months it speaks of."""

    upload: int
    keys: HospitalMonths


class Ledger:
    """The ledger in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.catalogue = Catalogue(folder)

    def add(self, new: NewClaims) -> Change:
        """Store rows; the ledger is what it was, or has all of them.

        `StoreError` S083 when the same bytes are stored already.
        """
        with self.catalogue.changing() as connection, Engine(self.folder / "spill") as engine:
            self._refuse_twice(connection, new)
            upload = _entered(connection, new)
            keys = self._parts(connection, upload, new)
            _Renewal(self.folder, connection, engine).renew(keys)
        return Change(upload, keys)

    def withdraw(self, upload: int, reason: str) -> Change:
        """Take an upload out; what was before it counts again.

        `NotFoundError` S084 when there is no such upload that counts.
        """
        with self.catalogue.changing() as connection, Engine(self.folder / "spill") as engine:
            done = connection.execute(
                "UPDATE upload SET state = 'withdrawn', reason = ?"
                " WHERE id = ? AND state = 'stored'",
                (reason, upload),
            )
            if not done.rowcount:
                raise NotFoundError("S084", upload=upload)
            spoken = connection.execute(
                "SELECT hcode, month FROM spoken WHERE upload = ?", (upload,)
            ).fetchall()
            connection.execute("DELETE FROM file WHERE role = 'part' AND upload = ?", (upload,))
            keys = frozenset((str(hcode), int(month)) for hcode, month in spoken)
            _Renewal(self.folder, connection, engine).renew(keys)
        return Change(upload, keys)

    def _refuse_twice(self, connection: sqlite3.Connection, new: NewClaims) -> None:
        row = connection.execute(
            "SELECT id, file_name FROM upload WHERE sha256 = ? AND kind = ? AND state = 'stored'",
            (new.sha256, new.kind),
        ).fetchone()
        if row is not None:
            raise StoreError("S083", upload=row[0], file=row[1])

    def _parts(self, connection: sqlite3.Connection, upload: int, new: NewClaims) -> HospitalMonths:
        """Write the rows of an upload into files by month and bucket."""
        rows = _marked(new.rows, upload, new.kind)
        buckets = pa.array([bucket_of(hcode) for hcode in rows["hcode"].to_pylist()], pa.int32())
        groups = rows.append_column("bucket", buckets).group_by(["bucket", "month"])
        for pair in groups.aggregate([]).to_pylist():
            bucket, month = pair["bucket"], pair["month"]
            own = rows.filter(pc.and_(pc.equal(rows["month"], month), pc.equal(buckets, bucket)))
            name = f"parts/{month}/{bucket:02d}-{upload}-{secrets.token_hex(4)}.parquet"
            write(own, self.folder / name)
            _enter_file(connection, name, "part", (bucket, month, upload, own.num_rows))
        counted = rows.group_by(["hcode", "month"]).aggregate([("line", "count")]).to_pylist()
        connection.executemany(
            "INSERT INTO spoken VALUES (?, ?, ?, ?)",
            [(upload, one["hcode"], one["month"], one["line_count"]) for one in counted],
        )
        return frozenset((one["hcode"], one["month"]) for one in counted)


def _marked(rows: pa.Table, upload: int, kind: Kind) -> pa.Table:
    count = rows.num_rows
    own = {"upload": pa.array([upload] * count, pa.int32()), "kind": pa.array([kind] * count)}
    columns = [
        own.get(name, rows[name] if name in rows.column_names else None) for name in PART.names
    ]
    filled = [
        pa.nulls(count, PART.field(n).type) if column is None else column
        for n, column in zip(PART.names, columns, strict=True)
    ]
    return pa.table(filled, names=PART.names).cast(PART)


def _entered(connection: sqlite3.Connection, new: NewClaims) -> int:
    at = datetime.now(UTC).isoformat(timespec="seconds")
    cursor = connection.execute(
        "INSERT INTO upload (kind, file_name, sha256, rows, by, at, state, replaces)"
        " VALUES (?, ?, ?, ?, ?, ?, 'stored', ?)",
        (new.kind, new.file_name, new.sha256, new.rows.num_rows, new.by, at, int(new.replaces)),
    )
    return int(cursor.lastrowid or 0)


def _enter_file(
    connection: sqlite3.Connection,
    name: str,
    role: str,
    of: tuple[int, int | None, int | None, int],
) -> None:
    connection.execute("INSERT INTO file VALUES (?, ?, ?, ?, ?, ?)", (name, role, *of))


class _Renewal:
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
        parts = self._named("part", bucket, month)
        if not parts:
            return
        ledger = self._new("ledger", bucket, month)
        rows = merge(self._engine, parts, month, self._replaced(month), self._folder / ledger)
        _enter_file(self._connection, ledger, "ledger", (bucket, month, None, rows))
        for role in _COUNTED:
            found = self._engine.compute(role, [self._folder / ledger])
            self._write(role, bucket, month, found)

    def _figures(self, bucket: int) -> None:
        """The figures of every month of a bucket, from the events of all its months."""
        self._forget("monthly", bucket, None)
        files = self._named("events", bucket, None)
        if not files:
            return
        months = self._connection.execute(
            "SELECT DISTINCT month FROM file WHERE role = 'events' AND bucket = ? ORDER BY month",
            (bucket,),
        ).fetchall()
        every = range(months[0][0], months[-1][0] + 1)
        found = self._engine.compute("monthly", files, every)
        by_month = found.sort_by([("month", "ascending"), ("hcode", "ascending")])
        self._write("monthly", bucket, None, by_month)

    def _write(self, role: str, bucket: int, month: int | None, table: pa.Table) -> None:
        name = self._new(role, bucket, month)
        write(table, self._folder / name)
        _enter_file(self._connection, name, role, (bucket, month, None, table.num_rows))

    def _new(self, role: str, bucket: int, month: int | None) -> str:
        place = "all" if month is None else f"{month}"
        return f"{role}/{place}/{bucket:02d}-{secrets.token_hex(6)}.parquet"

    def _forget(self, role: str, bucket: int, month: int | None) -> None:
        self._connection.execute(
            "DELETE FROM file WHERE role = ? AND bucket = ? AND month IS ?", (role, bucket, month)
        )

    def _named(self, role: str, bucket: int, month: int | None) -> list[Path]:
        rows = self._connection.execute(
            "SELECT name FROM file WHERE role = ? AND bucket = ? AND (?3 IS NULL OR month = ?3)"
            " ORDER BY name",
            (role, bucket, month),
        ).fetchall()
        return [self._folder / name for (name,) in rows]

    def _replaced(self, month: int) -> list[Replaced]:
        rows = self._connection.execute(
            "SELECT s.hcode, max(u.id), u.kind FROM upload u JOIN spoken s ON s.upload = u.id"
            " WHERE u.replaces AND u.state = 'stored' AND s.month = ? GROUP BY s.hcode, u.kind",
            (month,),
        ).fetchall()
        return [(str(hcode), int(upload), str(kind)) for hcode, upload, kind in rows]
