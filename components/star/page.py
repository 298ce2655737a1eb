"""Stored self-assessments on the page: networks side by side, one in full, and its versions."""

from collections.abc import Sequence
from statistics import median

import streamlit as st

from components.areas import filters as area_filters
from components.areas.results import place_breadcrumb
from components.parts import anatomy, charts
from components.parts.tables import Column, table_html
from components.reader.language import _, tr
from components.reader.links import link
from components.reader.markup import Html, joined, tag
from components.reader.numbers import NONE, score, whole
from components.why.verified import linked_mark
from core.figures.province_map import share_tone
from core.services.profiles.networks import FORM, Network, Section, StarView
from core.services.profiles.wording import star_message
from core.services.rules.verified.wording import STAGES, mark_text
from core.store.assessments.rows import Key, Stage
from core.text import say

_STARS = 5
_SIDE_BY_SIDE = 2
"""Radars in a row: more would cut their tables on a projector."""


def heading(shown: StarView) -> None:
    """Where the reader is, and the sentence that says how it stands."""
    anatomy.headline(tr(star_message(shown)), place_breadcrumb(shown.chain, "star"))


def filter_row(shown: StarView) -> None:
    """The fiscal year and the region."""
    wide, middle, _rest = st.columns([1, 1, 1.5])
    with wide:
        area_filters.period(_("Period"), shown.periods, shown.period)
    with middle:
        area_filters.region(shown.regions, shown.chain)


def tiles(shown: StarView) -> None:
    """The sections of one network against their full marks; of an area the middle ones."""
    rows = (shown.chosen,) if shown.chosen else shown.networks
    columns = {section.id: [one.scores[section.id] for one in rows] for section in shown.sections}
    columns[shown.total.id] = [one.total for one in rows]
    drawn = [_tile(section, columns[section.id]) for section in (*shown.sections, shown.total)]
    if rows:
        drawn.append(_verified_tile(rows, shown.total.out_of))
    anatomy.tiles(drawn)


def _tile(section: Section, scores: Sequence[float | None]) -> anatomy.Tile:
    """The score of one network, or the middle one of several."""
    known = [value for value in scores if value is not None]
    middle = _("the middle of {count} networks", count=f"{len(known):,}")
    return anatomy.Tile(
        label=tr(section.name),
        value=score(median(known)) if known else NONE,
        target=whole(section.out_of),
        change=middle if len(scores) > 1 else "",
    )


def _verified_tile(rows: Sequence[Network], out_of: float) -> anatomy.Tile:
    """The total by verified scores beside that of the own ones, and how far it is verified."""
    wholly = sum(one.mark.stage >= Stage.VERIFIED for one in rows)
    locked = sum(one.mark.stage is Stage.LOCKED for one in rows)
    if len(rows) == 1:
        (one,) = rows
        return anatomy.Tile(
            label=_("By verified scores"),
            value=NONE if one.verified is None else score(one.verified),
            target=whole(out_of),
            change=tr(mark_text(one.mark)),
        )
    return anatomy.Tile(
        label=tr(STAGES[Stage.VERIFIED]),
        value=f"{wholly:,}/{len(rows):,}",
        unit=_("networks"),
        change=_("{count} locked", count=f"{locked:,}"),
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
        Column(_("Stars (of 5)")),
        Column(_("Province")),
        *(Column(tr(section.name), number=True) for section in shown.sections),
        Column(_("Grand total (assumed)"), number=True),
        Column(_("By verified scores"), number=True),
        Column(_("State")),
    )
    rows = [_row(one, shown) for one in shown.networks]
    title = _("District health networks by their total")
    st.html(tag("div", table_html(title, columns, rows), class_="t-compact"))


def _row(one: Network, shown: StarView) -> Sequence[str]:
    here = shown.chosen is not None and one.place.code == shown.chosen.place.code
    name = tr(one.place.name)
    return (
        tag("strong", name) if here else link(name, "star", area=one.place.code),
        stars(one.total, shown.total.out_of),
        link(tr(one.province.name), "star", area=one.province.code),
        *(_coloured(one.scores[section.id], section) for section in shown.sections),
        _coloured(one.total, shown.total),
        NONE if one.verified is None else score(one.verified),
        linked_mark(Key(FORM, one.place.code, shown.period), one.mark),
    )


def stars(points: float | None, full: float) -> Html | str:
    """Points as stars, five at full marks as a spoke of the radar has; parts of a star are drawn.

    No source prints from how many points on a network has how many stars, so nothing is rounded.
    """
    if points is None or not full:
        return NONE
    out_of_five = score(_STARS * points / full)
    filled = f"--filled: {100 * points / full:.1f}%"
    drawn = tag("span", "★" * _STARS, class_="t-stars", style=filled, aria_hidden="true")
    return joined((drawn, " ", out_of_five))


def _coloured(points: float | None, section: Section) -> Html | str:
    """Points in the colour of the fifth of full marks they lie in."""
    if points is None:
        return NONE
    fifth = share_tone(100 * points / section.out_of).removeprefix("s")
    return tag("span", score(points), class_=f"t-status t-share-{fifth}")
