"""A province's deck of forty slides against pictures of the same figures.

Both sides draw the same invented report. Ours writes native charts, tables and maps with their
notes into one file of PowerPoint; the other has kaleido draw each figure as a picture of the same
size with Plotly, in one browser that stays open, and puts none of them into a file. `python -m
bench.deck` prints both times and fails when a deck takes ten seconds or pictures less than ten
times as long.
"""

import sys
import time
from collections.abc import Callable, Iterator

import kaleido
import numpy as np
import plotly.graph_objects as go

from core.figures.projection import projected
from core.reports.deck.map.outlines import province_outlines
from core.reports.deck.writer import deck
from core.reports.slide import AreaMap, Bars, Figure, Matrix, Radar, Trend
from tests.chromium import chromium
from tests.core.reports.reports import long

LIMIT = 10.0
"""Seconds of a deck at most, and how many times as long pictures have to take."""
SLIDES = 40
SIZE = {"width": 880, "height": 340, "scale": 2}
RUNS = 3


def pictured(figure: Figure) -> go.Figure:
    """A figure of a slide as Plotly draws it."""
    if isinstance(figure, Bars):
        return _bars(figure)
    if isinstance(figure, Trend):
        return go.Figure([go.Scatter(y=one.values, name=one.name.th) for one in figure.series])
    if isinstance(figure, Radar):
        names = [spoke.th for spoke in figure.spokes]
        return go.Figure(
            [go.Scatterpolar(r=one.values, theta=names, name=one.name.th) for one in figure.series]
        )
    if isinstance(figure, Matrix):
        return _table(figure)
    return _map(figure)


def _bars(figure: Bars) -> go.Figure:
    drawn = go.Figure(go.Bar(x=[b.name.th for b in figure.bars], y=[b.value for b in figure.bars]))
    for limit in figure.limits:
        drawn.add_hline(limit.value, line_dash="dash", annotation_text=limit.name.th)
    return drawn


def _table(figure: Matrix) -> go.Figure:
    columns = zip(
        *((name.th, *(c.shown.th for c in cells)) for name, cells in figure.rows), strict=True
    )
    head = [figure.corner.th, *(column.th for column in figure.columns)]
    return go.Figure(go.Table(header={"values": head}, cells={"values": list(columns)}))


def _map(figure: AreaMap) -> go.Figure:
    known = province_outlines(coarse=figure.focus == "TH")
    wanted = [one.code for one in figure.areas if one.code in known] or [figure.focus]
    drawn = go.Figure(
        [
            go.Scatter(x=ring[:, 0], y=-ring[:, 1], fill="toself", mode="lines", showlegend=False)
            for code in wanted
            for ring in known[code].rings
        ]
    )
    places = [one.position for one in figure.areas if one.position]
    if places:
        x, y = projected(np.array(places)).T
        drawn.add_scatter(x=x, y=-y, mode="markers")
    return drawn


def pictures(figures: list[go.Figure]) -> None:
    """Every figure as a picture, by one browser."""
    options = {"path": chromium(), "n": 1}
    kaleido.start_sync_server(silence_warnings=True, **options)
    for one in figures:
        kaleido.calc_fig_sync(one, opts={"format": "png", **SIZE})
    kaleido.stop_sync_server(silence_warnings=True)


def seconds(work: Callable[[], object], runs: int) -> float:
    """The shortest of some runs."""

    def taken() -> Iterator[float]:
        for _ in range(runs):
            begun = time.perf_counter()
            work()
            yield time.perf_counter() - begun

    return min(taken())


def main() -> int:
    """Print both times and their ratio; 1 when a limit is broken."""
    report = long(SLIDES)
    begun = time.perf_counter()
    size = len(deck(report, "th"))
    first = time.perf_counter() - begun
    ours = seconds(lambda: deck(report, "th"), RUNS)
    figures = [pictured(slide.figure) for slide in report.slides if slide.figure is not None]
    theirs = seconds(lambda: pictures(figures), 1)
    ratio = theirs / ours
    print(
        f"{SLIDES} slides, {size / 1e6:.2f} MB: first {first:.2f} s, again {ours:.2f} s;"
        f" {len(figures)} pictures {theirs:.2f} s; {ratio:.0f} times as long ({LIMIT:g})"
    )
    return int(first > LIMIT or ratio < LIMIT)


if __name__ == "__main__":
    sys.exit(main())
