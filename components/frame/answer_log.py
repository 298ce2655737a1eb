"""A line of the log for every answer, and traces for OpenTelemetry, where settings ask for them."""

import importlib
import logging
import os
import re
import time
from typing import Final

from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.services.audit.logs import is_structured

TELEMETRY: Final = "TRUAT_TELEMETRY"
_INSTRUMENTATION: Final = "opentelemetry.instrumentation.asgi"
_LOG: Final = logging.getLogger("truat.http")
_NUMBERS: Final = re.compile(r"(?<=/)[^/]*\d[^/]*")
"""Parts of a path that name something: a number, a code, a digest."""


class AnswerLog:
    """Writes method, path without its names, status and milliseconds of each answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, status = time.perf_counter(), 500

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, answer)
        finally:
            ms = round(1000 * (time.perf_counter() - begun), 1)
            route = _NUMBERS.sub("*", scope["path"].replace("/api/v1/", "/api/vn/"))
            fields = {"method": scope["method"], "route": route, "status": status, "ms": ms}
            _LOG.info("answered", extra=fields)


def wanted() -> list[Middleware]:
    """The middleware that settings ask for; none by default."""
    middleware = [Middleware(AnswerLog)] if is_structured() else []
    if has_telemetry():
        middleware.append(
            Middleware(importlib.import_module(_INSTRUMENTATION).OpenTelemetryMiddleware)
        )
    return middleware


def has_telemetry() -> bool:
    """Whether traces are asked for; who asks for them has installed the extra `telemetry`."""
    return os.environ.get(TELEMETRY, "").strip().casefold() in ("1", "true", "yes")
