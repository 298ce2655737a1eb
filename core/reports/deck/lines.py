"""The lines of a slide: each with its mark and its status in words.

Several ways of laying them out are tried; where none has room they go on slides of their own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, product
from typing import Final

from core.reports.deck.fitting import LEADING, Fitted, Frame, cut
from core.reports.deck.look import ACROSS, GAP, LEAST, MANNERS
from core.reports.deck.sheet import Sheet
from core.reports.deck.writing import Look
from core.reports.glyphs import width
from core.reports.slide import Line, Tone

_CHIP: Final = 13.0
_CHIP_HEIGHT: Final = 21.0
_WIDEST_WORD: Final = 175.0
_APART: Final = 12.0
_CLOSE: Final = 8.0
_AFTER: Final = 10.0
"""Between a mark and its sentence."""
_HIGHEST: Final = 118.0
"""Points of lines above a figure at most."""
_UNLIMITED: Final = 99
_LARGE: Final = 1.25
"""How much larger marks are on a slide without a figure."""


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """A line in the words of the reader."""

    tone: Tone
    word: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """Where a line stands, from the corner of all lines: its mark, and the frame of its text."""

    line: SpokenLine
    mark: tuple[float, float]
    frame: Frame
    text: Fitted


@dataclass(frozen=True, slots=True)
class Plan:
    """Lines as they are laid out, and the room they take; `scale` is that of the marks."""

    rows: tuple[Row, ...]
    width: float
    height: float
    scale: float = 1.0


def beside(sheet: Sheet, lines: Sequence[Line], height: float) -> Plan | None:
    """Lines one below the other beside a figure: as narrow and as large as they can be.

    None where they take more than a height in the least size.
    """
    rows = _spoken_lines(sheet, lines)
    stacked = (_stacked(rows, 290.0, size) for size in (20.0, 18.0, 17.0, 16.0))
    columns = ((330.0, 17.0), (350.0, 16.0), (370.0, 15.0), (390.0, LEAST))
    narrow = (_in_columns(rows, across, 1, size) for across, size in columns)
    return next((plan for plan in chain(stacked, narrow) if plan.height <= height), None)


def above(sheet: Sheet, lines: Sequence[Line]) -> Plan | None:
    """Lines above a figure, in one or two columns: as low as they can be.

    None where they would leave the figure no room.
    """
    rows = _spoken_lines(sheet, lines)
    ways = product((16.0, 15.0, LEAST), (2, 1))
    plans = (_in_columns(rows, ACROSS, columns, size) for size, columns in ways)
    low = [plan for plan in plans if plan.height <= _HIGHEST]
    large = [plan for plan in low if max(row.text.lines for row in plan.rows) == 1]
    return min(large or low, key=lambda plan: plan.height, default=None)


def alone(sheet: Sheet, lines: Sequence[Line], height: float) -> list[Plan]:
    """Lines of a slide without a figure, as large as they fit; over several where they do not."""
    rows = _spoken_lines(sheet, lines)
    sizes = (24.0, 22.0, 20.0, 18.0, 16.0, LEAST)
    for size in sizes:
        plan = _in_columns(rows, ACROSS, 1, size, _LARGE)
        if plan.height <= height:
            return [plan]
    return list(_paged(rows, height))


def _paged(lines: Sequence[SpokenLine], height: float) -> Iterator[Plan]:
    """Lines over several slides; only one that is longer than a slide is cut."""
    most = int(height / (LEAST * LEADING))
    page: list[SpokenLine] = []
    for one in lines:
        if page and _in_columns([*page, one], ACROSS, 1, LEAST, _LARGE).height > height:
            yield _in_columns(page, ACROSS, 1, LEAST, _LARGE, most)
            page = []
        page.append(one)
    yield _in_columns(page, ACROSS, 1, LEAST, _LARGE, most)


def put_lines(sheet: Sheet, frame: Frame, plan: Plan) -> None:
    """Write lines as they are laid out."""
    for row in plan.rows:
        at = frame.x + row.mark[0], frame.y + row.mark[1]
        chip(sheet, at, row.line.tone, row.line.word, plan.scale)
        place = replace(row.frame, x=frame.x + row.frame.x, y=frame.y + row.frame.y)
        if row.text.is_cut:
            sheet.cut[row.line.text] = None
        sheet.text("Line", place, [sheet.paragraph(row.text.broken, Look(row.text.size))])


def chip(sheet: Sheet, at: tuple[float, float], tone: Tone, word: str, scale: float = 1.0) -> float:
    """A mark with its status in words; returns its width."""
    manner = MANNERS[tone]
    across = chip_width(tone, word, scale)
    look = Look(_CHIP * scale, bold=True, ink=manner.ink, align="ctr")
    frame = Frame(*at, across, _CHIP_HEIGHT * scale)
    text = sheet.paragraph(_marked(tone, word), look)
    sheet.box("Status", frame, manner.fill, [text], "roundRect")
    return across


def chip_width(tone: Tone, word: str, scale: float = 1.0) -> float:
    """How wide the mark of a status is."""
    return width(_marked(tone, word), _CHIP * scale, bold=True) * 1.06 + 18 * scale


def _spoken_lines(sheet: Sheet, lines: Sequence[Line]) -> list[SpokenLine]:
    return [
        SpokenLine(
            line.tone,
            sheet.short(line.status, _WIDEST_WORD, _CHIP, bold=True).text,
            sheet.read(line.text),
        )
        for line in lines
    ]


def _marked(tone: Tone, word: str) -> str:
    """The mark and the word; a level's word says its digit already."""
    mark = MANNERS[tone].mark
    return word if tone.isdigit() and mark in word else f"{mark} {word}"


def _stacked(lines: Sequence[SpokenLine], across: float, size: float) -> Plan:
    """The mark of each line above its sentence."""
    rows, y = [], 0.0
    for one in lines:
        text = cut(one.text, (across, _UNLIMITED), size)
        frame = Frame(0.0, y + _CHIP_HEIGHT + 3, across, text.height + 2)
        rows.append(Row(one, (0.0, y), frame, text))
        y = frame.bottom + _APART - 2
    return Plan(tuple(rows), across, y - _APART)


def _in_columns(
    lines: Sequence[SpokenLine],
    across: float,
    columns: int,
    size: float,
    scale: float = 1.0,
    most: int = _UNLIMITED,
) -> Plan:
    """The mark of each line before its sentence, which takes `most` lines."""
    each = (across - 2 * GAP * (columns - 1)) / columns
    indent = max(chip_width(one.tone, one.word, scale) for one in lines) + _AFTER * scale
    rows, y = [], 0.0
    for line in _by(lines, columns):
        high = _CHIP_HEIGHT * scale
        for place, one in enumerate(line):
            x = place * (each + 2 * GAP)
            text = cut(one.text, (each - indent, most), size)
            lower = max((_CHIP_HEIGHT * scale - size * LEADING) / 2, 0.0)
            higher = max((size * LEADING - _CHIP_HEIGHT * scale) / 2, 0.0)
            frame = Frame(x + indent, y + lower, each - indent, text.height + 2)
            rows.append(Row(one, (x, y + higher), frame, text))
            high = max(high, text.height)
        y += high + _CLOSE * scale
    return Plan(tuple(rows), across, y - _CLOSE * scale, scale)


def _by(lines: Sequence[SpokenLine], columns: int) -> Iterator[Sequence[SpokenLine]]:
    return (lines[first : first + columns] for first in range(0, len(lines), columns))
