"""The page of crisis levels: its filters, its key message and its tiles."""

import streamlit as st
from sqlalchemy import Engine

from components.areas import filters as area_filters
from components.areas.results import (
    level_change_tile,
    line_tile,
    place_breadcrumb,
)
from components.parts import anatomy
from components.reader.language import tr
from core.services.overview.crisis import CrisisView, crisis_view
from core.services.overview.history import until
from core.services.overview.view import View
from core.services.overview.wording import crisis_message
from core.services.rules.finance import CRISIS_AREA


def filter_row(engine: Engine, view: View) -> CrisisView:
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
    anatomy.headline(tr(crisis_message(shown)), place_breadcrumb(shown.chain, "crisis"))


def tiles(shown: CrisisView) -> None:
    """The lines that are judged, and how many hospitals moved."""
    drawn = []
    if shown.share and shown.share.reporting:
        judged = [line for line in shown.share.lines if line.limit is not None]
        past = list(until(shown.history, CRISIS_AREA, shown.period))
        drawn += [line_tile(line, shown.share, shown.share_before, past) for line in judged]
        whole = [line for line in shown.share.lines if line.number == shown.share.number]
        drawn += [line_tile(line, shown.share, shown.share_before, past) for line in whole[-1:]]
    if shown.before:
        drawn.append(level_change_tile(shown.rose, shown.fell))
    anatomy.tiles(drawn)
