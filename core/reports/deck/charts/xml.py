"""Charts as DrawingML: the pieces bars, trends and radars are made of.

Numbers are those of the figure, unrounded; a missing one has no point at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

from core.reports.deck.look import INK, QUIET, RULE, SMALL
from core.reports.deck.writing import Look, attribute, defaults, runs
from core.text import Language

CATEGORIES, VALUES = 111_111_111, 222_222_222
"""Numbers of the two axes."""
_NAMESPACES: Final = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_HIDDEN: Final = (
    '<c:showLegendKey val="0"/><c:showVal val="0"/><c:showCatName val="0"/>'
    '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
)
_SHOWN: Final = _HIDDEN.replace('showVal val="0"', 'showVal val="1"')
# No line from a point to its label where that was moved.
_NO_LEADERS: Final = (
    '<c:extLst><c:ext uri="{CE6537A1-D6FC-4f65-9D91-7224C49458BB}"'
    ' xmlns:c15="http://schemas.microsoft.com/office/drawing/2012/chart">'
    '<c15:showLeaderLines val="0"/></c:ext></c:extLst>'
)
_LEVEL: Final = 'rot="0" vert="horz"'
_UNBROKEN: Final = 'rot="0" vert="horz" wrap="none" lIns="0" rIns="0"'
_AS_ROOM: Final = 'rot="1" vert="horz"'
"""Texts that are broken where they have no room, that never are, and of which some are left out."""
NO_LINE: Final = "<a:ln><a:noFill/></a:ln>"


@dataclass(frozen=True, slots=True)
class Column:
    """A series as it stands in the chart's own workbook: a name above values, None for none."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """What a chart is drawn of, and what its workbook holds."""

    categories: tuple[str, ...]
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Inner:
    """Where the plot stands within its chart, in parts of it: left, top, width, height."""

    x: float
    y: float
    width: float
    height: float


def chart_space(plot: str, inner: Inner, language: Language, legend: str = "") -> bytes:
    """A whole chart around its plots and axes."""
    layout = (
        '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
        f'<c:yMode val="edge"/><c:x val="{inner.x:.4f}"/><c:y val="{inner.y:.4f}"/>'
        f'<c:w val="{inner.width:.4f}"/><c:h val="{inner.height:.4f}"/></c:manualLayout></c:layout>'
    )
    return (
        "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>"
        f'<c:chartSpace {_NAMESPACES}><c:date1904 val="0"/><c:lang val="th-TH"/>'
        '<c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/>'
        f"<c:plotArea>{layout}{plot}<c:spPr><a:noFill/></c:spPr></c:plotArea>{legend}"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:spPr><a:noFill/>{NO_LINE}</c:spPr>{text_of(Look(SMALL), language)}</c:chartSpace>"
    ).encode()


def series(grid: Grid, number: int, look: str, rest: str, after: str = "") -> str:
    """A series: its name, how it looks, its labels (`rest`), its categories and values."""
    column = chr(ord("A") + 1 + number)
    last = len(grid.categories) + 1
    one = grid.columns[number]
    names = _points(grid.categories)
    values = _points([None if v is None else repr(float(v)) for v in one.values])
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/>'
        f"<c:tx><c:strRef><c:f>Sheet1!${column}$1</c:f><c:strCache>{_points([one.name])}"
        f"</c:strCache></c:strRef></c:tx>{look}{rest}"
        f"<c:cat><c:strRef><c:f>Sheet1!$A$2:$A${last}</c:f><c:strCache>{names}</c:strCache>"
        f"</c:strRef></c:cat><c:val><c:numRef><c:f>Sheet1!${column}$2:${column}${last}</c:f>"
        f"<c:numCache><c:formatCode>General</c:formatCode>{values}</c:numCache></c:numRef></c:val>"
        f"{after}</c:ser>"
    )


def filled(fill: str) -> str:
    """A plain surface."""
    return f'<c:spPr><a:solidFill><a:srgbClr val="{fill}"/></a:solidFill>{NO_LINE}</c:spPr>'


def stroked(ink: str, points: float, *, dash: bool = False) -> str:
    """A line without a surface."""
    dashed = '<a:prstDash val="dash"/>' if dash else ""
    return (
        f'<c:spPr><a:ln w="{points * 12700:.0f}" cap="rnd"><a:solidFill><a:srgbClr val="{ink}"/>'
        f"</a:solidFill>{dashed}<a:round/></a:ln></c:spPr>"
    )


def filled_none() -> str:
    """Neither line nor surface."""
    return f"<c:spPr>{NO_LINE}</c:spPr>"


def marker(symbol: str, ink: str = "", size: int = 7) -> str:
    """What marks the points of a line; "none" for nothing."""
    if symbol == "none":
        return '<c:marker><c:symbol val="none"/></c:marker>'
    surface = f'<c:spPr><a:solidFill><a:srgbClr val="{ink}"/></a:solidFill>{NO_LINE}</c:spPr>'
    return f'<c:marker><c:symbol val="{symbol}"/><c:size val="{size}"/>{surface}</c:marker>'


