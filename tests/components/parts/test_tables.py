"""A table is a table to a screen reader too."""

# ruff: noqa: PLC0415 - a little page is run by itself and brings its imports along.

import pytest

from components.parts.tables import Column, table_html
from tests.components.drawn import draw, html_of


def page() -> None:
    from components.parts.status import mark
    from components.parts.tables import Column, table

    columns = (Column("Name"), Column("Points", number=True), Column("Status"))
    table("Items <1>", columns, [("a & b", "5.00", mark("pass")), ("c", "–", mark("none"))])


def test_rows_and_columns_are_named() -> None:
    html = html_of(draw(page))
    assert "<caption>Items &lt;1&gt;</caption>" in html
    assert html.count('scope="col"') == 3
    assert '<th scope="row">a &amp; b</th><td class="t-number">5.00</td>' in html
    assert '<th class="t-number" scope="col">Points</th>' in html
    assert html.count("<tr>") == 3


def test_the_keyboard_reaches_what_scrolls() -> None:
    assert 'role="region" tabindex="0" aria-label="Items &lt;1&gt;"' in html_of(draw(page))


def test_a_row_of_another_length_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="shorter"):
        table_html("x", [Column("a"), Column("b")], [["only one"]])
