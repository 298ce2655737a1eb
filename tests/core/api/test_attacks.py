"""The attacks on the interface for programs that `docs/security.md` lists, and what happens."""

import asyncio
import hashlib
import logging
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from httpx import ASGITransport, AsyncClient
from sqlalchemy import Engine

from core.api import bodies
from core.api.addresses import application
from core.api.settings import ApiSettings
from core.services.importing.sent import sent_files
from tests.core.forms.cells import hostile_files
from tests.core.services.sending import SOUND, row, table

Calls = Callable[..., Any]


def send(call: Calls, content: Any, who: str = "country", **more: Any) -> Any:
    return call("/uploads?file_name=x.xlsx", who, method="POST", content=content, **more)


def nothing_was_stored(store: Engine) -> bool:
    return len(sent_files(store)) == 1


@pytest.mark.parametrize(
    "content",
    [hostile_files.bomb(50_000_000), hostile_files.nested_bomb(),
     hostile_files.doctype("xl/workbook.xml"), hostile_files.flipped()],
    ids=["bomb", "bomb in a bomb", "entities", "damage"],
)  # fmt: skip
def test_a_hostile_file_is_refused(call: Calls, store: Engine, content: bytes) -> None:
    assert send(call, content).status_code == 422
    assert nothing_was_stored(store)


def test_an_oversized_body_is_refused_by_its_word_and_by_its_bytes(
    call: Calls, store: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    declared = {"Content-Length": str(bodies.MOST_BYTES + 1)}
    assert send(call, b"x", headers=declared).json()["code"] == "U064"
    monkeypatch.setattr(bodies, "MOST_BYTES", 1000)

    def pieces() -> Any:
        yield from [b"x" * 600, b"x" * 600]

    told = send(call, pieces())
    assert (told.status_code, told.json()["code"]) == (413, "U064")
    assert nothing_was_stored(store)


def test_a_slow_body_is_not_waited_for(
    secrets: dict[str, str], store: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = ApiSettings(body_seconds=5.0, pause_seconds=0.05)
    monkeypatch.setattr(bodies, "api_settings", lambda: limits)

    async def slowly() -> AsyncIterator[bytes]:
        yield b"h"
        await asyncio.Event().wait()

    async def called() -> Any:
        transport = ASGITransport(application())
        async with AsyncClient(transport=transport, base_url="http://localhost") as client:
            headers = {"Authorization": f"Bearer {secrets['country']}"}
            address = "/api/v1/uploads?file_name=x.csv"
            return await client.post(address, content=slowly(), headers=headers)

    told = asyncio.run(called())
    assert (told.status_code, told.json()["code"]) == (408, "U063")
    assert nothing_was_stored(store)


PATHS = ["../../x.csv", "..\\x.csv", "/etc/x.csv", "x\x00.csv", "a/b.csv", ""]


@pytest.mark.parametrize("name", PATHS)
def test_a_name_is_no_path(call: Calls, store: Engine, name: str) -> None:
    told = call("/uploads", method="POST", params={"file_name": name}, content=b"a,b\n")
    assert (told.status_code, told.json()["code"]) == (400, "U061")
    assert nothing_was_stored(store)


@pytest.mark.parametrize("path", ["/uploads/..%2f..%2fetc%2fpasswd", "/uploads/%2e%2e/content"])
def test_an_address_is_no_path(call: Calls, path: str) -> None:
    told = call(path)
    assert told.status_code in (400, 404)
    assert "root:" not in told.text


def test_files_lie_in_the_database_and_never_where_the_server_serves_from(
    call: Calls, store: Engine, tmp_path: Path
) -> None:
    data = table(row("11203", SOUND, month=10))
    assert send(call, data).status_code == 201
    kept = [file for file in tmp_path.rglob("*") if file.is_file() and "truat.db" not in file.name]
    assert [file for file in kept if file.read_bytes() == data] == []
    assert sent_files(store)[0].upload.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-User": "admin"},
        {"X-Remote-User": "admin", "X-Forwarded-For": "127.0.0.1"},
        {"Cookie": "truat_session=forged; token=forged"},
        {"Authorization": "Bearer truat_' OR 1=1 --"},
        {"Authorization": "Bearer " + "truat_" + "a" * 100_000},
    ],
    ids=["proxy user", "proxy address", "cookie", "injection", "long"],
)
def test_nobody_comes_in_by_a_forged_header(call: Calls, headers: dict[str, str]) -> None:
    told = call("/results", None, headers=headers)
    assert (told.status_code, told.json()["code"]) == (401, "U066")


def test_texts_of_a_query_are_never_run(call: Calls) -> None:
    for query in ("indicator=' OR '1'='1", "area=TH' --", "period=2566; DROP TABLE deed"):
        assert call(f"/results?{query}").status_code == 400
    assert call("/uploads?find=%25' OR 1=1 --").json()["total"] == 0


def test_what_failed_inside_is_told_to_nobody(
    call: Calls, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_args: object, **_more: object) -> None:
        raise RuntimeError("postgresql://user:secret@host")

    monkeypatch.setattr("core.api.reading.results", broken)
    # Other tests have set up the logs of a server, which keep their lines to themselves.
    for name in ("truat", "truat.api"):
        monkeypatch.setattr(logging.getLogger(name), "propagate", True)
        monkeypatch.setattr(logging.getLogger(name), "disabled", False)
    told = call("/results")
    assert (told.status_code, told.json()["code"]) == (500, "S022")
    assert "secret" not in told.text
    assert "the interface failed" in caplog.text
