"""Figures on the page: in the colours of the reader's theme, with a table under each."""

import streamlit as st

from components.language import _, tr
from components.markup import tag
from components.numbers import score
from components.tables import Column, table
from core.figures.radar import Spoke
from core.figures.radar import radar as radar_figure
from core.figures.style import DARK, LIGHT, Palette
from core.services.assessment_result import RadarResult
from core.text import Text

# Nothing to press or to drag: every value is printed, and a finger scrolls past.
_STILL = {"staticPlot": True, "displayModeBar": False, "responsive": True}


def palette() -> Palette:
    """The colours of the theme the reader sees."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def has_values(result: RadarResult) -> bool:
    """Whether anything of a radar was handed in."""
    return any(spoke.value is not None for spoke in result.spokes)


def radar(result: RadarResult) -> None:
    """A radar: the target dashed, the self-assessed area filled, the value at each spoke."""
    st.html(tag("h3", tr(result.name), class_="t-figure"))
    spokes = [Spoke(tr(s.name), s.value, _shown(s.value)) for s in result.spokes]
    said = ", ".join(f"{spoke.name} {spoke.shown}" for spoke in spokes)
    full = score(result.scale)
    st.plotly_chart(
        radar_figure(spokes, result.scale, palette()),
        theme=None,
        config=_STILL,
        key=result.id,
        alt=_("Radar, target {full}: {said}", full=full, said=said),
    )
    legend = _("Dashed: target {full}. Filled: self-assessed. Each spoke runs from 0.", full=full)
    st.html(tag("p", legend, class_="t-sources"))


def radar_table(result: RadarResult, target: Text, assessed: Text) -> None:
    """The same as a table; `target` and `assessed` head its columns."""
    columns = (
        Column(_("Aspect")),
        Column(tr(target), number=True),
        Column(tr(assessed), number=True),
    )
    full = score(result.scale)
    rows = [(tr(spoke.name), full, _shown(spoke.value)) for spoke in result.spokes]
    table(tr(result.name), columns, rows)


def _shown(value: float | None) -> str:
    return _("not handed in") if value is None else score(value)
