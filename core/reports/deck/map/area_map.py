"""A map as shapes that can be moved and coloured: areas, facilities, and beside them the key."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from core.areas import Level, parse_area
from core.errors import UsageError
from core.figures.projection import in_thailand, projected
from core.reports.deck.fitting import LEADING, Fitted, Frame, cut, widest
from core.reports.deck.look import GAP, MANNERS, QUIET, SMALL, WHITE, in_order, tone_word
from core.reports.deck.map.names import Name, placed_names
from core.reports.deck.map.outlines import Outline, bounds, province_outlines, region_of
from core.reports.deck.sheet import NAMESPACES, Sheet, emu, placed
from core.reports.deck.writing import NO_BREAK, Look, body
from core.reports.slide import AreaMap, MapArea
from core.text import say

_POINT: Final = 8.0
"""Radius of a facility."""
_GROUND: Final = "E9EDF1"
_EDGE: Final = 14.0
"""Free around the map, so that points at the border stand whole."""
_COLUMN: Final = 178.0
"""Width of a column of areas beside the map."""
_LISTED: Final = 12.0
"""Size of the areas beside the map."""
_SIDE: Final = 0.42
"""Part of the width that key and list take."""


@dataclass(frozen=True, slots=True)
class _View:
    """Where units of the map stand on the slide: points a unit, and what is added."""

    scale: float
    x: float
    y: float

    def at(self, x: float, y: float) -> tuple[float, float]:
        return self.x + x * self.scale, self.y + y * self.scale


@dataclass(frozen=True, slots=True)
class Drawable:
    """What of a map can be drawn: areas with their outline, facilities with their place in units.

    `ground` are outlines below them, `missing` what has neither.
    """

    ground: tuple[Outline, ...]
    areas: tuple[tuple[MapArea, Outline], ...]
    points: tuple[tuple[MapArea, tuple[float, float]], ...]
    missing: tuple[MapArea, ...]


def drawable(shown: AreaMap, districts: Mapping[str, Outline]) -> Drawable:
    """What of a map there are shapes and places for."""
    level = _level(shown.focus)
    coarse = level < Level.PROVINCE
    known = {**province_outlines(coarse=coarse), **districts}
    places = _places(shown.areas)
    areas = tuple((one, known[one.code]) for one in shown.areas if one.code in known)
    points = tuple((one, places[one.code]) for one in shown.areas if one.code in places)
    drawn = {one.code for one, _ in (*areas, *points)}
    return Drawable(
        _ground(shown.focus, level, known),
        areas,
        points,
        tuple(one for one in shown.areas if one.code not in drawn),
    )


def put_map(sheet: Sheet, frame: Frame, shown: AreaMap, parts: Drawable) -> None:
    """Draw a map of which something can be drawn."""
    side = max(frame.width * _SIDE, 190.0)
    room = Frame(frame.x, frame.y, frame.width - side - GAP, frame.height)
    outlines = (*parts.ground, *(outline for _, outline in parts.areas))
    view, used = _view(room, outlines, [place for _, place in parts.points])
    shapes = [_shape(sheet, view, outline, _GROUND, shown.focus) for outline in parts.ground]
    for area, outline in parts.areas:
        shapes.append(_area(sheet, view, area, outline))
    points = [(one, view.at(*place)) for one, place in parts.points]
    shapes += [_point(sheet, one, at) for one, at in points]
    _group(sheet, shown, used, shapes)
    _marks(sheet, view, parts.areas)
    _names(sheet, room, points)
    left = max(used.right + GAP * 1.5, frame.x)
    _beside(sheet, Frame(left, frame.y, frame.right - left, frame.height), shown, parts.missing)


def map_text(sheet: Sheet, shown: AreaMap) -> str:
    """A map in words."""
    rows = (f"{sheet.read(one.name)} {sheet.read(one.shown)}" for one in shown.areas)
    return f"{sheet.read(shown.title)}: {'; '.join(rows)}"


def _level(code: str) -> Level:
    try:
        return parse_area(code).level
    except UsageError:
        return Level.COUNTRY


def _ground(focus: str, level: Level, known: Mapping[str, Outline]) -> tuple[Outline, ...]:
    """What lies below everything else: all provinces, or that of the focus with its districts."""
    if level is Level.REGION:
        return tuple(o for code, o in known.items() if code[0] == "P" and region_of(code) == focus)
    if level > Level.REGION:
        province, districts = f"P{focus[1:3]}", f"D{focus[1:3]}"
        whole = tuple(o for code, o in known.items() if code in (focus, province))[:1]
        return (*whole, *(o for code, o in known.items() if code.startswith(districts)))
    return tuple(outline for code, outline in known.items() if code[0] == "P")


def _places(areas: Sequence[MapArea]) -> dict[str, tuple[float, float]]:
    """Where facilities stand, in units; one outside the country stands nowhere."""
    known = [(one.code, one.position) for one in areas if one.position is not None]
    if not known:
        return {}
    degrees = np.array([place for _, place in known], dtype=np.float64)
    units = projected(degrees)
    return {
        code: (float(x), float(y))
        for (code, _), (x, y), inside in zip(known, units, in_thailand(degrees), strict=True)
        if inside
    }


def _view(
    room: Frame, outlines: Sequence[Outline], points: Sequence[tuple[float, float]]
) -> tuple[_View, Frame]:
    """How the map is laid into its room, and the part of the room it takes."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    if outlines:
        west, north, east, south = bounds(outlines)
        xs, ys = [*xs, west, east], [*ys, north, south]
    west, north = min(xs), min(ys)
    wide, high = max(max(xs) - west, 1.0), max(max(ys) - north, 1.0)
    scale = min((room.width - 2 * _EDGE) / wide, (room.height - 2 * _EDGE) / high)
    used = Frame(room.x, room.y, wide * scale + 2 * _EDGE, high * scale + 2 * _EDGE)
    return _View(scale, room.x + _EDGE - west * scale, room.y + _EDGE - north * scale), used