def text_label(
    place: int, text: str, look: Look, language: Language, where: str, shift: tuple[float, float]
) -> str:
    """A label of words at one point; `shift` in parts of the chart, to the right and down."""
    moved = (
        f'<c:layout><c:manualLayout><c:x val="{shift[0]:.4f}"/><c:y val="{shift[1]:.4f}"/>'
        "</c:manualLayout></c:layout>"
        if any(shift)
        else ""
    )
    return (
        f'<c:dLbl><c:idx val="{place}"/>{moved}<c:tx><c:rich><a:bodyPr wrap="none" lIns="0"'
        f' rIns="0"/><a:lstStyle/><a:p>{runs(text, look, language)}</a:p></c:rich></c:tx>'
        f'<c:spPr><a:noFill/>{NO_LINE}</c:spPr><c:dLblPos val="{where}"/>{_SHOWN}</c:dLbl>'
    )


def value_label(place: int, code: str, look: Look, language: Language, where: str) -> str:
    """A label that shows the value of one point and follows it when it is edited."""
    return (
        f'<c:dLbl><c:idx val="{place}"/><c:numFmt formatCode={attribute(code)} sourceLinked="0"/>'
        f"<c:spPr><a:noFill/>{NO_LINE}</c:spPr>{text_of(look, language, _UNBROKEN)}"
        f'<c:dLblPos val="{where}"/>{_SHOWN}</c:dLbl>'
    )


def labels(single: Sequence[str]) -> str:
    """The labels of a series: those given, and none elsewhere."""
    return f"<c:dLbls>{''.join(single)}{_HIDDEN}{_NO_LEADERS}</c:dLbls>"


def text_of(look: Look, language: Language, frame: str = _LEVEL) -> str:
    """How the texts of a part of a chart are written, and how they lie."""
    return f"<c:txPr>{defaults(look, language, frame)}</c:txPr>"


def category_axis(look: Look, language: Language, skip: int = 0) -> str:
    """The axis below: every name in as many lines as it takes, or every `skip`-th in one."""
    written = text_of(look, language, _AS_ROOM if skip else _LEVEL)
    return (
        f'<c:catAx><c:axId val="{CATEGORIES}"/><c:scaling><c:orientation val="minMax"/></c:scaling>'
        '<c:delete val="0"/><c:axPos val="b"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f'<c:spPr><a:ln w="12700"><a:solidFill><a:srgbClr val="{QUIET}"/></a:solidFill></a:ln>'
        f'</c:spPr>{written}<c:crossAx val="{VALUES}"/><c:crosses val="autoZero"/>'
        '<c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/>'
        f'<c:tickLblSkip val="{max(skip, 1)}"/><c:noMultiLvlLbl val="1"/></c:catAx>'
    )


@dataclass(frozen=True, slots=True)
class Scale:
    """The span of an axis of values, and its step."""

    low: float
    high: float
    step: float


def value_axis(
    scale: Scale,
    code: str,
    language: Language,
    *,
    is_hidden: bool = False,
    between: str = "between",
) -> str:
    """The axis of values with thin lines; hidden where every value is written at its mark."""
    grid = (
        ""
        if is_hidden
        else f'<c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="{RULE}"/>'
        "</a:solidFill></a:ln></c:spPr></c:majorGridlines>"
    )
    return (
        f'<c:valAx><c:axId val="{VALUES}"/><c:scaling><c:orientation val="minMax"/>'
        f'<c:max val="{scale.high!r}"/><c:min val="{scale.low!r}"/></c:scaling>'
        f'<c:delete val="{is_hidden:d}"/><c:axPos val="l"/>{grid}'
        f'<c:numFmt formatCode={attribute(code)} sourceLinked="0"/><c:majorTickMark val="none"/>'
        '<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        f"<c:spPr>{NO_LINE}</c:spPr>{text_of(Look(12, ink=QUIET), language)}"
        f'<c:crossAx val="{CATEGORIES}"/><c:crosses val="min"/><c:crossBetween val="{between}"/>'
        f'<c:majorUnit val="{scale.step!r}"/></c:valAx>'
    )


def axes() -> str:
    """Which axes a plot hangs on."""
    return f'<c:axId val="{CATEGORIES}"/><c:axId val="{VALUES}"/>'


def legend(where: str, language: Language) -> str:
    """The names of the series, where they cannot stand at their lines."""
    return (
        f'<c:legend><c:legendPos val="{where}"/><c:overlay val="0"/>'
        f"{text_of(Look(13, ink=INK), language)}</c:legend>"
    )


def _points(values: Sequence[str | None]) -> str:
    written = (
        f'<c:pt idx="{place}"><c:v>{escape(value)}</c:v></c:pt>'
        for place, value in enumerate(values)
        if value is not None
    )
    return f'<c:ptCount val="{len(values)}"/>{"".join(written)}'
