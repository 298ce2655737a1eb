"""Shares on tracks from 0 to 100 percent, one below the other, marks where each of them stands.

An Altair chart that answers to the pointer: it tells what is at hand, and the marks of the same
area stand out on every track. Altair checks every part of a chart, which takes longer than the
rest of a page: the chart is made once for each look, and its rows are put into it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, Literal

import altair as alt

from core.figures.style import FONT, LIGHT, SMALL, Palette

Layered = alt.LayerChart | alt.FacetChart
Mark = Literal["dot", "square", "diamond", "triangle", "ring", "right", "left"]

MARKS: Final[tuple[Mark, ...]] = ("dot", "square", "diamond", "triangle")
"""Marks that tell kinds apart; all but the first are hollow, so that none hides another."""

_SHAPES: Final[dict[Mark, tuple[str, int]]] = {
    "dot": ("circle", 130),
    "square": ("square", 130),
    "diamond": ("diamond", 130),
    "triangle": ("triangle-up", 130),
    "ring": ("circle", 110),
    "right": ("triangle-right", 170),
    "left": ("triangle-left", 170),
}
"""Shape and area in square pixels."""
_FILLED: Final = ("dot", "right", "left")
_WAYS: Final = ("right", "left")
# Room above the first row for the button that takes the figure away.
_ABOVE: Final = 24
_ROW: Final = 40
"""Pixels of a row: its name, and below it the track."""
_NAME: Final = 10
_TRACK: Final = 29
_HALF: Final = 8
"""Half the height of the target's line."""
_SIDE: Final = 60
"""Pixels beside the tracks, for the value of a mark at their end."""
_ROWS: Final = "rows"
_SPOTS: Final = "spots"
_TEXTS: Final = "texts"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something stands, in percent; `kind` is the place of its colour in the palette.

    `who` it is of, in which period (`when`).
    """

    value: float
    shown: str
    mark: Mark = "dot"
    kind: int = 0
    who: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class Track:
    """One row: its name, a note at the other end, its marks, the foremost first.

    `limit` says in words what is asked.
    """

    name: str
    note: str
    spots: tuple[Spot, ...]
    target: float | None = None
    limit: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What the pointer is told: the names of a row, of whom, the value, the period, the limit."""

    row: str
    who: str
    value: str
    when: str
    limit: str


def tracks(rows: Sequence[Track], words: Words, palette: Palette = LIGHT) -> dict[str, Any]:
    """A Vega-Lite chart of rows from above; a line joins the marks of each.

    The outermost values are written; the target is a dashed line across its track. `ValueError`
    without any row.
    """
    if not rows:
        raise ValueError("tracks need a row")
    chart, texts = _chart(words, palette), _Texts()
    values = {
        _ROWS: [_row(place, row, palette, texts) for place, row in enumerate(rows)],
        _SPOTS: [
            one for place, row in enumerate(rows) for one in _spots(place, row, palette, texts)
        ],
    }
    layers = [{**one, "data": {"values": values[one["data"]["name"]]}} for one in chart["layer"]]
    params = [
        {**one, "value": list(texts)} if one["name"] == _TEXTS else one for one in chart["params"]
    ]
    height = _ABOVE + len(rows) * _ROW
    return {**chart, "layer": layers, "params": params, "height": height}


class _Texts(dict[str, int]):
    """Texts and their places: each is sent once, however many marks say it."""

    def __missing__(self, text: str) -> int:
        return self.setdefault(text, len(self))


def _row(place: int, row: Track, palette: Palette, texts: _Texts) -> dict[str, Any]:
    """The name, the ends of the line that joins the marks, and the target; None where none."""
    values = [spot.value for spot in row.spots]
    # The way something went is told in its colour.
    is_way = bool(row.spots) and row.spots[0].mark in _WAYS
    at = _ABOVE + place * _ROW
    return {
        "name": texts[row.name],
        "note": texts[row.note],
        "top": at + _NAME,
        "at": at + _TRACK,
        "from": at + _TRACK - _HALF,
        "to": at + _TRACK + _HALF,
        "low": min(values, default=None),
        "high": max(values, default=None),
        "tie": palette.kinds[row.spots[0].kind] if is_way else palette.line,
        "target": row.target,
    }


def _spots(place: int, row: Track, palette: Palette, texts: _Texts) -> list[dict[str, Any]]:
    """The marks of a row, the foremost last and so above the others."""
    low, high = _ends(row)
    return [
        {
            "row": texts[row.name],
            "at": _ABOVE + place * _ROW + _TRACK,
            "value": spot.value,
            "shown": spot.shown,
            "who": texts[spot.who],
            "when": texts[spot.when],
            "limit": texts[row.limit],
            "shape": _SHAPES[spot.mark][0],
            "size": _SHAPES[spot.mark][1],
            "colour": palette.kinds[spot.kind],
            "fill": palette.kinds[spot.kind] if spot.mark in _FILLED else palette.ground,
            "right": spot.shown if spot is high else "",
            "left": spot.shown if spot is low else "",
        }
        for spot in reversed(row.spots)
    ]


