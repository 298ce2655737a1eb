"""Drawings as SVG text: elements, lines of text, and the frame that says what is drawn.

Colours and type come from static/figures.css by class, so that one text serves light and dark.
Positions are in units of the drawing, whose type is 14 units high.
"""

import math
from collections.abc import Iterable, Sequence
from html import escape
from typing import Final, NamedTuple

from core.figures.wrapping import room

WIDTH: Final = 360
"""Units across: pixels on a telephone, more of them on a desk."""
LINE: Final = 19
"""Units from one line of text to the next."""
_LETTER: Final = {True: 7.6, False: 7.2}
"""What a letter takes at most on average: Thai, and others."""
_BASE: Final = 5
"""From the middle of a line of text down to where its letters stand."""

Point = tuple[float, float]


class Mark(NamedTuple):
    """A spot of a drawing that a pointer can ask; it answers the phrase at a `place`."""

    x: float
    y: float
    place: int


class Drawing(NamedTuple):
    """An SVG text, the phrases of its description, and the marks in it that answer to a pointer."""

    svg: str
    description: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()


BETWEEN: Final = "; "
"""What stands between two phrases of a description."""


def element(name: str, *content: str, **attributes: object) -> str:
    """An element; `class_` becomes class, `x_y` x-y; contents are SVG, attributes are escaped."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_written(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    inside = "".join(content)
    return f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>"


def number(value: float) -> str:
    """A position with one decimal at most."""
    return f"{value:.1f}".removesuffix(".0")


def path(points: Iterable[Point | None], *, closed: bool = False) -> str:
    """The commands of a line through points; a None breaks it."""
    commands, pen = [], "M"
    for point in points:
        if point is None:
            pen = "M"
            continue
        commands.append(f"{pen}{number(point[0])} {number(point[1])}")
        pen = "L"
    return "".join(commands) + ("Z" if closed and commands else "")


def dots(points: Iterable[Point | None]) -> str:
    """The commands of a path that marks points: lines of no length with round ends."""
    return "".join(f"M{number(p[0])} {number(p[1])}h0" for p in points if p is not None)


def text(
    lines: Sequence[str],
    x: float,
    middle: float,
    anchor: str = "start",
    class_: str | None = None,
    *,
    last: str | None = None,
) -> str:
    """Lines of text around a height; `last` is the class of the last line."""
    top = middle - (len(lines) - 1) * LINE / 2 + _BASE
    side = None if anchor == "start" else anchor
    if len(lines) == 1:
        where = {"x": number(x), "y": number(top)}
        return element("text", escape(lines[0]), **where, text_anchor=side, class_=class_)
    kinds = [None] * (len(lines) - 1) + [last]
    spans = "".join(
        element("tspan", escape(line), x=number(x), y=number(top + place * LINE), class_=kind)
        for place, (line, kind) in enumerate(zip(lines, kinds, strict=True))
    )
    return element("text", spans, text_anchor=side, class_=class_)


def width_of(line: str) -> float:
    """Units a line of text takes at most."""
    return sum(_LETTER["\u0e00" <= letter <= "\u0e7f"] * room(letter) for letter in line)


def marks(spots: Iterable[Point | None]) -> tuple[Mark, ...]:
    """A mark at each spot that is there."""
    return tuple(Mark(*spot, place) for place, spot in enumerate(spots) if spot is not None)


def picture(
    key: str, title: str, words: Sequence[str], height: float, *content: str, width: float = WIDTH
) -> str:
    """The drawing as an image with a title and a description; `key` is its own on the page."""
    names = f"{key}-title", f"{key}-desc"
    return element(
        "svg",
        element("title", escape(title), id=names[0]),
        element("desc", escape(BETWEEN.join(words)), id=names[1]),
        *content,
        viewBox=f"0 0 {number(width)} {number(height)}",
        role="img",
        aria_labelledby=" ".join(names),
        class_="t-drawing",
    )


def ticks(low: float, high: float, most: int = 4) -> tuple[float, ...]:
    """At most `most` + 1 round numbers within a scale."""
    span = high - low
    if not span > 0 or not math.isfinite(span):
        return (low,)
    power = 10.0 ** math.floor(math.log10(span / most))
    step = next(size * power for size in (1, 2, 2.5, 5, 10, 20) if span / (size * power) <= most)
    first = math.ceil(low / step - 1e-9)
    return tuple(step * place for place in range(first, math.floor(high / step + 1e-9) + 1))


def _written(value: object) -> str:
    return number(value) if isinstance(value, float) else str(value)
