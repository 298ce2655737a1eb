"""Speaker notes: one's own note, every figure with its cell, all sources, and what was changed."""

from collections.abc import Iterable, Iterator
from typing import Final

from pptx.oxml import parse_xml

from core.reports.deck.sheet import NAMESPACES, Sheet
from core.reports.deck.writing import Look, body
from core.reports.glyphs import code_points
from core.reports.slide import Fact, Slide
from core.text import Text, say

Block = tuple[Text, list[str]]
"""A heading and its lines."""

_HEAD: Final = Look(12, bold=True)
_PLAIN: Final = Look(12)
_TAG: Final = "{http://schemas.openxmlformats.org/presentationml/2006/main}txBody"


def put_notes(sheet: Sheet, slide: Slide) -> None:
    """Write the notes of a slide that is written otherwise, for what it changed is told in them."""
    whole = (line.whole for line in slide.lines)
    write_notes(
        sheet,
        [
            (say("Note"), [sheet.read(line) for line in slide.note.splitlines()]),
            (say("Told shorter on the slide"), [sheet.read(one) for one in whole if one]),
            (
                say("Figures and where they came from"),
                [_fact_line(sheet, one) for one in slide.facts],
            ),
            (say("Target"), [sheet.read(slide.target)] if slide.target else []),
            (say("Sources"), [sheet.read(one) for one in slide.sources]),
            *remarks(sheet),
        ],
    )


def remarks(sheet: Sheet) -> list[Block]:
    """What was changed in the texts of a slide."""
    lacking = [code_points(tuple(sheet.replaced))] if sheet.replaced else []
    return [
        (say("Cut on the slide, here in full"), list(sheet.cut)),
        (say("Characters the typeface does not have"), lacking),
    ]


def write_notes(sheet: Sheet, blocks: Iterable[Block]) -> None:
    """Write notes under headings; blocks without a line are left out."""
    written = [one for head, lines in blocks for one in _block(sheet, head, lines)]
    if not written:
        return
    shape = sheet.slide.notes_slide.notes_placeholder
    if shape is None:
        return
    element = shape.element
    text = parse_xml(f"<p:txBody {NAMESPACES}>{body(written)}</p:txBody>")
    element.replace(element.find(_TAG), text)


def _block(sheet: Sheet, head: Text, lines: Iterable[str]) -> Iterator[str]:
    filled = [line for line in lines if line]
    if filled:
        yield sheet.paragraph(sheet.read(head), _HEAD, before=6)
        yield from (sheet.paragraph(line, _PLAIN) for line in filled)


def _fact_line(sheet: Sheet, fact: Fact) -> str:
    origin = say("origin not known") if fact.origin is None else fact.origin
    line, place = f"{sheet.read(fact.name)}: {sheet.read(fact.shown)}", sheet.read(origin)
    return f"{line} ({place})" if place else line
