"""The addresses of signing in and out: own ones, outside of Streamlit."""

import secrets
from hmac import compare_digest
from http import HTTPStatus
from typing import Final
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from components.people import cookies, forms
from components.people.provider_id import provider_routes
from components.people.session import (
    BACK,
    PAGE,
    actor_of,
    base,
    forget,
    origin_of,
    own_path,
)
from components.reader.language import language_of
from components.reader.streamlit_internals import login_address
from core.access.settings import ways
from core.errors import AccessError, StoreError
from core.services.audit.origin import coming_from
from core.services.intake.examine import reason
from core.services.people.sessions import end_session
from core.services.people.signing_in import sign_in
from core.text import Text, say

PAGES: Final = (PAGE, f"{PAGE}/out")
"""The addresses that are pages of their own."""
_MOST_BYTES: Final = 8_192
"""A form that is filled in by people is smaller."""
_TAKEN: Final = "A014"
"""The code of a form that was sent before."""


def routes() -> list[BaseRoute]:
    """The page to sign in, what its form is sent to, the other ways, and the way out."""
    at = f"{base()}/{PAGE}"
    return [
        Route(at, _shown, methods=["GET"]),
        Route(at, _tried, methods=["POST"]),
        Route(f"{at}/oidc", _to_provider, methods=["GET"]),
        Route(f"{at}/out", _leaving, methods=["GET"]),
        Route(f"{at}/out", _left, methods=["POST"]),
        *provider_routes(at),
    ]


def _page(request: Request, back: str, problem: Text | None = None, status: int = 200) -> Response:
    language = language_of(request.query_params.get("lang"))
    token = secrets.token_urlsafe(24)
    answer = HTMLResponse(
        forms.sign_in_page(language, base(), token, back, problem), status_code=status
    )
    return _with_token(answer, token)


def _with_token(answer: Response, token: str) -> Response:
    cookies.give(answer, cookies.FORM, token, base())
    answer.headers["Cache-Control"] = "no-store"
    return answer


async def _shown(request: Request) -> Response:
    if not ways():
        return RedirectResponse(f"{base()}/", status_code=HTTPStatus.SEE_OTHER)
    return _page(request, own_path(request.query_params.get(BACK, "")))


async def _tried(request: Request) -> Response:
    fields = await _fields(request)
    if fields is None or "local" not in ways():
        return PlainTextResponse("", status_code=HTTPStatus.BAD_REQUEST)
    back = own_path(fields.get(BACK, ""))
    stale = say("The page was open for too long. Please sign in once more.")
    if not _is_own_form(request, fields):
        return _page(request, back, stale, HTTPStatus.FORBIDDEN)
    origin = origin_of(request)
    try:
        key = await run_in_threadpool(_sign_in, fields, origin)
    except (AccessError, StoreError) as error:
        is_taken = error.code == _TAKEN
        status = HTTPStatus.FORBIDDEN if is_taken else HTTPStatus.UNAUTHORIZED
        return _page(request, back, reason(error), status)
    return entered(key, back)


def _sign_in(fields: dict[str, str], origin: str) -> str:
    with coming_from("page", origin):
        account, password = fields.get(forms.ACCOUNT, ""), fields.get(forms.PASSWORD, "")
        return sign_in(account, password, origin, fields[forms.TOKEN])


def entered(key: str, back: str) -> Response:
    """Go on to a page with the session that has begun; whatever session there was is replaced."""
    answer = RedirectResponse(back, status_code=HTTPStatus.SEE_OTHER)
    cookies.give(answer, cookies.SESSION, key, base())
    cookies.take_back(answer, cookies.FORM, base())
    answer.headers["Cache-Control"] = "no-store"
    return answer


async def _to_provider(_request: Request) -> Response:
    if "oidc" not in ways():
        return PlainTextResponse("", status_code=HTTPStatus.NOT_FOUND)
    return RedirectResponse(login_address(), status_code=HTTPStatus.SEE_OTHER)


async def _leaving(request: Request) -> Response:
    actor = await run_in_threadpool(actor_of, request.cookies)
    if actor is None:
        return RedirectResponse(f"{base()}/{PAGE}", status_code=HTTPStatus.SEE_OTHER)
    language = language_of(request.query_params.get("lang"))
    token = secrets.token_urlsafe(24)
    page = forms.sign_out_page(language, base(), token, actor.name)
    return _with_token(HTMLResponse(page), token)


async def _left(request: Request) -> Response:
    fields = await _fields(request)
    if fields is None or not _is_own_form(request, fields):
        return PlainTextResponse("", status_code=HTTPStatus.FORBIDDEN)
    key = cookies.value_of(request.cookies, cookies.SESSION)
    if key is not None:
        try:
            await run_in_threadpool(end_session, key, fields[forms.TOKEN])
        except AccessError:
            return PlainTextResponse("", status_code=HTTPStatus.FORBIDDEN)
        forget(key)
    answer = RedirectResponse(f"{base()}/{PAGE}", status_code=HTTPStatus.SEE_OTHER)
    cookies.take_back(answer, cookies.SESSION, base())
    cookies.take_back(answer, cookies.FORM, base())
    # What the browser keeps of pages is forgotten with the session.
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


async def _fields(request: Request) -> dict[str, str] | None:
    """The fields of a form; None for a body that is too large or no form."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > _MOST_BYTES:
            return None
    try:
        return {name: values[-1] for name, values in parse_qs(body.decode("utf-8")).items()}
    except (UnicodeDecodeError, ValueError):
        return None


def _is_own_form(request: Request, fields: dict[str, str]) -> bool:
    """Whether a form is one that this program gave to this browser.

    That it is sent for the first time, the services see to: it may have been sent to another
    process before.
    """
    given = cookies.value_of(request.cookies, cookies.FORM)
    return given is not None and compare_digest(
        given.encode(), fields.get(forms.TOKEN, "").encode()
    )
