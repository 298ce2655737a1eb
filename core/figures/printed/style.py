"""What paper needs inside a drawing: its colours by class, and the colours and signs of tones."""

import re
from typing import Final, NamedTuple

from core.figures.drawing import Drawing, element, number, text
from core.figures.style import LIGHT, SMALL

POINTS: Final = 0.75
"""Points of paper to a unit of a drawing: its type comes out at 10.5 points."""
WIDE: Final = 620
"""Units across for what fills a page between its margins."""
SIGN: Final = 16
"""Units of a sign, as high as wide."""
ACCENT: Final = "#1F5A8C"


class Ink(NamedTuple):
    """The colours of a tone: what it is filled with, and what is written on it."""

    fill: str
    on: str


_DARK, _BRIGHT = "#14191E", "#FFFFFF"
TONES: Final = {
    "pass": Ink("#1B7F5C", _BRIGHT),
    "watch": Ink("#F2B400", LIGHT.text),
    "fail": Ink("#B3261E", _BRIGHT),
    "none": Ink("#E6E8EB", "#4A4F55"),
    "0": Ink("#1B7F5C", _BRIGHT),
    "1": Ink("#5F9F3F", _DARK),
    "2": Ink("#93B234", _DARK),
    "3": Ink("#C9BD2B", _DARK),
    "4": Ink("#F2B400", _DARK),
    "5": Ink("#EA8A1A", _DARK),
    "6": Ink("#C64A17", _BRIGHT),
    "7": Ink("#A31621", _BRIGHT),
}
"""As on the screen: the same thing has the same colour everywhere."""

_STROKES: Final = {
    "pass": "M4.2 8.4L7 11.2L11.8 5",
    "fail": "M5 5L11 11M11 5L5 11",
    "watch": "M8 4L8 8.8M8 11.6L8 11.7",
    "none": "M5 8L11 8",
}
"""Signs are drawn, for no typeface of ours has them."""

_RULES: Final = f"""
text {{ fill: {LIGHT.text}; font-family: Sarabun, "Sarabun Thai"; font-size: {SMALL}px }}
path {{ fill: none }}
.t-value {{ font-weight: 700 }}
.t-quiet {{ fill: {LIGHT.quiet} }}
.t-grid, .t-axis {{ stroke: {LIGHT.line} }}
.t-cutoff, .t-target {{ stroke: {LIGHT.quiet}; stroke-dasharray: 6 4; stroke-width: 2 }}
.t-line {{ stroke: {ACCENT}; stroke-width: 2.5; stroke-linejoin: round }}
.t-dots {{ stroke: {ACCENT}; stroke-width: 6; stroke-linecap: round }}
.t-before {{ stroke: {LIGHT.quiet} }}
.t-area {{ fill: {ACCENT}; fill-opacity: 0.2 }}
.t-land {{ fill: #F3F5F7; stroke: {LIGHT.quiet} }}
.t-paper {{ fill: {LIGHT.ground}; fill-opacity: 0.85 }}
"""
_BOX: Final = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')


def tone_of(name: str) -> Ink:
    """The colours of a tone; those of no data for one that is not known."""
    return TONES.get(name, TONES["none"])


def sign(tone: str, x: float, y: float) -> str:
    """The sign of a tone in its colours, its upper left corner at a point."""
    ink = tone_of(tone)
    box = element(
        "rect", x=number(x), y=number(y), width=SIGN, height=SIGN, rx=3, fill=ink.fill
    )  # fmt: skip
    if tone not in _STROKES:
        return box + digit(tone, x + SIGN / 2, y + SIGN / 2)
    place = f"translate({number(x)} {number(y)})"
    return box + element(
        "path", d=_STROKES[tone], transform=place, stroke=ink.on, stroke_width=2,
        stroke_linecap="round", stroke_linejoin="round",
    )  # fmt: skip


def signed(tone: str) -> str:
    """The sign of a tone as a drawing of its own."""
    return element(
        "svg", element("style", _RULES), sign(tone, 0, 0), viewBox=f"0 0 {SIGN} {SIGN}",
        xmlns="http://www.w3.org/2000/svg", width=SIGN, height=SIGN,
    )  # fmt: skip


def digit(tone: str, x: float, middle: float) -> str:
    """A tone's own digit around a point, in the colour written on it."""
    return element(
        "text", tone, x=number(x), y=number(middle + 4.5), text_anchor="middle",
        style=f"fill: {tone_of(tone).on}; font-weight: 700; font-size: 12px",
    )  # fmt: skip


def printed(drawing: Drawing) -> Drawing:
    """The drawing with its colours inside it and its size in points."""
    wide, high = size(drawing.svg)
    sized = f' width="{wide * POINTS:.2f}pt" height="{high * POINTS:.2f}pt"'
    begin, rest = drawing.svg.split(">", 1)
    opening = begin + sized + ' xmlns="http://www.w3.org/2000/svg">'
    return drawing._replace(svg=opening + element("style", _RULES) + rest)


def size(svg: str) -> tuple[float, float]:
    """Width and height of a drawing in its units; `ValueError` for what is none."""
    box = _BOX.search(svg)
    if box is None:
        raise ValueError("a drawing says its box")
    return float(box[1]), float(box[2])


def legend(entries: list[tuple[str, str]], top: float) -> str:
    """What the lines of a drawing are called, one below the other; classes of lines and names."""
    return "".join(
        element("path", d=f"M4 {number(at)}h24", class_=kind) + text([name], 36, at)
        for place, (kind, name) in enumerate(entries)
        for at in [top + 19 * place]
    )
