"""Filling the demonstration's claim ledger: small, so that it takes no time that anybody notices.

Nothing is handed on to the 4S4C defects: there the demonstration has monthly counts of its own.
"""

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from importlib import import_module
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.random import Generator
from sqlalchemy import Engine

from core.claims.catalogue import NewClaims
from core.claims.columns import Kind
from core.claims.keys import VisitKeys, visit_keys
from core.claims.schema import PART, bucket_of
from core.demo.country.hospitals import demo_hospitals
from core.demo.progress import DEMO
from core.periods import Period, month_of
from core.services.claims.storing import folder_of
from core.services.overview.month import months

_SEED: Final = 2566
_HOSPITALS: Final = 3
_MONTHS: Final = 6
_VISITS: Final = 160
_IN_PATIENTS: Final = 0.2
_FUNDS: Final = ("uc", "csmbs", "sss", "lgo", "pp")
_CODES: Final = ("C305", "C438", "C534", "V12", "D001")
Row = dict[str, Any]


def tell_claims(engine: Engine) -> None:
    """Replace the demonstration's claims by invented ones of its newest months."""
    clear_claims(engine)
    periods = months(engine)[-_MONTHS:]
    if not periods:
        return
    folder = folder_of(engine)
    random = np.random.Generator(np.random.PCG64(_SEED))
    keys = visit_keys(folder)
    rows = [row for hcode in _hospitals() for row in _of(random, keys, hcode, periods)]
    module = import_module("core.claims.ledger")
    ledger = module.Ledger(folder)
    for kind, own in _files(rows, periods[-1].last_day).items():
        content = pa.Table.from_pylist(own, schema=PART)
        name = f"demo-{kind}.csv"
        ledger.add(NewClaims(kind, name, name, DEMO, content))


def clear_claims(engine: Engine) -> None:
    """Take the demonstration's claims away."""
    shutil.rmtree(folder_of(engine), ignore_errors=True)


def _hospitals() -> list[str]:
    """A few hospitals that are kept together, so that each month is put together once."""
    known = sorted(one.hcode for one in demo_hospitals())
    return [one for one in known if bucket_of(one) == bucket_of(known[0])][:_HOSPITALS]


def _of(
    random: Generator, keys: VisitKeys, hcode: str, periods: tuple[Period, ...]
) -> Iterator[Row]:
    """The visits of a hospital; the better it works the sooner they are sent."""
    care = 0.5 + 0.5 * float(random.random())
    for period in periods:
        first, days = period.first_day, (period.last_day - period.first_day).days + 1
        for number in range(_VISITS):
            is_ip = random.random() < _IN_PATIENTS
            end = first + timedelta(days=int(random.random() * days))
            wait = int(-70 * (1.3 - care) * np.log(1 - random.random())) + 3
            weight = 4_000 + int(random.random() * 30_000) if is_ip else None
            yield {
                "hcode": hcode, "patient": "ip" if is_ip else "op",
                "fund": _FUNDS[int(random.random() ** 2 * len(_FUNDS))],
                "visit": keys.key(hcode, "AN" if is_ip else "SEQ", f"{period}{number}"),
                "end": end, "month": period.ordinal, "line": number + 2,
                "closed": random.random() < 0.985 + 0.015 * care,
                "booked": random.random() < 0.985 + 0.015 * care,
                "sent_on": end + timedelta(days=wait),
                "claimed": (4_000_000 if is_ip else 250_000) * (2 + int(random.random() * 40)) // 4,
                "adjrw_claimed": weight,
                "adjrw_audited": weight if weight and random.random() < 0.2 else None,
                "failed": random.random() < 0.12 * (1.4 - care),
                "code": _CODES[int(random.random() * len(_CODES))],
                "paid_share": 0.95 if random.random() < 0.8 else None,
                "is_claimed": random.random() < 0.94,
            }  # fmt: skip


def _files(rows: list[Row], today: date) -> dict[Kind, list[Row]]:
    """The visits as four files: claims, admissions, replies and statements."""
    claims, admissions, replies, statements = [], [], [], []
    for row in rows:
        sent = row["sent_on"] <= today
        common = {name: row[name] for name in ("hcode", "patient", "fund", "visit", "end", "month")}
        common["line"] = row["line"]
        if row["patient"] == "ip":
            admissions.append(common)
            if not row["is_claimed"]:
                continue
        outcome = {
            "sent": sent,
            "sent_on": row["sent_on"] if sent else None,
            "sent_month": month_of(row["sent_on"]).ordinal if sent else None,
        }
        own = ("closed", "booked", "claimed", "adjrw_claimed", "adjrw_audited")
        claims.append(common | outcome | {name: row[name] for name in own})
        if sent and row["sent_on"] + timedelta(days=14) <= today:
            replies.append(common | outcome | _reply(row))
            if row["paid_share"] and not row["failed"]:
                paid = int(row["claimed"] * 0.9 * row["paid_share"])
                statements.append(common | {"paid": paid, "document": "1"})
    return {
        "claims": claims, "admissions": admissions, "replies": replies, "statements": statements,
    }  # fmt: skip


def _reply(row: Row) -> Row:
    failed, code = row["failed"], row["code"]
    status = {"V": "v", "D": "deny"}.get(code[0], "c")
    return {
        "failed": failed,
        "status": status if failed else "accepted",
        "code": code if failed else None,
        "claimed": row["claimed"],
        "compensated": 0 if failed else int(row["claimed"] * 0.9),
        "document": "1",
    }
