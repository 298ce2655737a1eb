"""A map with its key, and beside it the areas that press most, by name."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from core.areas import COUNTRY, Level, parse_area
from core.errors import UsageError
from core.figures.drawing import Point, element, number
from core.figures.projection import in_thailand, projected
from core.figures.shared.letters import folded
from core.figures.shared.shapes import Box, Outline, outlines
from core.figures.shared.sheet import (
    GROUND,
    INK,
    QUIET,
    SMALL,
    badge,
    label,
    line_height,
    sheet,
    stroke,
    widest,
)
from core.figures.shared.tones import TONES, colours, sign, word
from core.figures.shared.values import AreasValue, AreaValue
from core.text import Language, say

_LIST: Final = 0.58
"""What the key and the list may take of the width."""
_BADGE: Final = 28
_LINE: Final = 36
_DOT: Final = 15
_EDGE: Final = 16
_CONTEXT: Final = "#EEF1F4"
_ROUNDS: Final = 60
_RULE: Final = 10
"""Pixels below the key."""

_Entry = tuple[str, str]
"""A badge and its words."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """How units of the map become pixels."""

    scale: float
    x: float
    y: float

    def at(self, point: Point) -> Point:
        return self.scale * point[0] + self.x, self.scale * point[1] + self.y


def area_map(
    figure: AreasValue,
    language: Language,
    size: tuple[float, float],
    districts: Mapping[str, Outline] | None = None,
) -> str:
    """The map as SVG of a size in pixels; `districts` are shapes that somebody loaded, by code.

    Areas without a shape and facilities without a position are in the list alone.
    """
    wide, high = size
    shapes = {**outlines(), **(districts or {})}
    ordered = sorted(figure.areas, key=lambda one: TONES.index(one.tone))
    focus = _focus(figure.focus)
    taken = _list_width(ordered, language, _LIST * wide)
    beside = _beside(ordered, language, (taken, high))
    frame = _frame(shapes[focus].box, wide - taken - 24, high)
    shaped = [one for one in ordered if one.code in shapes]
    content = [
        _shape(frame, shapes[focus], _CONTEXT, _CONTEXT, 1),
        *(piece for one in shaped for piece in _area(frame, shapes[one.code], one)),
        _outline(frame, shapes[focus]),
        *_signs(frame, shapes, shaped),
        *_dots(
            frame, [one for one in ordered if one.code not in shapes], (wide - taken - 24, high)
        ),
        element("g", *beside, transform=f"translate({number(wide - taken)} 0)"),
    ]
    words_ = [
        f"{one.name.in_(language)}: {one.shown.in_(language) or word(one.tone).in_(language)}"
        for one in ordered
    ]
    return sheet(figure.title.in_(language), words_, size, *content)


def _focus(code: str) -> str:
    """The area that fills the frame: that of the code, its province, or the country."""
    try:
        area = parse_area(code)
    except UsageError:
        return COUNTRY
    if area.level <= Level.PROVINCE:
        return area.code if area.code in outlines() else COUNTRY
    return area.province or COUNTRY


def _frame(box: Box, wide: float, high: float) -> _Frame:
    scale = min(
        (wide - 2 * _EDGE) / (box.east - box.west), (high - 2 * _EDGE) / (box.south - box.north)
    )
    x = wide / 2 - scale * (box.west + box.east) / 2
    return _Frame(scale, x, high / 2 - scale * (box.north + box.south) / 2)


def _shape(frame: _Frame, outline: Outline, fill: str, edge: str, thick: float) -> str:
    moved = f"translate({number(frame.x)} {number(frame.y)}) scale({frame.scale:.5f})"
    return element(
        "path", d=outline.path, fill=fill, stroke=edge, stroke_width=f"{thick / frame.scale:.1f}",
        stroke_linejoin="round", transform=moved,
    )  # fmt: skip


def _area(frame: _Frame, outline: Outline, one: AreaValue) -> Iterator[str]:
    yield _shape(frame, outline, colours(one.tone).ground, GROUND, 2)


def _outline(frame: _Frame, outline: Outline) -> str:
    return "" if outline is outlines()[COUNTRY] else _shape(frame, outline, "none", QUIET, 3)


def _signs(
    frame: _Frame, shapes: Mapping[str, Outline], shaped: Sequence[AreaValue]
) -> Iterator[str]:
    """The sign of every area that has room for it."""
    for one in shaped:
        outline = shapes[one.code]
        if outline.radius * frame.scale < 0.6 * SMALL:
            continue
        x, y = frame.at(outline.middle)
        yield label(
            [sign(one.tone)], x, y, size=SMALL, anchor="middle", bold=True,
            colour=colours(one.tone).on,
        )  # fmt: skip


def _dots(
    frame: _Frame, facilities: Sequence[AreaValue], room: tuple[float, float]
) -> Iterator[str]:
    """A circle with its sign for every facility, pushed apart; what presses most is drawn last."""
    placed = [one for one in facilities if one.position is not None and _is_here(one.position)]
    spots = [frame.at(_projected(one.position)) for one in placed if one.position is not None]
    apart = _spread([(x, y) for x, y in spots])
    for one, (x, y) in reversed(list(zip(placed, apart, strict=True))):
        if not (0 <= x <= room[0] and 0 <= y <= room[1]):
            continue
        both = colours(one.tone)
        yield element("circle", cx=number(x), cy=number(y), r=number(_DOT), fill=both.ground,
                      stroke=GROUND, stroke_width=2)  # fmt: skip
        yield label([sign(one.tone)], x, y, size=SMALL, anchor="middle", bold=True, colour=both.on)


def _is_here(position: Point) -> bool:
    return bool(in_thailand(np.array([position]))[0])


def _projected(position: Point) -> Point:
    x, y = projected(np.array([position]))[0].tolist()
    return x, y


def _spread(spots: Sequence[Point]) -> list[Point]:
    """Circles moved until none hides another."""
    moved = [list(spot) for spot in spots]
    for _round in range(_ROUNDS if len(moved) <= 60 else 0):
        for place, one in enumerate(moved):
            for other in moved[place + 1 :]:
                across, down = other[0] - one[0] or 0.1, other[1] - one[1]
                distance = math.hypot(across, down)
                push = max((2 * _DOT + 4 - distance) / 2 / distance, 0.0)
                one[:] = one[0] - across * push, one[1] - down * push
                other[:] = other[0] + across * push, other[1] + down * push
    return [(x, y) for x, y in moved]


def _shown(one: AreaValue, language: Language) -> str:
    """The figure of an area, else how it stands in words; a level its badge says already."""
    shown, tone_word = one.shown.in_(language), word(one.tone).in_(language)
    return "" if one.tone.isdigit() and shown in ("", tone_word) else shown or tone_word


def _key(areas: Sequence[AreaValue], language: Language) -> list[_Entry]:
    """Each tone there is, as a badge and in words, with how many areas it holds."""
    counted = Counter(one.tone for one in areas)
    return [
        (badge(tone, 0, 0, _BADGE), f"{word(tone).in_(language)} · {counted[tone]:,}")
        for tone in TONES
        if counted[tone]
    ]


def _list_width(areas: Sequence[AreaValue], language: Language, most: float) -> float:
    lines = [text for _badge, text in _key(areas, language)]
    lines += [f"{one.name.in_(language)}  {_shown(one, language)}" for one in areas]
    return min(most, widest(lines, SMALL, bold=True) + _BADGE + 24)


def _beside(
    areas: Sequence[AreaValue], language: Language, room: tuple[float, float]
) -> Iterator[str]:
    """The key, and below it as many names as there is room for.

    The key goes where all names fit without it: each has its sign.
    """
    wide, high = room
    key, names = _key(areas, language), len(areas) * _LINE
    y = _LINE / 2
    rows = _key_rows(key, wide)
    if len(rows) * _LINE + _RULE + names <= high or names > high:
        for row in rows:
            yield element("g", *_key_row(row, wide), transform=f"translate(0 {number(y)})")
            y += _LINE
        yield stroke(f"M0 {number(y - _LINE / 2 + 4)}H{number(wide)}", QUIET, 1.5)
        y += _RULE
    yield from _names(areas, language, (y, wide, high))


def _key_rows(key: list[_Entry], wide: float) -> list[list[_Entry]]:
    """Two to a row where all have room for it."""
    fits = widest([text for _piece, text in key], SMALL) + _BADGE + 18 <= wide / 2
    each = 2 if fits else 1
    return [key[place : place + each] for place in range(0, len(key), each)]


def _key_row(row: list[_Entry], wide: float) -> Iterator[str]:
    for place, (piece, text) in enumerate(row):
        x = place * wide / 2
        yield element("g", piece, transform=f"translate({number(x)} 0)")
        yield label([text], x + _BADGE + 12, 0, size=SMALL)


def _names(
    areas: Sequence[AreaValue], language: Language, at: tuple[float, float, float]
) -> Iterator[str]:
    """Names with their figures; those for which there is no room are counted."""
    y, wide, high = at
    left = _BADGE + 12
    for place, one in enumerate(areas):
        shown = _shown(one, language)
        room = wide - left - widest([shown], SMALL, bold=True) - 14
        lines = folded(one.name.in_(language), room, SMALL)
        height = max(_LINE, len(lines) * line_height(SMALL) + 4)
        rest = _LINE if place < len(areas) - 1 else 0
        if y - _LINE / 2 + height + rest > high:
            more = say("… and {count} more", count=len(areas) - place).in_(language)
            yield label([more], 0, y, size=SMALL, colour=QUIET)
            return
        middle = y - _LINE / 2 + height / 2
        yield badge(one.tone, 0, middle, _BADGE)
        yield label(lines, left, middle, size=SMALL, colour=INK)
        yield label([shown], wide, middle, size=SMALL, anchor="end", bold=True)
        y += height
