"""Shapes of districts, which an administrator loads and a browser then asks for by province."""

from http import HTTPStatus
from typing import Final

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from core.services.geography.district_shapes import shapes_of, version

ADDRESS: Final = "shapes/{province}.json"
# Other shapes have another address.
_KEEP: Final = {"Cache-Control": "public, max-age=31536000, immutable"}


def districts_address(province: str) -> str | None:
    """Address of a province's districts, relative to every page; None while there are no shapes."""
    if not shapes_of(province):
        return None
    return f"{ADDRESS.format(province=province)}?v={version()}"


async def districts(request: Request) -> Response:
    """The shapes of a province's districts; not found when none are loaded."""
    shapes = await run_in_threadpool(shapes_of, request.path_params["province"])
    if not shapes:
        return Response(status_code=HTTPStatus.NOT_FOUND)
    return Response(orjson.dumps(shapes), media_type="application/json", headers=_KEEP)
