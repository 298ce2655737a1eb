"""Changing the ledger: an upload is added, a month replaced, an upload withdrawn.

Only what an upload speaks of is computed anew: the months of the hospitals kept together with its
own, and the figures of these hospitals.
"""

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from core.claims.catalogue import (
    Catalogue,
    NewClaims,
    enter_file,
    enter_settled,
    is_unsettled,
)
from core.claims.columns import Kind
from core.claims.engine import Engine
from core.claims.homing import Homing, HospitalMonths, part_name
from core.claims.merging import write
from core.claims.renewal import Renewal
from core.claims.schema import PART, bucket_of
from core.errors import NotFoundError, StoreError

_STORED: Final = (
    "SELECT DISTINCT hcode, month FROM spoken JOIN upload ON id = upload WHERE state = 'stored'"
)


@dataclass(frozen=True)
class Change:
    """What a change did: the upload, and the hospitals and months whose rows are others now."""

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
            return self._renewed(connection, engine, Change(upload, keys))

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
            keys = frozenset((str(hcode), int(month)) for hcode, month in spoken)
            return self._renewed(connection, engine, Change(upload, keys))

    def _renewed(self, connection: sqlite3.Connection, engine: Engine, change: Change) -> Change:
        """Have rows lie where they belong after a change, and compute what depends on it."""
        homing, keys = Homing(self.folder, connection, engine), change.keys
        kind, state, replaces = connection.execute(
            "SELECT kind, state, replaces FROM upload WHERE id = ?", (change.upload,)
        ).fetchone()
        changed = _part_names(connection, "upload = ?", change.upload)
        if replaces:  # Earlier rows of these months are out now, or are in again.
            earlier = homing.of_kind(keys, kind)
            changed += [part.name for part in earlier]
            keys |= {(hcode, part.month) for hcode in {h for h, _m in keys} for part in earlier}
        if state == "withdrawn":
            keys |= homing.taken_out(change.upload)
        if is_unsettled(connection):
            keys |= {(str(h), int(month)) for h, month in connection.execute(_STORED).fetchall()}
            changed += _part_names(connection, "true")
            enter_settled(connection)
        keys |= homing.settle(keys, changed)
        Renewal(self.folder, connection, engine).renew(keys)
        return Change(change.upload, keys)

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
            name = part_name(bucket, month, upload)
            write(own.sort_by("hcode"), self.folder / name)
            enter_file(connection, name, "part", (bucket, month, upload, own.num_rows), month)
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


def _part_names(connection: sqlite3.Connection, condition: str, *values: object) -> list[str]:
    rows = connection.execute(
        f"SELECT name FROM file WHERE role = 'part' AND {condition}",  # noqa: S608
        values,
    )
    return [str(name) for (name,) in rows]
