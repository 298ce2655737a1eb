"""What stands between the app and the wire, tried on a small app of its own."""

import asyncio
import gzip
import importlib
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from types import ModuleType, SimpleNamespace

import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import Message

from components.frame import server
from components.frame.server import middleware
from core.errors import StoreError
from tests.paths import ROOT

SCRIPT = b"const a = 1;\n" * 500


@dataclass
class Answer:
    status: int
    headers: Headers
    body: bytes


class Client:
    """A little app behind our middleware; `reached` are the paths that got through to it."""

    def __init__(self) -> None:
        self.reached: list[str] = []
        routes = [
            Route("/static/js/a.js", self._script),
            Route("/_stcore/health", self._health),
            Route("/media/{kind}", self._media),
            Route("/{path:path}", self._shell),
        ]
        self._app = Starlette(routes=routes, middleware=middleware())

    def get(self, path: str, **headers: str) -> Answer:
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        scope = {
            "type": "http",
            "method": "GET",
            "path": path,
            "query_string": b"",
            "headers": [(key.encode(), value.encode()) for key, value in headers.items()],
        }
        # In a thread: a browser test before this one leaves its loop running.
        with ThreadPoolExecutor() as pool:
            pool.submit(asyncio.run, self._app(scope, receive, send)).result()
        assert sum(message["type"] == "http.response.start" for message in sent) == 1
        body = b"".join(message.get("body", b"") for message in sent)
        return Answer(sent[0]["status"], Headers(raw=sent[0]["headers"]), body)

    async def _script(self, request: Request) -> Response:
        self.reached.append(request.url.path)
        return Response(SCRIPT, media_type="application/javascript", headers={"etag": '"1"'})

    async def _shell(self, request: Request) -> Response:
        self.reached.append(request.url.path)
        return HTMLResponse("<html></html>")

    async def _media(self, request: Request) -> Response:
        return Response(b"x", media_type=request.path_params["kind"].replace("_", "/"))

    async def _health(self, _: Request) -> Response:
        return PlainTextResponse("ok")


@pytest.fixture
def client() -> Client:
    return Client()


def test_a_script_is_compressed_a_single_time(client: Client) -> None:
    for _ in range(3):
        answer = client.get("/static/js/a.js", **{"accept-encoding": "gzip, br"})
        assert answer.headers["content-encoding"] == "gzip"
        assert int(answer.headers["content-length"]) == len(answer.body) < len(SCRIPT) / 2
        assert "etag" not in answer.headers
        assert gzip.decompress(answer.body) == SCRIPT
    assert client.reached == ["/static/js/a.js"]


@pytest.mark.parametrize(
    "headers", [{}, {"accept-encoding": "br"}, {"accept-encoding": "gzip", "range": "bytes=0-9"}]
)
def test_who_does_not_want_it_compressed_gets_it_plain(
    client: Client, headers: dict[str, str]
) -> None:
    client.get("/static/js/a.js", **{"accept-encoding": "gzip"})
    answer = client.get("/static/js/a.js", **headers)
    assert "content-encoding" not in answer.headers
    assert answer.body == SCRIPT


def test_the_shell_sent_for_a_missing_script_is_not_kept(client: Client) -> None:
    for _ in range(2):
        assert client.get("/static/js/gone.js", **{"accept-encoding": "gzip"}).status == 404
    assert client.reached == ["/static/js/gone.js"] * 2


@pytest.mark.parametrize(("path", "status"), [("/", 200), ("/criteria", 200), ("/criterias", 404)])
def test_only_pages_of_the_menu_are_pages(client: Client, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status == status
    assert "content-security-policy" in answer.headers
    assert (answer.body == b"<html></html>") is (status == 200)


def test_other_answers_pass(client: Client) -> None:
    answer = client.get("/_stcore/health")
    assert answer.body == b"ok"
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the modules that are loaded ahead; without a store, and without freezing."""
    imported: list[str] = []

    def import_module(name: str) -> ModuleType:
        imported.append(name)
        return importlib.import_module(name)

    def no_store(*_args: object) -> None:
        raise StoreError("S002", store="", reason="")

    monkeypatch.setattr(server, "importlib", SimpleNamespace(import_module=import_module))
    monkeypatch.setattr(server, "open_store", no_store)
    monkeypatch.setattr(server, "gc", SimpleNamespace(collect=int, freeze=int))
    server.read_on()
    return imported


def test_every_module_is_loaded_ahead_however_deep_its_room(loaded: list[str]) -> None:
    rooms = (ROOT / "components", ROOT / "core" / "services")
    files = [file.relative_to(ROOT) for room in rooms for file in room.rglob("*.py")]
    names = {".".join(file.with_suffix("").parts).removesuffix(".__init__") for file in files}
    depths = {name.count(".") for name in names}
    assert max(depths) >= 4, "no room lies in a room any more: this test proves nothing"
    assert names - set(loaded) == set()


def test_what_takes_long_to_load_is_not_loaded_before_the_port_answers() -> None:
    heavy = {"altair", "docx", "ibis", "pandas", "pptx", "weasyprint"}
    program = "import sys, components.frame.filling, components.frame.server; print(*sys.modules)"
    command = [sys.executable, "-c", program]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found = set(told.stdout.split())
    assert "components.frame.server" in found
    assert not found & (heavy | {"components.facility.page"})


@pytest.mark.parametrize(
    ("kind", "is_saved"),
    [
        ("application_octet-stream", True),
        ("image_svg+xml", True),
        ("text_plain", True),
        ("application_pdf", True),
        ("image_png", False),
    ],
)
def test_files_are_saved_and_never_shown_in_the_page(
    client: Client, kind: str, is_saved: bool
) -> None:
    headers = client.get(f"/media/{kind}").headers
    assert (headers.get("content-disposition") == "attachment") is is_saved
    assert headers["x-content-type-options"] == "nosniff"


def test_health_is_told_to_whoever_asks_by_any_name(client: Client) -> None:
    answer = client.get("/healthz", host="203.0.113.5:8501")
    assert (answer.status, answer.body) == (200, b'{"status":"ok"}')
    assert client.get("/readyz", host="203.0.113.5").status == 200
    assert client.get("/", host="203.0.113.5").status == 403
    assert client.reached == []


def test_readiness_tells_of_a_store_that_is_not_reached(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreached() -> str:
        raise StoreError("S005", store="postgresql://somewhere/secret", reason="refused")

    monkeypatch.setattr("components.frame.health.name_of_open", unreached)
    answer = client.get("/readyz")
    assert (answer.status, answer.body) == (503, b'{"status":"failing","code":"S005"}')
    assert client.get("/healthz").status == 200


def test_programs_are_answered_below_the_pages() -> None:
    served = Starlette(routes=server.routes({}), middleware=middleware())
    told = TestClient(served, base_url="http://localhost").get("/api/v1/openapi.json")
    assert told.json()["openapi"] == "3.1.0"
    missing = TestClient(served, base_url="http://localhost").get("/api/v1/results")
    assert (missing.status_code, missing.json()["code"]) == (401, "U066")
    assert "content-security-policy" in missing.headers
