"""One slide while it is written: shapes in their frames, and what was changed in its texts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final

from pptx.opc.package import Part
from pptx.oxml import parse_xml
from pptx.slide import Slide as PptxSlide

from core.reports.deck import fitting
from core.reports.deck.fitting import Fitted, Frame
from core.reports.deck.writing import Look, attribute, body, paragraph
from core.reports.glyphs import readable
from core.text import Language, Text

NAMESPACES: Final = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_EMU: Final = 12700


def emu(points: float) -> int:
    """Points in the unit of the file."""
    return round(points * _EMU)


@dataclass
class Sheet:
    """A slide of the file; `replaced` and `cut` are told in its notes."""

    slide: PptxSlide
    language: Language
    number: int
    replaced: dict[str, None] = field(default_factory=dict)
    cut: dict[str, None] = field(default_factory=dict)
    _ids: Any = field(default_factory=lambda: count(2))

    @property
    def part(self) -> Part:
        return self.slide.part

    def read(self, text: Text | str) -> str:
        """A text in the language of the deck, without what no slide can show."""
        text_ = readable(text if isinstance(text, str) else text.in_(self.language))
        self.replaced |= dict.fromkeys(text_.replaced)
        return text_.text

    def fitted(
        self,
        text: Text | str,
        room: tuple[float, int],
        sizes: Sequence[float],
        *,
        bold: bool = False,
    ) -> Fitted:
        """A text at the largest size at which it fits, see `fitting.fitted`."""
        whole = self.read(text)
        fit = fitting.fitted(whole, room, sizes, bold=bold)
        if fit.is_cut:
            self.cut[whole] = None
        return fit

    def short(
        self, text: Text | str, across: float, size: float, *, lines: int = 1, bold: bool = False
    ) -> Fitted:
        """A text of one size, cut where it is longer than its lines."""
        return self.fitted(text, (across, lines), (size,), bold=bold)

    def paragraph(self, text: str, look: Look, *, before: float = 0.0) -> str:
        """A paragraph in the language of the deck."""
        return paragraph(text, look, self.language, before=before)

    def text(
        self, name: str, frame: Frame, paragraphs: Iterable[str], *, anchor: str = "t"
    ) -> None:
        """A text box."""
        self.add(
            f"<p:sp {NAMESPACES}>{self.head(name)}"
            f'<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr>{placed(frame)}'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr>'
            f"<p:txBody>{body(paragraphs, anchor=anchor)}</p:txBody></p:sp>"
        )

    def placeholder(
        self, kind: str, name: str, frame: Frame, paragraphs: Iterable[str], anchor: str = "t"
    ) -> None:
        """What the outline and screen readers know as the title or the number of a slide."""
        self.add(
            f"<p:sp {NAMESPACES}>{self.head(name)}"
            f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph {kind}/></p:nvPr>'
            f"</p:nvSpPr><p:spPr>{placed(frame)}</p:spPr>"
            f"<p:txBody>{body(paragraphs, anchor=anchor)}</p:txBody></p:sp>"
        )

    def box(
        self,
        name: str,
        frame: Frame,
        fill: str,
        paragraphs: Iterable[str] = (),
        shape: str = "rect",
        description: str = "",
    ) -> None:
        """A filled shape, with text in its middle where there is some."""
        self.add(self.boxed(name, frame, fill, paragraphs, shape, description))

    def boxed(
        self,
        name: str,
        frame: Frame,
        fill: str,
        paragraphs: Iterable[str] = (),
        shape: str = "rect",
        description: str = "",
    ) -> str:
        """A filled shape as XML, to go into a group."""
        text = "".join(paragraphs) or "<a:p/>"
        return (
            f"<p:sp {NAMESPACES}>{self.head(name, description)}"
            f'<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>{placed(frame)}<a:prstGeom prst="{shape}">'
            f'<a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="{fill}"/></a:solidFill>'
            "<a:ln><a:noFill/></a:ln></p:spPr>"
            f"<p:txBody>{body([text], anchor='ctr')}</p:txBody></p:sp>"
        )

    def line(
        self, name: str, start: tuple[float, float], end: tuple[float, float], ink: str
    ) -> None:
        """A thin straight line."""
        frame = Frame(*start, end[0] - start[0], end[1] - start[1])
        self.add(
            f"<p:cxnSp {NAMESPACES}>{self.head(name, tag='nvCxnSpPr')}<p:cNvCxnSpPr/><p:nvPr/>"
            f'</p:nvCxnSpPr><p:spPr>{placed(frame)}<a:prstGeom prst="line"><a:avLst/></a:prstGeom>'
            f'<a:ln w="9525"><a:solidFill><a:srgbClr val="{ink}"/></a:solidFill></a:ln></p:spPr>'
            "</p:cxnSp>"
        )

    def head(self, name: str, description: str = "", tag: str = "nvSpPr") -> str:
        """The beginning of a shape: its number, its name, and what is read out for it."""
        attribute_ = f" descr={attribute(description)}" if description else ""
        return f'<p:{tag}><p:cNvPr id="{next(self._ids)}" name={attribute(name)}{attribute_}/>'

    def add(self, xml: str) -> None:
        """Put a shape on the slide, above those that are there."""
        self.slide.shapes.element.append(parse_xml(xml))


def placed(frame: Frame) -> str:
    """A frame as DrawingML."""
    return (
        f'<a:xfrm><a:off x="{emu(frame.x)}" y="{emu(frame.y)}"/>'
        f'<a:ext cx="{emu(frame.width)}" cy="{emu(frame.height)}"/></a:xfrm>'
    )
