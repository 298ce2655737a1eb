"""The same figures from Spark, on a local cluster of two workers; where Java and Spark are."""

import importlib
import importlib.util
import shutil

import pytest

from core.claims.engine import Engine, EngineSettings
from core.claims.ledger import Ledger
from core.periods import Period
from tests.core.claims.made import new, visit

HAS_SPARK = bool(importlib.util.find_spec("pyspark")) and bool(shutil.which("java"))
pytestmark = pytest.mark.skipif(not HAS_SPARK, reason="Java or pyspark is not installed")

FUNDS = ("uc", "csmbs", "sss", "pp")
MONTHS = range(Period(2568, "M", 1).ordinal, Period(2569, "M", 3).ordinal + 1)


def rows():
    """Visits of every kind: sent, late, failed, unknown, audited, of two hospitals."""
    for n in range(240):
        sent = ("", "2024-10-20", "2024-12-03", "2025-11-01")[n % 4]
        more = {"sent_on": sent} if n % 5 else {}
        is_ip = n % 3 == 0
        yield visit(
            f"v{n}",
            f"2024-{10 + n % 3}-{1 + n % 30:02}",
            hcode=("11223", "11239")[n % 2],
            fund=FUNDS[n % 4],
            patient="ip" if is_ip else "op",
            closed=n % 17 != 0,
            booked=(True, False, None)[n % 3],
            claimed=n * 1_001 if n % 7 else None,
            adjrw_claimed=n * 10 if is_ip else None,
            adjrw_audited=n * 9 if is_ip and n % 2 else None,
            **more,
        )


def replies(visits):
    for n, one in enumerate(visits):
        if n % 3:
            failed = n % 5 == 0
            code = "C305" if failed else None
            yield {**one, "failed": failed, "code": code, "compensated": n * 900, "status": "c"}


@pytest.fixture
def spark(monkeypatch):
    """The address of a cluster of two workers with a core each, in processes of their own."""
    monkeypatch.setenv("PYSPARK_SUBMIT_ARGS", "--conf spark.sql.shuffle.partitions=2 pyspark-shell")
    yield "local-cluster[2,1,1024]"
    session = importlib.import_module("pyspark.sql").SparkSession
    active = session.getActiveSession()
    if active is not None:
        active.stop()


def test_spark_comes_to_the_same_figures(tmp_path, spark):
    ledger = Ledger(tmp_path)
    visits = list(rows())
    ledger.add(new(visits))
    ledger.add(new([*replies(visits)], "replies"))
    ledger.add(new([{**one, "paid": 5} for one in visits[::4]], "statements"))
    files = [tmp_path / one.name for one in ledger.catalogue.files("ledger")]
    events = [tmp_path / one.name for one in ledger.catalogue.files("events")]
    here, there = EngineSettings(), EngineSettings(engine=spark)
    with Engine(tmp_path / "a", here) as duck, Engine(tmp_path / "b", there) as cluster:
        assert counted(cluster.compute("events", files)) == counted(duck.compute("events", files))
        assert counted(cluster.compute("denials", files)) == counted(duck.compute("denials", files))
        monthly = duck.compute("monthly", events, MONTHS)
        assert monthly.num_rows > 50
        assert counted(cluster.compute("monthly", events, MONTHS)) == counted(monthly)


def counted(table):
    """Rows in an order of their own."""
    names = sorted(table.column_names)
    return sorted(map(str, table.select(names).to_pylist()))
