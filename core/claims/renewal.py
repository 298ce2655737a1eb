"""Computing anew what depends on hospitals and months of the ledger that changed."""

import secrets
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from core.claims.catalogue import enter_file
from core.claims.engine import Engine, Work, quoted
from core.claims.homing import Part
from core.claims.measures import Expression
from core.claims.merging import Replaced, merge
from core.claims.schema import bucket_of

_COUNTED: Final[tuple[Expression, ...]] = ("events", "denials")


class Renewal:
    """Computes anew what depends on hospitals and months that changed."""

    def __init__(self, folder: Path, connection: sqlite3.Connection, engine: Engine) -> None:
        self._folder, self._connection, self._engine = folder, connection, engine

    def renew(self, keys: Iterable[tuple[str, int]]) -> None:
        """Put the months together again, then the figures of their buckets."""
        touched = sorted({(bucket_of(hcode), month) for hcode, month in keys})
        ledgers = {place: self._put_together(*place) for place in touched}
        self._count(
            [
                (role, place, self._work(role, *place, [ledger]))
                for place, ledger in ledgers.items()
                if ledger is not None
                for role in _COUNTED
            ]
        )
        for bucket in sorted({bucket for bucket, _month in touched}):
            self._figures(bucket)

    def _put_together(self, bucket: int, month: int) -> Path | None:
        """Write a month's ledger from its parts, its figures being forgotten; None without any."""
        for role in ("ledger", *_COUNTED):
            self._forget(role, bucket, month)
        self._connection.execute(
            "DELETE FROM loose WHERE bucket = ? AND month = ?", (bucket, month)
        )
        parts = self._parts(bucket, month)
        if not parts:
            return None
        ledger = self._new("ledger", bucket, month)
        paths: dict[int, list[Path]] = {}
        for part in parts:
            paths.setdefault(part.own_month, []).append(self._folder / part.name)
        replaced = self._replaced(bucket, paths)
        rows = merge(self._engine, paths, month, replaced, self._folder / ledger)
        enter_file(self._connection, ledger, "ledger", (bucket, month, None, rows))
        self._enter_loose(bucket, month, ledger)
        return self._folder / ledger

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
        work = self._work("monthly", bucket, None, files)
        work = replace(work, months=every, order=("month", "hcode"))
        self._count([("monthly", (bucket, None), work)])

    def _work(
        self, role: Expression, bucket: int, month: int | None, files: Sequence[Path]
    ) -> Work:
        return Work(role, files, self._folder / self._new(role, bucket, month))

    def _count(self, works: Sequence[tuple[Expression, tuple[int, int | None], Work]]) -> None:
        """Compute, and name what was written."""
        counts = self._engine.compute_all([work for _role, _place, work in works])
        for (role, (bucket, month), work), rows in zip(works, counts, strict=True):
            name = work.target.relative_to(self._folder).as_posix()
            enter_file(self._connection, name, role, (bucket, month, None, rows))

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
