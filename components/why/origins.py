"""The sources and as-of date of a view, and the open questions of its rules."""

from typing import Final

import streamlit as st

from components.parts import anatomy
from components.parts.anatomy import disclosure
from components.reader.language import _, tr
from components.reader.markup import Html
from components.reader.periods import moment_text
from components.reader.view_cache import cached_by_view
from components.why.rules import marks, quoted
from core.services.rules.origin import Origin

LEFT_OPEN: Final = "open"
"""The name of the line of open questions, where they are fetched."""


def show_origins(shown: Origin, *, later: bool = False) -> None:
    """The sources in small type, and behind a line the open questions of their rules.

    `later`: the questions are fetched when the line is opened, by the name `LEFT_OPEN`.
    """
    places: dict[str, list[str]] = {}
    for one in shown.citations:
        places.setdefault(tr(one.document), []).append(one.where)
    cited = (quoted(f"{document}, {'; '.join(where)}") for document, where in places.items())
    anatomy.sources(*filter(None, (_as_of(shown),)), *cited)
    if shown.questions or shown.assumptions:
        st.html(disclosure(_left_open_title(), why=LEFT_OPEN) if later else _left_open(shown))


def left_open(shown: Origin) -> Html:
    """The open questions of the rules behind some figures, and how each is read."""
    return marks(shown.questions, shown.assumptions, ())


@cached_by_view
def _left_open(shown: Origin) -> Html:
    return disclosure(_left_open_title(), left_open(shown))


def _left_open_title() -> str:
    return _("What the source leaves open, and how it is read here")


def _as_of(shown: Origin) -> str:
    if shown.made_at is None:
        return ""
    return _("As of {moment}", moment=moment_text(shown.made_at))
