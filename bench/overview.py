"""From the store to the overview's figures for the whole country, against the bare SQL queries.

Invented hospitals, 907 of them through 24 months, as the demonstration has them. The lower bound
runs the same queries by hand on a bare connection and fetches their rows; what ships makes of them
what the page shows: shares with their targets, regions, provinces, what needs attention. What needs
attention by the inspection themes, three matrices of lights among it, is read once for each version
of the results; that first reading is measured beside its own queries.
`python -m bench.overview` prints both ratios.
"""

import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from core.criteria.catalog import catalog
from core.criteria.model import LightMatrix
from core.demo.loading import load
from core.periods import Period
from core.services.overview.month import months, read_month
from core.services.overview.view import of_month
from core.services.themes.attention import first_attention
from core.services.themes.month import DEFECTS, judged_in
from core.store.engine.migrate import open_database
from core.store.engine.unit_of_work import close_engines, reading
from core.store.schema.keys import period_key

LIMIT = 3.0
THEMES_LIMIT = 5.0
RUNS = 15

LEVELS = """
    SELECT period_id, subject, value, points, verdict, state FROM result
    WHERE criterion = 'crisis.level' AND until IS NULL AND period_id IN (?, ?)
"""
SHARES = """
    SELECT criterion, period_id, subject, value, points, full_marks, verdict, state, detail
    FROM result JOIN result_detail ON result_id = id
    WHERE criterion IN ('crisis.area', 'crisis.efficiency') AND until IS NULL
      AND period_id IN (?, ?)
      AND (subject = 'TH' OR subject BETWEEN 'R' AND 'R~' OR subject BETWEEN 'P' AND 'P~')
"""
HOSPITALS = """
    SELECT f.hcode, f.name_th, f.name_en, s.district, d.province, p.region, latitude, longitude
    FROM facility f JOIN facility_state s ON s.hcode = f.hcode
    JOIN district d ON d.code = s.district JOIN province p ON p.code = d.province
    WHERE f.kind = 'hospital' AND s.valid_from = (
        SELECT max(valid_from) FROM facility_state WHERE hcode = f.hcode AND valid_from <= ?)
    ORDER BY f.hcode
"""
NAMES = """
    SELECT code, name_th, name_en, 'TH' FROM region
    UNION ALL SELECT code, name_th, name_en, region FROM province
    UNION ALL SELECT code, name_th, name_en, province FROM district
"""


def bare(connection: sqlite3.Connection, period: Period, before: Period) -> list[list[Any]]:
    """The rows of every query, as the driver hands them over."""
    both = (period_key(period), period_key(before))
    asked = ((LEVELS, both), (SHARES, both), (HOSPITALS, (period.ordinal,)), (NAMES, ()))
    return [connection.execute(query, values).fetchall() for query, values in asked]


def shipped(engine: Engine, period: Period, before: Period) -> Any:
    """The overview of the country, nothing of it kept from an earlier call."""
    with reading(engine) as session:
        whole = read_month(session, period, before, "bench")
    return of_month(engine, whole, "TH", "crisis")


TOLD = "SELECT {columns} FROM result {join} WHERE until IS NULL AND {wanted}"
DETAIL = "JOIN result_detail ON result_id = id"
AREAS = """
    (subject = 'TH' OR subject BETWEEN 'R' AND 'R~' OR subject BETWEEN 'P' AND 'P~')
"""


def themes_asked(period: Period, before: Period) -> list[str]:
    """The queries behind what needs attention by the themes, spelled out."""
    rules = catalog().ruleset(period.fiscal_year)
    judged = list(judged_in(rules, period))
    matrices = [rule for rule in rules.rules.values() if isinstance(rule, LightMatrix)]
    columns = [column for matrix in matrices for column in matrix.parts]
    whole = {one for column in columns if column.part is None for one in column.of}
    parts = {one for column in columns if column.part for one in column.of} | {DEFECTS}
    first = Period(period.fiscal_year, "R", 1)
    wanted = _wanted({one.rule.id for one in judged}, period, period.round)
    numbers = "criterion, period_id, subject, id, value, points, full_marks, verdict, state"
    some = "criterion, period_id, subject, id, detail"
    told = _wanted({one.unit.id for one in judged}, period, period.round, first)
    lit = _wanted(whole, period, before, period.round, first)
    return [
        TOLD.format(columns=f"{numbers}, detail", join=DETAIL, wanted=f"{wanted} AND {AREAS}"),
        TOLD.format(columns="criterion, period_id, subject", join="", wanted=told),
        TOLD.format(columns="criterion, period_id, subject, id, value, state", join="", wanted=lit),
        TOLD.format(columns=some, join=DETAIL, wanted=f"{lit} AND detail LIKE '%\"best\":%'"),
        TOLD.format(columns=some, join=DETAIL, wanted=_wanted(parts, period, before)),
        TOLD.format(columns=some, join=DETAIL, wanted=_wanted({"tps.score"}, period)),
    ]


def _wanted(criteria: set[str], *periods: Period) -> str:
    names = ", ".join(f"'{one}'" for one in sorted(criteria))
    keys = ", ".join(str(period_key(one)) for one in periods)
    return f"criterion IN ({names}) AND period_id IN ({keys})"


def themes_bare(connection: sqlite3.Connection, asked: list[str], period: Period) -> None:
    """The rows of every one of them, and everybody who could have told something."""
    for query in asked:
        connection.execute(query).fetchall()
    units = HOSPITALS.replace("f.kind = 'hospital'", "f.kind = 'pcu'")
    for query in (HOSPITALS, units):
        connection.execute(query, (period.ordinal,)).fetchall()
    connection.execute(NAMES).fetchall()


def shortest(work: Callable[[], Any]) -> float:
    """The shortest of some runs, in milliseconds."""
    found = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return 1000 * min(found)


def main() -> int:
    """Print both times and their ratio; 1 when it is above the limit."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "demo.db"
        engine = open_database(f"sqlite:///{file}", "demo")
        load(engine)
        before, period = months(engine)[-2:]
        connection = sqlite3.connect(file)
        hospitals = bare(connection, period, before)[2]
        shown = shipped(engine, period, before)
        assert shown.crisis is not None
        assert shown.crisis.expected == len(hospitals)
        below = shortest(lambda: bare(connection, period, before))
        ours = shortest(lambda: shipped(engine, period, before))
        asked, versions = themes_asked(period, before), map(str, count())
        bare_themes = shortest(lambda: themes_bare(connection, asked, period))
        themes = shortest(lambda: first_attention(engine, next(versions), period, before, "TH"))
        connection.close()
        close_engines()
    ratios = ours / below, themes / bare_themes
    print(f"bare SQL {below:.1f} ms, overview {ours:.1f} ms, ratio {ratios[0]:.1f} ({LIMIT:g})")
    print(
        f"bare SQL {bare_themes:.1f} ms, themes {themes:.1f} ms,"
        f" ratio {ratios[1]:.1f} ({THEMES_LIMIT:g})"
    )
    return int(ratios[0] > LIMIT or ratios[1] > THEMES_LIMIT)


if __name__ == "__main__":
    sys.exit(main())
