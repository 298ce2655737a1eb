"""What is counted from the ledger, as expressions that any engine of ibis computes.

Two steps. `events` adds visits up by hospital, fund, kind of patient, month of service and month
sent: small, and all that is needed to know any month's end. `monthly` makes of them the figures of
each month: what happened in it, and what lay unsent at its end.
"""

from collections.abc import Sequence
from functools import cache
from typing import Final, Literal

import ibis
from ibis import _
from ibis.expr import types as ir

from core.claims.schema import LATE, LEDGER

Expression = Literal["events", "monthly", "denials"]
Dialect = Literal["duckdb", "pyspark"]

KEYS: Final = ("hcode", "fund", "patient")
_FLOWS: Final = (
    "visits", "closing_known", "missing", "sending_known", "claimed", "compensated", "paid", "owed",
    "answered_claimed", "audits", "adjrw_claimed", "adjrw_audited", "admissions",
    "admissions_unclaimed", "unstated", "unstated_money", "unclaimed_statements",
    "unclaimed_statements_money", "unclaimed_replies", "stated",
)  # fmt: skip
_SENT: Final = ("sent", "answered", "error", "sent_money", "error_money")
_BANDS: Final = ("0", "31", "61", "91", "366")
_STOCK: Final = (
    "receivables_known", *(f"unsent_{b}" for b in _BANDS), *(f"unsent_{b}_money" for b in _BANDS),
)  # fmt: skip
MEASURES: Final = (*_FLOWS, *_SENT, *_STOCK)
"""The figures of a hospital, fund, kind of patient and month: counts, and money in satang.

`…_known` count the visits whose files say anything of it: where they are 0 the figures that rest on
them are unknown, not zero.
"""


def events(ledger: ir.Table) -> ir.Table:
    """The ledger added up by month of service and month sent."""
    return ledger.group_by([*KEYS, "month", "sent_month"]).aggregate(
        **_flows(), **_outcomes(), **_waiting()
    )


def _count(condition: ir.BooleanValue) -> ir.IntegerScalar:
    """How many rows it is true of; unknown is not true."""
    return condition.ifelse(1, ibis.null("int32")).count()


def _money(column: ir.IntegerColumn, condition: ir.BooleanValue) -> ir.IntegerScalar:
    """The sum of the rows it is true of; zero is filled in once a group, not once a row."""
    return condition.ifelse(column, ibis.null("int64")).sum().fill_null(0).cast("int64")


def _flows() -> dict[str, ir.Scalar]:
    claims, replies, statements = _.in_claims, _.in_replies, _.in_statements
    is_audited = (_.patient == "ip") & _.adjrw_audited.notnull() & _.adjrw_claimed.notnull()
    is_sent = replies | (claims & _.sent)
    unclaimed = ~claims & ~replies
    return {
        "visits": _count(claims),
        "closing_known": _count(claims & (_.closed.notnull() | _.booked.notnull())),
        "missing": _count(claims & (~_.closed.fill_null(True) | ~_.booked.fill_null(True))),
        "sending_known": _count(claims & _.sent.notnull()),
        "claimed": _money(_.claimed, claims),
        "compensated": _money(_.compensated, replies),
        "paid": _money(_.paid, statements),
        "owed": _money(_.compensated - _.paid.fill_null(0), replies & _.compensated.notnull()),
        "answered_claimed": _money(_.claimed, replies & _.compensated.notnull()),
        "audits": _count(is_audited),
        "adjrw_claimed": _money(_.adjrw_claimed, is_audited),
        "adjrw_audited": _money(_.adjrw_audited, is_audited),
        "admissions": _count(_.in_admissions),
        "admissions_unclaimed": _count(_.in_admissions & unclaimed & ~statements),
        "unstated": _count(is_sent & ~statements),
        "unstated_money": _money(_.claimed, is_sent & ~statements),
        "unclaimed_statements": _count(statements & unclaimed),
        "unclaimed_statements_money": _money(_.paid, statements & unclaimed),
        "unclaimed_replies": _count(replies & ~claims),
        "stated": _count(statements),
    }


def _outcomes() -> dict[str, ir.Scalar]:
    is_sent = (_.in_claims | _.in_replies) & _.sent_month.notnull()
    return {
        "sent": _count(is_sent),
        "answered": _count(is_sent & _.failed.notnull()),
        "error": _count(is_sent & _.failed),
        "sent_money": _money(_.claimed, is_sent),
        "error_money": _money(_.claimed, is_sent & _.failed),
    }


def receivable() -> ir.BooleanValue:
    """Whether a visit is a receivable of which it is known whether and when it was sent."""
    dated = ~_.sent.fill_null(False) | _.sent_month.notnull()
    return _.in_claims & _.sent.notnull() & dated & _.booked.fill_null(True)


def _waiting() -> dict[str, ir.Scalar]:
    """Receivables, and those that are older than some days at the end of some month."""
    counted = {"lying": _count(receivable()), "lying_money": _money(_.claimed, receivable())}
    for bit, _days in enumerate(LATE):
        is_late = receivable() & ((_.late & (1 << bit)) != 0)
        counted |= {f"late_{bit}": _count(is_late), f"late_{bit}_money": _money(_.claimed, is_late)}
    return counted


