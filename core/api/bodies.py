"""The body of a call: read with a limit of size and of time."""

import asyncio
from typing import Final

from starlette.requests import ClientDisconnect, Request

from core.api.problems import BAD, TOO_LARGE, TOO_SLOW, problem
from core.api.settings import api_settings
from core.forms.cells.container import STANDARD

MOST_BYTES: Final = STANDARD.file_bytes


async def body_of(request: Request) -> bytes:
    """All of a file; a problem for one that is too large, or that comes too slowly."""
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > MOST_BYTES:
        raise _too_large()
    limits = api_settings()
    try:
        async with asyncio.timeout(limits.body_seconds):
            return await _read(request, limits.pause_seconds)
    except TimeoutError as error:
        raise problem(TOO_SLOW, "U063", {"Connection": "close"}) from error
    except ClientDisconnect as error:
        raise problem(BAD, "F001", {}) from error


async def _read(request: Request, pause: float) -> bytes:
    body = bytearray()
    pieces = request.stream().__aiter__()
    while True:
        try:
            async with asyncio.timeout(pause):
                body += await anext(pieces)
        except StopAsyncIteration:
            return bytes(body)
        if len(body) > MOST_BYTES:
            raise _too_large()


def _too_large() -> Exception:
    return problem(TOO_LARGE, "U064", {"Connection": "close"}, limit=MOST_BYTES)
