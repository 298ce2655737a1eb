"""A long matrix on the shared screen: leaf by leaf, numbered, none left out."""

from dataclasses import replace

import pytest

from components.present.layout import layout
from components.present.leaves import at_leaf, leaf_count
from components.present.live import turned
from components.present.screen import Way
from components.reader.streamlit_internals import as_view_of
from core.reports.slide import Cell, Matrix, Slide
from tests.slides import FIGURES, same, slide


def long(rows: int) -> Slide:
    cells = tuple(Cell(same(""), "fail", "✕") for _ in range(6))
    columns = tuple(same(f"column {place}") for place in range(6))
    named = tuple((same(f"row {place}"), cells) for place in range(rows))
    return slide(Matrix(same("title"), same("corner"), columns, named))


def test_a_wide_matrix_has_its_columns_on_leaves_after_one_another() -> None:
    cells = tuple(Cell(same(""), "fail", "✕") for _ in range(14))
    columns = tuple(same(f"extraordinarily{place}") for place in range(14))
    whole = slide(Matrix(same("title"), same("corner"), columns, ((same("row"), cells),) * 3))
    count = leaf_count(whole, "en")
    shown = [at_leaf(whole, "en", leaf).figure for leaf in range(1, count + 1)]
    assert count > 1
    heads = [head for figure in shown for head in figure.columns]  # type: ignore[union-attr]
    assert heads == list(columns)
    assert all(len(row[1]) == len(one.columns) for one in shown for row in one.rows)  # type: ignore[union-attr]


def test_what_fits_is_one_leaf_and_stays_as_it_is() -> None:
    for one in (long(3), slide(FIGURES["bars"]), slide()):
        assert leaf_count(one, "th") == 1
        assert at_leaf(one, "th", 1) is one


@pytest.mark.parametrize("rows", [14, 40])
def test_every_row_is_on_one_leaf_whose_number_is_in_its_title(rows: int) -> None:
    whole = long(rows)
    count = leaf_count(whole, "th")
    assert count > 1
    shown = [at_leaf(whole, "th", leaf).figure for leaf in range(1, count + 1)]
    assert all(isinstance(figure, Matrix) for figure in shown)
    names = [name.en for figure in shown for name, _cells in figure.rows]  # type: ignore[union-attr]
    assert names == [f"row {place}" for place in range(rows)]
    assert [figure.title.th for figure in shown] == [  # type: ignore[union-attr]
        f"title · {leaf}/{count}" for leaf in range(1, count + 1)
    ]


def test_a_leaf_that_is_not_there_is_the_nearest() -> None:
    whole = long(40)
    last = at_leaf(whole, "th", leaf_count(whole, "th"))
    assert at_leaf(whole, "th", 99) == last
    assert at_leaf(whole, "th", 0) == at_leaf(whole, "th", 1)
    assert layout(last, "th").figure == layout(at_leaf(whole, "th", 1), "th").figure


def test_a_slide_without_lines_has_more_rows_on_a_leaf() -> None:
    assert leaf_count(replace(long(40), lines=()), "th") <= leaf_count(long(40), "th")


def test_keys_go_through_the_leaves_before_the_page_beside() -> None:
    way = Way(end="/", previous="before", next="after")
    with as_view_of("present=1"):
        first, middle, last = (turned("governance", way, leaf, 3) for leaf in (1, 2, 3))
    assert (first.previous, last.next) == ("before", "after")
    assert "leaf=2" in first.next
    assert ("leaf=1" in middle.previous, "leaf=3" in middle.next) == (True, True)
