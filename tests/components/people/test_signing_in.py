"""Signing in as a browser does it, and what somebody else's browser gets to see."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from components.frame.server import middleware
from components.people import cookies, session
from components.people.routes import routes
from components.people.session import find_by_view, origin_of, own_path
from components.reader.own_files import for_reader, note
from core.access.actors import TERMINAL, Actor, acting, current_actor
from core.access.settings import PROXIES, PUBLIC, SECRET, VARIABLE
from core.errors import AccessError
from core.services.people import accounts, provider_id
from core.services.people.provider_id import sign_in_by_code
from core.services.people.sessions import actor_of_session
from core.services.people.signing_in import sign_in
from core.services.people.store import people_store
from core.store.engine.unit_of_work import close_engines
from tests.people import PASSWORD, place_of_people

HTML = {"accept": "text/html"}
ORIGIN = {"origin": "http://localhost"}


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    place_of_people(tmp_path, monkeypatch)
    monkeypatch.setenv(VARIABLE, "local")
    monkeypatch.setattr(session, "_FRESH", 0.0)
    for name in (PUBLIC, PROXIES, SECRET):
        monkeypatch.delenv(name, raising=False)
    with acting(TERMINAL):
        store = people_store()
        for account, role, area in (("cup", "cup", "D6101"), ("chief", "administrator", "TH")):
            person = accounts.add_account(store, account, account.title(), PASSWORD)
            accounts.grant(store, person.id, role, area)
    yield
    close_engines()


async def _who(_request: Request) -> Response:
    actor = current_actor()
    return JSONResponse({"name": actor.name, "subject": actor.subject})


async def _file(request: Request) -> Response:
    return PlainTextResponse(request.path_params["content"])


async def _socket(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text("open")
    await socket.close()


def browser() -> TestClient:
    app = Starlette(
        routes=[
            *routes(),
            Route("/who", _who),
            Route("/media/{content}", _file),
            Route("/app/static/a.css", _file),
            Route("/", _who),
            WebSocketRoute("/_stcore/stream", _socket),
        ],
        middleware=middleware(),
    )
    return TestClient(app, base_url="http://localhost", follow_redirects=False)


def token_of(page: httpx.Response) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page.text)
    assert found
    return found.group(1)


def tried(client: TestClient, account: str = "cup", **changed: str) -> httpx.Response:
    fields = {
        "token": token_of(client.get("/sign-in")),
        "account": account,
        "password": PASSWORD,
        "next": "/crisis?area=P61",
    }
    return client.post("/sign-in", data=fields | changed, headers=ORIGIN)


def signed_in(account: str = "cup") -> TestClient:
    client = browser()
    assert tried(client, account).status_code == 303
    return client


def test_whoever_has_not_signed_in_is_led_to_the_page_and_back() -> None:
    client = browser()
    led = client.get("/crisis?area=P61", headers=HTML)
    assert led.status_code == 303
    assert led.headers["location"] == "/sign-in?next=%2Fcrisis%3Farea%3DP61"
    page = client.get(led.headers["location"])
    assert 'lang="th"' in page.text
    assert page.headers["cache-control"] == "no-store"
    entered = tried(client)
    assert entered.headers["location"] == "/crisis?area=P61"
    assert client.get("/who").json() == {"name": "Cup", "subject": "cup"}


@pytest.mark.parametrize("path", ["/who", "/search/index.json", "/media/x", "/behind/facility"])
def test_nothing_is_told_to_whoever_has_not_signed_in(path: str) -> None:
    answer = browser().get(path)
    assert (answer.status_code, answer.text) == (401, "Sign in first.")


def test_no_socket_opens_without_a_session() -> None:
    at = "ws://localhost/_stcore/stream"
    with pytest.raises(WebSocketDisconnect), browser().websocket_connect(at):
        pass
    kept = signed_in().cookies[cookies.SESSION]
    given = {"cookie": f"{cookies.SESSION}={kept}"}
    with browser().websocket_connect(at, headers=given) as socket:
        assert socket.receive_text() == "open"


def test_the_page_says_in_both_languages_what_was_wrong() -> None:
    for query, said in (("", "ชื่อบัญชีหรือรหัสผ่านไม่ถูกต้อง"), ("?lang=en", "is wrong")):
        client = browser()
        fields = {"token": token_of(client.get("/sign-in")), "account": "cup", "password": "no"}
        answer = client.post(f"/sign-in{query}", data=fields, headers=ORIGIN)
        assert answer.status_code == 401
        assert said in answer.text
        assert "no" not in re.findall(r'value="([^"]*)"', answer.text)


def test_the_cookie_is_read_by_no_script_and_sent_by_no_other_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def given() -> str:
        return next(c for c in tried(browser()).headers.get_list("set-cookie") if "session" in c)

    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(given().split("; "))
    assert "Secure" not in given()
    monkeypatch.setenv(PUBLIC, "https://truat.example")
    client = browser()
    client.base_url = httpx.URL("https://truat.example")
    answer = client.get("/sign-in")
    assert "Secure" in answer.headers["set-cookie"]


# Attacks.


@pytest.mark.parametrize("forge", ["cut", "other", "bare", "older"])
def test_a_forged_cookie_lets_nobody_in(forge: str, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in()
    real = client.cookies[cookies.SESSION]
    key = real.split(".")[0]
    if forge == "older":
        monkeypatch.setattr(cookies, "LASTING", {cookies.SESSION: -1, cookies.FORM: 60})
    other = cookies._signer(cookies.FORM).sign(key).decode()
    client.cookies[cookies.SESSION] = {
        "cut": real[:-2], "other": other, "bare": key, "older": real,
    }[forge]  # fmt: skip
    assert client.get("/who").status_code == 401


def test_a_cookie_signed_by_another_secret_lets_nobody_in(monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in()
    monkeypatch.setenv(SECRET, "another secret of at least thirty-two letters")
    assert client.get("/who").status_code == 401


def test_a_secret_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SECRET, "short")
    with pytest.raises(AccessError, match="A005"):
        cookies.value_of({}, cookies.SESSION)


def test_the_secret_of_the_machine_is_read_by_its_owner_alone(tmp_path: Path) -> None:
    signed_in()
    assert (tmp_path / "cookie.key").stat().st_mode & 0o077 == 0


def test_a_form_is_taken_once() -> None:
    client = browser()
    fields = {"token": token_of(client.get("/sign-in")), "account": "cup", "password": "wrong"}
    kept = client.cookies[cookies.FORM]
    assert client.post("/sign-in", data=fields, headers=ORIGIN).status_code == 401
    client.cookies.clear()
    client.cookies[cookies.FORM] = kept
    replayed = client.post("/sign-in", data=fields | {"password": PASSWORD}, headers=ORIGIN)
    assert replayed.status_code == 403
    assert "ส่งไปแล้ว" in replayed.text
    # Nothing of it is noted in the process: another one refuses it as well.
    with acting(TERMINAL), pytest.raises(AccessError, match="A014"):
        sign_in("cup", PASSWORD, "elsewhere", fields["token"])


@pytest.mark.parametrize("token", ["", "guessed"])
def test_a_form_of_another_page_is_refused(token: str) -> None:
    client = browser()
    assert tried(client, token=token).status_code == 403
    client.cookies.clear()
    assert client.post("/sign-in", data={"token": token}, headers=ORIGIN).status_code == 403


def test_another_site_cannot_send_the_form() -> None:
    client = browser()
    fields = {"token": token_of(client.get("/sign-in")), "account": "cup", "password": PASSWORD}
    answer = client.post("/sign-in", data=fields, headers={"origin": "https://evil.example"})
    assert answer.status_code == 403
    assert client.get("/who").status_code == 401


@pytest.mark.parametrize("body", [b"x" * 9000, b"\xff\xfe=1"])
def test_a_body_that_is_no_form_is_refused(body: bytes) -> None:
    assert browser().post("/sign-in", content=body, headers=ORIGIN).status_code == 400


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "/\r\nx:",
    ],
)
def test_nobody_is_led_elsewhere_after_signing_in(elsewhere: str) -> None:
    assert own_path(elsewhere) == "/"
    assert tried(browser(), next=elsewhere).headers["location"] == "/"


def test_a_session_that_was_ended_opens_nothing() -> None:
    client = signed_in()
    stolen = client.cookies[cookies.SESSION]
    page = client.get("/sign-in/out")
    assert "Cup" in page.text
    assert client.post("/sign-in/out", data={"token": "guessed"}, headers=ORIGIN).status_code == 403
    out = client.post(
        "/sign-in/out", data={"token": token_of(client.get("/sign-in/out"))}, headers=ORIGIN
    )
    assert out.status_code == 303
    thief = browser()
    thief.cookies[cookies.SESSION] = stolen
    assert thief.get("/who").status_code == 401


def test_a_new_session_begins_with_a_new_key() -> None:
    """A key planted into a browser before somebody signs in is worth nothing afterwards."""
    client = browser()
    client.cookies[cookies.SESSION] = "planted"
    given = tried(client).headers.get_list("set-cookie")
    assert [one for one in given if one.startswith(cookies.SESSION) and "planted" not in one]


@pytest.mark.parametrize(
    ("trusted", "said", "origin"),
    [
        ("", "203.0.113.9", "testclient"),
        ("1", "203.0.113.9", "203.0.113.9"),
        ("1", "6.6.6.6, 203.0.113.9", "203.0.113.9"),
        ("2", "6.6.6.6, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        ("1", "", "testclient"),
        ("nonsense", "203.0.113.9", "testclient"),
    ],
)
def test_an_address_that_is_only_said_is_not_believed(
    monkeypatch: pytest.MonkeyPatch, trusted: str, said: str, origin: str
) -> None:
    monkeypatch.setenv(PROXIES, trusted)
    scope: dict[str, Any] = {
        "type": "http",
        "headers": [(b"x-forwarded-for", said.encode())] if said else [],
        "client": ("testclient", 1),
    }
    assert origin_of(Request(scope)) == origin


@pytest.mark.parametrize("address", ["127.0.0.1", "localhost"])
def test_nobody_becomes_the_local_administrator_by_what_they_say(address: str) -> None:
    said = {"x-forwarded-for": address, "x-real-ip": address, "forwarded": f"for={address}"}
    assert browser().get("/who", headers=said).status_code == 401


def test_a_file_is_handed_to_the_reader_alone_that_it_was_made_for() -> None:
    with acting(Actor("truat:local", "cup", "Cup")):
        assert for_reader(lambda: b"figures")() == b"figures"
    assert signed_in("cup").get("/media/figures").text == "figures"
    assert signed_in("cup").get("/media/figures", headers={"range": "bytes=0-2"}).text == "figures"
    assert signed_in("chief").get("/media/figures").status_code == 404
    assert signed_in("cup").get("/media/other").status_code == 404
    note(b"other", Actor("truat:local", "cup", "Cup"))
    assert signed_in("cup").get("/media/other").text == "other"


def test_a_file_is_made_in_the_name_of_who_looks_whoever_makes_it() -> None:
    names: list[str] = []

    def make() -> bytes:
        names.append(current_actor().name)
        return b""

    with acting(Actor("truat:local", "cup", "Cup")):
        work = for_reader(make)
    work()
    assert names == ["Cup"]


# Where nobody signs in.


def test_without_sign_in_nothing_stands_in_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE)
    client = browser()
    assert client.get("/who").json()["subject"] == "local"
    assert client.get("/sign-in", headers=HTML).headers["location"] == "/"
    make = lambda: b""  # noqa: E731
    assert for_reader(make) is make


def test_a_view_outside_of_streamlit_has_nobody() -> None:
    find_by_view()
    with pytest.raises(AccessError, match="A001"):
        current_actor()


# Provider ID, on a server that answers as the ministry's do.

TOKENS = ("tokenofhealthid", "tokenofproviderid")
PROFILE = {
    "account_id": "555", "name_th": "สมหญิง", "surname_th": "ทดสอบ",
    "organization": [{"hcode": "11201"}, {"hcode": "99999"}, {}, "no organisation"],
}  # fmt: skip


class Ministry:
    """What was asked of it, and a profile for the code `good`."""

    def __init__(self, profile: Any = PROFILE) -> None:
        self.asked: list[str] = []
        self.profile = profile

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(f"{request.method} {request.url.host}{request.url.path}")
        sent = request.content.decode()
        if request.url.path == "/api/v1/token":
            good = '"good"' in sent and '"health secret"' in sent
            data: Any = {"access_token": TOKENS[0]} if good else None
        elif request.url.path == "/api/v1/services/token":
            good = TOKENS[0] in sent and '"provider secret"' in sent
            data = {"access_token": TOKENS[1]} if good else None
        else:
            good = request.headers["authorization"] == f"Bearer {TOKENS[1]}"
            data = self.profile if good else None
        return httpx.Response(200 if data is not None else 401, json={"data": data})

    def client(self) -> httpx.Client:
        return httpx.Client(transport=httpx.MockTransport(self.answer))


@pytest.fixture
def ministry(monkeypatch: pytest.MonkeyPatch) -> Ministry:
    monkeypatch.setenv(VARIABLE, "provider_id")
    monkeypatch.setenv(PUBLIC, "http://localhost")
    for name in ("HEALTH", "PROVIDER"):
        monkeypatch.setenv(f"TRUAT_{name}_ID_CLIENT", f"{name.lower()} client")
        monkeypatch.setenv(f"TRUAT_{name}_ID_SECRET", f"{name.lower()} secret")
    return Ministry()


def test_a_code_is_exchanged_twice_and_an_organisation_means_an_area(ministry: Ministry) -> None:
    actor = actor_of_session(sign_in_by_code("good", ministry.client()))
    assert actor
    assert (actor.issuer, actor.subject) == ("https://provider.id.th", "555")
    assert [(one.role, one.area) for one in actor.grants] == [("executive", "11201")]
    assert ministry.asked == [
        "POST moph.id.th/api/v1/token",
        "POST provider.id.th/api/v1/services/token",
        "GET provider.id.th/api/v1/services/profile",
    ]


def test_no_token_is_kept(ministry: Ministry, tmp_path: Path) -> None:
    sign_in_by_code("good", ministry.client())
    close_engines()
    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir() if file.is_file())
    assert "สมหญิง".encode() in kept
    assert not [word for word in TOKENS if word.encode() in kept]


@pytest.mark.parametrize("profile", [{}, [], {"organization": [{"hcode": "11201"}]}])
def test_a_profile_of_nobody_lets_nobody_in(ministry: Ministry, profile: Any) -> None:
    ministry.profile = profile
    with pytest.raises(AccessError, match="A007"):
        sign_in_by_code("good", ministry.client())


def test_a_code_that_is_none_lets_nobody_in(ministry: Ministry) -> None:
    with pytest.raises(AccessError, match="A007"):
        sign_in_by_code("guessed", ministry.client())


def test_the_way_there_and_back_belongs_to_one_browser(
    ministry: Ministry, monkeypatch: pytest.MonkeyPatch
) -> None:
    answering = ministry.client()
    monkeypatch.setattr(provider_id.httpx, "Client", lambda **_: answering)
    client = browser()
    there = urlsplit(client.get("/sign-in/provider-id").headers["location"])
    asked = parse_qs(there.query)
    assert (there.hostname, there.path) == ("moph.id.th", "/oauth/redirect")
    assert asked["redirect_uri"] == ["http://localhost/sign-in/provider-id/back"]
    state = asked["state"][0]
    assert browser().get(f"/sign-in/provider-id/back?code=good&state={state}").status_code == 403
    assert client.get("/sign-in/provider-id/back?code=good&state=other").status_code == 403
    assert client.get(f"/sign-in/provider-id/back?code=good&state={state}").status_code == 303
    assert client.get("/who").json()["name"] == "สมหญิง ทดสอบ"


def test_without_its_settings_the_way_says_which_is_missing(
    ministry: Ministry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TRUAT_HEALTH_ID_CLIENT")
    assert "TRUAT_HEALTH_ID_CLIENT" in browser().get("/sign-in/provider-id").text
    assert ministry.asked == []
