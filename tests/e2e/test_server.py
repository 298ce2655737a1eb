"""What the server answers to anybody who asks, browser or not."""

import gzip
import http.client
import json
import os
import subprocess
import sys
import urllib.request
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit

import pytest

from components.frame.document import document
from components.reader.assets import asset_address
from tests.e2e.conftest import alone_at

PLACES = (
    "/",
    "/criteria?lang=en",
    "/nowhere",
    "/_stcore/health",
    "/_stcore/host-config",
    "/app/static/frame.css",
    "/app/static/fonts/sarabun-thai-400-normal.woff2",
    "/static/manifest.json",
)


def ask(url: str, **headers: str) -> tuple[int, http.client.HTTPMessage, bytes]:
    request = urllib.request.Request(url, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.headers, answer.read()
    except HTTPError as error:
        return error.code, error.headers, error.read()


@pytest.mark.parametrize("place", PLACES)
def test_every_answer_carries_the_security_headers(address: str, place: str) -> None:
    _, headers, _ = ask(address + place)
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-eval" not in policy
    assert "script-src 'self' blob:;" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize(
    ("place", "language", "sentence"),
    [("/nowhere", "th", "ไม่มีหน้าตามที่อยู่นี้"), ("/nowhere?lang=en", "en", "There is no page")],
)
def test_an_unknown_address_says_so(address: str, place: str, language: str, sentence: str) -> None:
    status, _, body = ask(address + place)
    assert status == 404
    assert f'<html lang="{language}">' in body.decode()
    assert sentence in body.decode()


@pytest.mark.parametrize(
    ("query", "language"), [("", "th"), ("?lang=en", "en"), ("?lang=<b>", "th")]
)
def test_the_first_document_is_in_the_language_of_the_address(
    address: str, query: str, language: str
) -> None:
    _, _, body = ask(f"{address}/criteria{query}")
    assert body.decode() == document("en" if language == "en" else "th")
    assert f'<html lang="{language}" class="t-coming">' in body.decode()


def test_scripts_come_compressed_and_may_be_kept(address: str) -> None:
    script = document("th").split('crossorigin src="./')[1].split('"')[0]
    _, plain_headers, plain = ask(f"{address}/{script}")
    for _ in range(2):
        _, headers, body = ask(f"{address}/{script}", **{"Accept-Encoding": "gzip"})
        assert headers["Content-Encoding"] == "gzip"
        assert headers["Vary"] == "Accept-Encoding"
        assert "immutable" in headers["Cache-Control"]
        assert gzip.decompress(body) == plain
        assert len(body) < len(plain) / 2
    assert "Content-Encoding" not in plain_headers


def test_fonts_may_be_kept_for_a_year(address: str) -> None:
    _, headers, body = ask(f"{address}/app/static/fonts/sarabun-thai-400-normal.woff2")
    assert "immutable" in headers["Cache-Control"]
    assert body.startswith(b"wOF2")


def test_our_files_may_be_kept_only_under_an_address_that_changes_with_them(address: str) -> None:
    for file in ("map.css", "map/map.js", "geo/provinces.json"):
        _, headers, _ = ask(f"{address}/{asset_address(file)}")
        assert "immutable" in headers["Cache-Control"]
        _, headers, _ = ask(f"{address}/app/static/{file}")
        assert headers["Cache-Control"] == "no-cache"


def test_the_shapes_of_the_provinces_come_compressed(address: str) -> None:
    _, headers, body = ask(
        f"{address}/{asset_address('geo/provinces.json')}", **{"Accept-Encoding": "gzip"}
    )
    assert headers["Content-Encoding"] == "gzip"
    assert len(body) < 50_000
    assert len(json.loads(gzip.decompress(body))["objects"]["provinces"]["geometries"]) == 77


def test_the_icon_that_browsers_ask_for_by_themselves_is_there(address: str) -> None:
    status, headers, body = ask(f"{address}/favicon.ico")
    assert (status, headers.get_content_type()) == (200, "image/svg+xml")
    assert body.startswith(b"<svg") or b"<svg" in gzip.decompress(body)


def test_an_app_of_these_tests_reaches_nobody_else_and_whom_it_wanted_is_noted(
    tmp_path: Path,
) -> None:
    elsewhere = "import socket; socket.create_connection(('192.0.2.1', 80))"
    tried = [sys.executable, "-c", elsewhere]
    run = subprocess.run(
        tried, env={**os.environ, **alone_at(tmp_path)}, capture_output=True, check=False
    )
    assert b"no network here: 192.0.2.1" in run.stderr
    assert "192.0.2.1" in (tmp_path / "wanted.txt").read_text("utf-8")


@pytest.mark.parametrize(("host", "status"), [("127.0.0.1", 101), ("localhost", 101), ("a.b", 403)])
def test_a_foreign_name_for_this_machine_is_turned_away(
    address: str, host: str, status: int
) -> None:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=10)
    key = {"Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version": "13"}
    upgrade = {"Host": f"{host}:{parts.port}", "Upgrade": "websocket", "Connection": "Upgrade"}
    connection.request("GET", "/_stcore/stream", headers={**upgrade, **key})
    assert connection.getresponse().status == status
    connection.close()
