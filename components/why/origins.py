"""The sources and as-of date of a view, and the open questions of its rules."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

import streamlit as st

from components.parts.anatomy import disclosure
from components.reader.language import _, tr
from components.reader.markup import Html, joined, tag
from components.reader.periods import moment_text, period_text
from components.reader.view_cache import cached_by_view
from components.why.rules import marks, quoted
from components.why.verified import marks_line
from core.services.exports.workbook import Head
from core.services.geography.country import Place
from core.services.rules.explanation import Citation
from core.services.rules.origin import Origin
from core.services.rules.verified.wording import marks_text
from core.store.engine.settings import chosen

LEFT_OPEN: Final = "open"
"""The name of the line of open questions, where they are fetched."""


def show_origins(shown: Origin, *, later: bool = False) -> None:
    """Period, moment and sources in small type, and behind a line the open questions of the rules.

    What is taken away from the page repeats them: static/takeaway/page.js reads them by class.
    `later`: the questions are fetched when the line is opened, by the name `LEFT_OPEN`; sources
    are their documents alone.
    """
    st.html(_later(shown) if later else _origins(shown))


@cached_by_view
def _later(shown: Origin) -> Html:
    line = disclosure(_left_open_title(), why=LEFT_OPEN)
    # Where in a document is said by the why of each line.
    colophon = _colophon(replace(shown, citations=_documents(shown)))
    return joined((colophon, line if _is_open(shown) else ""))


def _documents(shown: Origin) -> tuple[Citation, ...]:
    documents = dict.fromkeys(one.document for one in shown.citations)
    return tuple(Citation(document, "") for document in documents)


@cached_by_view
def _origins(shown: Origin) -> Html:
    line = disclosure(_left_open_title(), left_open(shown)) if _is_open(shown) else ""
    return joined((_colophon(shown), line))


def _is_open(shown: Origin) -> bool:
    """Whether the rules behind it left anything open."""
    return bool(shown.questions or shown.assumptions)


def _colophon(shown: Origin) -> Html:
    places: dict[str, list[str]] = {}
    for one in shown.citations:
        places.setdefault(tr(one.document), []).append(one.where)
    lines = [tag("span", period_text(shown.period), class_="t-period")]
    if shown.made_at is not None:
        lines.append(tag("span", _as_of(shown.made_at), class_="t-moment"))
    if shown.verified:
        lines.append(marks_line(shown.verified))
    lines += [_source(document, where) for document, where in places.items()]
    kind = "t-sources t-colophon"
    return tag("p", joined(lines, " · "), class_=kind, data_period=str(shown.period))


def left_open(shown: Origin) -> Html:
    """The open questions of the rules behind some figures, and how each is read."""
    # Rules that are read by one switch ask the same question.
    return marks(dict.fromkeys(shown.questions), dict.fromkeys(shown.assumptions), ())


def head_of(title: str, chain: Sequence[Place], shown: Origin) -> Head:
    """What stands above a table that is taken away whole; static/takeaway says the same."""
    invented = _("Demonstration: all hospitals and figures are invented.")
    documents = " · ".join(dict.fromkeys(tr(one.document) for one in shown.citations))
    lines = (
        invented if chosen() == "demo" else "",
        " › ".join(tr(place.name) for place in chain),
        period_text(shown.period),
        _as_of(shown.made_at) if shown.made_at else "",
        *(tr(marks_text(one)) for one in shown.verified),
        _("Source: {source}", source=documents) if documents else "",
    )
    return Head(title, tuple(filter(None, lines)))


def _source(document: str, where: Sequence[str]) -> Html:
    name = tag("span", quoted(document), class_="t-document")
    places = "; ".join(filter(None, where))
    return tag("span", name, ", ", quoted(places)) if places else tag("span", name)


def _left_open_title() -> str:
    return _("What the source leaves open, and how it is read here")


def _as_of(made_at: datetime) -> str:
    return _("As of {moment}", moment=moment_text(made_at))
