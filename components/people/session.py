"""Who a request and a view belong to, by the cookie of their browser."""

import time
from collections import OrderedDict
from collections.abc import Mapping
from http import HTTPStatus
from threading import Lock
from typing import Final
from urllib.parse import quote, urlsplit

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components.people import cookies
from components.reader.own_files import is_of
from components.reader.streamlit_internals import (
    claims_of_login,
    login_cookies,
    session_cookies,
)
from core.access.actors import Actor, acting, look_for
from core.access.settings import proxies, ways
from core.errors import AccessError
from core.services.audit.origin import coming_from
from core.services.people.sessions import actor_of_session
from core.services.people.signing_in import sign_in_by

PAGE: Final = "sign-in"
"""The address of the page to sign in, relative to the app's."""
WAY_OUT: Final = f"{PAGE}/out"
BACK: Final = "next"
"""The parameter that says where to go from there."""
OPEN: Final = (
    PAGE, "auth/login", "auth/logout", "oauth2callback", "app/static/", "static/", "favicon",
    "_stcore/health", "_stcore/host-config", "api/", "health", "ready",
)  # fmt: skip
"""What is answered before anybody has signed in: assets, health, and what asks for itself."""
_MEDIA: Final = "media/"
_FORWARDED: Final = "x-forwarded-for"
_FRESH: Final = 1.0
"""Seconds that an answer about a session is good for: a view asks hundreds of times."""
_JUST_NOW: Final = 300
"""Seconds within which `st.login` must have signed somebody in."""
_MOST: Final = 2_048
_REFUSED: Final = 1008
_LOCK: Final = Lock()
_KNOWN: Final[OrderedDict[str, tuple[float, Actor | None]]] = OrderedDict()


def actor_of(browser_cookies: Mapping[str, str]) -> Actor | None:
    """Who the cookies of a browser let in; None for nobody."""
    key = cookies.value_of(browser_cookies, cookies.SESSION)
    if key is None:
        return None
    now = time.monotonic()
    with _LOCK:
        checked_at, actor = _KNOWN.get(key, (0.0, None))
    if now - checked_at < _FRESH:
        return actor
    actor = actor_of_session(key)
    with _LOCK:
        _KNOWN[key] = (now, actor)
        while len(_KNOWN) > _MOST:
            _KNOWN.popitem(last=False)
    return actor


def forget(key: str) -> None:
    """Have a session looked at anew at the next request, as after it was ended."""
    with _LOCK:
        _KNOWN.pop(key, None)


def find_by_view() -> None:
    """Have whoever acts in a view found by its cookies."""
    look_for(lambda: actor_of(session_cookies()))


def base() -> str:
    """The path the app is served under, without a slash at the end; empty at the root."""
    under = str(st.get_option("server.baseUrlPath")).strip("/")
    return f"/{under}" if under else ""


def own_path(typed: str) -> str:
    """Where to go after signing in: an address of this app, its first page for any other."""
    parts = urlsplit(typed)
    is_own = typed.startswith("/") and not typed.startswith("//") and "\\" not in typed
    fine = is_own and not parts.scheme and not parts.netloc and typed.isprintable()
    return typed if fine else f"{base()}/"


class SignedIn:
    """Lets requests and sockets of those through who have signed in; others are led to sign in.

    What is answered acts in their name. Where nobody has to sign in it stands aside.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or not ways() or _is_open(scope["path"]):
            await self._app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        actor = await run_in_threadpool(actor_of, connection.cookies)
        if actor is not None:
            app = _OwnFiles(self._app, actor) if _is_media(scope["path"]) else self._app
            with acting(actor), coming_from("page", origin_of(connection)):
                await app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": _REFUSED})
        else:
            answer = await run_in_threadpool(_refused, connection)
            await answer(scope, receive, send)


class _OwnFiles:
    """Answers with a file to the reader alone that it was made for; to others there is none."""

    def __init__(self, app: ASGIApp, actor: Actor) -> None:
        self._app, self._actor = app, actor

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # Whole or not at all: a part of a file does not tell whose it is.
        whole = [pair for pair in scope["headers"] if pair[0] not in (b"range", b"if-range")]
        messages: list[Message] = []

        async def collect(message: Message) -> None:
            messages.append(message)

        await self._app({**scope, "headers": whole, "method": "GET"}, receive, collect)
        content = b"".join(one.get("body", b"") for one in messages)
        if not is_of(content, self._actor):
            await Response(status_code=HTTPStatus.NOT_FOUND)(scope, receive, send)
            return
        for message in messages:
            await send(message)


def _is_open(path: str) -> bool:
    return path.removeprefix(base()).removeprefix("/").startswith(OPEN)


def _is_media(path: str) -> bool:
    return path.removeprefix(base()).removeprefix("/").startswith(_MEDIA)


def _refused(connection: HTTPConnection) -> Response:
    """The way to the page to sign in; whoever `st.login` has just signed in gets a session."""
    if connection.scope["method"] != "GET" or "text/html" not in connection.headers.get(
        "accept", ""
    ):
        return PlainTextResponse("Sign in first.", status_code=HTTPStatus.UNAUTHORIZED)
    if entered := _entered(connection):
        return entered
    path = connection.url.path + (f"?{connection.url.query}" if connection.url.query else "")
    to = f"{base()}/{PAGE}?{BACK}={quote(path, safe='')}"
    if connection.query_params.get("lang") == "en":
        to += "&lang=en"
    return RedirectResponse(to, status_code=HTTPStatus.SEE_OTHER)


def _entered(connection: HTTPConnection) -> Response | None:
    if "oidc" not in ways():
        return None
    claims = claims_of_login(connection.cookies, _JUST_NOW)
    if claims is None:
        return None
    issuer, subject = str(claims.get("iss") or ""), str(claims.get("sub") or "")
    if not issuer or not subject:
        return None
    name = str(claims.get("name") or claims.get("email") or subject)
    try:
        with coming_from("page", origin_of(connection)):
            key = sign_in_by("oidc", issuer, subject, name)
    except AccessError:
        return None
    answer = RedirectResponse(own_path(connection.url.path), status_code=HTTPStatus.SEE_OTHER)
    cookies.give(answer, cookies.SESSION, key, base())
    for one in login_cookies(connection.cookies):
        answer.delete_cookie(one, path=base() or "/")
    return answer


def origin_of(connection: HTTPConnection) -> str:
    """The address somebody comes from."""
    direct = connection.client.host if connection.client else ""
    return _origin(direct, connection.headers.get(_FORWARDED, ""))


def origin_of_view() -> str:
    """The address that whoever looks at a view comes from; empty for this very machine."""
    return _origin(st.context.ip_address or "", st.context.headers.get(_FORWARDED) or "")


def _origin(direct: str, forwarded: str) -> str:
    """Of what proxies say only so many are believed as the settings name.

    A browser may write any address in front of theirs.
    """
    addresses = [one.strip() for one in forwarded.split(",") if one]
    trusted = proxies()
    if not trusted or len(addresses) < trusted:
        return direct
    return addresses[-trusted]
