"""Rows of claims for tests: a visit in a line, and what is left out is unknown."""

from datetime import date
from typing import Any

import pyarrow as pa

from core.claims.catalogue import NewClaims
from core.claims.schema import PART
from core.periods import month_of

_WRITTEN: dict[str, int] = {}


def visit(number: str, end: str, **more: Any) -> dict[str, Any]:
    """A visit that ended on a day; fund uc, an out-patient of hospital 11223, 1,000 baht."""
    day = date.fromisoformat(end)
    row = {
        "hcode": "11223", "patient": "op", "fund": "uc", "visit": number, "end": day,
        "month": month_of(day).ordinal, "claimed": 100_000, "closed": True, "booked": True,
    }  # fmt: skip
    if "sent_on" in more:
        text = more.pop("sent_on")
        sent = date.fromisoformat(text) if text else None
        row |= {"sent": sent is not None, "sent_on": sent}
        row["sent_month"] = month_of(sent).ordinal if sent else None
    return row | more


def table(rows: list[dict[str, Any]]) -> pa.Table:
    """Rows as they come out of a file."""
    full = [
        {name: row.get(name) for name in PART.names} | {"line": n}
        for n, row in enumerate(rows, start=2)
    ]
    return pa.Table.from_pylist(full, schema=PART)


def new(rows: list[dict[str, Any]], kind: str = "claims", **more: Any) -> NewClaims:
    """Rows as a file of its own bytes."""
    number = _WRITTEN["n"] = _WRITTEN.get("n", 0) + 1
    known: dict[str, Any] = {"file_name": f"{number}.csv", "sha256": f"{number}", "by": "tester"}
    return NewClaims(kind=kind, rows=table(rows), **(known | more))
