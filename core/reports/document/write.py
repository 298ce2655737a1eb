"""An inspection report as a Word document."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Final

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate
from jinja2 import TemplateError

from core.errors import ReportError
from core.figures.drawing import BETWEEN, Drawing
from core.figures.printed.style import POINTS, TONES, size
from core.paths import DATA
from core.reports.archive import steady
from core.reports.content import Content, Section, content
from core.reports.document.columns import even_out
from core.reports.document.instructions import Instructions
from core.reports.document.markup import set_bold, shade
from core.reports.document.template import open_template
from core.reports.headings import headings
from core.reports.paper.png import pngs
from core.reports.slide import Report
from core.text import Language

_NAMES: Final = frozenset(field.name for field in fields(Content))
_AUTHOR: Final = "Truat"
_LONGEST_ALT: Final = 1_000


def standard_template(language: Language) -> Path:
    """The template that is used where an office has none of its own."""
    return DATA / "reports" / f"inspection-{language}.docx"


def document(report: Report, language: Language, template: Path | None = None) -> bytes:
    """The report in a language, written into a template; the same bytes for the same report.

    Figures are pictures, or tables where the libraries that draw are missing. `ReportError` R002 to
    R006 for a template that cannot be used, each naming the file and what is wrong.
    """
    path = template or standard_template(language)
    page = open_template(path)
    content_ = content(report, language)
    try:
        drawn = pngs([picture for section in content_.sections for picture in section.pictures])
    except ReportError:
        content_, drawn = content(report, language, draws=False), ()
    if content_.demonstration:
        _mark(page, content_.demonstration)
    pictured = _pictured(content_, iter(drawn), page)
    _render(page, {name: getattr(pictured, name) for name in _NAMES}, path.name)
    even_out(page.docx.element.body)
    _describe(page, content_, headings(language)["report"], report)
    written = io.BytesIO()
    page.save(written)
    return steady(written.getvalue())


@dataclass(frozen=True, slots=True)
class _Picture:
    """A picture that a template places where it likes; it becomes a part of what is rendered."""

    png: bytes
    drawing: Drawing
    page: DocxTemplate

    def __html__(self) -> str:
        wide, high = (Pt(units * POINTS) for units in size(self.drawing.svg))
        part = self.page.current_rendering_part
        inline = part.new_pic_inline(io.BytesIO(self.png), width=wide, height=high)
        inline.docPr.set("descr", BETWEEN.join(self.drawing.description)[:_LONGEST_ALT])
        drawing = OxmlElement("w:drawing")
        drawing.append(inline)
        xml = self.page.xml_to_string(drawing)
        return f'</w:t></w:r><w:r>{xml}</w:r><w:r><w:t xml:space="preserve">'


def _pictured(content_: Content, drawn: Iterator[bytes], page: DocxTemplate) -> Content:
    """The content with pictures for its drawings."""

    def one(section: Section) -> Section:
        made = tuple(_Picture(next(drawn), each, page) for each in section.pictures)
        return replace(section, pictures=made)

    sections = tuple(map(one, content_.sections))
    return replace(content_, sections=sections, annex=tuple(s for s in sections if s.facts))


def _render(page: DocxTemplate, context: dict[str, Any], file: str) -> None:
    try:
        page.render(context, Instructions(file, _NAMES), autoescape=True)
    except TemplateError as error:
        near = [line.strip() for line in getattr(error, "docx_context", ())]
        at = min(3, max((getattr(error, "lineno", None) or 1) - 1, 0))
        place = near[at] if at < len(near) else ""
        reason = error.message or type(error).__name__
        raise ReportError("R003", file=file, reason=reason, near=place[:80]) from error


def _mark(page: DocxTemplate, words: str) -> None:
    """The words above every page, whatever the template says."""
    for place, section in enumerate(page.docx.sections):
        heads = [section.header]
        if section.different_first_page_header_footer:
            heads.append(section.first_page_header)
        if page.docx.settings.odd_and_even_pages_header_footer:
            heads.append(section.even_page_header)
        for head in heads:
            if place and head.is_linked_to_previous:
                continue
            first = head.paragraphs[0] if head.paragraphs else head.add_paragraph()
            _write_mark(first.insert_paragraph_before(), words)


def _write_mark(paragraph: Paragraph, words: str) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    set_bold(paragraph.add_run(words))
    shade(paragraph, TONES["watch"].fill[1:])


def _describe(page: DocxTemplate, content_: Content, kind: str, report: Report) -> None:
    properties = page.docx.core_properties
    properties.title = f"{kind} {content_.place} {content_.period}"[:255]
    properties.author = properties.last_modified_by = _AUTHOR
    properties.created = properties.modified = report.as_of
    properties.revision = 1
