"""The empty presentation: 16 by 9, two layouts of our own, a theme of our type and colours."""

import io
import re
from functools import cache
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile

from pptx import Presentation
from pptx.oxml import parse_xml
from pptx.presentation import Presentation as PptxPresentation
from pptx.slide import SlideLayout, SlideMaster

from core.reports.deck.fitting import Frame
from core.reports.deck.look import (
    ACCENT,
    ACROSS,
    FLOOR,
    INK,
    KINDS,
    MANNERS,
    MARGIN,
    PAGE,
    PALE,
    QUIET,
    TOP,
    WHITE,
)  # fmt: skip
from core.reports.deck.sheet import NAMESPACES, emu, placed
from core.reports.deck.writing import Look, body, field, paragraph
from core.reports.glyphs import TYPEFACE

COVER, CONTENT = 0, 1
"""The layouts by number: of the first slide, and of all others."""
_NAMES: Final = ("Cover", "Content")
_USED_LAYOUTS: Final = (0, 5)
"""Of the layouts that come with the library."""
_UNUSED: Final = ("docProps/thumbnail.jpeg", "ppt/printerSettings/printerSettings1.bin")
_TITLES: Final = re.compile("<p:titleStyle>.*?</p:titleStyle>", re.DOTALL)
_TITLE_STYLE: Final = (
    '<p:titleStyle><a:lvl1pPr algn="l"><a:defRPr sz="3000" b="1"><a:solidFill><a:schemeClr'
    ' val="tx1"/></a:solidFill><a:latin typeface="+mj-lt"/><a:cs typeface="+mj-cs"/></a:defRPr>'
    "</a:lvl1pPr></p:titleStyle>"
)
"""How a title looks that somebody adds."""
_APPLICATION: Final = (
    "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>"
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Truat</Application></Properties>"
)
NUMBER_FRAME: Final = Frame(PAGE.width - MARGIN - 40, FLOOR + 8, 40, 16)
NUMBER_LOOK: Final = Look(12, bold=True, ink=QUIET, align="r")


def empty() -> PptxPresentation:
    """A presentation without a slide, one's own to fill."""
    return Presentation(io.BytesIO(_file()))


@cache
def _file() -> bytes:
    """The template as a file; made once."""
    made = Presentation()
    made.slide_width, made.slide_height = emu(PAGE.width), emu(PAGE.height)  # type: ignore[assignment]
    made.element.find(".//{*}sldSz").attrib.pop("type", None)
    layouts = list(made.slide_layouts)
    for number, layout in enumerate(layouts):
        if number not in _USED_LAYOUTS:
            made.slide_layouts.remove(layout)
    _write(made.slide_master, "Truat")
    for name, layout in zip(_NAMES, made.slide_layouts, strict=True):
        _write(layout, name)
    saved = io.BytesIO()
    made.save(saved)
    return _themed(saved.getvalue())


def _write(page: SlideMaster | SlideLayout, name: str) -> None:
    """Leave a master or a layout with a title and a number."""
    page.name = name
    tree = page.shapes.element
    for shape in list(tree)[2:]:
        tree.remove(shape)
    title = Frame(MARGIN, TOP, ACROSS, 84)
    words = paragraph("Title", Look(30, bold=True), "th")
    number = field("slidenum", "‹#›", NUMBER_LOOK, "th")
    shown = "ctrTitle" if name == _NAMES[COVER] else "title"
    for place, (kind, frame, text) in enumerate(
        ((f'type="{shown}"', title, words), ('type="sldNum" idx="4"', NUMBER_FRAME, number)),
        start=2,
    ):
        tree.append(
            parse_xml(
                f'<p:sp {NAMESPACES}><p:nvSpPr><p:cNvPr id="{place}" name="{_names(kind)}"/>'
                f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph {kind}/></p:nvPr>'
                f"</p:nvSpPr><p:spPr>{placed(frame)}"
                '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
                f"<p:txBody>{body([text])}</p:txBody></p:sp>"
            )
        )


def _names(kind: str) -> str:
    return "Number" if "sldNum" in kind else "Title"


def _themed(file: bytes) -> bytes:
    """The file with our theme, and without the parts nobody needs."""
    made = io.BytesIO()
    with ZipFile(io.BytesIO(file)) as before, ZipFile(made, "w", ZIP_DEFLATED) as after:
        for part in before.namelist():
            content = before.read(part)
            if part in _UNUSED:
                continue
            if part.endswith(".rels"):
                content = _unrelated(content)
            if part == "docProps/app.xml":
                content = _APPLICATION.encode()
            if part == "ppt/slideMasters/slideMaster1.xml":
                content = _TITLES.sub(_TITLE_STYLE, content.decode()).encode()
            if part == "ppt/theme/theme1.xml":
                content = _theme(content.decode()).encode()
            after.writestr(part, content)
    return made.getvalue()


def _unrelated(relations: bytes) -> bytes:
    """Relations without those to the parts nobody needs."""
    names = "|".join(re.escape(part.rpartition("/")[2]) for part in _UNUSED)
    return re.sub(rf'<Relationship [^>]*Target="[^"]*(?:{names})"[^>]*/>'.encode(), b"", relations)


def _theme(xml: str) -> str:
    colours = {
        "dk1": INK, "lt1": WHITE, "dk2": QUIET, "lt2": PALE,
        "accent1": ACCENT, "accent2": KINDS[1], "accent3": KINDS[2],
        "accent4": MANNERS["pass"].fill, "accent5": MANNERS["watch"].fill,
        "accent6": MANNERS["fail"].fill, "hlink": ACCENT, "folHlink": KINDS[2],
    }  # fmt: skip
    scheme = "".join(
        f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in colours.items()
    )
    faces = (
        f'<a:latin typeface="{TYPEFACE}"/><a:ea typeface=""/><a:cs typeface="{TYPEFACE}"/>'
        f'<a:font script="Thai" typeface="{TYPEFACE}"/>'
    )
    fonts = f"<a:majorFont>{faces}</a:majorFont><a:minorFont>{faces}</a:minorFont>"
    for tag, content in (("clrScheme", scheme), ("fontScheme", fonts)):
        xml = re.sub(
            rf"<a:{tag} .*?</a:{tag}>",
            f'<a:{tag} name="Truat">{content}</a:{tag}>',
            xml,
            flags=re.DOTALL,
        )
    return re.sub('<a:theme ([^>]*)name="[^"]*"', r'<a:theme \1name="Truat"', xml)