def _area(sheet: Sheet, view: _View, area: MapArea, outline: Outline) -> str:
    name = sheet.read(area.name)
    description = f"{name} {sheet.read(area.shown)}"
    return _shape(sheet, view, outline, MANNERS[area.tone].fill, name, description)


def _shape(
    sheet: Sheet, view: _View, outline: Outline, fill: str, name: str, words: str = ""
) -> str:
    """Rings as one shape with white borders."""
    corners = np.concatenate(outline.rings)
    low, high = corners.min(axis=0), corners.max(axis=0)
    x, y = view.at(*low.tolist())
    across, down = ((high - low) * view.scale).tolist()
    frame = Frame(x, y, across, down)
    paths = []
    for ring in outline.rings:
        steps = np.rint((ring - low) * view.scale * 12700).astype(int).tolist()
        (x0, y0), rest = steps[0], steps[1:]
        paths.append(f'<a:moveTo><a:pt x="{x0}" y="{y0}"/></a:moveTo>')
        paths += [f'<a:lnTo><a:pt x="{px}" y="{py}"/></a:lnTo>' for px, py in rest]
        paths.append("<a:close/>")
    return (
        f"<p:sp {NAMESPACES}>{sheet.head(name, words)}<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>"
        f"{placed(frame)}<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
        '<a:rect l="0" t="0" r="r" b="b"/><a:pathLst>'
        f'<a:path w="{emu(across)}" h="{emu(down)}">{"".join(paths)}</a:path>'
        "</a:pathLst></a:custGeom>"
        f'<a:solidFill><a:srgbClr val="{fill}"/></a:solidFill><a:ln w="6350"><a:solidFill>'
        f'<a:srgbClr val="{WHITE}"/></a:solidFill></a:ln></p:spPr>'
        f"<p:txBody>{body(['<a:p/>'])}</p:txBody></p:sp>"
    )


def _point(sheet: Sheet, one: MapArea, at: tuple[float, float]) -> str:
    manner = MANNERS[one.tone]
    look = Look(SMALL, bold=True, ink=manner.ink, align="ctr")
    frame = Frame(at[0] - _POINT, at[1] - _POINT, 2 * _POINT, 2 * _POINT)
    name = sheet.read(one.name)
    mark = [sheet.paragraph(manner.mark, look)]
    drawn = sheet.boxed(
        name, frame, manner.fill, mark, "ellipse", f"{name} {sheet.read(one.shown)}"
    )
    rim = f'<a:ln w="12700"><a:solidFill><a:srgbClr val="{WHITE}"/></a:solidFill></a:ln>'
    return drawn.replace("<a:ln><a:noFill/></a:ln>", rim, 1)


def _group(sheet: Sheet, shown: AreaMap, used: Frame, shapes: Sequence[str]) -> None:
    place = placed(used)
    inside = place.replace("</a:xfrm>", "").replace("<a:xfrm>", "")
    inside = inside.replace("a:off", "a:chOff").replace("a:ext ", "a:chExt ")
    sheet.add(
        f"<p:grpSp {NAMESPACES}>"
        f"{sheet.head(sheet.read(shown.title), map_text(sheet, shown), tag='nvGrpSpPr')}"
        f"<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr>"
        f"{place.replace('</a:xfrm>', inside + '</a:xfrm>')}</p:grpSpPr>{''.join(shapes)}</p:grpSp>"
    )


def _marks(sheet: Sheet, view: _View, areas: Sequence[tuple[MapArea, Outline]]) -> None:
    """The mark of an area and its name in its middle, where there is room for them."""
    for area, outline in areas:
        x, y, radius = outline.label
        if radius * view.scale < 7.5:
            continue
        manner = MANNERS[area.tone]
        at = view.at(x, y)
        look = Look(12, bold=True, ink=manner.ink, align="ctr")
        rows = [sheet.paragraph(manner.mark, look)]
        name = sheet.read(area.name)
        across = widest([name], 12, bold=True)
        if across <= 2 * radius * view.scale:
            rows.append(sheet.paragraph(name, look))
        wide, high = max(across if len(rows) > 1 else 0.0, 20.0), 17.0 * len(rows)
        frame = Frame(at[0] - wide / 2, at[1] - high / 2, wide, high)
        sheet.text("Mark", frame, rows, anchor="ctr")


