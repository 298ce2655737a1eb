"""The figure of a comparison: where areas differ most, or what changed most."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import streamlit as st

from components.compare.words import target_of
from components.parts.charts import palette
from components.reader.language import _, tr
from components.reader.markup import Html, joined, tag
from components.reader.periods import period_short, period_text
from core.figures.tracks import MARKS, Mark, Spot, Track, Words
from core.figures.tracks import tracks as tracks_figure
from core.services.comparison.areas import AreaComparison, AreaRow, Compared
from core.services.comparison.periods import PeriodComparison, PeriodRow
from core.services.comparison.wording import change_text, direction_text, share_text

MOST: Final = 7
"""Rows that can be read together with the title above the fold."""

_SIGNS: Final[dict[Mark, str]] = {
    "dot": "●", "square": "□", "diamond": "◇", "triangle": "△", "ring": "○", "right": "▶",
}  # fmt: skip
_figure = lru_cache(maxsize=128)(tracks_figure)


def chart(shown: AreaComparison | PeriodComparison) -> None:
    """At most seven rows, those that differ most first; the table has them all."""
    if isinstance(shown, AreaComparison):
        _areas(shown)
    else:
        _periods(shown)


def _areas(shown: AreaComparison) -> None:
    apart = (row for row in shown.comparable if row.spread)
    rows = sorted(apart, key=lambda row: -row.spread)[:MOST]
    names = [tr(place.name) for place in shown.areas]
    key = [_key(mark, kind, names[kind]) for kind, mark in enumerate(MARKS[: len(names)])]
    _draw(_("Where they differ most"), key, [_area_track(row, names) for row in rows])


def _area_track(row: AreaRow, names: Sequence[str]) -> Track:
    """The marks of the areas that told something, and the target in words."""
    spots = tuple(
        Spot(
            cell.percent,
            share_text(row.criterion, cell.share),
            MARKS[kind],
            kind,
            names[kind],
            period_text(cell.period),
        )
        for kind, cell in enumerate(row.cells)
        if cell.percent is not None
    )
    shares = [cell.share for cell in row.cells if cell.share]
    limit = row.criterion.limit(shares[0] if shares else None)
    # Several targets are no line, and have no room beside the name.
    target = "" if limit is None else target_of(shares[0])
    return Track(tr(row.criterion.short), target, spots, limit, target_of(shares[0]))


def _periods(shown: PeriodComparison) -> None:
    changed = (row for row in shown.comparable if row.change)
    rows = sorted(changed, key=lambda row: -abs(row.change or 0))[:MOST]
    if shown.before is None:
        return
    key = [
        _key("ring", 3, period_short(shown.before)),
        _key("right", 0, _("{period}, better", period=period_short(shown.moment))),
        _key("right", 1, _("worse")),
    ]
    _draw(_("What changed most"), key, [_period_track(row) for row in rows])


def _period_track(row: PeriodRow) -> Track:
    """From the ring to the arrow, and in words whether that is better."""
    kind = 1 if row.direction == "worse" else 0
    change = row.change or 0.0
    mark: Mark = "right" if change > 0 else "left"
    sides: tuple[tuple[Compared | None, Mark, int], ...] = (
        (row.now, mark, kind),
        (row.before, "ring", 3),
    )
    spots = tuple(
        Spot(
            side.percent,
            share_text(row.criterion, side.share),
            look,
            colour,
            period_short(side.period),
            period_text(side.period),
        )
        for side, look, colour in sides
        if side and side.percent is not None
    )
    words = filter(None, (tr(direction_text(row.direction)), change_text(row.change)))
    share = row.now.share if row.now else None
    limit = row.criterion.limit(share)
    return Track(tr(row.criterion.short), " ".join(words), spots, limit, target_of(share))


def _key(mark: Mark, kind: int, text: str) -> Html:
    """What a mark stands for."""
    sign = tag("span", _SIGNS[mark], style=f"color: {palette().kinds[kind]}", aria_hidden="true")
    return tag("li", sign, " ", tag("span", text))


def _draw(title: str, key: list[Html], rows: list[Track]) -> None:
    heading = tag("h2", title, class_="t-figure")
    if not rows:
        st.html(heading)
        st.caption(_("No indicator differs."))
        return
    if any(row.target is not None for row in rows):
        dashes = tag("span", "┆", aria_hidden="true")
        key.append(tag("li", dashes, " ", tag("span", _("target"))))
    st.html(joined((heading, tag("ul", joined(key), class_="t-key", role="list"))))
    words = Words(_("Indicator"), _("Area"), _("Value"), _("Period"), _("target"))
    st.vega_lite_chart(
        spec=_figure(tuple(rows), words, palette()),
        theme=None,
        key="compare.tracks",
        alt=f"{title}: {'; '.join(map(_row_text, rows))}",
    )


def _row_text(row: Track) -> str:
    values = ", ".join(spot.shown for spot in row.spots)
    return ", ".join(filter(None, (f"{row.name} {values}", row.note)))
