"""Nobody but this machine's own browser is served while nobody can sign in."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import streamlit as st

from components.frame import visitors
from components.frame.visitors import OwnVisitors, is_of_this_machine, refuse_open_address


def outcome(kind: str, headers: dict[str, str]) -> Any:
    """What comes back: `through`, or the first message that was sent."""
    sent: list[Any] = []

    async def app(*_: object) -> None:
        sent.append("through")

    async def send(message: Any) -> None:
        sent.append(message.get("status") or message)

    async def receive() -> Any:
        return {"type": "http.request"}

    raw = [(key.encode(), value.encode()) for key, value in headers.items()]
    scope = {"type": kind, "headers": raw, "path": "/_stcore/stream", "method": "GET"}
    with ThreadPoolExecutor() as pool:
        pool.submit(asyncio.run, OwnVisitors(app)(scope, receive, send)).result()  # type: ignore[arg-type]
    return sent[0]


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    "headers",
    [
        {"host": "localhost:8501"},
        {"host": "127.0.0.1:8501", "origin": "http://127.0.0.1:8501"},
        {"host": "[::1]:8501", "origin": "http://[::1]:8501"},
        {},
    ],
)
def test_the_own_browser_gets_through(kind: str, headers: dict[str, str]) -> None:
    assert outcome(kind, headers) == "through"


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "localhost:8501", "origin": "https://elsewhere.example"},
        {"host": "localhost:8501", "origin": "http://localhost:9999"},
        {"host": "localhost:8501", "origin": "null"},
        {"host": "127.0.0.1:8501", "origin": "http://127.0.0.1.elsewhere.example:8501"},
        {"host": "rebound.example", "origin": "http://rebound.example"},
        {"host": "192.168.1.20:8501"},
        {"host": "localhost:8501@elsewhere.example"},
    ],
)
def test_nobody_else_does(headers: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    def asked() -> None:
        pytest.fail("asked an outside service for an address")

    monkeypatch.setattr("streamlit.net_util.get_external_ip", asked)
    assert outcome("http", headers) == 403
    assert outcome("websocket", headers) == {"type": "websocket.close", "code": 1008}


def test_a_host_that_the_settings_name_is_let_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "get_option", lambda _: ["truat.example"])
    named = {"host": "truat.example", "origin": "https://truat.example"}
    assert outcome("websocket", named) == "through"


@pytest.mark.parametrize(
    ("address", "is_own"),
    [
        ("127.0.0.1", True), ("localhost", True), ("::1", True), ("127.8.8.8", True),
        ("unix:///run/truat.sock", True),
        ("0.0.0.0", False), ("::", False), ("", False), ("192.168.1.20", False),
        ("hospital.example", False), ("localhost.example", False),
    ],
)  # fmt: skip
def test_it_starts_on_this_machine_alone(
    address: str, is_own: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert is_of_this_machine(address) is is_own
    monkeypatch.setattr(visitors.st, "get_option", lambda _: address)
    if is_own:
        refuse_open_address()
        return
    with pytest.raises(SystemExit) as ended:
        refuse_open_address()
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert "โดยไม่มีการเข้าสู่ระบบ" in said
    assert f"“{address or '*'}”" in said
    assert "127.0.0.1" in said
