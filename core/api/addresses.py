"""The addresses of the interface, and the application they make where nothing else is served."""

from functools import cache
from typing import Final

import orjson
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route, Router

from core.api import reading, sets, working
from core.api.answering import answering
from core.api.openapi import description
from core.api.problems import NOT_THERE, language_of, problem, respond

UNDER: Final = "/api/v1"
ENDPOINTS: Final = (*reading.ENDPOINTS, *working.ENDPOINTS, *sets.ENDPOINTS)


@cache
def router() -> Router:
    """What answers every address of the interface, below where it is mounted."""
    inner: list[BaseRoute] = [
        Route(one.path, answering(one), methods=[one.method], name=one.name) for one in ENDPOINTS
    ]
    inner += [
        Route("/openapi.json", _described, methods=["GET"]),
        Route("/{rest:path}", _nothing, methods=["GET", "POST", "PUT", "PATCH", "DELETE"]),
    ]
    return Router(routes=inner)


def application() -> Starlette:
    """The interface alone, without pages."""
    return Starlette(routes=[Mount(UNDER, app=router())])


@cache
def described() -> bytes:
    """The description of the interface."""
    return orjson.dumps(description(ENDPOINTS, UNDER), option=orjson.OPT_INDENT_2)


async def _described(request: Request) -> Response:  # noqa: ARG001
    return Response(described(), media_type="application/json")


async def _nothing(request: Request) -> Response:
    return respond(problem(NOT_THERE, "U067", {}), language_of(request))
