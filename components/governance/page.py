"""The page of governance matrices: filters, key message, tiles, columns and areas."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st
from sqlalchemy import Engine

from components.areas import filters as area_filters
from components.areas.results import place_breadcrumb
from components.frame import navigation
from components.frame.navigation import page_of
from components.parts import anatomy
from components.parts.anatomy import Past, Tile
from components.parts.status import SIGNS, Status
from components.parts.tables import Column, scrolling, table_html
from components.reader.filters import choice
from components.reader.language import _, tr
from components.reader.links import link
from components.reader.markup import Html, joined, tag
from components.reader.numbers import NONE
from components.reader.periods import period_short
from components.reader.view_cache import cached_by_view
from core.areas import Level, parse_area
from core.criteria.catalog import catalog
from core.services.governance.data import Tally
from core.services.governance.view import (
    MatrixColumn,
    MatrixView,
    Selection,
    governance_view,
    resolve_selection,
)
from core.services.governance.wording import matrix_message

PAGE = "governance"
MATRIX = "matrix"


def selection(engine: Engine) -> Selection | None:
    """What the address asks for; None while there is nothing to show."""
    matrices = navigation.menu_page(PAGE).indicators
    wanted = st.query_params.get(MATRIX, "")
    return resolve_selection(engine, matrices, matrix=wanted, **area_filters.selection())


def filter_row(engine: Engine, selected: Selection) -> MatrixView:
    """The row of filters, and what they leave."""
    wide, middle, narrow = st.columns([1, 1, 1.5])
    with wide:
        area_filters.period(_("Month"), selected.periods, selected.period)
    shown = governance_view(engine, selected)
    with middle:
        area_filters.region(selected.regions, shown.chain)
    with narrow:
        choice(MATRIX, _("Matrix"), selected.matrices, label_of=_matrix_name, hide_label=True)
    return shown


def _matrix_name(matrix: str) -> str:
    return tr(catalog().criteria[matrix].name)


def heading(shown: MatrixView) -> None:
    """Where the reader is, and the sentence that says how it stands there."""
    anatomy.headline(tr(matrix_message(shown)), place_breadcrumb(shown.chain, PAGE))


def tiles(shown: MatrixView) -> None:
    """Hospitals by their most pressing light, and the lights that changed."""
    drawn = [
        _tile(_("{sign} With a red light", sign=SIGNS["fail"]), shown, lambda one: one.red),
        _tile(_("{sign} Yellow at worst", sign=SIGNS["watch"]), shown, lambda one: one.yellow),
        _tile(_("{sign} Green alone", sign=SIGNS["pass"]), shown, lambda one: one.green),
    ]
    drawn[0] = replace(drawn[0], reported=(shown.now.lit, len(shown.hospitals)))
    if shown.before:
        gone = _("no longer red: {count}", count=f"{shown.now.no_longer_red:,}")
        turned = _tile(_("Lights turned red"), shown, lambda one: one.turned_red)
        drawn.append(replace(turned, unit=_("lights"), change=gone))
    anatomy.tiles(drawn)


def _tile(label: str, shown: MatrixView, count: Callable[[Tally], int]) -> Tile:
    """A count of hospitals, and its course; there is none of a month in which none has a light."""
    counts = ((when, count(one) if one.lit else None) for when, one in shown.past.items())
    past = tuple(
        Past(period_short(when), value, NONE if value is None else f"{value:,}")
        for when, value in counts
    )
    return Tile(label=label, value=f"{count(shown.now):,}", unit=_("hospitals"), past=past)


def columns(shown: MatrixView) -> None:
    """A bar for each column: hospitals by light, with their numbers, which are the table."""
    st.html(_bars(shown))


@cached_by_view
def _bars(shown: MatrixView) -> Html:
    kinds: tuple[tuple[Status, str], ...] = (
        ("fail", _("Red")),
        ("watch", _("Yellow")),
        ("pass", _("Green")),
        ("none", _("No light")),
    )
    head = [
        tag("th", _("Column"), scope="col"),
        tag("th", _("Hospitals"), scope="col", class_="t-bars"),
    ]
    head += [
        tag("th", f"{SIGNS[status]} {name}", scope="col", class_="t-number")
        for status, name in kinds
    ]
    body = joined(_column(one, shown) for one in shown.columns)
    name = _("Hospitals by light in each column")
    box = scrolling(name, tag("tr", *head), body, "t-levels t-stacks")
    return tag("div", box, _earlier(shown), class_="t-compact")


def _earlier(shown: MatrixView) -> Html:
    """Who told something in an earlier round only, column by column."""
    stale = [
        _("{name} ({count} places)", name=tr(one.name), count=f"{one.stale:,}")
        for one in shown.columns
        if one.stale
    ]
    if not stale:
        return Html()
    counts = ", ".join(stale)
    return tag(
        "p",
        _("Told of an earlier round only, without a light: {said}", said=counts),
        class_="t-sources",
    )


def _column(one: MatrixColumn, shown: MatrixView) -> Html:
    """The whole bar are the hospitals a column applies to."""
    counts: tuple[tuple[Status, int], ...] = (
        ("fail", one.red),
        ("watch", one.yellow),
        ("pass", one.green),
        ("none", one.expected - one.lit),
    )
    segments = joined(
        tag(
            "span",
            SIGNS[status],
            class_=f"t-segment t-{status}",
            style=f"width: {100 * count / max(1, one.expected):.2f}%",
        )
        for status, count in counts
        if count
    )
    bar = tag("span", segments, class_="t-bar-room t-stack", aria_hidden="true")
    cells = [tag("td", f"{count:,}", class_="t-number") for _status, count in counts]
    name = _name(one, shown)
    return tag(
        "tr", tag("th", name, *_apart(one), scope="row"), tag("td", bar, class_="t-bars"), *cells
    )


def _name(one: MatrixColumn, shown: MatrixView) -> Html | str:
    """A column leads to the page of its theme where it has one."""
    page, criterion = page_of(one.rule.of[0])
    name = tr(one.name)
    if page in (None, PAGE):
        return name
    return link(name, page, criterion=criterion, matrix="", period=str(shown.period))


def _apart(one: MatrixColumn) -> list[Html]:
    """Hospitals that are no part of the bar."""
    if not one.apart:
        return []
    return [tag("small", _("does not apply: {count}", count=f"{one.apart:,}"))]


def areas(shown: MatrixView) -> None:
    """The areas below by their red lights; a name leads into it."""
    if shown.ranking:
        st.html(_ranking(shown))


@cached_by_view
def _ranking(shown: MatrixView) -> Html:
    level = parse_area(shown.ranking[0].place.code).level
    head = (
        Column(_("District") if level is Level.DISTRICT else _("Province")),
        Column(_("Red lights"), number=True),
        Column(_("Hospitals with one"), number=True),
    )
    rows = [
        (
            link(tr(row.place.name), PAGE, area=row.place.code),
            f"{row.lights.red_lights:,}",
            f"{row.lights.red:,}/{row.lights.hospitals:,}",
        )
        for row in shown.ranking
    ]
    title = _("Areas by their red lights")
    return tag("div", table_html(title, head, rows), class_="t-compact t-long")
