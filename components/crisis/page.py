"""The page of crisis levels: its filters, its key message and its tiles."""

import streamlit as st
from sqlalchemy import Engine

from components.areas import filters as area_filters
from components.areas.tiles import line_tile, moved_tile
from components.areas.words import numbers, place_path
from components.parts import anatomy
from components.parts.shares import STATUSES, targets
from components.parts.status import word
from components.reader.language import _, tr
from core.services.overview.crisis import CrisisView, crisis_view
from core.services.overview.view import View


def filtered(engine: Engine, view: View) -> CrisisView:
    """The row of filters, and what they leave."""
    left, right, _rest = st.columns([1, 1, 1.5])
    with left:
        area_filters.month(view)
    shown = crisis_view(engine, view.period, view.area)
    with right:
        area_filters.region(view.regions, shown.chain)
    return shown


def heading(shown: CrisisView) -> None:
    """Where the reader is, and the sentence that says how it stands there."""
    place_path(shown.chain, "crisis")
    anatomy.headline(key_message(shown))


def key_message(shown: CrisisView) -> str:
    """How many hospitals are in crisis, against which target, and whether it is met."""
    place, share = tr(shown.area.name), shown.share
    if share is None or not share.reporting:
        return _("{place}: no hospital has reported for this month", place=place)
    return _(
        "{place}: {number} of {of} hospitals are at level {first}–{worst}"
        " · target {target} · {verdict}",
        place=place,
        **numbers(shown.edges),
        number=f"{share.number:,}",
        of=f"{share.over:,}",
        target=targets(share),
        verdict=word(STATUSES[share.verdict]),
    )


def tiles(shown: CrisisView) -> None:
    """The lines that are judged, and how many hospitals moved."""
    found = []
    if shown.share and shown.share.reporting:
        judged = [line for line in shown.share.lines if line.limit is not None]
        found += [line_tile(line, shown.share, shown.share_before) for line in judged]
        whole = [line for line in shown.share.lines if line.number == shown.share.number]
        found += [line_tile(line, shown.share, shown.share_before) for line in whole[-1:]]
    if shown.before:
        found.append(moved_tile(shown.rose, shown.fell))
    anatomy.tiles(found)
