"""A matrix: things as rows, what is judged as columns, every cell a sign on its colour."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

from core.figures.shared.letters import folded
from core.figures.shared.sheet import (
    INK,
    QUIET,
    RULE,
    SMALL,
    TYPE,
    box,
    label,
    line_height,
    sheet,
    stroke,
    widest,
)
from core.figures.shared.tones import Tone, colours, sign
from core.figures.shared.values import CellValue, MatrixValue
from core.figures.wrapping import words
from core.text import Language, Text, say

_NAMES: Final = 0.36
"""What names of rows may take of the width."""
_LEAST_NAMES: Final = 0.22
_SMALLEST: Final = 20.0
"""The size of heads that have no room in the usual one."""
_LEAST: Final = 32.0
_MOST: Final = 58
_GAP: Final = 4
_MOST_COLUMN: Final = 190


_SEVERAL: Final = 2
_BRACKETS: Final = re.compile(r"\s*\([^()]*\)$")
_SIGN: Final = 34
"""Pixels of a sign and what parts it from its figure."""

_Cell = tuple[Tone, str, str]
"""A tone, its sign, and the figure beside it."""


class _Grid(NamedTuple):
    """Where columns begin and the last ends; the width of a figure, 0 where signs stand alone."""

    edges: tuple[float, ...]
    figure: float

    def middle(self, place: int) -> float:
        return (self.edges[place] + self.edges[place + 1]) / 2

    def wide(self, place: int) -> float:
        return self.edges[place + 1] - self.edges[place]


def matrix(figure: MatrixValue, language: Language, size: tuple[float, float]) -> str:
    """The matrix as SVG of a size in pixels. Rows that do not fit are counted in the last line.

    `ValueError` without a column or a row.
    """
    if not figure.columns or not figure.rows:
        raise ValueError("a matrix needs a column and a row")
    plan = _planned(figure, language, size)
    rows = _heights(plan.names, plan.room, _LEAST if plan.left_out else 0.0)
    grid, top = plan.grid, plan.top
    content = [
        label(plan.corner, 0, top / 2, size=SMALL, colour=QUIET),
        *(label(lines, grid.middle(place), top / 2, size=plan.size, anchor="middle", bold=True)
          for place, lines in enumerate(plan.above)),
    ]  # fmt: skip
    y = top
    for place, height in enumerate(rows):
        cells = [
            (cell.tone, _mark(cell), _shown(cell, language) if grid.figure else "")
            for cell in figure.rows[place][1][: len(plan.above)]
        ]
        content += _row(plan.names[place], cells, (grid, y, height))
        y += height
    if more := _left_out(len(plan.names) - len(rows), plan.left_out, language):
        content.append(label([more], 0, y + _LEAST / 2, size=SMALL, colour=QUIET))
    return sheet(figure.title.in_(language), _description(figure, language), size, *content)


class Leaf(NamedTuple):
    """The rows and the columns of a matrix that stand on one leaf of it."""

    rows: slice
    columns: slice


def matrix_leaves(
    figure: MatrixValue, language: Language, size: tuple[float, float]
) -> tuple[Leaf, ...]:
    """The leaves of a matrix that is shown leaf by leaf, nothing left out.

    As many rows and columns to a leaf as fit at the smallest type, and about as many on each: all
    rows with the first columns, then all rows with the next.
    """
    if not figure.columns or not figure.rows:
        return (Leaf(slice(0, len(figure.rows)), slice(0, len(figure.columns))),)
    return tuple(
        Leaf(rows, columns)
        for columns in _column_leaves(figure, language, size)
        for rows in _row_leaves(_part(figure, columns), language, size)
    )


def _column_leaves(
    figure: MatrixValue, language: Language, size: tuple[float, float]
) -> list[slice]:
    count = len(figure.columns)
    for leaves in range(1, count):
        parts = _slices(count, -(-count // leaves))
        plans = (_planned(_part(figure, one), language, size) for one in parts)
        if not any(plan.left_out for plan in plans):
            return parts
    return _slices(count, 1)


def _row_leaves(figure: MatrixValue, language: Language, size: tuple[float, float]) -> list[slice]:
    plan = _planned(figure, language, size)
    heights = [_row_height(lines) for lines in plan.names]
    filled = _filled(heights, plan.room)
    even = _slices(len(heights), -(-len(heights) // len(filled)))
    if all(sum(heights[leaf]) <= plan.room for leaf in even):
        return even
    ends = [0, *accumulate(filled)]
    return [slice(*pair) for pair in pairwise(ends)]


def _slices(count: int, each: int) -> list[slice]:
    return [slice(at, min(at + each, count)) for at in range(0, count, each)]


@dataclass(frozen=True, slots=True)
class _Part:
    """Some columns of a matrix."""

    title: Text
    corner: Text
    columns: Sequence[Text]
    rows: Sequence[tuple[Text, Sequence[CellValue]]]


def _part(figure: MatrixValue, columns: slice) -> _Part:
    rows = [(name, cells[columns]) for name, cells in figure.rows]
    return _Part(figure.title, figure.corner, figure.columns[columns], rows)


def _filled(heights: Sequence[float], room: float) -> list[int]:
    """Rows of each leaf, every one as full as can be."""
    counts, used = [0], 0.0
    for height in heights:
        if counts[-1] and used + height > room:
            counts.append(0)
            used = 0.0
        counts[-1] += 1
        used += height
    return counts


class _Plan(NamedTuple):
    """Where everything but the rows stands: heads, names, the room of the rows below `top`."""

    names: Sequence[Sequence[str]]
    corner: Sequence[str]
    above: Sequence[Sequence[str]]
    size: float
    grid: _Grid
    top: float
    room: float
    left_out: int


def _planned(figure: MatrixValue, language: Language, size: tuple[float, float]) -> _Plan:
    wide, high = size
    heads, size_of_heads = _heads(figure, language, (1 - _LEAST_NAMES) * wide)
    least = [_need(head, size_of_heads) for head in heads]
    most = max(min(_NAMES * wide, wide - sum(least)), _LEAST_NAMES * wide) - 14
    names = [folded(name, most, SMALL) for name in _short_names(figure, language)]
    corner = folded(figure.corner.in_(language), most, SMALL)
    left = max(widest(lines, SMALL) for lines in (*names, corner)) + 14
    if sum(least) > wide - left:
        # A long word in a name has taken of their room.
        heads, size_of_heads = _heads(figure, language, wide - left)
        least = [_need(head, size_of_heads) for head in heads]
    columns = _columns(least, wide - left)
    above = [
        folded(head, column - 2 * _GAP, size_of_heads, bold=True)
        for head, column in zip(heads, columns, strict=True)
    ]
    top = max(len(lines) for lines in (*above, corner)) * line_height(SMALL) + 8
    figures = _room_for_figures(figure, language)
    has_room = _SIGN + figures <= min(columns) - 3 * _GAP
    grid = _Grid(tuple(accumulate(columns, initial=left)), figures if has_room else 0.0)
    left_out = len(figure.columns) - len(heads)
    return _Plan(names, corner, above, size_of_heads, grid, top, high - top, left_out)


def _short_names(figure: MatrixValue, language: Language) -> list[str]:
    """Names of rows without the words that all of them share with the corner or with one another.

    A column headed "Hospital" need not say so in every row, nor a marked slide "(demo)" in each.
    """
    names = [name.in_(language) for name, _cells in figure.rows]
    corner = figure.corner.in_(language)
    ending = _BRACKETS.search(names[0])
    mark = ending[0] if ending else ""
    bare = [name.removesuffix(mark) for name in names]
    if len(names) < _SEVERAL or not all(name.endswith(mark) for name in names):
        bare = names
    short = [name.removeprefix(corner).removesuffix(f" {corner}").strip() for name in bare]
    is_shared = all(len(one) < len(name) for one, name in zip(short, bare, strict=True))
    is_plain = all(short) and len({*short}) == len(names)
    return short if len(names) >= _SEVERAL and is_shared and is_plain else bare


def _heads(figure: MatrixValue, language: Language, room: float) -> tuple[list[str], float]:
    """As many heads of columns as have room without a word being cut, and their size."""
    heads = [text.in_(language) for text in figure.columns]
    if sum(_need(head, SMALL) for head in heads) <= room:
        return heads, SMALL
    needs = accumulate(_need(head, _SMALLEST) for head in heads)
    count = sum(need <= room for need in needs)
    return heads[: max(count, 1)], _SMALLEST


def _need(head: str, size: float) -> float:
    """Pixels a column takes at least: those of the longest word above it."""
    return widest([word.strip() for word in words(head)], size, bold=True) + 2 * _GAP


def _left_out(rows: int, columns: int, language: Language) -> str:
    """What has no room, counted; empty where all has."""
    left_out = [say("… and {count} more", count=rows)] if rows else []
    left_out += [say("… and {count} more columns", count=columns)] if columns else []
    return " · ".join(text.in_(language) for text in left_out)


def _columns(least: Sequence[float], room: float) -> list[float]:
    """Columns of one width; where a word needs more, the others give way as far as they can."""
    each = min(room / len(least), _MOST_COLUMN)
    if max(least) <= each or sum(least) >= room:
        return [each if max(least) <= each else room * one / sum(least) for one in least]
    free = (room - sum(least)) / len(least)
    return [one + free for one in least]


def _heights(names: Sequence[Sequence[str]], room: float, below: float) -> list[float]:
    """The heights of the rows that fit, a line that counts the others left free below them.

    `below` is the room of that line where it is needed for something else already.
    """
    heights = [_row_height(lines) for lines in names]
    if sum(heights) <= room - below:
        stretch = (room - below) / sum(heights)
        return [min(height * stretch, max(height, _MOST)) for height in heights]
    used, fitting = _LEAST, list[float]()
    for height in heights:
        used += height
        if used > room:
            break
        fitting.append(height)
    return fitting


def _row_height(lines: Sequence[str]) -> float:
    return max(_LEAST, len(lines) * line_height(SMALL) * 0.92 + 8)


def _room_for_figures(figure: MatrixValue, language: Language) -> float:
    """Pixels of the widest figure of a cell."""
    shown = [_shown(cell, language) for _name, cells in figure.rows for cell in cells]
    return widest(shown, TYPE, bold=True)


def _mark(cell: CellValue) -> str:
    return cell.mark or sign(cell.tone)


def _shown(cell: CellValue, language: Language) -> str:
    """The figure of a cell; empty where it says nothing beside the sign."""
    shown = cell.shown.in_(language)
    return "" if shown == _mark(cell) else shown


def _row(
    lines: Sequence[str], cells: Sequence[_Cell], at: tuple[_Grid, float, float]
) -> Iterator[str]:
    grid, y, height = at
    middle = y + height / 2
    end = grid.edges[-1]
    yield stroke(f"M0 {y:.1f}H{end:.1f}", RULE, 1.5)
    yield label(lines, 0, middle, size=SMALL, colour=INK)
    for place, (tone, mark, shown) in enumerate(cells):
        both = colours(tone)
        x, wide = grid.edges[place] + _GAP / 2, grid.wide(place) - _GAP
        yield box(x, y + _GAP / 2, wide, height - _GAP, both.ground, round_=5)
        x = grid.middle(place)
        if not shown:
            yield label([mark], x, middle, "middle", bold=True, colour=both.on)
            continue
        # Apart: after compression a sign that clings to a figure is read as one of its digits.
        half = (_SIGN + grid.figure) / 2
        yield label([mark], x - half + _SIGN / 3, middle, "middle", bold=True, colour=both.on)
        yield label([shown], x + half, middle, "end", bold=True, colour=both.on)


def _description(figure: MatrixValue, language: Language) -> list[str]:
    return [
        f"{name.in_(language)}: "
        + ", ".join(
            f"{column.in_(language)} {_mark(cell)} {_shown(cell, language)}".rstrip()
            for column, cell in zip(figure.columns, cells, strict=True)
        )
        for name, cells in figure.rows
    ]
