"""Which column of a table is which: titles over one or several rows, retyped and merged."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from rapidfuzz import fuzz, process

from core.claims.columns import KINDS, Kind, personal_titles, rules, titles
from core.forms.cells.workbook import Place
from core.forms.model.issues import CellIssue
from core.services.claims.sources import Grid, Value
from core.text import fold

_HEAD_ROWS: Final = 40
_MOST_HEAD: Final = 4
_NEAR: Final = 88


@dataclass(frozen=True)
class Head:
    """The titles of a table: which column (from 0) each is, and where its rows begin.

    `dropped` are the titles of personal columns that are not stored.
    """

    kind: Kind
    columns: Mapping[str, int]
    title_row: int
    first: int
    titles: Mapping[int, str]
    dropped: tuple[str, ...] = ()
    issues: tuple[CellIssue, ...] = field(default=())


@dataclass(frozen=True)
class Nearest:
    """The kind a table is nearest to, and which columns it lacks."""

    kind: Kind
    missing: tuple[str, ...]


def head_of(
    grid: Grid, kind: Kind | None = None, given: frozenset[str] = frozenset()
) -> Head | Nearest | None:
    """The head of a table, what it lacks of the nearest kind, or None where no title is known.

    `given` are columns that are known without the table.
    """
    row = _title_row(grid)
    if row is None:
        return None
    last = _last_title_row(grid, row)
    named_columns = _columns_by_name(grid, row, last)
    known: dict[str, int] = {}
    for column, (name, _title) in named_columns.items():
        known.setdefault(name, column)
    lacks = {one: _missing(one, {*known, *given}) for one in ((kind,) if kind else KINDS)}
    fits = [one for one, missing in lacks.items() if not missing]
    if not fits:
        nearest = min(lacks, key=lambda one: len(lacks[one]))
        return Nearest(nearest, lacks[nearest])
    best = max(fits, key=lambda one: _own(one, known))
    return _head(grid, best, (row, last), named_columns, known)


def _own(kind: Kind, known: Mapping[str, int]) -> tuple[int, int]:
    """How much of a table a kind explains: required columns first."""
    shape = rules().kinds[kind]
    return len(shape.required), sum(name in known for name in shape.columns)


def _missing(kind: Kind, known: Collection[str]) -> tuple[str, ...]:
    shape = rules().kinds[kind]
    lacks = tuple(name for name in shape.required if name not in known)
    if shape.one_of and not any(name in known for name in shape.one_of):
        lacks += (shape.one_of[0],)
    return lacks


def _title_row(grid: Grid) -> int | None:
    """The row with most known titles; at least three, or it is none."""
    counts = [sum(_is_title(value) for value in row) for row in list(grid.rows)[:_HEAD_ROWS]]
    most = max(counts, default=0)
    return counts.index(most) if most >= 3 else None


def _is_title(value: Value) -> bool:
    return isinstance(value, str) and (fold(value) in titles() or fold(value) in personal_titles())


def _last_title_row(grid: Grid, row: int) -> int:
    """The last row of titles: those below hold words alone."""
    last = row
    for below in list(grid.rows)[row + 1 : row + _MOST_HEAD]:
        texts = [value for value in below if value not in (None, "")]
        if not texts or not all(isinstance(v, str) and not _has_number(v) for v in texts):
            break
        last += 1
    return last


def _has_number(text: str) -> bool:
    """Whether a text holds a figure, a day or a key: no title has three digits or more."""
    return sum(letter.isdigit() for letter in text) >= 3


def _columns_by_name(grid: Grid, row: int, last: int) -> dict[int, tuple[str, str]]:
    """Column -> the ledger's column and the title it has; the lowest title that is known counts."""
    rows = grid.rows
    by_column: dict[int, tuple[str, str]] = {}
    above = rows[row - 1] if row else ()
    width = max(len(rows[n]) for n in range(row, last + 1))
    for column in range(width):
        words = [_text(above, column), *(_text(rows[n], column) for n in range(row, last + 1))]
        words = [word for word in dict.fromkeys(words) if word]
        pairs = [f"{a}>{b}" for a, b in pairwise(words)]
        for title in (*reversed(pairs), *reversed(words)):
            if name := titles().get(fold(title)):
                by_column[column] = (name, title)
                break
    return by_column


def _text(row: Sequence[Value], column: int) -> str:
    value = row[column] if column < len(row) else None
    return " ".join(value.split()) if isinstance(value, str) else ""


def _head(
    grid: Grid,
    kind: Kind,
    rows: tuple[int, int],
    named_columns: Mapping[int, tuple[str, str]],
    known: Mapping[str, int],
) -> Head:
    row, last = rows
    wanted = {name: column for name, column in known.items() if name in rules().kinds[kind].columns}
    used = set(wanted.values())
    issues, dropped, all_titles = [], [], {}
    for column, value in enumerate(grid.rows[row]):
        title = _text(grid.rows[row], column) or _text(grid.rows[last], column)
        all_titles[column] = title
        if not title or column in used:
            if fold(title) in personal_titles() and title:
                dropped.append(title)
            continue
        place = Place(grid.first + row, column + 1).name
        if fold(title) in personal_titles():
            dropped.append(title)
        elif column in named_columns and named_columns[column][0] in wanted:
            other = Place(grid.first + row, wanted[named_columns[column][0]] + 1).name
            issues.append(CellIssue("W641", grid.sheet, place, str(value), other))
        elif near := _near(title, wanted, kind):
            issues.append(CellIssue("W640", grid.sheet, place, title, near))
    keys = [
        named_columns[wanted[name]][1]
        for name in ("hn", "seq", "an", "transaction")
        if name in wanted
    ]
    all_dropped = tuple(dict.fromkeys((*dropped, *keys)))
    return Head(kind, wanted, row, last + 1, all_titles, all_dropped, tuple(issues))


def _near(title: str, wanted: Mapping[str, int], kind: Kind) -> str:
    """The title of a column of the kind that is missing and was most likely meant."""
    columns = rules().kinds[kind].columns
    lacking = {t: n for t, n in titles().items() if n in columns and n not in wanted and len(t) > 5}
    best = process.extractOne(fold(title), list(lacking), scorer=fuzz.ratio, score_cutoff=_NEAR)
    return rules().columns[lacking[best[0]]].titles[0] if best else ""
