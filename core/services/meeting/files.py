"""The files of a report: what each kind is called, and who writes it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal, get_args

from core.figures.district_shapes import Shape
from core.reports.slide import AreaMap, Report
from core.services.geography.district_shapes import shapes_of
from core.text import Language, Text, say

Kind = Literal["deck", "document", "pdf", "xlsx"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

_OF_ONE: Final = ("facility", "star")
"""Pages about one hospital, or one network."""
_OFFICE: Final = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class FileKind:
    """What a kind of file is called on a button, its suffix and its media type."""

    name: Text
    suffix: str
    media_type: str
    write: Callable[[Report, Language], bytes]


def inspected(report: Report) -> Report:
    """What an inspection report tells of a meeting: areas, and each of their indicators once.

    Hospitals stand there among those that do not pass; where a meeting shows nothing but single
    hospitals and networks, it is about them.
    """
    titles: set[tuple[Text, ...]] = set()
    slides = []
    for slide in [one for one in report.slides if one.page not in _OF_ONE] or report.slides:
        keys = [(slide.place, one.name, one.target, one.result) for one in slide.indicators]
        pairs = zip(slide.indicators, keys, strict=True)
        slides.append(
            replace(slide, indicators=tuple(one for one, key in pairs if key not in titles))
        )
        titles.update(keys)
    return replace(report, slides=tuple(slides))


def _deck(report: Report, language: Language) -> bytes:
    from core.reports.deck.writer import deck  # noqa: PLC0415

    return deck(report, language, _districts(report))


def _districts(report: Report) -> Mapping[str, Shape]:
    """The shapes of the districts of every province that a map of it shows, where loaded."""
    maps = [one.figure for one in report.slides if isinstance(one.figure, AreaMap)]
    provinces = {f"P{one.focus[1:3]}" for one in maps if one.focus[:1] in ("P", "D")}
    return {
        code: Shape(str(path), (x, y, radius))
        for province in sorted(provinces)
        for code, (path, x, y, radius) in shapes_of(province).items()
    }


def _document(report: Report, language: Language) -> bytes:
    from core.reports.document.write import document  # noqa: PLC0415

    return document(inspected(report), language)


def _pdf(report: Report, language: Language) -> bytes:
    from core.reports.paper.pdf import pdf  # noqa: PLC0415

    return pdf(inspected(report), language)


def _xlsx(report: Report, language: Language) -> bytes:
    from core.reports.spreadsheet.write import spreadsheet  # noqa: PLC0415

    return spreadsheet(report, language)


# What writes a file is imported with the first one: no page needs it, and it takes a second.
FILES: Final[Mapping[Kind, FileKind]] = {
    "deck": FileKind(
        say("Slides (PowerPoint)"), "pptx", f"{_OFFICE}.presentationml.presentation", _deck
    ),
    "document": FileKind(
        say("Inspection report (Word)"), "docx", f"{_OFFICE}.wordprocessingml.document", _document
    ),
    "pdf": FileKind(say("Inspection report (PDF)"), "pdf", "application/pdf", _pdf),
    "xlsx": FileKind(
        say("Tables (Excel)"), "xlsx", f"{_OFFICE}.spreadsheetml.sheet", _xlsx
    ),
}  # fmt: skip


def written(kind: Kind, report: Report, language: Language) -> bytes:
    """The file of a report; the same report gives the same file."""
    return FILES[kind].write(report, language)
