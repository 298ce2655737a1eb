"""The server around the app: first document, security headers, compressed assets, start-up."""

import gc
import gzip
import importlib
import pkgutil
import sys
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from threading import Thread
from typing import Final

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components.frame import answer_log, search, search_index
from components.frame.document import document, not_found
from components.frame.health import Health
from components.frame.navigation import addresses
from components.frame.visitors import OwnVisitors
from components.parts.behind import Behind, send_behind
from components.parts.shapes import ADDRESS, send_districts
from components.people.routes import PAGES
from components.people.routes import routes as signing_in
from components.people.session import SignedIn, find_by_view
from components.reader.assets import asset_address
from components.reader.language import PARAMETER, language_of
from components.reader.store import find_by_view as find_store_by_view
from components.reader.streamlit_internals import admit_name, ignore_pages_folder
from core.access.actors import THE_PROGRAM, acting
from core.access.settings import public_url
from core.errors import StoreError
from core.services.audit.logs import set_up_logs
from core.services.audit.origin import be_reached_by
from core.services.bulk.clerk import employ
from core.services.overview.month import read_ahead
from core.services.stores import open_store
from core.services.themes import attention as theme_attention
from core.text import Language

_POLICY: Final = (
    "default-src 'self'",
    # Components bring their script as a blob. No inline script, no eval.
    "script-src 'self' blob:",
    "worker-src 'self' blob:",
    # Streamlit writes its styles into the page.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "media-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
)
_HEADERS: Final = {
    "Content-Security-Policy": "; ".join(_POLICY),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_COMPRESSIBLE: Final = (".css", ".js", ".json", ".svg")
_PICTURES: Final = ("image/png", "image/jpeg", "image/gif", "image/webp")
_PROGRAMS: Final = "/api/v1"
_FIRST_MONTHS: Final = 2
"""Months that the first page shows: its own and the one before."""
_COLLECTED: Final = (50_000, 20, 100)
"""When Python collects: the ten thousand objects of a view are gone with it, few in a cycle."""
_TURN: Final = 0.001
"""Seconds after which Python lets the next thread go on.

By itself it takes five times as long, and a click hands over some twenty times: beside one view
that computes it would take a tenth of a second longer.
"""
_CACHE_A_YEAR: Final = "public, max-age=31536000, immutable"


def routes(behind: Mapping[str, Behind]) -> list[BaseRoute]:
    """Our first document at the address of every page, and what pages ask for by themselves.

    `behind` tells by page what stands behind a line of it: static/behind.js asks for it.
    """
    pages = [Route(f"{_base()}/{address}", _first_document) for address in addresses()]
    answers = [
        Route(f"{_base()}/behind/{page}", partial(send_behind, handler))
        for page, handler in behind.items()
    ]
    find_by_view()
    find_store_by_view()
    return [
        *pages,
        *signing_in(),
        *answers,
        Route(f"{_base()}/favicon.ico", _icon),
        Route(f"{_base()}/{ADDRESS}", send_districts),
        Route(f"{_base()}/{search.ADDRESS}", search_index.send_index),
        Mount(f"{_base()}{_PROGRAMS}", app=_to_programs),
    ]


def middleware() -> list[Middleware]:
    """The middleware around the app, the outermost first."""
    return [
        *answer_log.wanted(),
        Middleware(Health),
        Middleware(OwnVisitors),
        Middleware(Guard),
        Middleware(SignedIn),
        Middleware(CompressOnce),
    ]


def settle() -> None:
    """Have at hand what the first visitor's page needs, and begin to load what others need.

    The pages themselves report a store that cannot be opened.
    """
    ignore_pages_folder()
    known = public_url()
    if known is not None and known.hostname:
        admit_name(known.hostname)
    be_reached_by("page")
    set_up_logs()
    employ()
    sys.setswitchinterval(_TURN)
    gc.set_threshold(*_COLLECTED)
    with suppress(StoreError), acting(THE_PROGRAM):
        store = open_store()
        read_ahead(store, _FIRST_MONTHS)
        theme_attention.read_ahead(store)
    Thread(target=read_on, name="read ahead", daemon=True).start()


def read_on() -> None:
    """Load what no visitor should wait for: every room, two years of months, themes of one year.

    Then all of it is frozen, so that the garbage collector never walks through it again.
    """
    load_rooms()
    with suppress(StoreError), acting(THE_PROGRAM):
        store = open_store()
        read_ahead(store)
        theme_attention.read_ahead(store, 12)
    gc.collect()
    gc.freeze()


def load_rooms() -> None:
    """Import every module that a page may need, however deep its room lies."""
    for top in ("components", "core.services", "core.api"):
        package = importlib.import_module(top)
        for module in pkgutil.walk_packages(package.__path__, f"{top}."):
            importlib.import_module(module.name)


class Guard:
    """Adds security headers, and answers 404 where Streamlit would open its first page."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._pages = {f"{_base()}/{address}" for address in (*addresses(), *PAGES)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path, missing = scope["path"], False

        async def guarded(message: Message) -> None:
            nonlocal missing
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                missing = path not in self._pages and _is_html(headers)
                _guard(headers, scope)
            if not missing:
                await send(message)

        await self._app(scope, receive, guarded)
        if missing:
            missing, answer = (
                False,
                HTMLResponse(not_found(_language(scope), _base()), status_code=404),
            )
            _guard(answer.headers, scope)
            await answer(scope, receive, send)


class CompressOnce:
    """Compresses Streamlit's scripts and styles, each one once: their names carry their digest."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._compressed: dict[str, Response] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not _wants_compressed(scope):
            await self._app(scope, receive, send)
            return
        path = scope["path"]
        if path not in self._compressed:
            answer = await _collected(self._app, scope, receive)
            if answer.status_code != HTTPStatus.OK or _is_html(answer.headers):
                await answer(scope, receive, send)
                return
            self._compressed[path] = await run_in_threadpool(_compressed, answer)
        await self._compressed[path](scope, receive, send)


async def _to_programs(scope: Scope, receive: Receive, send: Send) -> None:
    """The interface for programs, which is loaded when the first of them asks."""
    module = await run_in_threadpool(importlib.import_module, "core.api.addresses")
    await module.router()(scope, receive, send)


async def _icon(_request: Request) -> Response:
    """What browsers ask for beside an answer that is no page of ours, as that of the interface."""
    return RedirectResponse(f"{_base()}/{asset_address('icon.svg')}")


async def _first_document(request: Request) -> Response:
    return HTMLResponse(document(_language(request.scope)), headers={"Cache-Control": "no-cache"})


async def _collected(app: ASGIApp, scope: Scope, receive: Receive) -> Response:
    answer, body = Response(), bytearray()

    async def collect(message: Message) -> None:
        if message["type"] == "http.response.start":
            answer.status_code = message["status"]
            answer.raw_headers = list(message["headers"])
        else:
            body.extend(message.get("body", b""))

    await app(scope, receive, collect)
    answer.body = bytes(body)
    return answer


def _compressed(answer: Response) -> Response:
    headers = ("content-type", "cache-control")
    return Response(
        gzip.compress(bytes(answer.body), compresslevel=6, mtime=0),
        headers={name: answer.headers[name] for name in headers if name in answer.headers}
        | {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"},
    )


def _wants_compressed(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    path, headers = scope["path"], Headers(scope=scope)
    return (
        path.startswith(f"{_base()}/static/")
        and path.endswith(_COMPRESSIBLE)
        and "gzip" in headers.get("accept-encoding", "")
        and "range" not in headers
    )


def _guard(headers: MutableHeaders, scope: Scope) -> None:
    headers.update(_HEADERS)
    if _is_for_saving(headers, scope):
        headers.setdefault("Content-Disposition", "attachment")
    if not scope["path"].startswith(f"{_base()}/app/static/"):
        return
    # Fonts never change; every other file has a digest of its content in its address.
    is_immutable = "/fonts/" in scope["path"] or scope["query_string"].startswith(b"v=")
    headers["Cache-Control"] = _CACHE_A_YEAR if is_immutable else "no-cache"


def _is_for_saving(headers: Headers, scope: Scope) -> bool:
    """Whether an answer is a file that somebody takes away: shown in the page, it could act as us.

    Only pictures that cannot hold a script are shown where they stand.
    """
    kind = headers.get("content-type", "").partition(";")[0]
    return scope["path"].startswith(f"{_base()}/media/") and kind not in _PICTURES


def _is_html(headers: Headers) -> bool:
    return headers.get("content-type", "").startswith("text/html")


def _language(scope: Scope) -> Language:
    return language_of(QueryParams(scope["query_string"]).get(PARAMETER))


def _base() -> str:
    """The path the app is served under, without a slash at the end; empty at the root."""
    under = st.get_option("server.baseUrlPath").strip("/")
    return f"/{under}" if under else ""
