"""Radars of assessments with their tables, and what all charts share."""

from collections.abc import Collection
from functools import lru_cache

import streamlit as st

from components.parts.figures import Figure, figures
from components.parts.tables import Column, table
from components.reader.language import _, tr
from components.reader.numbers import score
from core.figures.radar import Spoke
from core.figures.radar import radar as radar_figure
from core.figures.style import DARK, LIGHT, Palette
from core.services.scored.assessment import RadarResult, SpokeResult
from core.text import Text

_drawn = lru_cache(maxsize=256)(radar_figure)


def palette() -> Palette:
    """The colours of the light or dark theme the reader uses."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def has_values(result: RadarResult) -> bool:
    """Whether any spoke of a radar has a value."""
    return any(spoke.value is not None for spoke in result.spokes)


def radar(result: RadarResult, flawed: Collection[str] = ()) -> None:
    """A radar: the target dashed, the self-assessed area filled, the value at each spoke.

    `flawed` names the spokes with an item in error, which counts as 0.
    """
    title, full = tr(result.name), score(result.scale)
    spokes = tuple(Spoke(tr(s.name), s.value, _shown(s, flawed)) for s in result.spokes)
    legend = [_("Dashed: target {full}. Filled: self-assessed. Each spoke runs from 0.", full=full)]
    if any(spoke.id in flawed for spoke in result.spokes):
        legend.append(_("✕ An item in error counts as 0."))
    drawn = _drawn(result.id, title, spokes, result.scale)
    figures(result.id, [Figure(title, drawn, " ".join(legend))])


def radar_table(
    result: RadarResult, target: Text, assessed: Text, flawed: Collection[str] = ()
) -> None:
    """The values of a radar as a table; `target` and `assessed` head its columns."""
    columns = (
        Column(_("Aspect")),
        Column(tr(target), number=True),
        Column(tr(assessed), number=True),
    )
    full = score(result.scale)
    rows = [(tr(spoke.name), full, _shown(spoke, flawed)) for spoke in result.spokes]
    table(tr(result.name), columns, rows)


def _shown(spoke: SpokeResult, flawed: Collection[str]) -> str:
    if spoke.value is None:
        return _("not handed in")
    return f"✕ {score(spoke.value)}" if spoke.id in flawed else score(spoke.value)
