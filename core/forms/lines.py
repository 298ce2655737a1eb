"""Finds the lines of an item among the rows below its title."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from core.forms.columns import CLOSE
from core.forms.plan import Anchor
from core.forms.titles import ALIKE, BARE, best_likeness

_FITS = 3


class Row(NamedTuple):
    """One row of a section: its texts without numbers, the item number and full marks it shows."""

    row: int
    words: tuple[str, ...]
    number: str
    full: float | None
    is_label: bool
    """Whether it carries one of the form's own labels (`percentage achieved`, `sum`)."""

    def shows(self, full: float) -> bool:
        return self.full is not None and abs(self.full - full) < CLOSE


def match_lines(lines: Sequence[Anchor], rows: Sequence[Row]) -> dict[str, int]:
    """Line id -> row: in printed order first, then whatever is left by likeness and full marks."""
    found: dict[str, int] = {}
    used: set[int] = set()
    by_words = _index(rows)
    cursor = 0
    for line in lines:
        row = _exact(line, by_words, used, cursor)
        row = row or _likeliest(line, [r for r in rows if r.row > cursor and r.row not in used])
        row = row or _likeliest(line, [r for r in rows if r.row not in used])
        if row:
            found[line.id] = cursor = row
            used.add(row)
    if 2 * len(found) >= len(lines):
        _fill_gaps(lines, rows, found)
    return found


def _index(rows: Iterable[Row]) -> Mapping[str, list[Row]]:
    by_words: dict[str, list[Row]] = {}
    for row in rows:
        for word in row.words:
            by_words.setdefault(word, []).append(row)
    return by_words


def _exact(
    line: Anchor, by_words: Mapping[str, list[Row]], used: set[int], cursor: int
) -> int | None:
    """The next row in printed order that shows exactly this title and its full marks."""
    for title in line.titles:
        for row in by_words.get(title, ()):
            if row.row > cursor and row.row not in used and row.shows(line.full):
                return row.row
    return None


def _likeliest(line: Anchor, rows: Iterable[Row]) -> int:
    best, at = 0.0, 0
    for row in rows:
        if row.is_label and len(row.words) < 2:
            continue
        sure = best_likeness(line.titles, row.words)
        if sure >= ALIKE:
            sure += _FITS * row.shows(line.full)
            if sure > best:
                best, at = sure, row.row
            if sure >= BARE + _FITS:
                break
    return at


def _fill_gaps(lines: Sequence[Anchor], rows: Sequence[Row], found: dict[str, int]) -> None:
    """A line whose title is beyond recognition stands between its neighbours."""
    for number, line in enumerate(lines):
        if line.id in found:
            continue
        before = max((found[a.id] for a in lines[:number] if a.id in found), default=0)
        later = [found[a.id] for a in lines[number + 1 :] if a.id in found]
        after = min((row for row in later if row > before), default=10**9)
        taken = set(found.values())
        free = [
            row.row
            for row in rows
            if before < row.row < after
            and row.row not in taken
            and not row.is_label
            and row.shows(line.full)
        ]
        if free:
            found[line.id] = free[0]