def _ends(row: Track) -> tuple[Spot | None, Spot | None]:
    """The lowest and the highest mark; marks at one place are the highest alone."""
    high = max(row.spots, key=lambda spot: spot.value, default=None)
    low = min(row.spots, key=lambda spot: spot.value, default=None)
    if low is None or high is None or low.value == high.value:
        return None, high
    return low, high


@lru_cache(maxsize=8)
def _chart(words: Words, palette: Palette) -> dict[str, Any]:
    """The chart without its rows."""
    axis = alt.Axis(
        values=[0, 50, 100],
        # Vega describes it in English.
        aria=False,
        labelExpr="datum.value + '%'",
        labelColor=palette.quiet,
        grid=False,
        domain=False,
        ticks=False,
        title=None,
    )
    ends = alt.Scale(domain=[0, 100], range=[_SIDE, alt.expr("width - 60")])
    x = {"scale": ends, "axis": axis}
    # Each of the two kinds of rows is sent once, whatever is drawn of it.
    rows = alt.layer(*_ground(x, palette), *_names(palette), data=alt.NamedData(_ROWS))
    spots = alt.layer(_marks(x, words), *_values(x, palette), data=alt.NamedData(_SPOTS))
    both = alt.layer(_spelled(rows, "name", "note"), _spelled(spots, "row", "who", "when", "limit"))
    chart = both.add_params(alt.param(name=_TEXTS, value=[])).properties(
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        padding={"left": 0, "right": 0, "top": 0, "bottom": 4},
        background="transparent",
        # Drawn as SVG: text stays text, and is taken away as such.
        usermeta={"embedOptions": {"renderer": "svg"}},
    )
    drawn: dict[str, Any] = (
        chart.configure(font=FONT)
        .configure_view(stroke=None)
        # The chart is described as a whole, and the table below it says every figure.
        .configure_mark(aria=False)
        .configure_axis(labelFontSize=SMALL)
        .configure_text(fontSize=SMALL, baseline="middle")
        .to_dict()
    )
    return drawn


def _spelled(chart: Layered, *fields: str) -> Layered:
    """The texts that fields name by their places."""
    return chart.transform_calculate(**{field: f"{_TEXTS}[datum.{field}]" for field in fields})


def _y(field: str) -> alt.Y:
    """Pixels from above."""
    return alt.Y(field, type="quantitative", scale=None, axis=None)


def _ground(x: dict[str, Any], palette: Palette) -> tuple[alt.Chart, alt.Chart, alt.Chart]:
    """The tracks, what joins the marks, and the targets."""
    rows = alt.Chart()
    track = rows.mark_rule(color=palette.line, strokeWidth=1).encode(
        x=alt.XDatum(0, type="quantitative", **x), x2=alt.X2Datum(100), y=_y("at")
    )
    tie = rows.mark_rule(strokeWidth=4).encode(
        x=alt.X("low", type="quantitative", **x),
        x2="high",
        y=_y("at"),
        color=alt.Color("tie", type="nominal", scale=None),
    )
    target = rows.mark_rule(color=palette.text, strokeWidth=2, strokeDash=[4, 3]).encode(
        x=alt.X("target", type="quantitative", **x), y=_y("from"), y2="to"
    )
    return track, tie, target


def _marks(x: dict[str, Any], words: Words) -> alt.Chart:
    """The marks; while the pointer is at one, those of others fade."""
    at_hand = alt.selection_point(
        name="who", fields=["who"], on="pointerover", clear="pointerout", empty=True
    )
    fields = (("row", words.row), ("who", words.who), ("shown", words.value), ("when", words.when),
            ("limit", words.limit))  # fmt: skip
    marks: alt.Chart = (
        alt.Chart()
        .mark_point(filled=True, opacity=1, strokeWidth=2.5)
        .encode(
            x=alt.X("value", type="quantitative", **x),
            y=_y("at"),
            shape=alt.Shape("shape", type="nominal", scale=None),
            size=alt.Size("size", type="quantitative", scale=None),
            stroke=alt.Stroke("colour", type="nominal", scale=None),
            fill=alt.Fill("fill", type="nominal", scale=None),
            opacity=alt.when(at_hand).then(alt.value(1)).otherwise(alt.value(0.2)),
            tooltip=[alt.Tooltip(field, type="nominal", title=title) for field, title in fields],
        )
        .add_params(at_hand)
    )
    return marks


def _names(palette: Palette) -> tuple[alt.Chart, alt.Chart]:
    """The names, and the notes at the other end."""
    rows = alt.Chart()
    return (
        rows.mark_text(align="left", fontWeight="bold", color=palette.text).encode(
            x=alt.value(0), y=_y("top"), text="name:N"
        ),
        rows.mark_text(align="right", color=palette.quiet).encode(
            x=alt.value("width"), y=_y("top"), text="note:N"
        ),
    )


def _values(x: dict[str, Any], palette: Palette) -> tuple[alt.Chart, alt.Chart]:
    """The outermost values beside their marks."""
    spots, at = alt.Chart(), alt.X("value", type="quantitative", **x)
    return (
        spots.mark_text(align="left", dx=12, color=palette.text).encode(
            x=at, y=_y("at"), text="right:N"
        ),
        spots.mark_text(align="right", dx=-12, color=palette.text).encode(
            x=at, y=_y("at"), text="left:N"
        ),
    )
