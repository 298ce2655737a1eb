"""Reading the ledger without an engine: figures kept by month, codes of denials, and single visits.

Pages read a few small files; nothing is added up from visits while somebody waits.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from core.claims.catalogue import Catalogue, LedgerFile
from core.claims.schema import bucket_of

Which = Literal[
    "all", "missing", "unsent", "delayed", "expired", "failed", "unclaimed_admissions", "unstated",
    "unclaimed_statements", "unclaimed_replies", "owed",
]  # fmt: skip
WHICH: Final[tuple[Which, ...]] = (
    "all", "missing", "unsent", "delayed", "expired", "failed", "unclaimed_admissions", "unstated",
    "unclaimed_statements", "unclaimed_replies", "owed",
)  # fmt: skip
"""What single visits can be looked at for."""
OLDER: Final[Mapping[Which, int]] = {"unsent": -1, "delayed": 60, "expired": 365}
"""Days since the end of service beyond which a receivable that was not sent is told of."""
_TRIES: Final = 3


@dataclass(frozen=True)
class FigureQuery:
    """Which figures: hospitals (None: all), months by ordinal, one fund and kind of patient."""

    months: Sequence[int]
    hospitals: frozenset[str] | None = None
    fund: str = ""
    patient: str = ""

    @property
    def condition(self) -> pc.Expression:
        kept_rows = pc.field("month").isin(list(self.months))
        if self.hospitals is not None:
            kept_rows &= pc.field("hcode").isin(sorted(self.hospitals))
        if self.fund:
            kept_rows &= pc.field("fund") == self.fund
        if self.patient:
            kept_rows &= pc.field("patient") == self.patient
        return kept_rows

    @property
    def buckets(self) -> list[int] | None:
        if self.hospitals is None:
            return None
        return sorted({bucket_of(hcode) for hcode in self.hospitals})


def figures(folder: Path, query: FigureQuery) -> pa.Table | None:
    """The figures kept of some months: a row a hospital, fund, kind of patient and month."""
    return _read(folder, "monthly", query, query.condition)


def denied(folder: Path, query: FigureQuery) -> pa.Table | None:
    """Failed claims by code; a row a hospital, fund, kind of patient, month and code."""
    return _read(folder, "denials", query, query.condition)


def months(folder: Path) -> list[int]:
    """The months that have visits, oldest first."""
    return sorted({f.month for f in Catalogue(folder).files("ledger") if f.month is not None})


def visits(
    folder: Path, query: FigureQuery, which: Which, at: int, last_day: Any
) -> pa.Table | None:
    """Single visits of a kind; of receivables not sent, as they lay at the end of month `at`.

    `last_day` is the last day of that month.
    """
    condition = _condition_of(which, at, last_day)
    if which in OLDER or which == "failed":  # They may be of any month of service.
        every = [m for m in months(folder) if m <= at]
        query = FigureQuery(every, query.hospitals, query.fund, query.patient)
    wanted = query.condition if which == "all" else query.condition & condition
    rows = _read(folder, "ledger", query, wanted)
    order = [("end", "ascending"), ("hcode", "ascending"), ("visit", "ascending")]
    return None if rows is None else rows.sort_by(order)


def _condition_of(which: Which, at: int, last_day: Any) -> pc.Expression:
    field = pc.field
    yes = pc.scalar(True)
    claims, replies, statements = field("in_claims"), field("in_replies"), field("in_statements")
    sent = replies | (claims & pc.coalesce(field("sent"), pc.scalar(False)))
    if which in OLDER:
        return _unsent(at, last_day, OLDER[which])
    no = pc.scalar(False)
    closed, booked = (pc.coalesce(field(name), yes) for name in ("closed", "booked"))
    conditions: Mapping[Which, pc.Expression] = {
        "missing": claims & (~closed | ~booked),
        "failed": pc.coalesce(field("failed"), no)
        & (claims | replies)
        & (pc.coalesce(field("sent_month"), field("month")) == at),
        "unclaimed_admissions": field("in_admissions") & ~claims & ~replies & ~statements,
        "unstated": sent & ~statements,
        "unclaimed_statements": statements & ~claims & ~replies,
        "unclaimed_replies": replies & ~claims,
        "owed": replies & (field("compensated") > pc.coalesce(field("paid"), pc.scalar(0))),
    }
    return conditions.get(which, yes)


def _unsent(at: int, last_day: Any, days: int) -> pc.Expression:
    """Receivables not sent at the end of a month that are older than so many days."""
    field = pc.field
    never = ~pc.coalesce(field("sent"), pc.scalar(False))
    later = pc.coalesce(field("sent_month"), pc.scalar(0)) > at
    known = field("in_claims") & field("sent").is_valid()
    booked = pc.coalesce(field("booked"), pc.scalar(True))
    age = pc.scalar(pa.scalar(last_day, pa.date32()).cast(pa.int32())) - field("end").cast(
        pa.int32()
    )
    return known & booked & (never | later) & (age > days)


def _read(folder: Path, role: str, query: FigureQuery, condition: pc.Expression) -> pa.Table | None:
    """Rows of the files in force; read again where a change has taken them meanwhile."""
    catalogue = Catalogue(folder)
    for left in reversed(range(_TRIES)):
        files = catalogue.files(role, query.buckets)
        # Other files lie by month of service and may hold figures of later months.
        wanted = [one for one in files if role != "ledger" or one.month in query.months]
        if not wanted:
            return None
        try:
            return _table(folder, wanted, condition)
        except FileNotFoundError:
            if not left:
                raise
    return None


def _table(folder: Path, files: Sequence[LedgerFile], condition: pc.Expression) -> pa.Table:
    tables = [
        pq.read_table(folder / one.name, filters=condition, partitioning=None) for one in files
    ]
    return pa.concat_tables(tables, promote_options="default")
