"""Radars in the manner of the self-assessment sheet: target dashed, self-assessed area filled."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final

import plotly.graph_objects as go

from core.figures.style import FONT, LIGHT, SMALL, Palette
from core.figures.wrapping import room, wrapped

_MOST_SPOKES: Final = 8
_LABEL: Final = 11
"""Places in a line of a label: what stands beside a radar on a telephone."""
_PIXELS: Final = {True: 8.0, False: 7.0}
"""What a letter takes at the smallest type, at most on average: Thai, and others."""
_LINE: Final = 21
_RADIUS: Final = 110
"""Pixels from the centre to the outline where there is room enough."""


@dataclass(frozen=True, slots=True)
class Spoke:
    """One spoke; `value` is None where nothing was handed in, and `shown` says so in words."""

    name: str
    value: float | None
    shown: str


def radar(
    spokes: Sequence[Spoke],
    target: float,
    palette: Palette = LIGHT,
    *,
    before: Sequence[float | None] = (),
) -> go.Figure:
    """Spokes clockwise from the top, all on the scale from 0 to `target`.

    `before` are the spokes' values in the last round, drawn as a thin outline; empty without one.
    A spoke without a value has no point: the outline stops before it and the area leaves it out.
    `ValueError` for fewer than three spokes, which have no area, or more than eight.
    """
    if not 3 <= len(spokes) <= _MOST_SPOKES:
        raise ValueError(f"a radar has 3 to {_MOST_SPOKES} spokes, not {len(spokes)}")
    # Categories, not degrees: only then is the grid drawn with straight lines.
    spots = [str(place) for place in range(len(spokes))]
    values = [spoke.value for spoke in spokes]
    reached = [0.0 if value is None else value for value in values]
    figure = go.Figure(
        [
            _line([target] * len(spokes), spots, palette.quiet, dash="6px,4px", width=2),
            go.Scatterpolar(
                r=reached, theta=spots, mode="none", fill="toself", fillcolor=palette.shade
            ),
            *([_line(before, spots, palette.quiet, dash="solid", width=1)] if before else ()),
            _line(values, spots, palette.accent, dash="solid", width=3),
            go.Scatterpolar(
                r=values, theta=spots, mode="markers", marker={"size": 8, "color": palette.accent}
            ),
        ]
    )
    return figure.update_layout(_layout(spokes, spots, target, palette))


def _line(
    radii: Sequence[float | None], spots: Sequence[str], colour: str, *, dash: str, width: int
) -> go.Scatterpolar:
    return go.Scatterpolar(
        r=[*radii, radii[0]],
        theta=[*spots, spots[0]],
        mode="lines",
        line={"color": colour, "dash": dash, "width": width},
        connectgaps=False,
    )


def _layout(
    spokes: Sequence[Spoke], spots: Sequence[str], target: float, palette: Palette
) -> dict[str, Any]:
    lines = [wrapped(spoke.name, _LABEL) for spoke in spokes]
    sides = round(max(_pixels(line) for label in lines for line in label)) + 12
    top, bottom = _above_and_below([_LINE * (len(label) + 1) for label in lines])
    return {
        "template": "none",
        "showlegend": False,
        "dragmode": False,
        "height": 2 * _RADIUS + top + bottom,
        "margin": {"l": sides, "r": sides, "t": top, "b": bottom},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": SMALL, "color": palette.text},
        "polar": {
            "bgcolor": "rgba(0,0,0,0)",
            "gridshape": "linear",
            "radialaxis": {
                "range": [0, target * 1.02],
                "tickvals": [target * step / 5 for step in range(1, 6)],
                "showticklabels": False,
                "ticks": "",
                "showline": False,
                "gridcolor": palette.line,
            },
            "angularaxis": {
                "type": "category",
                "direction": "clockwise",
                "rotation": 90,
                "tickvals": spots,
                "ticktext": [_label(*pair) for pair in zip(spokes, lines, strict=True)],
                # Unseen ticks hold the labels off the outline.
                "ticks": "outside",
                "ticklen": 6,
                "tickcolor": "rgba(0,0,0,0)",
                "showline": False,
                "gridcolor": palette.line,
            },
        },
    }


def _pixels(line: str) -> float:
    return sum(_PIXELS["\u0e00" <= letter <= "\u0e7f"] * room(letter) for letter in line)


def _above_and_below(heights: Sequence[int]) -> tuple[int, int]:
    """Room for labels of these heights above and below the outline.

    A label stands on its spoke at the top, hangs from it at the bottom, and is centred beside it.
    """
    turns = [math.cos(2 * math.pi * place / len(heights)) for place in range(len(heights))]
    pairs = list(zip(heights, turns, strict=True))
    above = max(high * (1 + up) / 2 - _RADIUS * (1 - up) for high, up in pairs)
    below = max(high * (1 - up) / 2 - _RADIUS * (1 + up) for high, up in pairs)
    return round(max(above, 0)) + 12, round(max(below, 0)) + 12


def _label(spoke: Spoke, lines: Sequence[str]) -> str:
    return "<br>".join((*map(escape, lines), f"<b>{escape(spoke.shown)}</b>"))
