"""Visit files as hospitals send them to the fund: `|` between columns, a table for each subject.

INS says of which fund a visit is, OPD and IPD when it was, CHT what it came to (CHA its parts).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from core.claims.columns import rules
from core.errors import WorkbookError
from core.forms.model.issues import CellIssue
from core.services.claims.sources import Grid, Value, grids
from core.services.claims.values import is_nothing, satang, text_of

_NAME: Final = re.compile(r"[^A-Za-z]*([A-Za-z]{3,5})[^A-Za-z]*")
COLUMNS: Final = (
    "hcode",
    "fund",
    "patient",
    "seq",
    "an",
    "hn",
    "begin",
    "end",
    "department",
    "claimed",
)
_ROWS_FROM: Final = 2


@dataclass(frozen=True)
class VisitFiles:
    """Visit files put together: a table of the ledger's columns, and what was odd of them."""

    grid: Grid
    issues: tuple[CellIssue, ...]


def name_of(file: str) -> str | None:
    """Which of the visit files a file is, by its name; None where it is none."""
    match = _NAME.fullmatch(PurePath(file).stem)
    name = match[1].upper() if match else ""
    known = (*rules().visit_files, *rules().other_visit_files)
    return name if name in known and file.casefold().endswith(".txt") else None


def put_together(files: Mapping[str, bytes]) -> VisitFiles:
    """The visits of visit files, by their names; `WorkbookError` F053 without INS, OPD or IPD."""
    tables = {
        name: _table(data, name) for name, data in files.items() if name in rules().visit_files
    }
    if "INS" not in tables or not {"OPD", "IPD"} & set(tables):
        lacking = "INS" if "INS" not in tables else "OPD, IPD"
        raise WorkbookError("F053", lacking=lacking, found=", ".join(sorted(files)))
    issues = [issue for _rows, issues_ in tables.values() for issue in issues_]
    rows = {name: own for name, (own, _issues) in tables.items()}
    insured = _by_visit(rows["INS"])
    charged = _charged(rows)
    visits = [
        _visit(kind, row, insured, charged) for kind in ("OPD", "IPD") for row in rows.get(kind, ())
    ]
    issues += _unmatched(rows, visits)
    lines: list[Sequence[Value]] = [COLUMNS, *visits]
    return VisitFiles(Grid("OPD/IPD", lines), tuple(issues))


Fields = dict[str, str]


def _table(data: bytes, name: str) -> tuple[list[Fields], list[CellIssue]]:
    """The rows of a file by the ledger's names; a row with other fields than its titles is told."""
    grid = grids(data, f"{name}.txt")[0]
    titles = [text_of(one).upper().lstrip("\ufeff") for one in grid.rows[0]] if grid.rows else []
    wanted = {titles.index(t): own for t, own in rules().visit_files[name].items() if t in titles}
    rows, issues = [], []
    for number, cells in enumerate(grid.rows[1:], _ROWS_FROM):
        if all(is_nothing(cell) for cell in cells):
            continue
        if len(cells) < len(titles) or any(not is_nothing(c) for c in cells[len(titles) :]):
            count = str(len(cells))
            issues.append(CellIssue("W601", name, f"A{number}", count, str(len(titles))))
            continue
        rows.append({own: text_of(cells[column]) for column, own in wanted.items()})
    return rows, issues


def _key(row: Fields) -> str:
    return row.get("an") or row.get("seq") or ""


def _by_visit(rows: Iterable[Fields]) -> dict[str, Fields]:
    """Rows by AN and by SEQ; the first of several counts."""
    by_visit: dict[str, Fields] = {}
    for row in rows:
        for name in ("an", "seq"):
            if row.get(name):
                by_visit.setdefault(f"{name}:{row[name]}", row)
    return by_visit


def _charged(rows: Mapping[str, Sequence[Fields]]) -> dict[str, str]:
    """What a visit came to, in baht: its total (CHT), else its parts added up (CHA)."""
    parts: dict[str, int] = defaultdict(int)
    for row in rows.get("CHA", ()):
        amount = satang(row.get("claimed", ""))
        parts[_key(row)] += amount if isinstance(amount, int) else 0
    charges = {key: f"{amount / 100:.2f}" for key, amount in parts.items() if key}
    return charges | {_key(row): row.get("claimed", "") for row in rows.get("CHT", ()) if _key(row)}


def _visit(
    kind: str, row: Fields, insured: Mapping[str, Fields], charged: Mapping[str, str]
) -> list[Value]:
    key = f"an:{row.get('an')}" if kind == "IPD" else f"seq:{row.get('seq')}"
    own = insured.get(key, {})
    number = row.get("an" if kind == "IPD" else "seq", "")
    known = {
        **row,
        "hcode": own.get("hcode", ""),
        "fund": own.get("fund", ""),
        "patient": "ip" if kind == "IPD" else "op",
        "claimed": charged.get(number, ""),
    }
    return [known.get(name, "") for name in COLUMNS]


def _unmatched(
    rows: Mapping[str, Sequence[Fields]], visits: Sequence[Sequence[Value]]
) -> Iterable[CellIssue]:
    """Charges and rights of visits that are in neither OPD nor IPD."""
    known = {text_of(visit[COLUMNS.index(name)]) for visit in visits for name in ("seq", "an")}
    for name in ("INS", "CHT", "CHA"):
        lost = [row for row in rows.get(name, ()) if _key(row) not in known]
        if lost:
            yield CellIssue("W626", name, "", params={"count": len(lost), "file": name})
