"""A long matrix on the shared screen, leaf by leaf: nothing of it is left out."""

from dataclasses import replace
from typing import Final

from components.present.layout import layout
from components.reader.query import query
from core.figures.shared.matrix import Leaf, matrix_leaves
from core.reports.slide import Matrix, Slide
from core.text import Language, Text

LEAF: Final = "leaf"
"""Names in the address which leaf is shown, counted from 1."""
_DIGITS: Final = 3


def leaf_in_address() -> int:
    """The leaf the address asks for; the first where it asks for none."""
    wanted = query().get(LEAF, "")
    return max(int(wanted), 1) if wanted.isdecimal() and len(wanted) <= _DIGITS else 1


def leaf_count(slide: Slide, language: Language) -> int:
    """How many leaves a slide has: more than one where its matrix does not fit."""
    return len(_leaves(slide, language))


def at_leaf(slide: Slide, language: Language, leaf: int) -> Slide:
    """A slide with the rows and columns of one leaf, which its figure's title numbers."""
    leaves = _leaves(slide, language)
    if len(leaves) == 1 or not isinstance(slide.figure, Matrix):
        return slide
    number = min(max(leaf, 1), len(leaves))
    part, whole = leaves[number - 1], slide.figure
    counted = f" · {number}/{len(leaves)}"
    figure = replace(
        whole,
        title=Text(whole.title.th + counted, whole.title.en + counted),
        columns=whole.columns[part.columns],
        rows=tuple((name, cells[part.columns]) for name, cells in whole.rows[part.rows]),
    )
    return replace(slide, figure=figure)


def _leaves(slide: Slide, language: Language) -> tuple[Leaf, ...]:
    if not isinstance(slide.figure, Matrix):
        return (Leaf(slice(0), slice(0)),)
    # Room for the number of the leaf behind the title.
    title = slide.figure.title
    numbered = replace(slide.figure, title=Text(f"{title.th} · 9/9", f"{title.en} · 9/9"))
    size = layout(replace(slide, figure=numbered), language).figure
    return matrix_leaves(slide.figure, language, size)
