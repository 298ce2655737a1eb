"""Signing in by OpenID Connect: Streamlit's own way, at a provider that really answers."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import oidc_provider_mock
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit import config
from streamlit.runtime.secrets import secrets_singleton
from streamlit.web.server.starlette.starlette_auth_routes import create_auth_routes

from components.frame.server import middleware
from components.people import cookies, session
from components.people.routes import routes
from core.access.actors import TERMINAL, acting, current_actor
from core.access.settings import VARIABLE
from core.services.people import accounts
from core.services.people.store import people_store
from core.store.engine.unit_of_work import close_engines
from tests.people import PASSWORD, place_of_people

HTML = {"accept": "text/html"}


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    with oidc_provider_mock.run_server_in_thread() as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, provider: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    secrets = tmp_path / "secrets.toml"
    secrets.write_text(
        "[auth]\n"
        'redirect_uri = "http://localhost/oauth2callback"\n'
        'cookie_secret = "a secret of the tests of at least 32 letters"\n'
        'client_id = "truat"\nclient_secret = "truat secret"\n'
        f'server_metadata_url = "{provider}/.well-known/openid-configuration"\n',
        encoding="utf-8",
    )
    place_of_people(tmp_path, monkeypatch)
    monkeypatch.setenv(VARIABLE, "oidc local")
    monkeypatch.setattr(session, "_FRESH", 0.0)
    before = config.get_option("secrets.files")
    config.set_option("secrets.files", [str(secrets)])
    secrets_singleton._reset()
    yield
    config.set_option("secrets.files", before)
    secrets_singleton._reset()
    close_engines()


async def _who(_request: Request) -> Response:
    actor = current_actor()
    return JSONResponse([actor.issuer, actor.subject, actor.name, len(actor.grants)])


def browser() -> TestClient:
    app = Starlette(
        routes=[*routes(), *create_auth_routes(""), Route("/", _who)],
        middleware=[*middleware(), Middleware(SessionMiddleware, secret_key="state of the tests")],
    )
    return TestClient(app, base_url="http://localhost", follow_redirects=False)


def back_from(provider: str, client: TestClient, subject: str) -> httpx.Response:
    """Go to the provider, sign in there as somebody, and come back."""
    there = client.get(client.get("/sign-in/oidc").headers["location"]).headers["location"]
    assert there.startswith(provider)
    asked = httpx.post(there, data={"sub": subject}, follow_redirects=False)
    came = urlsplit(asked.headers["location"])
    return client.get(f"{came.path}?{came.query}")


def test_somebody_new_is_known_by_issuer_and_subject_and_may_do_nothing(provider: str) -> None:
    httpx.put(f"{provider}/users/7", json={"name": "สมหญิง ทดสอบ"})
    client = browser()
    assert "/sign-in/oidc" in client.get("/sign-in").text
    back_from(provider, client, "7")
    entered = client.get("/", headers=HTML)
    assert entered.status_code == 303
    assert client.get("/").json() == [provider, "7", "สมหญิง ทดสอบ", 0]
    # What Streamlit keeps for thirty days is gone: the session of this program counts alone.
    assert not [name for name in client.cookies if name.startswith("_streamlit_user")]
    with acting(TERMINAL):
        store = people_store()
        number = accounts.listed_people(store)[0].person.id
        accounts.grant(store, number, "administrator", "TH")
        assert client.get("/").json()[3] == 1
        accounts.set_disabled(store, _other_administrator(store), disabled=False)
        accounts.set_disabled(store, number, disabled=True)
    assert client.get("/").status_code == 401
    back_from(provider, client, "7")
    assert "/sign-in" in client.get("/", headers=HTML).headers["location"]


def _other_administrator(store: object) -> int:
    person = accounts.add_account(store, "chief", "", PASSWORD)  # type: ignore[arg-type]
    accounts.grant(store, person.id, "administrator", "TH")  # type: ignore[arg-type]
    return person.id


def test_what_streamlit_kept_a_while_ago_opens_no_session(
    provider: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = browser()
    back_from(provider, client, "8")
    monkeypatch.setattr(session, "_JUST_NOW", -1)
    assert "/sign-in" in client.get("/", headers=HTML).headers["location"]


def test_who_has_just_signed_in_is_led_nowhere_else(provider: str) -> None:
    client = browser()
    back_from(provider, client, "9")
    entered = client.get("http://localhost//evil.example/", headers=HTML)
    assert (entered.status_code, entered.headers["location"]) == (303, "/")


@pytest.mark.parametrize("forged", ["", "no.signature", "eyJzdWIiOiI3In0.x.y"])
def test_a_forged_login_opens_no_session(forged: str) -> None:
    client = browser()
    client.cookies["_streamlit_user"] = forged
    assert "/sign-in" in client.get("/", headers=HTML).headers["location"]
    assert cookies.SESSION not in client.cookies


def test_a_way_that_is_not_open_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "local")
    client = browser()
    assert client.get("/sign-in/oidc").status_code == 404
    assert not re.search("oidc", client.get("/sign-in").text)
