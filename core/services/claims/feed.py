"""The ledger's monthly counts, handed on to the 4S4C defects through the form of monthly counts.

They are stored as a file of that form like one that a hospital sends, marked by its name and
sender; a later file of the hospital's own counts after it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine

from core.claims.reading import FigureQuery, figures, months
from core.claims.schema import WEIGHT
from core.periods import Period, month_at
from core.services.exports.delimited import delimited
from core.services.importing.files import Imported, Sender, import_file
from core.services.importing.store_intake import restore, withdraw
from core.store.engine.unit_of_work import reading
from core.store.uploads.repository import UploadInfo, uploads
from core.text import say

SENDER: Final = "claim ledger"
_FORM: Final = "revenue-4s4c"
FUNDS: Final = ("uc", "csmbs")
"""The funds whose defects are judged: a defect passes when it does in both."""
_MOST: Final = 40
"""Hospital-years handed on at once while somebody waits."""
_MONTHS: Final = 12


@dataclass(frozen=True)
class Fed:
    """What was handed on: hospitals' years, and how many wait for `claims feed`."""

    stored: tuple[tuple[str, int], ...] = ()
    waiting: int = 0
    refused: tuple[Imported, ...] = ()


def feed(
    engine: Engine,
    folder: Path,
    keys: Iterable[tuple[str, int]],
    *,
    by: str,
    all_of_them: bool = False,
) -> Fed:
    """Hand on the counts of hospitals from some months on: what lies unsent lies in later ones."""
    years = _years(folder, keys)
    now = years if all_of_them else years[:_MOST]
    known = _earlier(engine)
    refused = []
    for hcode, year in now:
        done = _hand_on(engine, folder, hcode, year, known.get(_name(hcode, year), []), by)
        refused += [done] if done is not None and done.receipt is None else []
    return Fed(tuple(now), len(years) - len(now), tuple(refused))


def _years(folder: Path, keys: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """Hospitals and fiscal years whose counts may be others now."""
    first: dict[str, int] = {}
    for hcode, month in keys:
        first[hcode] = min(month, first.get(hcode, month))
    last = max(months(folder), default=0)
    return [
        (hcode, year)
        for hcode, month in sorted(first.items())
        for year in range(month_at(month).fiscal_year, month_at(max(month, last)).fiscal_year + 1)
    ]


def _hand_on(
    engine: Engine, folder: Path, hcode: str, year: int, earlier: list[UploadInfo], by: str
) -> Imported | None:
    """Store a hospital's counts of a year, and take back what the ledger said of it before."""
    rows = list(counts(folder, hcode, year))
    done, stored = None, -1
    if rows:
        done = import_file(engine, _file(rows), _name(hcode, year), Sender(SENDER, form_id=_FORM))
        stored = done.receipt.upload.id if done.receipt else -1
        if done.receipt and done.receipt.upload.state == "withdrawn":
            restore(engine, stored, by=by, reason=say("The claim ledger says so again.").en)
    for one in earlier:
        if one.id != stored and one.state != "withdrawn":
            withdraw(engine, one.id, by=by, reason=say("The claim ledger has changed.").en)
    return done


def _earlier(engine: Engine) -> Mapping[str, list[UploadInfo]]:
    """What the ledger handed on before, by the name of its file."""
    earlier: dict[str, list[UploadInfo]] = defaultdict(list)
    with reading(engine) as session:
        for one in uploads(session, form=_FORM):
            if one.uploaded_by == SENDER:
                earlier[one.file_name].append(one)
    return earlier


def _name(hcode: str, year: int) -> str:
    return f"claim-ledger-{hcode}-{year}.csv"


def _file(rows: list[dict[str, Any]]) -> bytes:
    titles = list(dict.fromkeys(title for row in rows for title in row))
    return delimited([titles, *([row.get(title) for title in titles] for row in rows)])


def counts(folder: Path, hcode: str, year: int) -> Iterable[dict[str, Any]]:
    """The counts of a hospital's months, oldest first, by the titles of the form."""
    ordinals = [Period(year, "M", n).ordinal for n in range(1, _MONTHS + 1)]
    sums = figures(folder, FigureQuery(ordinals, frozenset([hcode])))
    rows = sums.to_pylist() if sums is not None else []
    for ordinal in ordinals:
        own = [row for row in rows if row["month"] == ordinal]
        shares = defects(own)
        if any(value is not None for value in shares.values()):
            number = month_at(ordinal).number
            yield {"hcode": hcode, "fiscal_year": year, "fiscal_month": number, **shares}


def defects(rows: list[dict[str, Any]]) -> dict[str, float | None]:
    """The measures of the five defects, from the figures of one hospital and month.

    None where the files say nothing of it: that is not measured, and no zero.
    """
    shares: dict[str, float | None] = {}
    for fund in FUNDS:
        own = [row for row in rows if row["fund"] == fund]
        for name, value in _of_fund(_sums(own)).items():
            shares[f"claims.{fund}_{name}"] = value
    audited = _sums([row for row in rows if row["fund"] == "uc"])
    for side in ("claimed", "audited"):
        amount = audited.get(f"adjrw_{side}", 0) / WEIGHT
        shares[f"audit.adjrw_{side}"] = amount if audited.get("audits") else None
    return shares


def _of_fund(sums: Mapping[str, int]) -> dict[str, float | None]:
    of = sums.get
    older = of("unsent_61", 0) + of("unsent_91", 0) + of("unsent_366", 0)
    is_known = bool(of("receivables_known"))
    return {
        "visits": of("visits") or None,
        "missing": of("missing") if of("closing_known") else None,
        "delayed": older if is_known else None,
        "expired": of("unsent_366", 0) if is_known else None,
        "sent": of("sent") or None,
        "error": of("error", 0) if of("answered") else None,
    }


def _sums(rows: list[dict[str, Any]]) -> dict[str, int]:
    sums: dict[str, int] = defaultdict(int)
    for row in rows:
        for name, value in row.items():
            if isinstance(value, int):
                sums[name] += value
    return dict(sums)
