"""Shares on tracks from 0 to 100 percent, one below the other, marks where each of them stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final, Literal

import plotly.graph_objects as go

from core.figures.style import FONT, LIGHT, SMALL, Palette

Mark = Literal["dot", "square", "diamond", "triangle", "ring", "right", "left"]

MARKS: Final[tuple[Mark, ...]] = ("dot", "square", "diamond", "triangle")
"""Marks that tell kinds apart; all but the first are hollow, so that none hides another."""

_SYMBOLS: Final[dict[Mark, tuple[str, int]]] = {
    "dot": ("circle", 13),
    "square": ("square-open", 13),
    "diamond": ("diamond-open", 15),
    "triangle": ("triangle-up-open", 15),
    "ring": ("circle-open", 12),
    "right": ("triangle-right", 16),
    "left": ("triangle-left", 16),
}
_WAYS: Final = ("right", "left")
_ROW: Final = 40
# Room above the first row for the button that takes the figure away.
_ABOVE: Final = 24
"""Pixels of a row: its name, and below it the track."""
_NAME: Final = -0.24
_TRACK: Final = 0.22
_HALF: Final = 0.2
"""Half the height of the target's line."""
_SIDE: Final = 60
"""Pixels beside the tracks, for the value of a mark at their end."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something stands, in percent; `kind` is the place of its colour in the palette."""

    value: float
    shown: str
    mark: Mark = "dot"
    kind: int = 0


@dataclass(frozen=True, slots=True)
class Track:
    """One row: its name, a note at the other end, its marks, the foremost first."""

    name: str
    note: str
    spots: tuple[Spot, ...]
    target: float | None = None


def tracks(rows: Sequence[Track], palette: Palette = LIGHT) -> go.Figure:
    """Rows from above; a line joins the marks of each, its outermost values are written.

    The target is a dashed line across its track. `ValueError` without any row.
    """
    if not rows:
        raise ValueError("tracks need a row")
    figure = go.Figure()
    for place, row in enumerate(rows):
        _ground(figure, place, row, palette)
    _draw(figure, rows, palette)
    return figure.update_layout(_layout(len(rows), palette))


def _ground(figure: go.Figure, place: int, row: Track, palette: Palette) -> None:
    """The name, the track, what joins the marks, and the outermost values."""
    at = place + _TRACK
    words = (("left", 0, -_SIDE, f"<b>{escape(row.name)}</b>"), ("right", 1, _SIDE, row.note))
    for anchor, end, shift, text in words:
        figure.add_annotation(
            x=end, xref="paper", y=place + _NAME, text=text if end == 0 else escape(text),
            showarrow=False, xanchor=anchor, xshift=shift, borderpad=0,
            font={"color": palette.text if end == 0 else palette.quiet},
        )  # fmt: skip
    _line(figure, (0, 100), (at, at), {"color": palette.line, "width": 1})
    values = [spot.value for spot in row.spots]
    if values:
        foremost = row.spots[0]
        # The way something went is told in its colour.
        colour = palette.kinds[foremost.kind] if foremost.mark in _WAYS else palette.line
        tie = {"color": colour, "width": 4}
        _line(figure, (min(values), max(values)), (at, at), tie)
        _values(figure, at, row.spots, palette)
    if row.target is not None:
        dashes = {"color": palette.text, "width": 2, "dash": "4px,3px"}
        _line(figure, (row.target, row.target), (at - _HALF, at + _HALF), dashes)


def _line(
    figure: go.Figure, x: tuple[float, float], y: tuple[float, float], look: dict[str, Any]
) -> None:
    figure.add_shape(type="line", x0=x[0], x1=x[1], y0=y[0], y1=y[1], line=look, layer="below")


def _values(figure: go.Figure, at: float, spots: Sequence[Spot], palette: Palette) -> None:
    """The lowest value to the left of its mark, the highest to the right; one alone once."""
    low, high = (find(spots, key=lambda spot: spot.value) for find in (min, max))
    ends = [(high, "left", 9)] + ([(low, "right", -9)] if low.value < high.value else [])
    for spot, anchor, shift in ends:
        figure.add_annotation(
            x=spot.value, y=at, text=escape(spot.shown), showarrow=False, xanchor=anchor,
            xshift=shift, borderpad=0, font={"color": palette.text},
        )  # fmt: skip


def _draw(figure: go.Figure, rows: Sequence[Track], palette: Palette) -> None:
    """The marks, the foremost of each row last and so above the others."""
    marks = [
        (place + _TRACK, spot) for place, row in enumerate(rows) for spot in reversed(row.spots)
    ]
    looks = [_SYMBOLS[spot.mark] for _at, spot in marks]
    colours = [palette.kinds[spot.kind] for _at, spot in marks]
    figure.add_trace(
        go.Scatter(
            x=[spot.value for _at, spot in marks],
            y=[at for at, _spot in marks],
            mode="markers",
            cliponaxis=False,
            marker={
                "symbol": [symbol for symbol, _size in looks],
                "size": [size for _symbol, size in looks],
                "color": colours,
                "opacity": 1,
                "line": {"color": colours, "width": 2.5},
            },
        )
    )


def _layout(rows: int, palette: Palette) -> dict[str, Any]:
    return {
        "template": "none",
        "showlegend": False,
        "dragmode": False,
        "height": _ABOVE + rows * _ROW + 26,
        "margin": {"l": _SIDE, "r": _SIDE, "t": _ABOVE, "b": 26},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": SMALL, "color": palette.text},
        "xaxis": {
            "range": [0, 100],
            "tickvals": [0, 50, 100],
            "ticksuffix": "%",
            "tickangle": 0,
            "showgrid": False,
            "zeroline": False,
            "showline": False,
            "color": palette.quiet,
        },
        "yaxis": {
            "range": [rows - 0.5, -0.5],
            "showgrid": False,
            "zeroline": False,
            "showticklabels": False,
            "ticks": "",
        },
    }
