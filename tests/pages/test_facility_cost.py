"""What a hospital's page sends: little at first, what is behind a line when it is opened."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from sqlalchemy import Engine, event
from streamlit.testing.v1 import AppTest

from components.facility.behind import behind
from components.parts.behind import detail_html
from core.services.stores import open_store
from tests.components.drawn import html_of
from tests.country import small_store
from tests.pages.conftest import Open

BYTES, MESSAGES, TAGS = 33_000, 30, 1_200
HOSPITAL = "area=11202&lang=en"


@pytest.fixture(autouse=True)
def country(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUAT_VAR_FOLDER", str(tmp_path))
    small_store(tmp_path)


def drawn(app: AppTest) -> list[int]:
    """The size of every element sent."""
    protos = (getattr(element, "proto", None) for element in app.main)
    return [proto.ByteSize() for proto in protos if proto is not None]


class Tags(HTMLParser):
    count = 0

    def handle_starttag(self, _tag: str, _attributes: object) -> None:
        self.count += 1


@pytest.mark.parametrize("lang", ["th", "en"])
def test_the_page_is_small_and_of_few_pieces(open_page: Open, lang: str) -> None:
    app = open_page("facility.py", area="11202", lang=lang)
    sizes = drawn(app)
    assert sum(sizes) < BYTES
    assert len(sizes) < MESSAGES
    tags = Tags()
    tags.feed(html_of(app))
    assert tags.count < TAGS
    assert not app.get("plotly_chart")


def test_every_line_of_the_page_can_be_opened(open_page: Open) -> None:
    html = html_of(open_page("facility.py", area="11202", lang="en"))
    names = re.findall(r'<details class="t-more" data-why="([^"]+)" data-behind="1">', html)
    assert len(names) == len(set(names)) > 30
    assert "t-sources" not in html.split('id="level"')[1].split("</table>")[0]
    for name in names:
        assert detail_html(behind, f"{HOSPITAL}&why={name}"), name


def test_an_address_brings_what_it_asks_for_along(open_page: Open) -> None:
    html = html_of(open_page("facility.py", area="11202", lang="en", why="tps.score"))
    # What is not fetched later is here already; static/journey.js opens what the address names.
    brought = re.findall(r'<details class="t-more" data-why="([^"]+)">', html)
    assert brought == ["tps.score"]
    behind_it = re.sub("</?bdi>", "", detail_html(behind, f"{HOSPITAL}&why=tps.score") or "")
    assert behind_it
    assert behind_it in html


@pytest.mark.parametrize(
    "address",
    [
        HOSPITAL,
        f"{HOSPITAL}&why=",
        f"{HOSPITAL}&why=crisis.level.nothing",
        f"{HOSPITAL}&why=sent.999999",
        f"{HOSPITAL}&why=sent.x",
        f"{HOSPITAL}&why=%3Cscript%3E",
        "why=crisis.level",
        "area=99999&why=crisis.level",
        "area=R03&why=crisis.level",
        "area=..%2F&period=x&why=months",
    ],
)
def test_where_no_such_line_is_nothing_stands_behind_it(address: str) -> None:
    assert detail_html(behind, address) is None


def test_what_stands_behind_is_in_the_language_of_the_address() -> None:
    thai = detail_html(behind, "area=11202&why=crisis.level.liquidity.cash_ratio")
    english = detail_html(behind, "area=11202&lang=en&why=crisis.level.liquidity.cash_ratio")
    assert "ที่มา" in thai
    assert "Source" in english


def test_another_month_seen_before_asks_the_store_for_little(open_page: Open) -> None:
    for period in ("2566-M09", "2566-M08"):
        open_page("facility.py", area="11202", period=period)
    asked = questions(open_store())
    open_page("facility.py", area="11202", period="2566-M09")
    # Whether anything changed, once for each part of the page, and who sent the figures.
    assert len(asked) <= 16, asked
    others = [one for one in asked if "max(results_version.id)" not in one]
    assert len(others) <= 4, others


def questions(engine: Engine) -> list[str]:
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("SELECT"):
            asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    return asked
