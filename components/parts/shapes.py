"""District borders that an administrator loaded, sent to browsers by province."""

from http import HTTPStatus
from typing import Final

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from core.services.geography.district_shapes import shapes_of, version

ADDRESS: Final = "shapes/{province}.json"
# Safe to cache for a year: other shapes have another address.
_CACHE: Final = {"Cache-Control": "public, max-age=31536000, immutable"}


def districts_address(province: str) -> str | None:
    """Address of a province's districts, relative to every page; None while there are no shapes."""
    if not shapes_of(province):
        return None
    return f"{ADDRESS.format(province=province)}?v={version()}"


async def send_districts(request: Request) -> Response:
    """Answer with the shapes of a province's districts; 404 when none are loaded."""
    shapes = await run_in_threadpool(shapes_of, request.path_params["province"])
    if not shapes:
        return Response(status_code=HTTPStatus.NOT_FOUND)
    return Response(orjson.dumps(shapes), media_type="application/json", headers=_CACHE)
