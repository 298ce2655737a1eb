"""What Word keeps in its XML and python-docx has no words for, each part where Word expects it."""

from typing import Any, Final

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run

TYPEFACE: Final = "TH SarabunPSK"
"""What Thai official letters are written in; its 16 points are as high as 11 of others."""
_SIZE: Final = 16
_BLUE: Final = RGBColor(0x1F, 0x5A, 0x8C)
_GREY: Final = "E8EFF5"
_STYLES: Final = (
    ("Normal", _SIZE, False), ("Title", 22, True), ("Subtitle", 18, True),
    ("Heading 1", 18, True), ("Heading 2", _SIZE, True), ("Caption", 14, False),
    ("Header", 14, False), ("Footer", 14, False), ("Table text", 14, False),
)  # fmt: skip
# What follows borders and shading among the properties of a paragraph; Word insists on the order.
_AFTER_SHADE: Final = (
    "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:overflowPunct",
    "w:topLinePunct", "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", "w:adjustRightInd",
    "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents",
    "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment", "w:textboxTightWrap",
    "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange",
)  # fmt: skip


def set_up(file: Any) -> None:
    """A4, the typeface of official letters for Thai and Latin letters, and their languages."""
    section = file.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.5), Cm(2)
    section.top_margin, section.bottom_margin = Cm(3), Cm(2.2)
    section.header_distance = section.footer_distance = Cm(1.2)
    file.styles.add_style("Table text", WD_STYLE_TYPE.PARAGRAPH)
    for name in ("Header", "Footer"):
        file.styles[name].paragraph_format.tab_stops.clear_all()
    for name, size, is_bold in _STYLES:
        _set_type(file.styles[name], size, is_bold=is_bold)


def set_bold(run: Run, *, is_bold: bool = True) -> None:
    """Bold for Latin letters and for Thai ones, which to Word are two things."""
    if is_bold:
        run.font.bold = run.font.cs_bold = True


def shade(paragraph: Paragraph, colour: str) -> None:
    """A colour, RRGGBB, behind a paragraph."""
    properties = paragraph.paragraph_format.element.get_or_add_pPr()
    properties.insert_element_before(_shade(colour), *_AFTER_SHADE)


def rule(paragraph: Paragraph, side: str) -> None:
    """A line at the top or bottom of a paragraph."""
    line = _element(side, val="single", sz="4", space="2", color="A6A6A6")
    borders = _element("pBdr")
    borders.append(line)
    properties = paragraph.paragraph_format.element.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", *_AFTER_SHADE)


def add_field(paragraph: Paragraph, name: str) -> None:
    """A number that Word counts itself: PAGE, NUMPAGES."""
    for part in (
        _element("fldChar", fldCharType="begin"),
        _element("instrText"),
        _element("fldChar", fldCharType="end"),
    ):
        if part.tag == qn("w:instrText"):
            part.text = f" {name} "
        paragraph.add_run()._r.append(part)


def repeat_head(table: Table) -> None:
    """The first row on every page, in its colour."""
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(_element("cantSplit"))
    properties.append(_element("tblHeader"))
    for cell in table._tbl.tr_lst[0].tc_lst:
        cell.get_or_add_tcPr().append(_shade(_GREY))


def keep_rows_whole(table: Table) -> None:
    """No row of it breaks over two pages."""
    for row in list(table.rows)[1:]:
        row._tr.get_or_add_trPr().append(_element("cantSplit"))


def _set_type(style: Any, size: int, *, is_bold: bool) -> None:
    is_heading = style.name.startswith("Heading")
    style.font.name, style.font.size, style.font.bold = TYPEFACE, Pt(size), is_bold
    style.font.italic, style.font.cs_italic, style.font.cs_bold = False, False, is_bold
    style.font.color.rgb = _BLUE if is_heading else RGBColor(0, 0, 0)
    style.paragraph_format.space_after = Pt(0 if style.name == "Table text" else 3)
    style.paragraph_format.space_before = Pt(10 if is_heading else 0)
    style.paragraph_format.line_spacing = 1.0
    if style.name in ("Title", "Subtitle"):
        style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for border in style.element.pPr.findall(qn("w:pBdr")):
            style.element.pPr.remove(border)
    _set_script(style.element.get_or_add_rPr(), size)


def _set_script(run: Any, size: int) -> None:
    """Thai is a complex script to Word: it has a typeface and a size of its own."""
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        run.rFonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        run.rFonts.set(qn(f"w:{script}"), TYPEFACE)
    for name in ("szCs", "lang"):
        for old in run.findall(qn(f"w:{name}")):
            run.remove(old)
    run.find(qn("w:sz")).addnext(_element("szCs", val=str(2 * size)))
    run.append(_element("lang", val="en-GB", bidi="th-TH"))


def _shade(colour: str) -> Any:
    return _element("shd", val="clear", color="auto", fill=colour)


def _element(name: str, **attributes: str) -> Any:
    element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element
