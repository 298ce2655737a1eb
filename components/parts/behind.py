"""What stands behind a line of a page: made and sent when a reader opens it, as most never are."""

import importlib
from collections.abc import Callable
from http import HTTPStatus

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from components.parts.anatomy import disclosure
from components.reader.filters import WHY
from components.reader.markup import Html
from components.reader.query import query
from components.reader.streamlit_internals import as_view_of
from core.errors import TruatError
from core.store.engine.one_view import one_view

Behind = Callable[[str], Html | None]
"""What stands behind the line of a name, for the address of the view; None: no such line."""


def of_module(name: str) -> Behind:
    """What a module's `behind` tells; it is loaded when somebody asks for the first time."""

    def behind(why: str) -> Html | None:
        told_by: Behind = importlib.import_module(name).behind
        return told_by(why)

    return behind


async def send_behind(behind: Behind, request: Request) -> Response:
    """Answer with the HTML behind the line that the address names (`why`); 404 without one."""
    html = await run_in_threadpool(detail_html, behind, request.url.query)
    if html is None:
        return JSONResponse({}, status_code=HTTPStatus.NOT_FOUND)
    return JSONResponse({"html": html}, headers={"Cache-Control": "no-cache"})


def detail_html(behind: Behind, address: str) -> Html | None:
    """What stands behind a line, in the language and with the filters of an address."""
    with as_view_of(address), one_view():
        try:
            return behind(query().get(WHY, ""))
        except TruatError:
            return None


def later(
    summary: str, why: str, contents: Callable[[], Html | None], *, with_parts: bool = False
) -> Html:
    """A line whose contents are fetched when it is opened; here already where the address asks.

    `with_parts`: also where the address asks for a part of it.
    """
    wanted = query().get(WHY, "")
    if wanted == why or (with_parts and wanted.startswith(f"{why}.")):
        return disclosure(summary, contents() or Html(), why=why)
    return disclosure(summary, why=why)
