"""What stands behind a line: told as data, so that no browser takes it for a page of ours."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.requests import Request
from starlette.responses import Response

from components.parts.behind import later, send_behind
from components.reader.markup import Html, tag
from components.reader.query import query
from components.reader.streamlit_internals import as_view_of
from core.errors import StoreError


def behind(why: str) -> Html | None:
    if why == "broken":
        raise StoreError("S001")
    return tag("p", "<b>", query().get("lang", "th")) if why == "known" else None


def asked(address: str) -> Response:
    scope = {"type": "http", "method": "GET", "path": "/", "headers": []}
    request = Request(scope | {"query_string": address.encode()})
    # In a thread of its own: where browser tests ran before, this one has a loop already.
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(send_behind(behind, request))).result()


def test_the_answer_is_escaped_html_in_the_language_of_the_address() -> None:
    answer = asked("why=known&lang=en")
    assert answer.media_type == "application/json"
    assert answer.headers["cache-control"] == "no-cache"
    assert json.loads(answer.body) == {"html": "<p>&lt;b&gt;en</p>"}


@pytest.mark.parametrize("address", ["", "why=", "why=other", "why=broken"])
def test_nothing_behind_a_line_is_told_as_such(address: str) -> None:
    assert asked(address).status_code == 404


@pytest.mark.parametrize(
    ("address", "is_open"),
    [("why=a.b", True), ("why=a.b.c", False), ("why=a.bc", False), ("why=a", False), ("", False)],
)
def test_a_line_brings_its_contents_where_the_address_names_it(address: str, is_open: bool) -> None:
    with as_view_of(address):
        line = later("Why", "a.b", lambda: Html("<p>told</p>"))
    assert ("told" in line) is is_open
    assert ('data-behind="1"' in line) is not is_open


@pytest.mark.parametrize(("address", "is_open"), [("why=a.b.c", True), ("why=a.bc", False)])
def test_a_line_of_parts_opens_for_each_of_them(address: str, is_open: bool) -> None:
    with as_view_of(address):
        line = later("Why", "a.b", lambda: Html("<p>told</p>"), with_parts=True)
    assert ("told" in line) is is_open
