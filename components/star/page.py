"""Stored self-assessments on the page: networks side by side, one in full, and its versions."""

from collections.abc import Sequence

import streamlit as st

from components.areas import filters as area_filters
from components.areas.results import place_breadcrumb
from components.parts import anatomy, charts
from components.parts.tables import Column, table_html
from components.reader.language import _, tr
from components.reader.links import link
from components.reader.markup import tag
from components.reader.numbers import NONE, score, whole
from core.areas import Level, parse_area
from core.services.profiles.networks import Network, StarView
from core.text import say

_SIDE_BY_SIDE = 2
"""Radars in a row: more would cut their tables on a projector."""


def heading(shown: StarView) -> None:
    """Where the reader is, and the sentence that says how it stands."""
    place_breadcrumb(shown.chain, "star")
    anatomy.headline(key_message(shown))


def key_message(shown: StarView) -> str:
    """One network's total, or how many networks sent an assessment and between which totals."""
    place, year = tr(shown.area.name), shown.period.fiscal_year
    if parse_area(shown.area.code).level is Level.DISTRICT:
        if shown.chosen is None:
            return _("{place}: no self-assessment of FY {year} is stored", place=place, year=year)
        out_of = whole(shown.total.out_of)
        total = score(shown.chosen.total)
        return _("{place}: {total} of {full} points", place=place, total=total, full=out_of)
    totals = [one.total for one in shown.networks if one.total is not None]
    if not totals:
        return _("{place}: no self-assessment of FY {year} is stored", place=place, year=year)
    return _(
        "{place}: {count} networks assessed themselves, from {low} to {high} of {full} points",
        place=place,
        count=len(shown.networks),
        low=score(min(totals)),
        high=score(max(totals)),
        full=whole(shown.total.out_of),
    )


def filter_row(shown: StarView) -> None:
    """The fiscal year and the region."""
    wide, middle, _rest = st.columns([1, 1, 1.5])
    with wide:
        area_filters.period(_("Period"), shown.periods, shown.period)
    with middle:
        area_filters.region(shown.regions, shown.chain)


def tiles(shown: StarView) -> None:
    """The sections of one network with their full marks; of an area the middle ones."""
    one = shown.chosen
    if one is None:
        return
    parts = [(section, one.scores[section.id]) for section in shown.sections]
    anatomy.tiles(
        [
            anatomy.Tile(
                label=tr(section.name),
                value=score(value),
                change=_("of {full}", full=whole(section.out_of)),
            )
            for section, value in (*parts, (shown.total, one.total))
        ]
    )


def radars(shown: StarView) -> None:
    """The radars of one network, each with its table."""
    drawn = [one for one in shown.radars if charts.has_values(one)]
    for first in range(0, len(drawn), _SIDE_BY_SIDE):
        row = drawn[first : first + _SIDE_BY_SIDE]
        for column, one in zip(st.columns(_SIDE_BY_SIDE), row, strict=False):
            with column:
                charts.radar(one)
                charts.radar_table(one, say("Target"), say("Self-assessed"))


def networks(shown: StarView) -> None:
    """Every network of the area, or those beside the one looked at, the best first."""
    if not shown.networks:
        return
    columns = (
        Column(_("District health network")),
        Column(_("Province")),
        *(Column(tr(section.name), number=True) for section in shown.sections),
        Column(_("Grand total ∅"), number=True),
    )
    rows = [_row(one, shown) for one in shown.networks]
    title = _("District health networks by their total")
    st.html(tag("div", table_html(title, columns, rows), class_="t-compact"))


def _row(one: Network, shown: StarView) -> Sequence[str]:
    here = shown.chosen is not None and one.place.code == shown.chosen.place.code
    name = tr(one.place.name)
    return (
        tag("strong", name) if here else link(name, "star", area=one.place.code),
        link(tr(one.province.name), "star", area=one.province.code),
        *(score(one.scores[section.id]) for section in shown.sections),
        score(one.total) if one.total is not None else NONE,
    )
