"""A plan by month and quarter: a row for each activity and step, a bar over its months.

An Altair chart like that of tracks: it is made once for each look, and its rows are put into it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, Literal

import altair as alt

from core.figures.style import FONT, LIGHT, SMALL, Palette

State = Literal["done", "late", "running", "waiting", "unscheduled"]

_COLOURS: Final[dict[bool, dict[State, str]]] = {
    False: {"done": "#1B7F5C", "late": "#B3261E", "running": "#1F5A8C", "waiting": "#5A646E",
            "unscheduled": "#5A646E"},
    True: {"done": "#4FBF92", "late": "#F0857D", "running": "#8CC0EE", "waiting": "#A9B3BC",
           "unscheduled": "#A9B3BC"},
}  # fmt: skip
_MONTHS: Final = 12
_QUARTER: Final = 3
_ABOVE: Final = 6
_ROW: Final = 40
"""Pixels of a row: its name, and below it the bar."""
_NAME: Final = 12
_NOTE: Final = 136
"""Pixels of the longest note: late, and the percent that was done."""
_BAR: Final = 29
_THICK: Final = 10
_ROWS: Final = "rows"
_BARS: Final = "bars"


@dataclass(frozen=True, slots=True)
class Row:
    """One activity or step: its name, a note at the other end, its months, how it stands.

    `months` are fiscal months, in one or several runs; `done` is where it was done, in months since
    the year began, None where it was not. `is_part` for a step, whose bar is thinner.
    """

    name: str
    note: str
    months: tuple[int, ...]
    state: State
    done: float | None = None
    is_part: bool = False


def gantt(
    rows: Sequence[Row], months: Sequence[str], until: int, palette: Palette = LIGHT
) -> dict[str, Any]:
    """A Vega-Lite chart of rows from above, twelve months across, quarters shaded.

    `months` are the names of the twelve months; a dashed line stands at the end of month `until`.
    `ValueError` without any row.
    """
    if not rows:
        raise ValueError("a plan needs a row")
    chart, height = _chart(tuple(months), palette), _ABOVE + len(rows) * _ROW
    shades = [{"from": 3, "to": 6}, {"from": 9, "to": 12}]
    values = {
        "shades": [{**one, "low": 0, "high": height} for one in shades],
        _ROWS: [_row(place, row, palette) for place, row in enumerate(rows)],
        _BARS: [bar for place, row in enumerate(rows) for bar in _bars(place, row, palette)],
        "until": [{"at": until, "low": 0, "high": height}],
    }
    layers = [{**one, "data": {"values": values[one["data"]["name"]]}} for one in chart["layer"]]
    return {**chart, "layer": layers, "height": height}


def _row(place: int, row: Row, palette: Palette) -> dict[str, Any]:
    at = _ABOVE + place * _ROW
    done = None if row.done is None else min(max(row.done, 0.0), float(_MONTHS))
    return {
        "name": row.name,
        "note": row.note,
        "top": at + _NAME,
        "at": at + _BAR,
        "weight": "normal" if row.is_part else "bold",
        "done": done,
        "colour": _colour(row.state, palette),
    }


def _bars(place: int, row: Row, palette: Palette) -> list[dict[str, Any]]:
    """A bar for each run of months."""
    at = _ABOVE + place * _ROW + _BAR
    half = _THICK / (4 if row.is_part else 2)
    return [
        {
            "from": first - 1,
            "to": last,
            "low": at - half,
            "high": at + half,
            "colour": _colour(row.state, palette),
        }
        for first, last in _runs(row.months)
    ]


def _runs(months: Sequence[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for month in months:
        if runs and runs[-1][1] == month - 1:
            runs[-1] = (runs[-1][0], month)
        else:
            runs.append((month, month))
    return runs


def _colour(state: State, palette: Palette) -> str:
    return _COLOURS[palette is not LIGHT][state]


@lru_cache(maxsize=8)
def _chart(months: tuple[str, ...], palette: Palette) -> dict[str, Any]:
    """The chart without its rows."""
    expression = f"{list(months)!r}[floor(datum.value)]".replace("'", '"')
    axis = alt.Axis(
        values=[place + 0.5 for place in range(_MONTHS)],
        orient="top",
        # Vega describes it in English.
        aria=False,
        labelExpr=expression,
        labelColor=palette.quiet,
        labelOverlap="parity",
        grid=False,
        domain=False,
        ticks=False,
        title=None,
    )
    x = {"scale": alt.Scale(domain=[0, _MONTHS], nice=False), "axis": axis}
    drawn: dict[str, Any] = (
        alt.layer(*_layers(x, palette))
        .properties(
            width="container",
            autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
            padding={"left": 0, "right": 0, "top": 26, "bottom": 4},
            background="transparent",
            # Drawn as SVG: text stays text, and is taken away as such.
            usermeta={"embedOptions": {"renderer": "svg"}},
        )
        .configure(font=FONT)
        .configure_view(stroke=None)
        # The chart is described as a whole, and the table below it says every figure.
        .configure_mark(aria=False)
        .configure_axis(labelFontSize=SMALL)
        .configure_text(fontSize=SMALL, baseline="middle")
        .to_dict()
    )
    return drawn


def _layers(x: dict[str, Any], palette: Palette) -> list[alt.Chart]:
    """Shaded quarters, names, bars, days on which something was done, the end of the month."""

    def across(field: str) -> alt.X:
        return alt.X(field, type="quantitative", **x)

    shades, rows = alt.Chart(alt.NamedData("shades")), alt.Chart(alt.NamedData(_ROWS))
    bars, until = alt.Chart(alt.NamedData(_BARS)), alt.Chart(alt.NamedData("until"))
    colour = alt.Color("colour", type="nominal", scale=None)
    return [
        shades.mark_rect(color=palette.line, opacity=0.25).encode(
            x=across("from"), x2="to", y=_down("low"), y2="high"
        ),
        until.mark_rule(color=palette.text, strokeDash=[4, 3], strokeWidth=1.5).encode(
            x=across("at"), y=_down("low"), y2="high"
        ),
        bars.mark_rect(cornerRadius=3).encode(
            x=across("from"), x2="to", y=_down("low"), y2="high", color=colour
        ),
        rows.mark_point(
            filled=True,
            shape="diamond",
            size=110,
            opacity=1,
            strokeWidth=1.5,
            stroke=palette.ground,
        ).encode(x=across("done"), y=_down("at"), fill=alt.value(palette.text)),
        # The note keeps its place whatever the width; the table below has every name whole.
        rows.mark_text(align="left", color=palette.text, limit=alt.expr(f"width - {_NOTE}")).encode(
            x=alt.value(0), y=_down("top"), text="name:N"
        ),
        rows.mark_text(align="right", color=palette.quiet, dx=-4).encode(
            x=alt.value("width"), y=_down("top"), text="note:N"
        ),
    ]


def _down(field: str) -> alt.Y:
    """Pixels from above."""
    return alt.Y(field, type="quantitative", scale=None, axis=None)
