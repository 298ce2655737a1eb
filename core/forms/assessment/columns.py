"""Recognises the columns of a sheet by their titles, else by their cells."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from core.forms.assessment.plan import Anchor, Item
from core.forms.assessment.sheet_rows import SheetRows, item_number, number
from core.forms.cells.workbook import Cell, Place
from core.forms.model.titles import bare
from core.text import fold

_KEYS: Final = ("number", "title", "evidence", "full", "score", "numerator", "denominator")
CLOSE: Final = 1e-9
_ENOUGH: Final = 2


@dataclass(frozen=True)
class Columns:
    """Column numbers from 1; 0: there is none. `others` are known to hold no points."""

    title: int = 0
    number: int = 0
    full: int = 0
    score: int = 0
    numerator: int = 0
    denominator: int = 0
    others: frozenset[int] = frozenset()


Headers = Mapping[int, Mapping[str, Sequence[int]]]
"""Header row -> column titles it shows -> their columns."""


def headers(rows: SheetRows) -> Headers:
    """Every header row of a sheet; printed forms repeat theirs on each page."""
    wanted = rows.form.columns
    names = {key: {fold(word) for word in getattr(wanted, key)} for key in _KEYS}
    by_row = {}
    for row, texts in rows.texts.items():
        if names["title"].isdisjoint(texts.values()):
            continue
        at = {key: [c for c, text in texts.items() if text in names[key]] for key in _KEYS}
        if at["full"] or at["score"]:
            by_row[row] = at
    return by_row


def expected_full(item: Item) -> float:
    """The number in the column of full marks at an item's head."""
    return item.weight if item.section.head_rows else item.head.full


@dataclass(frozen=True)
class _Hit:
    """A row that certainly shows an item or a line."""

    place: Place
    full: float
    no: str = ""


def find_columns(rows: SheetRows, items: Sequence[Item], known: Headers) -> Columns | None:
    """The columns of the items of one section; None without two certain rows."""
    hits = [hit for item in items for hit in _hits(rows, item)]
    if len(hits) < _ENOUGH:
        return None
    title = Counter(hit.place.column for hit in hits).most_common(1)[0][0]
    hits = [hit for hit in hits if hit.place.column == title]
    first = min(hit.place.row for hit in hits)
    above = [row for row in known if row <= first]
    header = known[max(above)] if above else (known[min(known)] if known else {})
    return _columns(rows, hits, title, header)


def titled_columns(rows: SheetRows, known: Headers) -> Columns | None:
    """The columns by their titles; None where no header row has those of titles and full marks."""
    for header in known.values():
        if header["title"] and header["full"]:
            return _columns(rows, (), header["title"][0], header)
    return None


def _columns(
    rows: SheetRows, hits: Sequence[_Hit], title: int, header: Mapping[str, Sequence[int]]
) -> Columns:
    by_title = {key: columns for key, columns in header.items() if columns}
    full = _full_column(rows, hits, title, by_title)
    score = _score_column(rows, hits, title, full, by_title)
    return Columns(
        title=title,
        number=_number_column(rows, hits, by_title),
        full=full,
        score=score,
        numerator=by_title.get("numerator", [0])[0],
        denominator=by_title.get("denominator", [0])[0],
        others=frozenset({title, full, *by_title.get("evidence", ()), *by_title.get("number", ())}),
    )


def _hits(rows: SheetRows, item: Item) -> Iterator[_Hit]:
    heads = [(item.head, expected_full(item), item.no)]
    lines = [(line, line.full, "") for line in (*item.lines, *item.unit_lines)]
    for anchor, full, no in (*heads, *lines):
        for place in places_of(rows, anchor):
            yield _Hit(place, full, no)


def places_of(rows: SheetRows, anchor: Anchor) -> list[Place]:
    """The places of an anchor's title, word for word but for lost marks."""
    for title in anchor.titles:
        if places := rows.titles.get(title) or rows.titles.get(bare(title)):
            return places
    return []


def _full_column(
    rows: SheetRows, hits: Sequence[_Hit], title: int, by_title: Mapping[str, Sequence[int]]
) -> int:
    """The column of full marks: printed numbers beside the titles, not to be filled in."""
    shown: Counter[int] = Counter()
    for hit in hits:
        for column, cell in rows.cells[hit.place.row].items():
            if column != title and _shows(cell, hit.full):
                shown[column] += 1
    titled = by_title.get("full", ())
    if not shown:  # The label of a percentage is in the column of full marks.
        shown.update(column for column in rows.percent_rows.values() if column in titled)
    return max(shown, key=lambda c: (shown[c], c in titled, -c)) if shown else next(iter(titled), 0)


def _shows(cell: Cell, full: float) -> bool:
    if cell.is_formula or cell.is_filled:
        return False
    value = number(cell)
    return value is not None and abs(value - full) < CLOSE


def _score_column(
    rows: SheetRows,
    hits: Sequence[_Hit],
    title: int,
    full: int,
    by_title: Mapping[str, Sequence[int]],
) -> int:
    """The column of points: the likeliest of those with such a title, else of all."""
    first = min((hit.place.row for hit in hits), default=0)
    last = max((hit.place.row for hit in hits), default=rows.last_row)
    elsewhere = {title, full}
    for key in ("number", "evidence", "numerator", "denominator"):
        elsewhere |= set(by_title.get(key, ()))
    seen = _marks(rows, first, last + 1)
    titled = [
        c for c in (*by_title.get("score", ()), *by_title.get("full", ())) if c not in elsewhere
    ]
    likely = titled or [column for column in seen if column not in elsewhere]
    if not likely:
        return full + 1 if full else 0
    return max(likely, key=lambda column: (seen[column], -abs(column - full)))


def _marks(rows: SheetRows, first: int, last: int) -> Counter[int]:
    """Column -> its score as the column of points: yellow cells count 3, other figures 1."""
    seen: Counter[int] = Counter()
    for place, cell in rows.sheet.cells.items():
        if first <= place.row <= last and not isinstance(cell.value, str):
            seen[place.column] += 3 if cell.is_filled else 1
    return seen


def _number_column(
    rows: SheetRows, hits: Sequence[_Hit], by_title: Mapping[str, Sequence[int]]
) -> int:
    """The column of the items' numbers; 0 when they are not printed."""
    shown: Counter[int] = Counter()
    for hit in hits:
        if hit.no:
            for column, cell in rows.cells[hit.place.row].items():
                shown[column] += item_number(cell) == hit.no
    titled = by_title.get("number", ())
    if not shown or not max(shown.values()):
        return next(iter(titled), 0)
    return max(shown, key=lambda column: (shown[column], column in titled, -column))
