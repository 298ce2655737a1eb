"""A sum as steps: each part begins where the one before it ended, the whole stands below."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import accumulate
from typing import Any, Final

import plotly.graph_objects as go

from core.figures.style import FONT, LIGHT, SMALL, Palette
from core.figures.wrapping import room, wrapped

_LABEL: Final = 18
"""Places in a line of a label: what leaves half a telephone to the steps."""
_PIXELS: Final = 8
"""What a letter takes at most on average."""
_LINE: Final = 19
_ROW: Final = 6
"""Pixels of a row beside its lines."""


@dataclass(frozen=True, slots=True)
class StepBar:
    """One part; `value` is None where it is not known, and `shown` says so in words."""

    name: str
    value: float | None
    shown: str


def waterfall(
    parts: Sequence[StepBar], whole: StepBar, full: float, palette: Palette = LIGHT
) -> go.Figure:
    """Parts from above on a scale from 0 to `full`, the whole as a bar of its own.

    A part without value moves nothing on; a whole without value has no bar. `ValueError` without
    any part.
    """
    if not parts:
        raise ValueError("a waterfall needs a part")
    values = [part.value or 0.0 for part in parts]
    begins = [0.0, *accumulate(values)][:-1]
    rows = [*parts, whole]
    spots = list(range(len(rows)))
    lengths = [*values, whole.value or 0.0]
    colours = [palette.accent] * len(parts) + [palette.quiet]
    figure = go.Figure(
        go.Bar(
            x=lengths, y=spots, base=[*begins, 0.0], orientation="h", width=0.62,
            marker={"color": colours, "line": {"width": 0}},
        )
    )  # fmt: skip
    for spot, (row, begin, length) in enumerate(zip(rows, [*begins, 0.0], lengths, strict=True)):
        figure.add_annotation(
            x=begin + length, y=spot, text=f"<b>{escape(row.shown)}</b>", showarrow=False,
            xanchor="left", xshift=6, font={"color": palette.text},
        )  # fmt: skip
    for spot, end in enumerate(accumulate(values)):
        figure.add_shape(
            type="line", x0=end, x1=end, y0=spot + 0.31, y1=spot + 0.69,
            line={"color": palette.quiet, "width": 1},
        )  # fmt: skip
    return figure.update_layout(_layout(rows, full, palette))


def _layout(rows: Sequence[StepBar], full: float, palette: Palette) -> dict[str, Any]:
    labels = [wrapped(row.name, _LABEL) for row in rows]
    tallest = max(len(lines) for lines in labels)
    widest = max(room(line) for lines in labels for line in lines)
    longest = max(room(row.shown) for row in rows)
    return {
        "template": "none",
        "showlegend": False,
        "dragmode": False,
        "height": len(rows) * (_LINE * tallest + _ROW) + 34,
        "margin": {"l": widest * _PIXELS + 16, "r": longest * _PIXELS + 10, "t": 4, "b": 30},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": SMALL, "color": palette.text},
        "bargap": 0,
        "xaxis": {
            "range": [0, full],
            "tickvals": list(range(math.floor(full) + 1)),
            "gridcolor": palette.line,
            "zeroline": False,
            "ticks": "",
        },
        "yaxis": {
            "range": [len(rows) - 0.5, -0.5],
            "tickvals": list(range(len(rows))),
            "ticktext": ["<br>".join(map(escape, lines)) for lines in labels],
            "showgrid": False,
            "zeroline": False,
            # Unseen ticks hold the labels off the steps.
            "ticks": "outside",
            "ticklen": 6,
            "tickcolor": "rgba(0,0,0,0)",
        },
    }
