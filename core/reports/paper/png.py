"""Drawings as pictures, for files that cannot hold them as they are."""

import io
from collections.abc import Sequence
from typing import Final

import pypdfium2

from core.figures.drawing import Drawing
from core.figures.printed.style import POINTS, size
from core.reports.paper.engine import write_pdf

DOTS: Final = 200
"""Dots of a picture to an inch."""


def pngs(drawings: Sequence[Drawing]) -> tuple[bytes, ...]:
    """A PNG of each drawing, in their order; `ReportError` R001 where nothing can be laid out."""
    if not drawings:
        return ()
    sheets, pages = [], []
    for at, drawing in enumerate(drawings):
        wide, high = (units * POINTS for units in size(drawing.svg))
        sheets.append(f"@page p{at} {{ size: {wide:.2f}pt {high:.2f}pt; margin: 0 }}\n")
        pages.append(f'<div style="page: p{at}">{drawing.svg}</div>')
    css = "".join(sheets) + "body { margin: 0 } svg { display: block }"
    document = pypdfium2.PdfDocument(write_pdf("".join(pages), css, b"pictures"))
    try:
        return tuple(_png(document[at]) for at in range(len(drawings)))
    finally:
        document.close()


def _png(page: pypdfium2.PdfPage) -> bytes:
    written = io.BytesIO()
    page.render(scale=DOTS / 72).to_pil().save(written, "PNG", optimize=True)
    return written.getvalue()
