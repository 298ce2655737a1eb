"""A figure through the months: its cut-offs dashed and labelled, gaps where none was reported."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final

import plotly.graph_objects as go

from core.figures.style import FONT, LIGHT, SMALL, Palette
from core.figures.wrapping import room

_HEIGHT: Final = 230
_LABELS: Final = 3
"""Months labelled below: what stands side by side on a telephone."""
_PIXELS: Final = 8
"""What a letter takes at most on average."""
_ROOM: Final = 0.12
"""How much of the scale stays free above and below."""


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One month; `value` is None where there is none; `is_reported`: anything was reported."""

    month: str
    value: float | None
    is_reported: bool = True


@dataclass(frozen=True, slots=True)
class CutoffLine:
    """A cut-off in the unit of the values, and what it is called."""

    value: float
    label: str


def trend(
    points: Sequence[TrendPoint],
    cutoffs: Sequence[CutoffLine],
    palette: Palette = LIGHT,
    *,
    scale: tuple[float, float] | None = None,
    last: str = "",
) -> go.Figure:
    """Points from the oldest month on; a month without value has no point and breaks the line.

    Months nobody reported are shaded. `last` is written at the newest value. Without a `scale`
    values and cut-offs decide. `ValueError` without any month.
    """
    if not points:
        raise ValueError("a trend needs a month")
    values = [point.value for point in points]
    figure = go.Figure(
        go.Scatter(
            x=list(range(len(points))),
            y=values,
            mode="lines+markers",
            connectgaps=False,
            line={"color": palette.accent, "width": 3},
            marker={"size": 6, "color": palette.accent},
        )
    )
    for place, point in enumerate(points):
        if not point.is_reported:
            figure.add_vrect(place - 0.5, place + 0.5, fillcolor=palette.line, opacity=0.4,
                             line_width=0, layer="below")  # fmt: skip
    for cutoff in cutoffs:
        _draw(figure, cutoff, palette)
    ends = scale or _scale(values, cutoffs)
    if last and values[-1] is not None:
        _write(figure, values, last, ends, palette)
    return figure.update_layout(_layout(points, ends, cutoffs, palette))


def _write(
    figure: go.Figure,
    values: Sequence[float | None],
    last: str,
    scale: tuple[float, float],
    palette: Palette,
) -> None:
    """The newest value on the side of its point where the line does not come from."""
    newest, before = values[-1] or 0.0, values[-2] if len(values) > 1 else None
    height = (newest - scale[0]) / (scale[1] - scale[0])
    below = before is not None and before > newest and height > _ROOM
    figure.add_annotation(
        x=len(values) - 1, y=newest, text=f"<b>{escape(last)}</b>", showarrow=False,
        xanchor="right", xshift=6, yanchor="top" if below else "bottom",
        yshift=-4 if below else 4, font={"color": palette.text},
    )  # fmt: skip


def _draw(figure: go.Figure, cutoff: CutoffLine, palette: Palette) -> None:
    """The line across, its name beside its end, where no value is."""
    figure.add_hline(
        cutoff.value, line={"color": palette.quiet, "dash": "6px,4px", "width": 2}, layer="below"
    )
    figure.add_annotation(
        x=1, xref="paper", y=cutoff.value, text=escape(cutoff.label), showarrow=False,
        xanchor="left", xshift=4, borderpad=0, font={"color": palette.quiet},
    )  # fmt: skip


def _scale(values: Sequence[float | None], cutoffs: Sequence[CutoffLine]) -> tuple[float, float]:
    known = [value for value in values if value is not None and math.isfinite(value)]
    known += [cutoff.value for cutoff in cutoffs]
    low, high = min(known, default=0.0), max(known, default=1.0)
    free = (high - low or 1.0) * _ROOM
    return low - 2 * free, high + 2 * free


def _layout(
    points: Sequence[TrendPoint],
    scale: tuple[float, float],
    cutoffs: Sequence[CutoffLine],
    palette: Palette,
) -> dict[str, Any]:
    step = max(1, math.ceil(len(points) / _LABELS))
    # Counted from the newest month, which is the one looked at.
    labelled = list(range(len(points) - 1, -1, -step))
    longest = max((room(cutoff.label) for cutoff in cutoffs), default=0)
    # No grid: beneath a dashed line it would make the line whole.
    plain = {"showgrid": False, "zeroline": False, "linecolor": palette.line}
    return {
        "template": "none",
        "showlegend": False,
        "dragmode": False,
        "height": _HEIGHT,
        "margin": {"l": 48, "r": 16 + max(_PIXELS * longest, 28), "t": 12, "b": 34},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": SMALL, "color": palette.text},
        "xaxis": plain
        | {
            "range": [-0.6, len(points) - 0.4],
            "tickvals": labelled,
            "ticktext": [escape(points[place].month) for place in labelled],
            "tickangle": 0,
        },
        "yaxis": plain | {"range": list(scale), "nticks": 6, "tickformat": ",~g"},
    }
