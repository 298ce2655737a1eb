"""Support between the hospitals of a province or district, behind a line of the crisis page."""

from typing import Final

import streamlit as st
from sqlalchemy import Engine

from components.areas.support import hospitals_table
from components.parts.anatomy import disclosure
from components.reader.language import _, tr
from components.reader.markup import Html, joined, tag
from components.reader.view_cache import cached_by_view
from core.services.books.support import support
from core.services.books.support_text import about_support
from core.services.overview.crisis import CrisisView

_WIDE: Final = ("TH", "R")
"""Areas of too many hospitals: a province is chosen first."""


def show(engine: Engine, shown: CrisisView) -> None:
    """What the hospitals of a province or district received and gave, beside their levels."""
    if shown.hospitals and not shown.area.code.startswith(_WIDE):
        st.html(_line(engine, shown))


@cached_by_view
def _line(engine: Engine, shown: CrisisView) -> Html:
    places = [one.place for one in shown.hospitals]
    transfers = support(engine, [place.code for place in places], shown.period)
    table = hospitals_table(shown.area, shown.period, places, transfers)
    content = joined((tag("p", tr(about_support())), table))
    return disclosure(_("Support between hospitals"), content)
