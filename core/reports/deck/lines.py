"""The lines of a slide: each with its mark and its status in words."""

from collections.abc import Sequence
from typing import Final

from core.reports.deck.fitting import LEADING, Fitted, Frame
from core.reports.deck.look import GAP, MANNERS
from core.reports.deck.sheet import Sheet
from core.reports.deck.writing import Look
from core.reports.glyphs import width
from core.reports.slide import Line, Tone

_CHIP: Final = 13.0
_CHIP_HEIGHT: Final = 21.0
_SIZES: Final = (20.0, 18.0, 17.0, 16.0, 15.0, 14.0)
_LARGE: Final = (24.0, 22.0, *_SIZES)
_APART: Final = 12.0
_WIDEST_WORD: Final = 110.0


def beside(sheet: Sheet, frame: Frame, lines: Sequence[Line]) -> None:
    """Lines one below the other beside a figure, the mark above its sentence."""
    room = (frame.height - _APART * (len(lines) - 1)) / len(lines) - _CHIP_HEIGHT - 3
    written = _alike(sheet, lines, frame.width, room, _SIZES)
    y = frame.y
    for line, text in zip(lines, written, strict=True):
        chip(sheet, (frame.x, y), line.tone, _word(sheet, line))
        y += _CHIP_HEIGHT + 3
        _sentence(sheet, Frame(frame.x, y, frame.width, text.height + 2), text)
        y += text.height + _APART


def above(sheet: Sheet, frame: Frame, lines: Sequence[Line]) -> float:
    """Lines in two columns above a figure; returns the height they take."""
    columns = 2 if len(lines) > 1 else 1
    across = (frame.width - GAP * 2 * (columns - 1)) / columns
    words = [_word(sheet, line) for line in lines]
    chips = [chip_width(line.tone, word) for line, word in zip(lines, words, strict=True)]
    room = across - max(chips) - 10
    written = [sheet.fitted(line.text, (room, 2), (16.0, 15.0, 14.0)) for line in lines]
    y = frame.y
    for first in range(0, len(lines), columns):
        row = range(first, min(first + columns, len(lines)))
        for at in row:
            x = frame.x + (at - first) * (across + GAP * 2)
            chip(sheet, (x, y + 1), lines[at].tone, words[at])
            box = Frame(x + max(chips) + 10, y, room, written[at].height + 2)
            _sentence(sheet, box, written[at])
        y += max(written[at].height for at in row) + 8
    return y - frame.y + 4


def alone(sheet: Sheet, frame: Frame, lines: Sequence[Line]) -> None:
    """Lines of a slide without a figure: large, the mark before its sentence."""
    chips = [chip_width(line.tone, _word(sheet, line), 1.25) for line in lines]
    left = max(chips) + GAP
    room = frame.height / len(lines) - _APART
    written = _alike(sheet, lines, frame.width - left, room, _LARGE)
    y = frame.y + 6
    for line, text in zip(lines, written, strict=True):
        chip(sheet, (frame.x, y + 2), line.tone, _word(sheet, line), 1.25)
        _sentence(sheet, Frame(frame.x + left, y, frame.width - left, text.height + 2), text)
        y += max(text.height, _CHIP_HEIGHT * 1.25) + _APART * 1.5


def _word(sheet: Sheet, line: Line) -> str:
    """The status of a line in words that fit its mark."""
    return sheet.short(line.status, _WIDEST_WORD, _CHIP, bold=True).text


def chip(sheet: Sheet, at: tuple[float, float], tone: Tone, word: str, scale: float = 1.0) -> float:
    """A mark with its status in words; returns its width."""
    manner = MANNERS[tone]
    across = chip_width(tone, word, scale)
    look = Look(_CHIP * scale, bold=True, ink=manner.ink, align="ctr")
    frame = Frame(*at, across, _CHIP_HEIGHT * scale)
    sheet.box("Status", frame, manner.fill, [sheet.paragraph(_said(tone, word), look)], "roundRect")
    return across


def _said(tone: Tone, word: str) -> str:
    """The mark and the word; a level's word says its digit already."""
    mark = MANNERS[tone].mark
    return word if tone.isdigit() and mark in word else f"{mark} {word}"


def chip_width(tone: Tone, word: str, scale: float = 1.0) -> float:
    """How wide the mark of a status is."""
    return width(_said(tone, word), _CHIP * scale, bold=True) * 1.06 + 18 * scale


def _alike(
    sheet: Sheet, lines: Sequence[Line], across: float, room: float, sizes: Sequence[float]
) -> list[Fitted]:
    """All sentences at the largest size at which each fits its room."""
    for size in sizes:
        most = max(int(room / (size * LEADING)), 1)
        written = [sheet.fitted(line.text, (across, most), (size,)) for line in lines]
        if not any(one.is_cut for one in written) or size == sizes[-1]:
            return written
        for line in lines:
            sheet.cut.pop(sheet.read(line.text), None)
    return []


def _sentence(sheet: Sheet, frame: Frame, text: Fitted) -> None:
    sheet.text("Line", frame, [sheet.paragraph(text.text, Look(text.size))])
