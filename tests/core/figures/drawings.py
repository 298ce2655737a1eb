"""Reads drawings back: elements by class, texts, and the points of a path."""

import re
from typing import NamedTuple
from xml.etree import ElementTree

from core.figures.drawing import Drawing

SVG = "{http://www.w3.org/2000/svg}"


class Label(NamedTuple):
    """A text of a drawing: its lines, and where it begins."""

    lines: tuple[str, ...]
    x: float
    y: float


def parsed(drawing: Drawing) -> ElementTree.Element:
    """The drawing as XML: it must be well formed, whatever names hold."""
    return ElementTree.fromstring(drawing.svg)


def of_class(drawing: Drawing, name: str) -> list[ElementTree.Element]:
    """Elements of a class."""
    return [one for one in parsed(drawing).iter() if one.get("class") == name]


def points(path: ElementTree.Element) -> list[list[tuple[float, float]]]:
    """The lines of a path, each a list of points."""
    lines = re.findall(r"M[^M]*", path.get("d", ""))
    return [
        [(float(x), float(y)) for x, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", line)]
        for line in lines
    ]


def lines_of(text: ElementTree.Element) -> list[ElementTree.Element]:
    """The elements of a text that hold its lines, each with its place."""
    return list(text) or [text]


def labels(drawing: Drawing, name: str | None = None) -> list[Label]:
    """The texts, of a class or all of them."""
    return [
        Label(
            tuple(line.text or "" for line in lines_of(text)),
            float(lines_of(text)[0].get("x", "nan")),
            float(lines_of(text)[0].get("y", "nan")),
        )
        for text in parsed(drawing).iter("text")
        if name is None or text.get("class") == name
    ]


def inside(drawing: Drawing) -> bool:
    """Whether all marks and the beginnings of all texts lie within the drawing."""
    _left, _top, width, height = map(float, parsed(drawing).get("viewBox", "").split())
    spots = [(m.x, m.y) for m in drawing.marks] + [(one.x, one.y) for one in labels(drawing)]
    return all(0 <= x <= width and 0 <= y <= height for x, y in spots)
