"""Reads decks back: texts of slides, charts with their workbooks, tables, notes."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from zipfile import ZipFile

import openpyxl
from pptx import Presentation
from pptx.presentation import Presentation as Deck
from pptx.shapes.base import BaseShape
from pptx.slide import Slide

from core.reports.deck.writer import deck
from core.reports.glyphs import readable
from core.reports.slide import Report
from core.text import Language
from tests.core.reports import reports

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


@cache
def sample_file(language: Language = "th") -> bytes:
    """The sample as a file."""
    return deck(reports.sample(), language)


@cache
def wicked_file() -> bytes:
    return deck(reports.wicked(), "th")


def opened(file: bytes) -> Deck:
    return Presentation(io.BytesIO(file))


def slides(report: Report, language: Language = "th") -> list[Slide]:
    """The slides of a report as a file that was opened again."""
    return list(opened(deck(report, language)).slides)


def parts(file: bytes, ending: str = "") -> dict[str, bytes]:
    with ZipFile(io.BytesIO(file)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name.endswith(ending)}


def shapes(slide: Slide) -> Iterator[BaseShape]:
    """Every shape, those within groups too."""
    for shape in slide.shapes:
        yield shape
        if shape.shape_type == 6:
            yield from shape.shapes  # type: ignore[attr-defined]


def texts(slide: Slide) -> list[str]:
    """The text of every shape that has one."""
    return [text for shape in shapes(slide) if (text := said(shape))]


def said(shape: Any) -> str:
    """The text of a shape without the ends of its lines; empty where it has none."""
    return unbroken(shape.text_frame.text) if shape.has_text_frame else ""


def title(slide: Slide) -> str:
    """The title of a slide."""
    return said(slide.shapes.title)


def unbroken(text: str) -> str:
    """A text without the ends of lines that are not its own."""
    return text.replace("\v", "")


def notes(slide: Slide) -> str:
    if not slide.has_notes_slide:
        return ""
    frame = slide.notes_slide.notes_text_frame
    assert frame is not None
    return frame.text


@dataclass(frozen=True)
class ReadChart:
    """A chart as its XML has it: series by name, in order."""

    categories: list[str]
    series: dict[str, list[float | None]]
    element: Any
    workbook: list[tuple[object, ...]]


def charts(slide: Slide) -> list[ReadChart]:
    return [_read(shape.chart) for shape in slide.shapes if shape.has_chart]  # type: ignore[attr-defined]


def _read(chart: Any) -> ReadChart:
    space = chart.part._element
    every = list(space.iter(f"{C}ser"))
    names = [one.find(f"{C}tx").find(f".//{C}v").text or "" for one in every]
    sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
    assert sheet is not None
    return ReadChart(
        [text or "" for text in _values(every[0].find(f"{C}cat"))],
        {
            name: [None if v is None else float(v) for v in _values(one.find(f"{C}val"))]
            for name, one in zip(names, every, strict=True)
        },
        space,
        list(sheet.iter_rows(values_only=True)),
    )


def _values(held: Any) -> list[str | None]:
    count = int(held.find(f".//{C}ptCount").get("val"))
    found = {int(pt.get("idx")): pt.find(f"{C}v").text for pt in held.iter(f"{C}pt")}
    return [found.get(place) for place in range(count)]


def table(slide: Slide) -> list[list[str]]:
    (found,) = (shape.table for shape in slide.shapes if shape.has_table)  # type: ignore[attr-defined]
    return [[unbroken(cell.text) for cell in row.cells] for row in found.rows]


def plain(text: str) -> str:
    """A text as a slide holds it."""
    return readable(text).text
