"""How much of the shared screen each part of a slide takes, so that nothing is cut or scrolls.

Pixels of a screen of 1280 × 720, which is shown larger or smaller as a whole.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from core.figures.shared.letters import folded
from core.figures.shared.tones import sign
from core.reports.slide import MOST_LINES, Slide, figure_title
from core.text import Language, say

WIDE: Final = 1184
"""Pixels between the margins."""
_HIGH: Final = 720
_MARGINS: Final = 40
_TOP: Final = 34
_GAPS: Final = 40
"""Between top, title, body and foot, together."""
_TITLE_LEADING: Final = 1.4
_LINE_LEADING: Final = 1.45
_SMALL: Final = 20
"""The smallest type there is."""
_SMALL_LINE: Final = 28
_TITLES: Final = ((44, 2), (40, 2), (36, 2), (34, 2), (32, 2), (36, 3), (34, 3), (32, 3))
"""Sizes of a title and the lines it may take, the best first."""
_LINES: Final = (28, 26, 24, 22, _SMALL)
_ALONE: Final = (38, 36, 34, 32, 30, *_LINES)
_SHARES: Final = ((0.64, 24), (0.58, 24), (0.52, 22), (0.58, 22), (0.52, _SMALL), (0.46, _SMALL))
"""What a figure takes of the width, and the least size of the lines beside it; the best first."""
_BETWEEN: Final = 40
_LINE_GAP: Final = 14
_CAPTION: Final = 24
_WHERE: Final = 570
"""Pixels of the place and the period beside the mark of a demonstration."""
_TARGET: Final = 760
"""Pixels of the foot beside the stamp."""
_SOURCE_LINES: Final = 2
_INSIDE: Final = 30
"""Pixels of a line beside its text: around the label of its status."""


class Foot(NamedTuple):
    """What stands small below: the target, and as many sources as have room."""

    target: str
    sources: str


@dataclass(frozen=True, slots=True)
class Layout:
    """Sizes of type and of the figure in pixels; `figure` is 0 × 0 where there is none.

    `lines` is how many of them have room.
    """

    title: int
    line: int
    lines: int
    lines_wide: int
    figure: tuple[int, int]
    caption: str
    foot: Foot


def layout(slide: Slide, language: Language) -> Layout:
    """The sizes at which a slide stands on the screen without being cut."""
    size, count = _title(slide.title.in_(language))
    foot, foot_lines = _foot(slide, language)
    above = len(folded(where(slide, language), _WHERE, _SMALL)) - 1
    used = _MARGINS + _TOP + above * _SMALL_LINE + _GAPS + count * size * _TITLE_LEADING
    body = _HIGH - used - foot_lines * _SMALL_LINE
    texts = list(line_texts(slide, language))
    caption = caption_of(slide, language)
    share = _share(texts, body) if slide.figure else 0.0
    wide = int(WIDE * share - (_BETWEEN if texts else 0)) if slide.figure else 0
    titled = len(folded(caption, wide, _CAPTION, bold=True)) * _CAPTION * _TITLE_LEADING + 8
    figure = (wide, int(body - titled)) if slide.figure else (0, 0)
    beside = WIDE * (1 - share)
    line = _line_size(texts, beside, body, _LINES if slide.figure else _ALONE)
    return Layout(
        size, line, _fitting(texts, beside, body, line), int(beside), figure, caption, foot
    )


def where(slide: Slide, language: Language) -> str:
    """The place and the period of a slide, and what its levels rest on."""
    return " · ".join(filter(None, (one.in_(language) for one in slide.where)))


def line_texts(slide: Slide, language: Language) -> Iterator[str]:
    """The lines with their status in words; what is missing stands first."""
    if slide.problem:
        yield f"– {slide.problem.in_(language)}"
    for line in slide.lines[: MOST_LINES - bool(slide.problem)]:
        yield f"{sign(line.tone)} {line.status.in_(language)} {line.text.in_(language)}"


def caption_of(slide: Slide, language: Language) -> str:
    """The title of the figure, with its unit where the title does not say it; empty without one."""
    if slide.figure is None:
        return ""
    return figure_title(slide.figure, language)


def _title(text: str) -> tuple[int, int]:
    """The size of the title and how many lines it takes at most."""
    for size, most in _TITLES:
        count = len(folded(text, WIDE, size, bold=True))
        if count <= most:
            return size, count
    smallest = _TITLES[-1][0]
    return smallest, len(folded(text, WIDE, smallest, bold=True))


def _share(texts: Sequence[str], high: float) -> float:
    """What the figure takes of the width: as much as leaves the lines their room."""
    if not texts:
        return 1.0
    fitting = (share for share, size in _SHARES if _height(texts, WIDE * (1 - share), size) <= high)
    return next(fitting, _SHARES[-1][0])


def _line_size(texts: Sequence[str], wide: float, high: float, sizes: Sequence[int]) -> int:
    return next((size for size in sizes if _height(texts, wide, size) <= high), sizes[-1])


def _height(texts: Sequence[str], wide: float, size: int) -> float:
    rows = sum(len(folded(text, wide - _INSIDE, size)) for text in texts)
    return rows * size * _LINE_LEADING + len(texts) * _LINE_GAP


def _fitting(texts: Sequence[str], wide: float, high: float, size: int) -> int:
    """How many lines have room, one that counts the others among them where not all have."""
    if _height(texts, wide, size) <= high:
        return len(texts)
    rest = size * _LINE_LEADING
    fits = [n for n in range(len(texts)) if _height(texts[:n], wide, size) + rest <= high]
    return max(fits, default=0)


def _foot(slide: Slide, language: Language) -> tuple[Foot, int]:
    """The foot, and how many lines it takes: the target beside the stamp, sources below."""
    target = slide.target.in_(language) if slide.target else ""
    sources = [source.in_(language) for source in slide.sources]
    text, lines = "", 0
    for count in range(len(sources), 0, -1):
        text = _sources(sources, count, language)
        lines = len(folded(text, WIDE, _SMALL))
        if lines <= _SOURCE_LINES:
            break
    return Foot(target, text), max(len(folded(target, _TARGET, _SMALL)), 1) + lines


def _sources(sources: Sequence[str], count: int, language: Language) -> str:
    rest = len(sources) - count
    more = [say("… and {count} more", count=rest).in_(language)] if rest else []
    return say("Source: {source}", source=" · ".join([*sources[:count], *more])).in_(language)
