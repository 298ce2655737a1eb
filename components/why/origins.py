"""The sources and as-of date of a view, and the open questions of its rules."""

import streamlit as st

from components.parts import anatomy
from components.parts.anatomy import disclosure
from components.reader.language import _, tr
from components.reader.markup import Html
from components.reader.periods import moment_text
from components.reader.view_cache import cached_by_view
from components.why.rules import marks, quoted
from core.services.rules.origin import Origin


def show_origins(shown: Origin) -> None:
    """The sources in small type, and behind a line the open questions of their rules."""
    places: dict[str, list[str]] = {}
    for one in shown.citations:
        places.setdefault(tr(one.document), []).append(one.where)
    cited = (quoted(f"{document}, {'; '.join(where)}") for document, where in places.items())
    anatomy.sources(*filter(None, (_as_of(shown),)), *cited)
    if shown.questions or shown.assumptions:
        st.html(_left_open(shown))


@cached_by_view
def _left_open(shown: Origin) -> Html:
    title = _("What the source leaves open, and how it is read here")
    return disclosure(title, marks(shown.questions, shown.assumptions, ()))


def _as_of(shown: Origin) -> str:
    if shown.made_at is None:
        return ""
    return _("As of {moment}", moment=moment_text(shown.made_at))
