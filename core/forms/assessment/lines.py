"""Matches the lines of an item with the rows below its title."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from core.forms.assessment.columns import CLOSE
from core.forms.assessment.plan import Anchor
from core.forms.model.titles import ALIKE, best_likeness

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
    """Line id -> row: by equal words first, then by likeness, then by position between others.

    Lines that are typed are matched before headings, which may be similar and are often left out.
    """
    placed: dict[str, int] = {}
    by_words = _index(rows)
    for in_order in (True, False):
        _take_exact(lines, by_words, placed, in_order=in_order)
    for line in sorted(lines, key=lambda line: not line.takes):
        if line.id not in placed:
            taken = set(placed.values())
            free = [row for row in rows if row.row not in taken]
            first, last = _between(lines, line, placed)
            row = _likeliest(line, [r for r in free if first < r.row < last])
            if row := row or _likeliest(line, (r for r in free if not first < r.row < last)):
                placed[line.id] = row
    if 2 * len(placed) >= len(lines):
        _fill_gaps(lines, rows, placed)
    return placed


def _index(rows: Iterable[Row]) -> Mapping[str, list[Row]]:
    by_words: dict[str, list[Row]] = {}
    for row in rows:
        for word in row.words:
            by_words.setdefault(word, []).append(row)
    return by_words


def _take_exact(
    lines: Sequence[Anchor],
    by_words: Mapping[str, list[Row]],
    placed: dict[str, int],
    *,
    in_order: bool,
) -> None:
    """Place lines whose title and full marks a row shows exactly; several may share a title."""
    used, cursor = set(placed.values()), 0
    for line in lines:
        if line.id in placed:
            cursor = placed[line.id]
            continue
        shown = (row for title in line.titles for row in by_words.get(title, ()))
        for row in shown:
            if row.row not in used and row.shows(line.full) and (row.row > cursor or not in_order):
                placed[line.id] = cursor = row.row
                used.add(row.row)
                break


def _between(lines: Sequence[Anchor], line: Anchor, placed: Mapping[str, int]) -> tuple[int, float]:
    """The rows of the nearest placed lines before and after one in printed order."""
    place = lines.index(line)
    before = next((placed[a.id] for a in reversed(lines[:place]) if a.id in placed), 0)
    later = (placed[a.id] for a in lines[place + 1 :] if a.id in placed)
    return before, next((row for row in later if row > before), math.inf)


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
    return at


def _fill_gaps(lines: Sequence[Anchor], rows: Sequence[Row], placed: dict[str, int]) -> None:
    """Place typed lines with unreadable titles between their neighbours."""
    for line in (line for line in lines if line.takes and line.id not in placed):
        first, last = _between(lines, line, placed)
        taken = set(placed.values())
        for row in rows:
            if row.row in taken or row.is_label or not first < row.row < last:
                continue
            if row.shows(line.full):
                placed[line.id] = row.row
                break
