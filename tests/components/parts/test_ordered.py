"""Tables that show a part of their rows are put in order by the server, over all rows."""

# ruff: noqa: PLC0415 - a little page is run by itself and brings its imports along.

import re

import pytest

from tests.components.drawn import draw, html_of


def page() -> None:
    from collections.abc import Callable

    import streamlit as st

    from components.parts.ordered import Head, ordering

    heads = [Head("name", "ชื่อ", is_number=False), Head("value", "ค่า"), Head("", "เหตุผล")]
    rows = [("ข", 1.0), ("ก", None), ("ง", 3.0), ("ค", 2.0), ("จ", 1.0)]
    place = {"name": 0, "value": 1}

    def values(key: str) -> Callable[[tuple[str, float | None]], str | float | None]:
        return lambda row: row[place[key]]

    table = ordering("crisis", heads, rows, values, 3)
    chosen = table.shown(rows, values)
    st.html(table.head)
    st.text("".join(name for name, _value in chosen))
    st.text(table.caption("หัวเรื่อง", "ตามความจำเป็น"))


@pytest.mark.parametrize(
    ("order", "shown", "caption"),
    [
        ("", "ขกง", "ตามความจำเป็น"),
        ("-value", "งคข", "หัวเรื่อง เรียงตามค่า จากมากไปน้อย"),
        ("value", "ขจค", "หัวเรื่อง เรียงตามค่า จากน้อยไปมาก"),
        ("name", "กขค", "หัวเรื่อง เรียงตามชื่อ จากน้อยไปมาก"),
        ("-", "ขกง", "ตามความจำเป็น"),
        ("<b>", "ขกง", "ตามความจำเป็น"),
    ],
)
def test_all_rows_are_put_in_order_and_the_first_of_them_shown(
    order: str, shown: str, caption: str
) -> None:
    app = draw(page, order=order)
    assert [one.value for one in app.text] == [shown, caption]


def test_those_without_a_value_come_last_whichever_way() -> None:
    for order in ("value", "-value"):
        app = draw(page, order=order)
        app.selectbox[1].select(3).run()
        assert app.text[0].value.endswith("ก")


@pytest.mark.parametrize(
    ("order", "sort", "leads_to"),
    [
        ("", {}, ("name", "-value")),
        ("name", {"name": "ascending"}, ("-name", "-value")),
        ("-name", {"name": "descending"}, ("", "-value")),
        ("-value", {"value": "descending"}, ("name", "value")),
        ("value", {"value": "ascending"}, ("name", "")),
    ],
)
def test_a_heading_says_how_it_sorts_and_leads_to_the_next_way(
    order: str, sort: dict[str, str], leads_to: tuple[str, str]
) -> None:
    html = html_of(draw(page, order=order, lang="th"))
    heads = re.findall(r"<th([^>]*)>(.*?)</th>", html)
    said = {
        re.search('data-order="([^"]+)"', inner)[1]: re.search('aria-sort="([^"]+)"', attributes)[1]  # type: ignore[index]
        for attributes, inner in heads
        if "aria-sort" in attributes
    }
    assert said == sort
    ways = [re.search('href="([^"]+)"', inner) for _attributes, inner in heads]
    asked = [re.search(r"order=([^&\"]*)", way[1]) if way else None for way in ways]
    assert [one[1] if one else "" for one in asked] == [*leads_to, ""]
    assert ways[2] is None, "a column that sorts nothing is no link"


def test_the_order_is_not_carried_to_other_pages() -> None:
    def elsewhere() -> None:
        import streamlit as st

        from components.reader.links import address

        st.text(address("overview"))

    assert draw(elsewhere, order="-value", area="R05").text[0].value == "./?area=R05"
