"""Sources and as-of date under a view, and what is open about its rules."""

from datetime import timedelta, timezone
from typing import Final

import streamlit as st

from components import anatomy
from components.disclosure import disclosure
from components.language import _, current, tr
from components.rules import marks, quoted
from core.periods import BUDDHIST_ERA, month_name
from core.services.origin import Origin

_BANGKOK: Final = timezone(timedelta(hours=7))


def origins(shown: Origin) -> None:
    """The sources in small type, and behind a line the open questions of their rules."""
    cited = (quoted(f"{tr(one.document)}, {one.where}") for one in shown.citations)
    anatomy.sources(*filter(None, (_as_of(shown),)), *cited)
    if shown.questions or shown.assumptions:
        title = _("What the source leaves open, and how it is read here")
        st.html(disclosure(title, marks(shown.questions, shown.assumptions, ())))


def _as_of(shown: Origin) -> str:
    if shown.made_at is None:
        return ""
    moment = shown.made_at.astimezone(_BANGKOK)
    name = month_name(moment.month, current(), short=True)
    year = moment.year + BUDDHIST_ERA
    day = f"{moment.day} {name} {year} {moment:%H:%M}"
    return _("As of {moment}", moment=day)
