"""Where rows lie: answers and admissions in the month of the claim they belong to.

A statement is dated by the day of admission and a reply by any day of the stay, while the claim
counts in the month of discharge. A row without a claim in its own month lies with the claim of the
nearest one that has its visit, the later one of two; without any, with the admission or reply of
its visit; else in its own. It comes to the same in whatever order files are sent.
"""

import secrets
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa

from core.claims.catalogue import enter_file
from core.claims.columns import KINDS, Kind
from core.claims.engine import Engine, quoted
from core.claims.schema import bucket_of

HospitalMonths = frozenset[tuple[str, int]]
_RINGS: Final = (0, 1, 2, 3, None)
"""Months away in which claims are looked for; None: all others, for what was not found nearer."""
_RANKS: Final = " ".join(f"WHEN '{kind}' THEN {rank}" for rank, kind in enumerate(KINDS))
_FILES: Final = """
SELECT DISTINCT f.name, f.month, f.own_month, f.upload FROM wanted w
JOIN spoken s ON s.hcode = w.hcode
JOIN file f ON f.role = 'part' AND f.upload = s.upload AND f.own_month = s.month
JOIN upload u ON u.id = f.upload
"""
_PARTS: Final = """
SELECT p.* EXCLUDE (month), part_file.month, own_month, coalesce(visit, link) AS token,
  CASE p.kind {ranks} END AS rank
FROM (SELECT *, filename AS file FROM read_parquet([{files}], filename = true)) p
JOIN part_file USING (file)
ANTI JOIN replaced r
  ON r.hcode = p.hcode AND r.kind = p.kind AND r.month = own_month AND p.upload < r.upload
"""
_CANDIDATES: Final = """
INSERT INTO candidate SELECT hcode, token, rank, own_month, month, file, false
FROM ({parts}) SEMI JOIN token USING (hcode, token) WHERE kind <> 'claims'
"""
_CLAIMS: Final = """
INSERT INTO claim SELECT hcode, visit, link, month FROM ({parts}) p WHERE EXISTS (
  SELECT 1 FROM candidate c WHERE NOT is_placed AND c.hcode = p.hcode AND c.token = p.visit)
  OR EXISTS (
  SELECT 1 FROM candidate c WHERE NOT is_placed AND c.hcode = p.hcode AND c.token = p.link)
QUALIFY row_number() OVER (PARTITION BY hcode, visit, month ORDER BY upload DESC, line DESC) = 1
"""
_ANCHORS: Final = """
SELECT hcode, visit AS token, 0 AS rank, month FROM claim
UNION ALL SELECT hcode, link, 0, month FROM claim WHERE link IS NOT NULL
  GROUP BY hcode, link, month HAVING count(*) = 1
UNION ALL SELECT hcode, token, rank, own_month FROM candidate
"""
_PLACED: Final = f"""
UPDATE candidate c SET is_placed = true FROM ({_ANCHORS}) a WHERE a.rank = 0
AND a.hcode = c.hcode AND a.token = c.token AND abs(a.month - c.own_month) <= {{ring}}
"""  # noqa: S608
_HOMES: Final = f"""
CREATE OR REPLACE TEMP TABLE home AS
SELECT c.file, c.hcode, c.token, c.month, coalesce(a.month, c.own_month)::INTEGER AS home
FROM (SELECT DISTINCT file, hcode, token, rank, own_month, month FROM candidate) c
LEFT JOIN ({_ANCHORS}) a ON a.hcode = c.hcode AND a.token = c.token AND a.rank < c.rank
QUALIFY row_number() OVER (PARTITION BY c.file, c.hcode, c.token
  ORDER BY a.rank NULLS LAST, abs(a.month - c.own_month), a.month DESC) = 1
"""  # noqa: S608


@dataclass(frozen=True)
class Part:
    """A file of parts: the month it lies in, and the one its rows speak of."""

    name: str
    month: int
    own_month: int
    upload: int


