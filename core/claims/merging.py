"""Parts of a month put together to its ledger: a row a visit, from all that files said of it.

Of two files of one kind the later one counts. Replies and statements without a visit's number find
it by the hashed patient and day, where that day has one visit alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from core.claims.engine import Engine, quoted
from core.claims.schema import LATE, LEDGER

Replaced = tuple[str, int, str, int]
"""A hospital, the upload that replaced its month, the kind and the month: earlier rows are out."""
_QUERY: Final = """
WITH replaced(hcode, upload, kind, own_month) AS (SELECT * FROM (VALUES {replaced})),
part AS (
  SELECT p.* FROM ({parts}) p WHERE NOT EXISTS (
    SELECT 1 FROM replaced r WHERE r.hcode = p.hcode AND r.kind = p.kind
      AND r.own_month = p.own_month AND p.upload < r.upload)
),
claims AS (
  SELECT * FROM part WHERE kind = 'claims'
  QUALIFY row_number() OVER (PARTITION BY hcode, visit ORDER BY upload DESC, line DESC) = 1
),
named AS (
  SELECT hcode, link, any_value(visit) AS own FROM claims WHERE link IS NOT NULL
  GROUP BY hcode, link HAVING count(*) = 1
),
other AS (
  SELECT p.* REPLACE (coalesce(p.visit, n.own, p.link) AS visit)
  FROM part p LEFT JOIN named n ON n.hcode = p.hcode AND n.link = p.link
  WHERE p.kind <> 'claims'
),
admissions AS (
  SELECT * FROM other WHERE kind = 'admissions'
  QUALIFY row_number() OVER (PARTITION BY hcode, visit ORDER BY upload DESC, line DESC) = 1
),
replies AS (
  SELECT * FROM other WHERE kind = 'replies'
  QUALIFY row_number()
    OVER (PARTITION BY hcode, visit ORDER BY document DESC, upload DESC, line DESC) = 1
),
sheets AS (
  SELECT * FROM other WHERE kind = 'statements'
  QUALIFY dense_rank() OVER (PARTITION BY hcode, visit, document ORDER BY upload DESC) = 1
),
statements AS (
  SELECT hcode, visit, max(patient) AS patient, max(fund) AS fund, max("end") AS "end",
    sum(paid)::BIGINT AS paid, max(upload) AS upload, max(line) AS line
  FROM sheets GROUP BY hcode, visit
),
key AS (
  SELECT hcode, visit FROM claims UNION SELECT hcode, visit FROM admissions
  UNION SELECT hcode, visit FROM replies UNION SELECT hcode, visit FROM statements
)
SELECT key.hcode, coalesce(c.patient, r.patient, s.patient, a.patient) AS patient,
  coalesce(c.fund, r.fund, s.fund, a.fund, 'unknown') AS fund, key.visit,
  coalesce(c."end", r."end", s."end", a."end") AS "end", {month}::INTEGER AS month,
  coalesce(c.department, a.department) AS department, c.closed, c.booked,
  CASE WHEN r.visit IS NOT NULL THEN true ELSE c.sent END AS sent,
  coalesce(c.sent_on, r.sent_on) AS sent_on,
  coalesce(c.sent_month, r.sent_month) AS sent_month,
  coalesce(r.status, c.status) AS status, coalesce(r.failed, c.failed) AS failed,
  CASE WHEN r.failed IS NOT NULL THEN r.code ELSE c.code END AS code,
  coalesce(c.claimed, r.claimed) AS claimed, coalesce(r.compensated, c.compensated) AS compensated,
  s.paid, coalesce(c.adjrw_claimed, r.adjrw_claimed) AS adjrw_claimed, c.adjrw_audited,
  c.visit IS NOT NULL AS in_claims, a.visit IS NOT NULL AS in_admissions,
  r.visit IS NOT NULL OR c.compensated IS NOT NULL AS in_replies,
  s.visit IS NOT NULL AS in_statements,
  coalesce(c.upload, r.upload, s.upload, a.upload) AS upload,
  coalesce(c.line, r.line, s.line, a.line) AS line
FROM key
LEFT JOIN claims c ON c.hcode = key.hcode AND c.visit = key.visit
LEFT JOIN admissions a ON a.hcode = key.hcode AND a.visit = key.visit
LEFT JOIN replies r ON r.hcode = key.hcode AND r.visit = key.visit
LEFT JOIN statements s ON s.hcode = key.hcode AND s.visit = key.visit
"""
_LATE: Final = " + ".join(
    f"(CASE WHEN (date_trunc('month', \"end\") + INTERVAL {lag + 1} MONTH)::DATE - 1"
    f' > "end" + {days} THEN {1 << bit} ELSE 0 END)'
    for bit, (days, lag) in enumerate(LATE)
)


def merge(
    engine: Engine,
    parts: Mapping[int, Sequence[Path]],
    month: int,
    replaced: Iterable[Replaced],
    target: Path,
) -> int:
    """Write the ledger of a bucket's month, from files by the month they speak of; its visits."""
    values = ", ".join(f"('{h}', {upload}, '{kind}', {own})" for h, upload, kind, own in replaced)
    read = " UNION ALL ".join(
        f"SELECT *, {own} AS own_month FROM read_parquet([{', '.join(map(quoted, files))}])"  # noqa: S608
        for own, files in parts.items()
    )
    query = _QUERY.format(replaced=values or "(NULL, NULL, NULL, NULL)", parts=read, month=month)
    columns = ", ".join(f'"{name}"' for name in LEDGER.names)
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(".draft")
    rows = engine.copy(
        f"SELECT {columns} FROM (SELECT *, ({_LATE})::INTEGER AS late FROM ({query}))"  # noqa: S608
        " ORDER BY hcode, fund, patient, visit",
        draft,
    )
    draft.replace(target)
    return rows


def write(table: pa.Table, target: Path) -> None:
    """A Parquet file, whole when it bears its name."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(".draft")
    pq.write_table(table, draft, compression="zstd", row_group_size=65_536)
    draft.replace(target)
