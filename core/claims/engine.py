"""The engine that computes the ledger's expressions: DuckDB here, or Spark by one setting.

`TRUAT_CLAIMS_ENGINE` is `duckdb` (the default) or the address of a Spark cluster, such as
`spark://host:7077` or `local[2]`. The expressions are the same; each is translated once.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow as pa
from pydantic_settings import BaseSettings, SettingsConfigDict

from core.claims.measures import Expression, translated
from core.errors import StoreError

DUCKDB: Final = "duckdb"


class EngineSettings(BaseSettings):
    """Settings from environment variables that begin with `TRUAT_CLAIMS_`.

    `engine`: where expressions are computed. `memory`: how much DuckDB may hold before it goes on
    in files, `threads`: how many of its threads.
    """

    model_config = SettingsConfigDict(
        env_prefix="TRUAT_CLAIMS_", env_ignore_empty=True, frozen=True
    )

    engine: str = DUCKDB
    memory: str = "512MB"
    threads: int = 2


@dataclass(frozen=True)
class Work:
    """An expression to compute on files, and the file it goes into, in the order of columns."""

    name: Expression
    files: Sequence[Path]
    target: Path
    months: range = range(0)
    order: tuple[str, ...] = ()


class Engine:
    """One connection; closed by `with`."""

    def __init__(self, spill: Path, settings: EngineSettings | None = None) -> None:
        settings = settings or EngineSettings()
        spill.mkdir(parents=True, exist_ok=True)
        self._duckdb = duckdb.connect(
            config={
                "memory_limit": settings.memory,
                "threads": settings.threads,
                "temp_directory": str(spill),
                "preserve_insertion_order": False,
            }
        )
        self._threads = settings.threads
        self._spark = None if settings.engine == DUCKDB else _spark(settings.engine)

    def __enter__(self) -> "Engine":
        return self

    def __exit__(self, *_error: object) -> None:
        self._duckdb.close()  # A Spark session is shared by the process.

    def compute(
        self, name: Expression, files: Sequence[Path], months: range = range(0)
    ) -> pa.Table:
        """What an expression comes to on Parquet files.

        `events` and `denials` are of the ledger, `monthly` is of events, for some months.
        """
        source = "events" if name == "monthly" else "ledger"
        if self._spark is not None:
            return self._computed_by_spark(name, source, files, months)
        self._lay_out(source, files, months)
        return self._duckdb.sql(translated(name, "duckdb")).to_arrow_table()

    def compute_into(self, work: Work) -> int:
        """Write what an expression comes to as Parquet, without holding it; its rows."""
        work.target.parent.mkdir(parents=True, exist_ok=True)
        order = ", ".join(work.order) or "ALL"
        if self._spark is not None:
            self.give("computed", self.compute(work.name, work.files, work.months))
            return self.copy(f"SELECT * FROM computed ORDER BY {order}", work.target)  # noqa: S608
        self._lay_out("events" if work.name == "monthly" else "ledger", work.files, work.months)
        sql = translated(work.name, "duckdb")
        return self.copy(f"{sql} ORDER BY {order}" if work.order else sql, work.target)

    def compute_all(self, works: Sequence[Work]) -> list[int]:
        """The same for several, as many at once as there are threads; the rows of each.

        A group of hospitals alone is too little to keep two threads busy.
        """
        if self._spark is not None or self._threads < 2 or len(works) < 2:
            return [self.compute_into(work) for work in works]
        self._duckdb.execute("SET threads = 1")  # Each of the pool is one.
        try:
            with ThreadPoolExecutor(self._threads) as pool:
                return list(pool.map(self._beside, works))
        finally:
            self._duckdb.execute(f"SET threads = {self._threads}")

    def _beside(self, work: Work) -> int:
        """Compute on a connection of one's own to the same memory."""
        beside = copy(self)
        with self._duckdb.cursor() as beside._duckdb:
            return beside.compute_into(work)

    def _lay_out(self, source: str, files: Sequence[Path], months: range) -> None:
        self._duckdb.execute(
            f"CREATE OR REPLACE TEMP VIEW {source} AS SELECT * FROM {_read(files)}"  # noqa: S608
        )
        self._duckdb.execute(
            "CREATE OR REPLACE TEMP VIEW months AS"
            f" SELECT unnest(range({months.start}, {months.stop}))::INTEGER AS month"
        )

    def _computed_by_spark(
        self, name: Expression, source: str, files: Sequence[Path], months: range
    ) -> pa.Table:
        spark: Any = self._spark
        spark.read.parquet(*map(str, files)).createOrReplaceTempView(source)
        every = spark.range(months.start, months.stop).selectExpr("cast(id as int) as month")
        every.createOrReplaceTempView("months")
        return _whole(spark.sql(translated(name, "pyspark")).toArrow())

    def execute(self, statements: str) -> None:
        """Run statements of DuckDB: tables that are needed on the way to a file."""
        self._duckdb.execute(statements)

    def rows(self, query: str) -> pa.Table:
        """What a query of DuckDB comes to."""
        return self._duckdb.sql(query).to_arrow_table()

    def give(self, name: str, table: pa.Table) -> None:
        """Have a table in memory under a name."""
        self._duckdb.register(name, table)

    def copy(self, query: str, target: Path) -> int:
        """Write what a query of DuckDB comes to as Parquet, without holding it; its rows.

        Files are put together by DuckDB on every engine: a month of a few hospitals is no work for
        a cluster.
        """
        options = "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 65536"
        done = self._duckdb.execute(f"COPY ({query}) TO {quoted(target)} ({options})").fetchone()
        return int(done[0]) if done else 0


def _whole(table: pa.Table) -> pa.Table:
    """A result with sums as whole numbers: engines widen them, each in its own way."""
    is_sum = pa.types.is_decimal
    fields = [pa.field(f.name, pa.int64() if is_sum(f.type) else f.type) for f in table.schema]
    return table.cast(pa.schema(fields))


def quoted(path: Path) -> str:
    """A path as a text of SQL."""
    return "'" + str(path).replace("'", "''") + "'"


def _read(files: Sequence[Path]) -> str:
    return f"read_parquet([{', '.join(map(quoted, files))}])"


def _spark(master: str) -> Any:
    """`StoreError` S082 when Spark is asked for and is not there."""
    try:
        # An extra that few install.
        sql: Any = import_module("pyspark.sql")
        return (
            sql.SparkSession.builder.master(master)
            .appName("truat-claims")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.session.timeZone", "UTC")
            .getOrCreate()
        )
    except Exception as error:  # Java's own errors have no common class.
        lines = str(error).splitlines() or [type(error).__name__]
        raise StoreError("S082", engine=master, reason=lines[0][:200]) from error
