"""A radar on paper: the screen's own, with what its two outlines are called."""

import math
from collections.abc import Sequence
from typing import Final

from core.figures.drawing import LINE, Drawing, element, number
from core.figures.printed.fitting import fitted
from core.figures.printed.style import legend, printed, size
from core.figures.radar import Spoke, radar

_MOST: Final = 8
_FEWEST: Final = 3
_LONGEST: Final = 60
_SIDE: Final = 30.0
"""Units beside it, where the screen lets a label run over its edge."""
_LABEL: Final = 84.0
"""Units of a label beside the wheel."""


def wheel(
    key: str,
    title: str,
    spokes: Sequence[Spoke],
    full: float,
    names: Sequence[str],
    before: Sequence[float | None] = (),
) -> Drawing | None:
    """Spokes clockwise from the top; `names` are those of the outline of today and of the last.

    None where it cannot be drawn: fewer than three spokes or more than eight, labels too long,
    values beyond the outline.
    """
    values = [*(one.value for one in spokes), *before]
    inside = all(v is None or (math.isfinite(v) and 0 <= v <= full) for v in values)
    longest = max((len(text) for one in spokes for text in (one.name, one.shown)), default=0)
    if not (_FEWEST <= len(spokes) <= _MOST and inside and longest <= _LONGEST and full > 0):
        return None
    broken = [Spoke(_loose(one.name), one.value, one.shown) for one in spokes]
    drawing = radar(key, title, broken, full, before=before)
    kinds = ["t-line", "t-before"][: len(names)]
    return printed(_framed(drawing, legend(list(zip(kinds, names, strict=True)), 0.0), len(names)))


def _loose(name: str) -> str:
    """A name whose words can all stand beside the wheel."""
    return " ".join(fitted(name, _LABEL)) if " " not in name and name.isascii() else name


def _framed(drawing: Drawing, entries: str, count: int) -> Drawing:
    """The drawing with room at its sides, where the screen lets labels run over, and a legend."""
    wide, high = size(drawing.svg)
    begin, rest = drawing.svg.split(">", 1)
    box = f'viewBox="0 0 {wide + 2 * _SIDE:g} {high + 14 + LINE * count:g}"'
    begin = begin.replace(f'viewBox="0 0 {number(wide)} {number(high)}"', box)
    body = element("g", rest.removesuffix("</svg>"), transform=f"translate({_SIDE:g} 0)")
    below = element("g", entries, transform=f"translate({wide / 2 - 40:g} {high + 14:g})")
    return drawing._replace(svg=f"{begin}>{body}{below}</svg>")