class Homing:
    """Moves rows whose claims came, went, or lie in another month."""

    def __init__(self, folder: Path, connection: sqlite3.Connection, engine: Engine) -> None:
        self._folder, self._connection, self._engine = folder, connection, engine

    def settle(self, keys: HospitalMonths, changed: Sequence[str]) -> HospitalMonths:
        """Have the rows of visits that changed lie where they belong.

        `keys`: hospitals and months that changed; `changed`: names of the files whose visits did,
        in force or not any more. Gives the hospitals and months whose rows came or went.
        """
        moved: set[tuple[str, int]] = set()
        for bucket in sorted({bucket_of(hcode) for hcode, _month in keys}):
            own = frozenset(key for key in keys if bucket_of(key[0]) == bucket)
            ending = f"/{bucket:02d}-"
            moved |= self._bucket(bucket, own, [one for one in changed if ending in one])
        return frozenset(moved)

    def of_kind(self, keys: HospitalMonths, kind: Kind) -> list[Part]:
        """The files of a kind that speak of hospitals and months, wherever they lie."""
        self._choose("wanted", keys)
        return self._files("s.month = w.month AND u.kind = ?", kind)

    def taken_out(self, upload: int) -> HospitalMonths:
        """Take the files of an upload out; the hospitals and months where its rows lay."""
        rows = self._connection.execute(
            "SELECT name, month FROM file WHERE role = 'part' AND upload = ?", (upload,)
        ).fetchall()
        keys: set[tuple[str, int]] = set()
        for name, month in rows:
            read = f"read_parquet({quoted(self._folder / name)})"
            rows_ = self._engine.rows(f"SELECT DISTINCT hcode FROM {read}")  # noqa: S608
            keys |= {(hcode, month) for hcode in rows_["hcode"].to_pylist()}
        self._connection.execute("DELETE FROM file WHERE role = 'part' AND upload = ?", (upload,))
        return frozenset(keys)

    def _bucket(self, bucket: int, keys: HospitalMonths, changed: Sequence[str]) -> HospitalMonths:
        loose = self._connection.execute(
            "SELECT hcode, month FROM loose WHERE bucket = ?", (bucket,)
        )
        hospitals = {hcode for hcode, _month in keys}
        places = keys | {(hcode, month) for hcode, month in loose if hcode in hospitals}
        self._choose("wanted", places)
        parts = self._files("f.month = w.month AND u.kind <> 'claims'")
        if not parts or not changed:
            return frozenset()
        self._begin(hospitals, changed)
        self._engine.execute(_CANDIDATES.format(parts=self._reading(parts)))
        self._find_claims(keys)
        self._engine.execute(_HOMES)
        return self._move(bucket, parts)

    def _choose(self, table: str, keys: Iterable[tuple[str, int]]) -> None:
        self._connection.execute(
            f"CREATE TEMP TABLE IF NOT EXISTS {table} (hcode TEXT, month INTEGER)"
        )
        self._connection.execute(f"DELETE FROM {table}")  # noqa: S608
        self._connection.executemany(f"INSERT INTO {table} VALUES (?, ?)", sorted(keys))  # noqa: S608

    def _files(self, condition: str, *values: object) -> list[Part]:
        """Parts in force that speak of hospitals in `wanted`."""
        rows = self._connection.execute(f"{_FILES} WHERE {condition} ORDER BY f.name", values)
        return [Part(*row) for row in rows]

    def _begin(self, hospitals: Iterable[str], changed: Sequence[str]) -> None:
        """Empty tables, the visits that changed, and which rows were replaced since."""
        engine = self._engine
        rows = self._connection.execute(
            "SELECT s.hcode, s.month, u.kind, max(u.id) FROM upload u JOIN spoken s"
            " ON s.upload = u.id WHERE u.replaces AND u.state = 'stored'"
            " GROUP BY s.hcode, s.month, u.kind"
        ).fetchall()
        known = set(hospitals)
        engine.give("replaced", _table(_REPLACED, [row for row in rows if row[0] in known]))
        files = ", ".join(quoted(self._folder / name) for name in changed)
        read = f"read_parquet([{files}])"
        engine.execute(
            "CREATE OR REPLACE TEMP TABLE token AS SELECT DISTINCT hcode, visit AS token"  # noqa: S608
            f" FROM {read} WHERE visit IS NOT NULL UNION SELECT hcode, link FROM {read}"
            " WHERE link IS NOT NULL"
        )
        engine.execute(
            "CREATE OR REPLACE TEMP TABLE candidate (hcode VARCHAR, token VARCHAR, rank INTEGER,"
            " own_month INTEGER, month INTEGER, file VARCHAR, is_placed BOOLEAN);"
            " CREATE OR REPLACE TEMP TABLE claim"
            " (hcode VARCHAR, visit VARCHAR, link VARCHAR, month INTEGER)"
        )

    def _reading(self, parts: Sequence[Part]) -> str:
        rows = [(str(self._folder / one.name), one.month, one.own_month) for one in parts]
        self._engine.give("part_file", _table(_PART_FILE, rows))
        files = ", ".join(quoted(self._folder / one.name) for one in parts)
        return _PARTS.format(files=files, ranks=_RANKS)

    def _find_claims(self, keys: HospitalMonths) -> None:
        """Claims of the candidates' visits, in months ever farther away until all are found."""
        self._choose("wanted", keys)
        left: dict[int, list[Part]] = defaultdict(list)
        for part in self._files("u.kind = 'claims'"):
            left[part.month].append(part)
        for ring in _RINGS:
            rows = self._engine.rows("SELECT DISTINCT own_month FROM candidate WHERE NOT is_placed")
            open_months = rows["own_month"].to_pylist()
            if not open_months:
                return
            near = [
                month for month in left
                if ring is None or any(abs(month - own) <= ring for own in open_months)
            ]  # fmt: skip
            files = [one for month in near for one in left.pop(month)]
            if files:
                self._engine.execute(_CLAIMS.format(parts=self._reading(files)))
            if ring is not None:
                self._engine.execute(_PLACED.format(ring=ring))

    def _move(self, bucket: int, parts: Sequence[Part]) -> HospitalMonths:
        """Write files anew whose rows belong elsewhere."""
        away = self._engine.rows("SELECT DISTINCT file, home FROM home WHERE home <> month")
        targets: dict[str, set[int]] = {}
        for row in away.to_pylist():
            targets.setdefault(row["file"], set()).add(row["home"])
        for part in parts:
            path = str(self._folder / part.name)
            if path in targets:
                self._split(bucket, part, sorted(targets[path] | {part.month}))
        keys = self._engine.rows(
            "SELECT hcode, month FROM home WHERE home <> month"
            " UNION SELECT hcode, home FROM home WHERE home <> month"
        )
        return frozenset((one["hcode"], one["month"]) for one in keys.to_pylist())

    def _split(self, bucket: int, part: Part, months: Sequence[int]) -> None:
        path = quoted(self._folder / part.name)
        self._connection.execute("DELETE FROM file WHERE name = ?", (part.name,))
        for month in months:
            name = part_name(bucket, month, part.upload)
            (self._folder / name).parent.mkdir(parents=True, exist_ok=True)
            rows = self._engine.copy(
                "SELECT p.* REPLACE (coalesce(h.home, p.month) AS month)"  # noqa: S608
                f" FROM read_parquet({path}) p LEFT JOIN (SELECT * FROM home WHERE file = {path}) h"
                " ON h.hcode = p.hcode AND h.token = coalesce(p.visit, p.link)"
                f" WHERE coalesce(h.home, p.month) = {month} ORDER BY hcode, line",
                self._folder / name,
            )
            if rows:
                of = (bucket, month, part.upload, rows)
                enter_file(self._connection, name, "part", of, part.own_month)


def part_name(bucket: int, month: int, upload: int) -> str:
    """A new name of a file of parts."""
    return f"parts/{month}/{bucket:02d}-{upload}-{secrets.token_hex(4)}.parquet"


_REPLACED: Final = pa.schema(
    [("hcode", pa.string()), ("month", pa.int32()), ("kind", pa.string()), ("upload", pa.int32())]
)
_PART_FILE: Final = pa.schema(
    [("file", pa.string()), ("month", pa.int32()), ("own_month", pa.int32())]
)


def _table(schema: pa.Schema, rows: Sequence[tuple[object, ...]]) -> pa.Table:
    return pa.Table.from_pylist([dict(zip(schema.names, row, strict=True)) for row in rows], schema)
