"""The index of the search on the wire: once, and again only when it has changed."""

import asyncio
import gzip
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import orjson
import pytest
from starlette.requests import Request
from starlette.responses import Response

from components.frame import search_index
from components.frame.navigation import menu
from components.frame.search import sent, words
from core.access import actors
from core.services.recompute.versions import Cause, recompute_all
from core.services.search.index import Entry, rules
from core.store.engine.unit_of_work import unit_of_work
from core.store.register.repository import enter_facilities
from core.text import Text
from tests.core.store.filling import hospital
from tests.country import small_store


def ask(**headers: str) -> Response:
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    request = Request({"type": "http", "method": "GET", "path": "/", "headers": raw})
    # In a thread: a browser test before this one leaves its loop running.
    with ThreadPoolExecutor() as pool:
        return pool.submit(asyncio.run, search_index.send_index(request)).result()


def test_it_is_sent_again_only_when_the_register_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRUAT_VAR_FOLDER", str(tmp_path))
    engine = small_store(tmp_path)
    first = ask(accept_encoding="gzip, br")
    assert first.headers["content-encoding"] == "gzip"
    assert first.headers["cache-control"] == "private, no-cache", (
        "a browser asks whether it has changed"
    )
    tag = first.headers["etag"]
    again = ask(accept_encoding="gzip", if_none_match=f"W/{tag}")
    assert (again.status_code, again.body) == (304, b"")
    with unit_of_work(engine) as session:
        recompute_all(session, Cause("import", "a test"))
        session.commit()
    assert ask(if_none_match=tag).status_code == 304, "other results are no other register"
    with unit_of_work(engine) as session:
        enter_facilities(session, [hospital("11299")])
        recompute_all(session, Cause("import", "a test"))
        session.commit()
    changed = ask(if_none_match=tag)
    assert changed.status_code == 200
    assert changed.headers["etag"] != tag
    assert b'"11299"' in changed.body
    assert b'"11299"' not in gzip.decompress(bytes(first.body))


def rows(kind: str, *found: Entry) -> list[list[object]]:
    document = orjson.loads(orjson.dumps(search_index.index(found)))
    return [row for row in document["entries"] if row[0] == kind]


def test_who_may_read_nothing_is_refused_and_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRUAT_VAR_FOLDER", str(tmp_path))
    small_store(tmp_path)
    monkeypatch.setenv("TRUAT_SIGN_IN", "local")
    monkeypatch.setattr(actors, "_FINDERS", [lambda: actors.Actor("local", "new", "ใหม่")])
    answer = ask()
    assert (answer.status_code, answer.body) == (403, b"")


def test_every_page_of_the_menu_is_found() -> None:
    assert [row[1] for row in rows("page")] == [page.id for page in menu().pages]


def test_an_indicator_leads_to_the_page_that_shows_it_and_a_rule_to_the_handbook() -> None:
    led = {row[1]: row[7:] for row in rows("indicator", *rules())}
    assert led["revenue.score"] == ["revenue", "revenue.area"]
    assert led["revenue.defects_area"] == ["revenue", "revenue.defects_area"]
    assert led["crisis.level"] == ["crisis", ""]
    assert "star.a.01" not in led, "no page selects it"
    assert "star.a.01" in {row[1] for row in rows("rule", *rules())}


def test_names_of_people_and_files_travel_as_data() -> None:
    name = '<img src=x onerror="alert(1)">'
    ((_kind, _code, th, *_rest),) = rows("hospital", Entry("hospital", "11201", Text(name, name)))
    assert th == name


def test_everything_said_has_both_languages() -> None:
    assert sent()["words"].keys() == words().keys()  # type: ignore[attr-defined]
    assert all(text.th and text.en for text in words().values())
    assert {row[0] for row in rows("rule", *rules())} | {"page", "indicator"} <= words().keys()
