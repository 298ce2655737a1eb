"""Views for programs that read the database themselves, such as Power BI and Excel.

Their names and columns are a contract: add freely, never rename. Figures are those that count now;
NULL is what is missing. `docs/operations.md` lists them.
"""

from collections.abc import Iterable
from enum import IntEnum
from typing import Final

from sqlalchemy import Connection, text

from core.scoring.base.states import State, Verdict

READER: Final = "truat_reader"
"""The role of PostgreSQL that may read the views, where there is one."""


def _names(column: str, kind: type[IntEnum]) -> str:
    """The name of a number in small letters."""
    cases = " ".join(f"WHEN {int(one)} THEN '{one.name.lower()}'" for one in kind)
    return f"CASE {column} {cases} END"


_NAMES: Final = """
  SELECT code, name_th, name_en, 'region' AS kind FROM region
  UNION ALL SELECT code, name_th, name_en, 'province' FROM province
  UNION ALL SELECT code, name_th, name_en, 'district' FROM district
  UNION ALL SELECT hcode, name_th, name_en, kind FROM facility"""
_PERIOD: Final = "p.code AS period, p.fiscal_year, p.part AS period_part, p.number AS period_number"
_DOUBTS: Final = """CASE WHEN r.books_id IS NULL
    THEN nullif(trim(replace(replace(w.doubts, 'W430', ''), '  ', ' ')), '') ELSE w.doubts END"""
"""What puts a level in doubt; that figures were typed otherwise only while they stand beside."""

VIEWS: Final = {
    "view_facilities": """
SELECT f.hcode, f.hcode9, f.hcode9_new, f.name_th, f.name_en, f.kind, s.hgr, s.level, s.beds,
  s.latitude, s.longitude, s.district, d.name_th AS district_th, d.name_en AS district_en,
  d.province, v.name_th AS province_th, v.name_en AS province_en, v.region,
  r.name_th AS region_th, r.name_en AS region_en, f.closed_on
FROM facility f
JOIN facility_state s ON s.hcode = f.hcode AND s.valid_from =
  (SELECT max(valid_from) FROM facility_state WHERE hcode = f.hcode)
JOIN district d ON d.code = s.district
JOIN province v ON v.code = d.province
JOIN region r ON r.code = v.region""",
    "view_results": f"""
SELECT r.id AS result_id, r.criterion AS indicator, r.subject, n.kind AS subject_kind,
  n.name_th AS subject_th, n.name_en AS subject_en, {_PERIOD}, r.value, r.points,
  r.full_marks AS full_points, {_names("r.verdict", Verdict)} AS verdict,
  {_names("r.state", State)} AS state, r.since AS results_version,
  CASE WHEN w.form = 'trial-balance' THEN 'books' WHEN w.form IS NOT NULL THEN 'typed' END AS way,
  {_DOUBTS} AS in_doubt
FROM result r
JOIN period p ON p.id = r.period_id
LEFT JOIN submission w ON r.criterion IN ('crisis.level', 'tps.score', 'tps.grade')
  AND w.id = coalesce(r.books_id, r.submission_id)
LEFT JOIN ({_NAMES}) n ON n.code = r.subject
WHERE r.until IS NULL""",  # noqa: S608
    "view_figures": f"""
SELECT s.subject, s.form, {_PERIOD}, m.code AS measure, o.value, o.text,
  {_names("o.state", State)} AS state, o.sheet, o.cell, s.upload_id
FROM submission s
JOIN period p ON p.id = s.period_id
JOIN observation o ON o.submission_id = s.id
JOIN measure m ON m.id = o.measure_id
WHERE s.current""",  # noqa: S608
    "view_findings": """
SELECT f.id AS finding_id, f.subject, f.criterion AS indicator, CASE f.stage WHEN 0 THEN 'open'
  WHEN 1 THEN 'planned' WHEN 2 THEN 'reported' WHEN 3 THEN 'closed' ELSE 'withdrawn' END AS stage,
  p.code AS opened_in, f.opened_at, f.cause, f.measure, f.owner_role, f.owner_unit, f.due,
  f.accepted, f.closed_at, f.relapses
FROM finding f
JOIN period p ON p.id = f.opened_in""",
    "view_uploads": """
SELECT u.id AS upload_id, u.form, u.subject, u.fiscal_year, u.version, u.file_name, u.sha256,
  u.size, u.uploaded_by, u.uploaded_at, u.withdrawn, u.filled, u.inputs
FROM upload u""",
}  # fmt: skip


def drop_views(connection: Connection) -> None:
    """Take the views away, so that the tables below them can be changed."""
    for name in reversed(VIEWS):
        connection.execute(text(f"DROP VIEW IF EXISTS {name}"))


def create_views(connection: Connection) -> None:
    """Make the views, and let the reader of PostgreSQL read them, where there is such a role."""
    for name, query in VIEWS.items():
        connection.execute(text(f"CREATE VIEW {name} AS {query}"))
    if connection.dialect.name == "postgresql" and _has_reader(connection):
        names: Iterable[str] = VIEWS
        connection.execute(text(f"GRANT SELECT ON {', '.join(names)} TO {READER}"))


def _has_reader(connection: Connection) -> bool:
    query = text("SELECT 1 FROM pg_roles WHERE rolname = :name")
    return connection.execute(query, {"name": READER}).first() is not None