def monthly(events_: ir.Table, months: ir.Table) -> ir.Table:
    """The figures of each month that `months` (column `month`) names: a row a key and month."""
    of_month = _filled(
        events_.group_by([*KEYS, "month"]).aggregate(
            **{n: _[n].sum().cast("int64") for n in _FLOWS}
        ),
        _FLOWS,
    )
    sent = events_.filter(_.sent_month.notnull()).select(*KEYS, *_SENT, month=_.sent_month)
    of_sent = _filled(
        sent.group_by([*KEYS, "month"]).aggregate(**{n: _[n].sum().cast("int64") for n in _SENT}),
        _SENT,
    )
    rows = ibis.union(ibis.union(of_month, of_sent), _filled(stock(events_, months), _STOCK))
    in_months = rows.semi_join(months, "month")
    return in_months.group_by([*KEYS, "month"]).aggregate(
        **{n: _[n].sum().cast("int64") for n in MEASURES}
    )


def _filled(table: ir.Table, own: Sequence[str]) -> ir.Table:
    """A table with all measures: those it has not are zero."""
    zero = ibis.literal(0, "int64")
    columns = {name: table[name] if name in own else zero for name in MEASURES}
    return table.select(*KEYS, "month", **columns)


def stock(events_: ir.Table, months: ir.Table) -> ir.Table:
    """What lay unsent at the end of each month, by how many days it had lain."""
    at = months.select(at=_.month)
    lying = events_.filter(_.lying > 0).cross_join(at).filter(_.month <= _.at)
    older = lying.mutate(
        is_waiting=_.sent_month.isnull() | (_.sent_month > _.at), lag=_.at - _.month
    ).mutate(**_older(""), **_older("_money"))
    return (
        older.group_by([*KEYS, "at"])
        .aggregate(
            receivables_known=_.lying.sum().cast("int64"), **_banded(""), **_banded("_money")
        )
        .rename(month="at")
    )


def _older(unit: str) -> dict[str, ir.IntegerColumn]:
    """How many are older than 30, 60, 90 and 365 days at the month's end."""
    every = _[f"lying{unit}"]
    late = [_[f"late_{bit}{unit}"] for bit in range(len(LATE))]
    steps = {
        30: [(_.lag == 1, late[0]), (_.lag > 1, every)],
        60: [(_.lag == 1, late[1]), (_.lag == 2, late[2]), (_.lag > 2, every)],
        90: [(_.lag == 2, late[3]), (_.lag == 3, late[4]), (_.lag > 3, every)],
        365: [(_.lag == 12, late[5]), (_.lag > 12, every)],
    }
    return {f"over_{days}{unit}": ibis.cases(*cases, else_=0) for days, cases in steps.items()}


def _banded(unit: str) -> dict[str, ir.IntegerScalar]:
    edges = [_[f"lying{unit}"], *(_[f"over_{days}{unit}"] for days in (30, 60, 90, 365))]
    bands = [edges[n] - edges[n + 1] if n < len(edges) - 1 else edges[n] for n in range(len(edges))]
    return {
        f"unsent_{band}{unit}": value.sum(where=_.is_waiting).fill_null(0).cast("int64")
        for band, value in zip(_BANDS, bands, strict=True)
    }


def denials(ledger: ir.Table) -> ir.Table:
    """Claims that failed the fund's checks, by code, in the month they were sent."""
    failed = ledger.filter(_.failed.fill_null(False) & (_.in_claims | _.in_replies))
    month = _.sent_month.fill_null(_.month)
    return (
        failed.mutate(month=month, code=_.code.fill_null(""), status=_.status.fill_null(""))
        .group_by([*KEYS, "month", "status", "code"])
        .aggregate(
            count=_.count().cast("int64"),
            claimed=_.claimed.fill_null(0).sum().cast("int64"),
            compensated=_.compensated.fill_null(0).sum().cast("int64"),
        )
    )


@cache
def translated(name: Expression, dialect: Dialect) -> str:
    """An expression in the SQL of an engine, on the tables `ledger`, or `events` and `months`."""
    ledger = ibis.table(ibis.Schema.from_pyarrow(LEDGER), name="ledger")
    counted = events(ledger)
    months = ibis.table({"month": "int32"}, name="months")
    expressions = {
        "events": lambda: counted,
        "monthly": lambda: monthly(ibis.table(counted.schema(), name="events"), months),
        "denials": lambda: denials(ledger),
    }
    expression = expressions[name]()
    sql = str(ibis.to_sql(expression, dialect=dialect))
    return _in_whole_numbers(expression.schema(), sql) if dialect == "duckdb" else sql


def _in_whole_numbers(schema: ibis.Schema, sql: str) -> str:
    """SQL of DuckDB whose sums have 64 bits again: it widens them to 128."""
    columns = ", ".join(
        f'CAST("{name}" AS BIGINT) AS "{name}"' if kind.is_int64() else f'"{name}"'
        for name, kind in schema.items()
    )
    return f"SELECT {columns} FROM ({sql})"  # noqa: S608
