"""Calls of programs: who is let in, what they are answered, and what they are told otherwise."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any, get_args

import pytest
from pydantic import TypeAdapter
from sqlalchemy import Engine

from core.access.actors import LOCAL_ADMINISTRATOR, acting
from core.api import answering
from core.api.addresses import ENDPOINTS
from core.api.limits import Limiter
from core.api.working import LatePage, State
from core.periods import parse_period
from core.services.audit.trail import deeds
from core.services.deadlines.lateness import lateness
from core.services.deadlines.setting import set_deadline
from core.services.deadlines.wording import lateness_json
from core.services.findings.listing import STATES
from core.services.people.tokens import listed_tokens, revoke_token
from core.services.results.json_document import row_json
from core.services.results.listing import results
from core.store.audit.listing import Wanted
from tests.core.services.sending import BROKE, SOUND, row, table

Calls = Callable[..., Any]


def test_results_are_those_of_the_terminal_page_by_page(call: Calls, store: Engine) -> None:
    told = [row_json(one) for one in results(store, indicator="crisis.level")]
    pages = [call(f"/results?indicator=crisis.level&per_page=4&page={n}").json() for n in (1, 2, 9)]
    assert [page["total"] for page in pages] == [len(told)] * 3
    assert [*pages[0]["items"], *pages[1]["items"]] == json.loads(json.dumps(told))[:8]
    assert pages[2]["items"] == []


def test_a_result_is_explained(call: Calls) -> None:
    first = call("/results?indicator=crisis.level&area=11201&period=2566-M09").json()["items"][0]
    why = call(f"/results/{first['id']}/explanation").json()
    assert (why["value"], why["subject"]) == (7.0, "11201")
    assert why["parts"]
    assert call("/results/999999/explanation").status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/results", "/facilities", "/agreement", "/findings?state=all", "/uploads",
     "/dhis2/dataValueSets"],
)  # fmt: skip
def test_an_answer_is_what_the_description_says(call: Calls, path: str) -> None:
    (endpoint,) = (e for e in ENDPOINTS if e.method == "GET" and e.path == path.partition("?")[0])
    answer = call(path)
    assert answer.status_code == 200
    TypeAdapter(endpoint.answer).validate_json(answer.content, strict=True)


def test_who_is_late_is_told_for_the_area_of_a_token(call: Calls, store: Engine) -> None:
    month, due = parse_period("2566-M09"), date(2023, 7, 15)
    with acting(LOCAL_ADMINISTRATOR):
        set_deadline(store, "finance", month, due, area="TH", by="ผู้ดูแล")
        told = lateness_json(lateness(store, "finance", month, area="P61"))
    answer = call("/deadlines", "cup")
    assert answer.json()["items"] == [told]
    late = call("/deadlines/finance/2566-M09?per_page=2", "reader")
    TypeAdapter(LatePage).validate_json(late.content, strict=True)
    assert {key: late.json()[key] for key in told} == told
    assert (len(late.json()["items"]), late.json()["total"]) == (2, told["total"])
    assert call("/deadlines?area=P65", "cup").status_code == 403
    assert call("/deadlines/nothing/2566-M09").json()["code"] == "U130"
    assert call("/deadlines/finance/2566-R1").json()["code"] == "U131"
    same = {"If-None-Match": answer.headers["etag"]}
    assert call("/deadlines", "cup", headers=same).status_code == 304


def test_an_answer_of_days_is_another_on_the_next_day(
    call: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = call("/deadlines").headers["etag"]
    monkeypatch.setattr(answering, "today", lambda: date(2099, 1, 1))
    assert call("/deadlines").headers["etag"] != before


def test_states_of_findings_are_those_of_the_list() -> None:
    assert {*get_args(State)} == {*STATES}


def test_nobody_comes_in_without_a_token_that_holds(call: Calls, store: Engine) -> None:
    for headers in ({}, {"Authorization": "Bearer truat_x"}, {"Authorization": "Basic eDp4"}):
        answer = call("/results", None, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (401, "U066")
        assert answer.headers["www-authenticate"].startswith("Bearer")
    assert call("/results").status_code == 200
    with acting(LOCAL_ADMINISTRATOR):
        revoke_token(store, listed_tokens(store)[0].id)
    assert call("/results").status_code == 401


def test_secrets_are_kept_nowhere(store: Engine, secrets: dict[str, str]) -> None:
    told = str([*deeds(store, Wanted()), *listed_tokens(store)])
    assert [secret for secret in secrets.values() if secret in told] == []
    with store.connect() as connection:
        kept = str(connection.exec_driver_sql("SELECT * FROM program_token").all())
    assert [secret for secret in secrets.values() if secret in kept] == []


def test_an_answer_that_is_known_is_not_sent_again(call: Calls) -> None:
    first = call("/results?indicator=crisis.level")
    tag = first.headers["etag"]
    again = call("/results?indicator=crisis.level", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    # Another token, and another question, have tags of their own.
    assert call("/results", headers={"If-None-Match": tag}).status_code == 200
    other = call("/results?indicator=crisis.level", "reader", headers={"If-None-Match": tag})
    assert other.status_code != 304
    call("/uploads?file_name=a.csv", method="POST", content=table(row("11203", BROKE)))
    new = call("/results?indicator=crisis.level", headers={"If-None-Match": tag})
    assert (new.status_code, new.headers["etag"] != tag) == (200, True)


def test_a_file_is_stored_once_with_who_sent_it(call: Calls, store: Engine) -> None:
    data = table(row("11203", SOUND, month=10))
    sent = call("/uploads?file_name=เดือน.csv", method="POST", content=data)
    assert (sent.status_code, sent.json()["stored"]) == (201, True)
    number = sent.json()["receipt"]["upload"]["id"]
    again = call("/uploads?file_name=เดือน.csv", method="POST", content=data)
    assert again.json()["receipt"]["action"] == "same"
    shown = call(f"/uploads/{number}").json()
    assert (shown["file_name"], shown["by"]) == ("เดือน.csv", "country")
    content = call(f"/uploads/{number}/content")
    assert content.content == data
    assert content.headers["content-disposition"] == "attachment"
    assert content.headers["content-type"] == "application/octet-stream"
    (deed,) = deeds(store, Wanted(action="upload_stored"))
    assert (deed.who, deed.via) == ("country", "api")


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "F001"), (b"%PDF-1.7 x", "F006"), (b"a,b\n1,1234567890121\n", "F030"),
     (b"PK\x03\x04rubbish", "F004")],
)  # fmt: skip
def test_a_file_that_is_refused_is_told_why(call: Calls, content: bytes, code: str) -> None:
    answer = call("/uploads?file_name=x.csv", method="POST", content=content)
    assert answer.status_code == 422
    assert [one["code"] for one in answer.json()["messages"]] == [code]
    assert call("/uploads").json()["total"] == 1


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/results?indicator=no.such", 400, "U008"),
        ("/results?area=X1", 400, "U006"),
        ("/results?period=2566-M13", 400, "U005"),
        ("/results?page=0", 400, "U061"),
        ("/results?per_page=1001", 400, "U061"),
        ("/results?nothing=1", 400, "U061"),
        ("/results?page=1&page=2", 400, "U061"),
        ("/findings?state=sleeping", 400, "U061"),
        ("/findings/7", 404, "S070"),
        ("/uploads/7", 404, "S010"),
        ("/uploads/x", 400, "U061"),
        ("/nothing", 404, "U067"),
        ("/../../etc/passwd", 404, "U067"),
    ],
)
def test_what_is_asked_wrongly_is_told_in_both_languages(
    call: Calls, path: str, status: int, code: str
) -> None:
    answer = call(path, headers={"Accept-Language": "en"})
    if answer.headers["content-type"] != "application/problem+json":
        assert (status, answer.status_code) == (404, 404)
        return
    told = answer.json()
    assert (answer.status_code, told["status"], told["code"]) == (status, status, code)
    assert told["detail"] == told["text"]["en"] != told["text"]["th"]


def test_too_many_calls_are_told_when_to_come_again(
    call: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]
    limiter = Limiter(2, clock=lambda: now[0])
    monkeypatch.setattr(answering, "limiter", lambda: limiter)
    assert [call("/facilities").status_code for _ in range(3)] == [200, 200, 429]
    told = call("/facilities")
    assert told.headers["retry-after"] == "30"
    # Another token has a limit of its own; after the wait there is a call again.
    assert call("/facilities", "reader").status_code == 200
    now[0] += 30
    assert [call("/facilities").status_code for _ in range(2)] == [200, 429]


def test_a_token_reads_its_own_area_and_is_told_nothing_of_others(call: Calls) -> None:
    mine = {one["hcode"] for one in call("/facilities", "reader").json()["items"]}
    assert mine == {"11201", "11202", "11203", "11204"}
    assert {one["subject"][:3] for one in call("/results", "other").json()["items"]} <= {
        "P65", "D65", "113"
    }  # fmt: skip
    every = call("/results?area=11201&indicator=crisis.level").json()["items"]
    for path in ("/results?area=TH", "/results?area=P61", "/facilities?area=R03", "/agreement",
                 f"/results/{every[0]['id']}/explanation"):  # fmt: skip
        answer = call(path, "other")
        assert (answer.status_code, answer.json()["code"]) == (403, "A002")
        assert "11201" not in answer.text


def test_a_file_of_another_area_is_neither_stored_nor_shown(call: Calls, store: Engine) -> None:
    data = table(row("11201", SOUND, month=10))
    for who in ("other", "reader"):
        sent = call("/uploads?file_name=x.csv", who, method="POST", content=data)
        assert (sent.status_code, sent.json()["code"]) == (403, "A002")
    assert deeds(store, Wanted(action="upload_stored")) == ()
    number = call("/uploads?file_name=x.csv", "cup", method="POST", content=data).json()
    mine = number["receipt"]["upload"]["id"]
    for path in (f"/uploads/{mine}", f"/uploads/{mine}/content"):
        assert call(path, "cup").status_code == 200
        assert call(path, "other").status_code == 403
    assert call("/uploads", "other").json()["total"] == 0
