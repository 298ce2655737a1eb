"""Health and readiness, for a proxy and for whoever watches the program: they tell nothing else.

They stand before everything that asks who somebody is: a probe comes by any name of the machine.
"""

import logging
from http import HTTPStatus
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from core.access.actors import THE_PROGRAM, acting
from core.errors import TruatError
from core.services.stores import name_of_open

ALIVE: Final = "/healthz"
READY: Final = "/readyz"
_LOG: Final = logging.getLogger("truat.health")
_UNSTORED: Final = {"Cache-Control": "no-store"}


class Health:
    """Answers `/healthz` (this process runs) and `/readyz` (it reaches its store)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if scope["type"] != "http" or not path.endswith((ALIVE, READY)):
            await self._app(scope, receive, send)
            return
        code = "" if path.endswith(ALIVE) else await run_in_threadpool(_what_is_wrong)
        status = HTTPStatus.SERVICE_UNAVAILABLE if code else HTTPStatus.OK
        answer = {"status": "failing" if code else "ok"} | ({"code": code} if code else {})
        await JSONResponse(answer, status, headers=_UNSTORED)(scope, receive, send)


def _what_is_wrong() -> str:
    """The code of what keeps this process from answering; empty where nothing does."""
    try:
        with acting(THE_PROGRAM):
            name_of_open()
    except TruatError as error:
        _LOG.warning("not ready: %s", error.code)
        return error.code
    return ""
