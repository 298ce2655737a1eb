"""The sheet that figures of a shared screen are drawn on: type, badges, the frame around.

Positions and sizes are pixels of a screen of 1280 × 720; type is never smaller than `SMALL`.
Colours stand in the drawing itself, so that screen and paper need no style beside it.
"""

from collections.abc import Sequence
from html import escape
from typing import Final, TypedDict, Unpack

from core.figures.drawing import BETWEEN, element, number
from core.figures.shared.letters import width
from core.figures.shared.tones import Tone, colours, sign
from core.figures.style import FONT

SMALL: Final = 22
TYPE: Final = 24
INK: Final = "#14191E"
QUIET: Final = "#3F4A54"
RULE: Final = "#B4BDC6"
GROUND: Final = "#FFFFFF"
ACCENT: Final = "#1F5A8C"

_LEADING: Final = 1.42
"""Line to line, in sizes of the type: below it Thai marks collide."""
_BASE: Final = 0.35
"""From the middle of a line down to where its letters stand, in sizes of the type."""


def line_height(size: float) -> float:
    """Pixels from one line to the next."""
    return size * _LEADING


def widest(lines: Sequence[str], size: float = TYPE, *, bold: bool = False) -> float:
    """Pixels the widest of the lines takes at most; 0 without any."""
    return max((width(line, size, bold=bold) for line in lines), default=0.0)


class Look(TypedDict, total=False):
    """Type that is not as usual: its size in pixels, its weight, its colour."""

    size: float
    bold: bool
    colour: str


def label(
    lines: Sequence[str], x: float, middle: float, anchor: str = "start", **look: Unpack[Look]
) -> str:
    """Lines of text around a height."""
    size = look.get("size", TYPE)
    top = middle - (len(lines) - 1) * line_height(size) / 2 + _BASE * size
    spans = "".join(
        element("tspan", escape(line), x=number(x), y=number(top + place * line_height(size)))
        for place, line in enumerate(lines)
    )
    return element(
        "text", spans, fill=look.get("colour", INK), font_size=number(size), text_anchor=anchor,
        font_weight=700 if look.get("bold") else None,
    )  # fmt: skip


def box(x: float, y: float, wide: float, high: float, fill: str, *, round_: float = 0) -> str:
    """A filled rectangle."""
    return element(
        "rect", x=number(x), y=number(y), width=number(max(wide, 0)), height=number(max(high, 0)),
        fill=fill, rx=number(round_) if round_ else None,
    )  # fmt: skip


def stroke(d: str, colour: str, thick: float, *, dash: str | None = None) -> str:
    """A line without filling."""
    return element(
        "path", d=d, fill="none", stroke=colour, stroke_width=number(thick),
        stroke_dasharray=dash, stroke_linejoin="round", stroke_linecap=None if dash else "round",
    )  # fmt: skip


def badge(tone: Tone, x: float, middle: float, side: float) -> str:
    """A square in the colour of a tone with its sign."""
    both = colours(tone)
    square = box(x, middle - side / 2, side, side, both.ground, round_=5)
    size = min(TYPE, side * 0.8)
    mark = label(
        [sign(tone)], x + side / 2, middle, size=size, anchor="middle", bold=True, colour=both.on
    )
    return square + mark


def apart(heights: Sequence[float], near: float, bottom: float) -> list[float]:
    """Heights from above, moved down where labels would lie on one another, up at the bottom."""
    moved = list[float]()
    for height in heights:
        moved.append(max(height, moved[-1] + near) if moved else height)
    for place, height in enumerate(reversed(moved)):
        moved[-1 - place] = min(height, bottom - place * near)
    return moved


def sheet(title: str, words: Sequence[str], size: tuple[float, float], *content: str) -> str:
    """The drawing as an image that says its title and what it shows to whoever cannot see it."""
    wide, high = size
    return element(
        "svg", *content,
        xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {number(wide)} {number(high)}",
        role="img", aria_label=f"{title}: {BETWEEN.join(words)}", font_family=FONT,
        style="font-variant-numeric: tabular-nums",
    )  # fmt: skip
