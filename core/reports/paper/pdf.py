"""An inspection report as a PDF on A4."""

import hashlib
from dataclasses import asdict
from functools import cache
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from core.paths import DATA
from core.reports.content import Content, content
from core.reports.headings import headings
from core.reports.paper.engine import write_pdf
from core.reports.slide import Report
from core.text import Language

_FOLDER: Final = DATA / "reports"


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
    return environment.get_template("paper.html")


def _identifier(content_: Content) -> bytes:
    """What tells this PDF from others, for the library would take a number at random."""
    return hashlib.sha256(repr(asdict(content_)).encode()).digest()[:16]
