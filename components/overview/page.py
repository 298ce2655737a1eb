"""The overview on the page: its key message, tiles, map and the health regions beside it."""

from collections.abc import Mapping

import streamlit as st
from sqlalchemy import Engine

from components.areas import filters as area_filters
from components.areas.map import area_map
from components.areas.results import (
    judged_figure,
    level_change_tile,
    line_tile,
    place_breadcrumb,
    value_of,
)
from components.parts import anatomy
from components.parts.province_map import Heading
from components.parts.shares import targets_text
from components.parts.status import mark
from components.parts.tables import Column, table_html
from components.reader.language import _, tr
from components.reader.links import link
from components.reader.markup import Html, tag
from components.reader.view_cache import cached_by_view
from core.areas import Level, parse_area
from core.figures.province_map import MapValue
from core.services.overview.history import History, until
from core.services.overview.view import Indicator, Overview, Shown, View, overview
from core.services.overview.wording import (
    edge_texts,
    hospitals_text,
    indicator_text,
    overview_message,
)
from core.services.rules.finance import CRISIS_AREA, EFFICIENCY, Edges
from core.services.scored.basis import basis_text


def filter_row(engine: Engine, view: View) -> tuple[Overview, Indicator]:
    """The row of filters, and what they leave."""
    wide, middle, narrow = st.columns([1, 1, 1.5])
    with wide:
        area_filters.month(view)
    with narrow:
        indicator = area_filters.indicator(view.edges)
    shown = overview(engine, view.period, view.area, indicator)
    with middle:
        area_filters.region(view.regions, shown.chain)
    return shown, indicator


def heading(shown: Overview, indicator: Indicator) -> None:
    """Where the reader is, and the sentence that says how it stands there."""
    where = place_breadcrumb(shown.chain, "overview")
    anatomy.headline(tr(overview_message(shown, indicator)), where)


def tiles(shown: Overview, known: History) -> None:
    """The lines of the crisis target, the share of good scores, and how many rose."""
    drawn = []
    if shown.crisis and shown.crisis.reporting:
        judged = [line for line in shown.crisis.lines if line.limit is not None]
        past = list(until(known, CRISIS_AREA, shown.period))
        drawn += [line_tile(line, shown.crisis, shown.crisis_before, past) for line in judged]
    if shown.efficiency and shown.efficiency.reporting:
        lines, before = shown.efficiency.lines, shown.efficiency_before
        past = list(until(known, EFFICIENCY, shown.period))
        drawn += [line_tile(line, shown.efficiency, before, past) for line in lines]
    if shown.before:
        drawn.append(level_change_tile(shown.rose, shown.fell))
    anatomy.tiles(drawn)


def chart(shown: Overview, indicator: Indicator) -> None:
    """The map with its ranking; a click leads a level down, or to the hospital."""
    heading = Heading(*_title(shown, indicator), _target(shown, indicator))
    area_map(_values(shown.shown, indicator), shown.focus, heading, "overview")


def _target(shown: Overview, indicator: Indicator) -> str:
    """The target of the areas on the map; empty where hospitals stand on it."""
    share = shown.efficiency if indicator == "tps" else shown.crisis
    if share is None or parse_area(shown.area.code).level >= Level.PROVINCE:
        return ""
    return targets_text(share)


def _title(shown: Overview, indicator: Indicator) -> tuple[str, str]:
    if parse_area(shown.area.code).level >= Level.PROVINCE:
        measure = _("Score") if indicator == "tps" else _("Figures from")
        return tr(hospitals_text(indicator)), measure
    return _area_title(indicator, shown.edges)


def _area_title(indicator: Indicator, edges: Edges) -> tuple[str, str]:
    at_worst = _("At {first}–{worst}", **edge_texts(edges))
    measure = at_worst if indicator == "worst" else _("% (hospitals)")
    return tr(indicator_text(indicator, edges)), measure


@cached_by_view
def _values(rows: tuple[Shown, ...], indicator: Indicator) -> Mapping[str, MapValue]:
    return {
        row.place.code: MapValue(
            name=tr(row.place.name),
            tone=row.tone,
            shown=_beside_name(row, indicator),
            **judged_figure(row.share),
            position=row.position,
        )
        for row in rows
    }


def _beside_name(row: Shown, indicator: Indicator) -> str:
    """The figure of an area, or how the figures of a hospital's level came about."""
    if row.share is None and indicator != "tps":
        return tr(basis_text(row.basis))
    return value_of(row, indicator)


def parts(shown: Overview, indicator: Indicator) -> None:
    """What the health regions came to, or the districts of a province; each a link into it."""
    if shown.parts:
        st.html(_beside(shown.parts, indicator, shown.edges))


@cached_by_view
def _beside(parts: tuple[Shown, ...], indicator: Indicator, edges: Edges) -> Html:
    title, measure = _area_title(indicator, edges)
    level = parse_area(parts[0].place.code).level
    name = _("District") if level is Level.DISTRICT else _("Health region")
    columns = (Column(name), Column(measure, number=True), Column(_("Status")))
    rows = [
        (
            link(tr(row.place.name), "overview", area=row.place.code),
            value_of(row, indicator),
            _mark(row),
        )
        for row in parts
    ]
    return tag("div", table_html(title, columns, rows), class_="t-compact")


def _mark(row: Shown) -> str:
    if row.tone.isdigit():
        label = _("Level {level}", level=row.tone)
        return tag("span", label, class_=f"t-status t-level-{row.tone}")
    return mark({"pass": "pass", "watch": "watch", "fail": "fail"}.get(row.tone, "none"))  # type: ignore[arg-type]
