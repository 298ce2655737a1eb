"""Texts as DrawingML: every run with its language and both typefaces, or Thai comes out wrong."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal
from xml.sax.saxutils import escape, quoteattr

from core.reports.deck.fitting import BREAK, LEADING
from core.reports.deck.look import INK
from core.reports.glyphs import SYMBOLS, TYPEFACE
from core.text import Language

Align = Literal["l", "ctr", "r"]

NO_BREAK: Final = "\u00a0"
"""A space at which no line ends."""
_SYMBOL_FACE: Final = "Segoe UI Symbol"
_SYMBOLS: Final = re.compile(f"([{re.escape(''.join(sorted(SYMBOLS)))}]+)")
_THAI: Final = re.compile("[\u0e00-\u0e7f]")
# A sans serif of the Thai character set: what to stand in where the face is not there.
_KIND: Final = 'pitchFamily="34" charset="-34"'


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph is written; `size` in points."""

    size: float
    bold: bool = False
    ink: str = INK
    align: Align = "l"


def attribute(text: str) -> str:
    """A text as the value of an attribute, in its quotation marks."""
    return quoteattr(text)


def paragraph(text: str, look: Look, language: Language, *, before: float = 0.0) -> str:
    """A paragraph with lines of a fixed height; `before` are points above it."""
    space = f'<a:spcBef><a:spcPts val="{before * 100:.0f}"/></a:spcBef>' if before else ""
    return (
        f'<a:p><a:pPr algn="{look.align}"><a:lnSpc>'
        f'<a:spcPts val="{look.size * LEADING * 100:.0f}"/></a:lnSpc>{space}</a:pPr>'
        f"{runs(text, look, language)}</a:p>"
    )


def runs(text: str, look: Look, language: Language) -> str:
    """The runs of a paragraph: letters in the typeface, symbols in a face that has them."""
    end = f"<a:br>{_properties('rPr', look, _spoken('', language), False)}</a:br>"
    return end.join(_line(line, look, language) for line in text.split(BREAK))


def _line(text: str, look: Look, language: Language) -> str:
    pieces = (piece for piece in _SYMBOLS.split(text) if piece)
    return "".join(
        f"<a:r>{_properties('rPr', look, _spoken(piece, language), piece[0] in SYMBOLS)}"
        f"<a:t>{escape(piece)}</a:t></a:r>"
        for piece in pieces
    ) or _properties("endParaRPr", look, _spoken(text, language), False)


def defaults(look: Look, language: Language, frame: str) -> str:
    """How all text of a part of a chart is written; `frame` says how it lies."""
    written = _properties("defRPr", look, _spoken("", language), False)
    end = _properties("endParaRPr", look, _spoken("", language), False)
    return f"<a:bodyPr {frame}/><a:lstStyle/><a:p><a:pPr>{written}</a:pPr>{end}</a:p>"


def field(kind: str, shown: str, look: Look, language: Language) -> str:
    """A paragraph of one field, such as the number of the slide."""
    return (
        f'<a:p><a:pPr algn="{look.align}"/><a:fld id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}"'
        f' type="{kind}">{_properties("rPr", look, _spoken("", language), False)}'
        f"<a:t>{escape(shown)}</a:t></a:fld></a:p>"
    )


def typefaces(face: str = TYPEFACE) -> str:
    """Both typefaces of a run."""
    return f'<a:latin typeface="{face}" {_KIND}/><a:cs typeface="{face}" {_KIND}/>'


def body(paragraphs: Iterable[str], *, anchor: str = "t", inset: float = 0.0) -> str:
    """The contents of a text frame that neither grows nor shrinks by itself."""
    edge = f"{inset * 12700:.0f}"
    return (
        f'<a:bodyPr wrap="square" lIns="{edge}" tIns="0" rIns="{edge}" bIns="0" anchor="{anchor}"'
        f' rtlCol="0"><a:noAutofit/></a:bodyPr><a:lstStyle/>{"".join(paragraphs)}'
    )


def _spoken(text: str, language: Language) -> str:
    return "th-TH" if language == "th" or _THAI.search(text) else "en-GB"


@cache
def _properties(tag: str, look: Look, spoken: str, is_symbol: bool) -> str:
    face = _SYMBOL_FACE if is_symbol else TYPEFACE
    symbol = f'<a:sym typeface="{face}"/>' if is_symbol else ""
    return (
        f'<a:{tag} lang="{spoken}" sz="{look.size * 100:.0f}" b="{look.bold:d}">'
        f'<a:solidFill><a:srgbClr val="{look.ink}"/></a:solidFill>'
        f"{typefaces(face)}{symbol}</a:{tag}>"
    )