def _names(
    sheet: Sheet, room: Frame, points: Sequence[tuple[MapArea, tuple[float, float]]]
) -> None:
    """The names of facilities beside their points, where nothing is in the way."""
    names = [Name(sheet.read(one.name), at) for one, at in points]
    for name, frame in placed_names(names, room, _POINT, SMALL + 1):
        look = Look(SMALL + 1, bold=True)
        sheet.text("Name", frame, [sheet.paragraph(name.text, look)])


def _beside(sheet: Sheet, frame: Frame, shown: AreaMap, missing: Sequence[MapArea]) -> None:
    """The key with what it counts, and the areas in their order as far as there is room."""
    wide = frame.width > 2 * _COLUMN
    key = Frame(frame.x, frame.y, _COLUMN - GAP if wide else frame.width, frame.height)
    taken = _key(sheet, key, shown, missing)
    if wide:
        left = Frame(frame.x + _COLUMN, frame.y, frame.width - _COLUMN, frame.height)
    else:
        left = frame.below(taken + 8)
    _listed(sheet, left, shown.areas)


def _key(sheet: Sheet, frame: Frame, shown: AreaMap, missing: Sequence[MapArea]) -> float:
    """What the colours mean and how many areas have each; returns the height it takes."""
    y = frame.y
    for tone in in_order({one.tone for one in shown.areas}):
        manner = MANNERS[tone]
        count = sum(one.tone == tone for one in shown.areas)
        look = Look(SMALL, bold=True, ink=manner.ink, align="ctr")
        mark = [sheet.paragraph(manner.mark, look)]
        sheet.box("Key", Frame(frame.x, y, 20, 16), manner.fill, mark)
        text = f"{sheet.read(tone_word(tone))} ({count:,})"
        line = [sheet.paragraph(text, Look(13))]
        sheet.text("Key", Frame(frame.x + 27, y - 1, frame.width - 27, 19), line)
        y += 19.5
    if missing:
        text = sheet.read(say("Not on the map: {count}", count=len(missing)))
        line = [sheet.paragraph(text, Look(12, ink=QUIET))]
        sheet.text("Key", Frame(frame.x, y, frame.width, 18), line)
        y += 19
    return y - frame.y


def _listed(sheet: Sheet, frame: Frame, areas: Sequence[MapArea]) -> None:
    """Areas with what is said of them, each in two lines at most; what is left out is counted."""
    columns = max(int(frame.width / _COLUMN), 1)
    across = (frame.width - GAP * (columns - 1)) / columns
    most = int(frame.height / (_LISTED * LEADING))
    rows = [cut(_row(sheet, one), (across, 2), _LISTED) for one in areas]
    filled = _filled(rows, columns, most)
    left_out = len(rows) - sum(map(len, filled))
    for place, column in enumerate(filled):
        texts = [sheet.paragraph(row.broken, Look(_LISTED)) for row in column]
        if left_out and place == len(filled) - 1:
            more = sheet.read(say("and {count} more", count=f"{left_out:,}"))
            texts.append(sheet.paragraph(more, Look(_LISTED, ink=QUIET)))
        box = Frame(frame.x + place * (across + GAP), frame.y, across, frame.height)
        sheet.text("Areas", box, texts)


def _filled(rows: Sequence[Fitted], columns: int, most: int) -> list[list[Fitted]]:
    """Rows in columns of so many lines; one stays free at the end for what is left out."""
    filled: list[list[Fitted]] = [[]]
    free = most
    for place, row in enumerate(rows):
        if row.lines > free and len(filled) < columns:
            filled.append([])
            free = most
        is_full = len(filled) == columns and place < len(rows) - 1
        if row.lines + is_full > free:
            break
        filled[-1].append(row)
        free -= row.lines
    return [column for column in filled if column]


def _row(sheet: Sheet, one: MapArea) -> str:
    """An area in a line: its mark where its words do not say it, its name, its words."""
    mark, name, shown = MANNERS[one.tone].mark, sheet.read(one.name), sheet.read(one.shown)
    if shown == sheet.read(tone_word(one.tone)):
        # The key has the words of each mark.
        return f"{mark} {name}"
    is_marked = re.search(rf"(?<!\d){re.escape(mark)}(?!\d)", shown) is not None
    # What is said stays together, so that no level stands without its digit.
    unbroken = shown.replace(" ", NO_BREAK)
    return f"{name}: {unbroken}" if is_marked else f"{mark} {name}: {unbroken}"
