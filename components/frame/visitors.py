"""Who is served: browsers of this machine, as long as nobody can sign in."""

import sys
from ipaddress import ip_address
from typing import Final, NoReturn
from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from core.access.settings import public_url, ways
from core.errors import AccessError
from core.text import Text, say, storable

_LOCAL_NAMES: Final = ("localhost",)
_UNIX: Final = "unix://"
_FOREIGN: Final = 1008
"""What a socket is closed with that breaks a rule of the server."""


def refuse_open_address() -> None:
    """End the program where it would listen to other machines: nobody has to sign in."""
    address = st.get_option("server.address") or ""
    try:
        if ways() or is_of_this_machine(address):
            return
    except AccessError as error:
        # Not at the head: what it needs is loaded while the demonstration is being filled.
        from core.services.intake.examine import reason  # noqa: PLC0415

        _end(reason(error))
    _end(
        say(
            "Truat does not start: it would listen on “{address}”, where other machines reach it,"
            " and nobody has to sign in. Have people sign in (TRUAT_SIGN_IN, docs/security.md), or"
            " start it on this machine alone: leave out --server.address and"
            " STREAMLIT_SERVER_ADDRESS, start it in its own folder (make run), or name 127.0.0.1.",
            address=address or "*",
        )
    )


def _end(sentence: Text) -> NoReturn:
    sys.stderr.write(f"{storable(sentence.th)}\n{storable(sentence.en)}\n")
    sys.stderr.flush()
    raise SystemExit(2)


def is_of_this_machine(host: str) -> bool:
    """Whether a host name or an address is this very machine and nothing but it."""
    if host.casefold().rstrip(".") in _LOCAL_NAMES or host.startswith(_UNIX):
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


class OwnVisitors:
    """Refuses what a page elsewhere asks for, or was led to ask under another name.

    It stands before Streamlit, which would ask an outside service for this machine's addresses to
    compare them with.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or _is_own(Headers(scope=scope)):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": _FOREIGN})
        else:
            answer = PlainTextResponse("This page asks from elsewhere.", status_code=403)
            await answer(scope, receive, send)


def _is_own(headers: Headers) -> bool:
    host, origin = headers.get("host"), headers.get("origin")
    if host is not None and not _is_known(host):
        return False
    return origin is None or urlsplit(origin).netloc == host


def _is_known(host: str) -> bool:
    """Whether a host is this machine, or one that the settings name, as a proxy's."""
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    known = public_url()
    if known is not None and name == known.hostname:
        return True
    return is_of_this_machine(name) or name in st.get_option("server.allowedHosts")
