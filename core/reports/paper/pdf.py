"""An inspection report as a PDF on A4."""

import hashlib
from dataclasses import asdict
from functools import cache
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from core.figures.wrapping import phrases, room, words
from core.paths import DATA
from core.reports.content import Content, content
from core.reports.headings import headings
from core.reports.paper.engine import write_pdf
from core.reports.slide import Report
from core.text import Language

_FOLDER: Final = DATA / "reports"
_LONGEST: Final = 20
"""Places of a word, or of a word and its figure, that stay in one line."""


def pdf(report: Report, language: Language) -> bytes:
    """The report in a language; the same bytes for the same report.

    `ReportError` R001 where the libraries that lay out pages are missing.
    """
    content_ = content(report, language)
    html = _template().render(
        content=content_,
        language=language,
        words=headings(language),
        created=f"{report.as_of:%Y-%m-%dT%H:%M:%S}Z",
    )
    return write_pdf(
        html, (_FOLDER / "paper.css").read_text(encoding="utf-8"), _identifier(content_)
    )


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    # Drawings are our own, the names in them escaped when they were drawn.
    environment.filters["drawn"] = Markup
    environment.filters["whole"] = _whole
    return environment.get_template("paper.html")


def _whole(text: str, most: int = _LONGEST) -> Markup:
    """A text whose lines end between words: the engine would break Thai words of several parts.

    Only words of at most so many places are kept whole, for which a column has room.
    """
    return Markup().join(_piece(one, most) for one in phrases(words(text)) if one)


def _piece(phrase: str, most: int) -> Markup:
    word = phrase.rstrip()
    span = Markup('<span class="word">{}</span>')
    piece = span.format(word) if room(word) <= most else escape(word)
    return piece + (" " if word != phrase else Markup("<wbr>"))


def _identifier(content_: Content) -> bytes:
    """What tells this PDF from others, for the library would take a number at random."""
    return hashlib.sha256(repr(asdict(content_)).encode()).digest()[:16]
