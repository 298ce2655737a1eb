"""A filter of one column leaves the rows it means, of all rows, and says how many."""

# ruff: noqa: PLC0415 - a little page is run by itself and brings its imports along.

import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components.parts.filtered import Bound, Filter, Head, Value, Worded, bound_of
from tests.components.drawn import draw, html_of

NAME, LEVEL = Head("name", "Hospital", is_number=False), Head("level", "Level")
ROWS: list[dict[str, Value]] = [
    {"name": Worded("บ้านไผ่", "บ้านไผ่ 11001"), "level": Worded(7.0, "ไม่ผ่าน")},
    {"name": Worded("Ban Mi", "Ban Mi 10789"), "level": Worded(0.0, "ผ่าน")},
    {"name": Worded("ท่าวุ้ง", "ท่าวุ้ง 10790"), "level": Worded(None, "ไม่มีข้อมูล")},
    {"name": Worded("พัฒนานิคม", "พัฒนานิคม 10791"), "level": Worded(2.46, "เฝ้าระวัง")},
]


def kept(head: Head, text: str) -> list[int]:
    rows = Filter(head, text).filtered(ROWS, lambda key: lambda row: row[key])
    return [ROWS.index(row) for row in rows]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("บานไผ", [0]), ("ไผ่", [0]), ("ban", [1]), ("1079", [2, 3]), ("107", [1, 2, 3]),
        ("ไม่มีชื่อนี้", []), ("", [0, 1, 2, 3]), (".*", []), ("≥ 5", []),
    ],
)  # fmt: skip
def test_a_part_of_a_name_or_code_is_enough_whatever_the_tone_marks(
    text: str, left: list[int]
) -> None:
    assert kept(NAME, text) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("≥ 2.46", [0, 3]), (">=2.46", [0, 3]), ("> 2.46", [0]), ("≤0", [1]), ("<0", []),
        ("< 7", [1, 3]), ("> -1", [0, 1, 3]), ("≥ ๗", [0]), ("≤ 1,000%", [0, 1, 3]),
        # A number alone is met as it would be written with as many decimals.
        ("7", [0]), ("2", [3]), ("2.4", []), ("2.5", [3]), ("2.46", [3]), ("0", [1]),
        # "ผ่าน" is a part of "ไม่ผ่าน".
        ("ผ่าน", [1]), ("ไม่ผ่าน", [0]), ("ไม่", [0, 2]), ("≥", []), ("5 5", []),
    ],
)  # fmt: skip
def test_numbers_are_held_against_a_bound_and_a_missing_one_meets_none(
    text: str, left: list[int]
) -> None:
    assert kept(LEVEL, text) == left


def test_a_bound_is_read_however_it_is_written() -> None:
    assert bound_of("≥ ๑,๒๐๐.๕๐") == Bound("≥", 1200.5, 2)
    assert bound_of("<= −3 %") == Bound("≤", -3.0, 0)
    for text in ("", "≥", "1.2.3", "a5", "≥ ≤ 5", "5-"):
        assert bound_of(text) is None


def page() -> None:
    from collections.abc import Callable

    import streamlit as st

    from components.parts.ordered import Head, ordering

    heads = [Head("name", "Name", is_number=False), Head("value", "Value"), Head("", "Why")]
    rows = [(f"n{number}", float(number)) for number in range(20)]

    def values(key: str) -> Callable[[tuple[str, float]], str | float]:
        return lambda row: row[("name", "value").index(key)]

    table = ordering("crisis", heads, rows, values, 3)
    st.html(table.head)
    st.text(" ".join(name for name, _value in table.shown(rows, values)))
    st.text(table.chosen.in_words())


def drawn(**address: str) -> AppTest:
    return draw(page, lang="en", **address)


def shown(app: AppTest) -> list[str]:
    return [one.value for one in app.text]


def plain(app: AppTest) -> str:
    return re.sub(r"<[^>]+>", "", html_of(app))


def test_all_rows_are_filtered_and_how_many_are_left_is_said_with_a_way_back() -> None:
    app = drawn(column="value", filter="≥ 15", order="-value", area="R05")
    assert shown(app) == ["n19 n18 n17", "Value: ≥ 15"]
    assert "5 of 20 rows · Show all rows" in plain(app)
    assert 'role="status"' in html_of(app)
    back = re.search(r'href="([^"]+)"[^>]*>Show all rows', html_of(app))
    assert back
    assert "order=-value" in back[1]
    assert "filter" not in back[1]
    assert app.selectbox[1].options == ["1–3", "4–5"]


def test_headings_keep_the_filter() -> None:
    ways = re.findall(r'<th[^>]*><a href="([^"]+)"', html_of(drawn(column="value", filter="≥ 15")))
    assert len(ways) == 2
    for way in ways:
        assert "column=value" in way
        assert "filter=%E2%89%A5+15" in way


def test_without_a_row_it_is_said_in_words_what_can_be_asked() -> None:
    app = drawn(column="value", filter="≥ 99")
    assert shown(app)[0] == ""
    assert "No row of 20 has “≥ 99” in “Value”" in plain(app)
    assert "as in ≥ 5 or ≤ 5" in plain(app)
    assert "a part of the name or of the code is enough" in plain(drawn(filter="zz"))


def test_a_column_that_is_not_there_is_told_and_the_first_one_taken() -> None:
    app = drawn(column="<b>", filter="n1")
    assert "Column of the filter “&lt;b&gt;”: not to be found here; shown is: Name" in plain(app)
    assert "11 of 20 rows" in plain(app)


def test_typing_and_choosing_write_the_address() -> None:
    app = drawn()
    assert "rows" not in plain(app)
    app.selectbox[0].select("value").run()
    app.text_input[0].input("< 2").run()
    assert shown(app)[0] == "n0 n1"
    address: Any = app.query_params
    assert (address["column"], address["filter"]) in ((["value"], ["< 2"]), ("value", "< 2"))
