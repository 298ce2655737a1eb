"""A line of the log for every answer, and traces for OpenTelemetry, where settings ask for them.

Neither tells a name, an address of a person, a query or a figure.
"""

import importlib
import logging
import os
import re
import time
from functools import cache
from http import HTTPStatus
from typing import Any, Final

from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.services.audit.logs import is_structured

TELEMETRY: Final = "TRUAT_TELEMETRY"
_SERVICE: Final = "truat"
_LOG: Final = logging.getLogger("truat.http")
_NUMBERS: Final = re.compile(r"(?<=/)[^/]*\d[^/]*")
"""Parts of a path that name something: a number, a code, a digest."""
_STATUS: Final = "http.response.status_code"


def route_of(scope: Scope) -> str:
    """The path of a request without its names."""
    return _NUMBERS.sub("*", scope["path"].replace("/api/v1/", "/api/vn/"))


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
            fields = {"method": scope["method"], "status": status, "ms": ms}
            _LOG.info("answered", extra=fields | {"route": route_of(scope)})


class AnswerTraces:
    """A span for each answer: method, path without its names, status; `tracer` takes it."""

    def __init__(self, app: ASGIApp, tracer: Any) -> None:
        self._app, self._tracer = app, tracer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        method, route = scope["method"], route_of(scope)
        attributes = {"http.request.method": method, "http.route": route}
        # The words of an error may hold what somebody typed: that it was one says the status.
        with self._tracer.start_as_current_span(
            f"{method} {route}",
            attributes=attributes,
            record_exception=False,
            set_status_on_exception=False,
        ) as span:
            span.set_attribute(_STATUS, int(HTTPStatus.INTERNAL_SERVER_ERROR))

            async def answer(message: Message) -> None:
                if message["type"] == "http.response.start":
                    span.set_attribute(_STATUS, message["status"])
                await send(message)

            await self._app(scope, receive, answer)


def wanted() -> list[Middleware]:
    """The middleware that settings ask for; none by default."""
    middleware = [Middleware(AnswerLog)] if is_structured() else []
    if has_telemetry():
        middleware.append(Middleware(AnswerTraces, tracer=_tracer()))
    return middleware


@cache
def _tracer() -> Any:
    """What sends spans to the collector that `OTEL_…` variables name, some at a time."""
    trace = importlib.import_module("opentelemetry.sdk.trace")
    sending = importlib.import_module("opentelemetry.sdk.trace.export")
    otlp = importlib.import_module("opentelemetry.exporter.otlp.proto.http.trace_exporter")
    resources = importlib.import_module("opentelemetry.sdk.resources")
    own_name = {} if "OTEL_SERVICE_NAME" in os.environ else {"service.name": _SERVICE}
    provider = trace.TracerProvider(resource=resources.Resource.create(own_name))
    provider.add_span_processor(sending.BatchSpanProcessor(otlp.OTLPSpanExporter()))
    return provider.get_tracer(_SERVICE)


def has_telemetry() -> bool:
    """Whether traces are asked for; `requirements-telemetry.txt` holds what that needs."""
    return os.environ.get(TELEMETRY, "").strip().casefold() in ("1", "true", "yes")
