"""The way by the ministry's Provider ID: there and back."""

import secrets
from hmac import compare_digest
from http import HTTPStatus

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from components.people import cookies
from components.people.session import base, origin_of
from components.reader.language import language_of
from core.access.settings import ways
from core.errors import AccessError, StoreError
from core.services.audit.origin import coming_from
from core.services.intake.examine import reason
from core.services.people.provider_id import address_to_begin, sign_in_by_code


def provider_routes(at: str) -> list[BaseRoute]:
    """The way there, and the way back that the ministry knows."""
    return [
        Route(f"{at}/provider-id", _there, methods=["GET"]),
        Route(f"{at}/provider-id/back", _back, methods=["GET"]),
    ]


async def _there(request: Request) -> Response:
    if "provider_id" not in ways():
        return PlainTextResponse("", status_code=HTTPStatus.NOT_FOUND)
    state = secrets.token_urlsafe(24)
    try:
        answer = RedirectResponse(address_to_begin(state), status_code=HTTPStatus.SEE_OTHER)
    except AccessError as error:
        return _problem(request, error)
    cookies.give(answer, cookies.FORM, state, base())
    return answer


async def _back(request: Request) -> Response:
    """Whoever comes back with the state that this browser was sent away with is signed in."""
    state = cookies.value_of(request.cookies, cookies.FORM)
    came = request.query_params.get("state", "")
    code = request.query_params.get("code", "")
    if "provider_id" not in ways() or state is None or not code:
        return PlainTextResponse("", status_code=HTTPStatus.FORBIDDEN)
    if not compare_digest(state.encode(), came.encode()):
        return PlainTextResponse("", status_code=HTTPStatus.FORBIDDEN)
    try:
        key = await run_in_threadpool(_signed_in, code, origin_of(request))
    except (AccessError, StoreError) as error:
        return _problem(request, error)
    answer = RedirectResponse(f"{base()}/", status_code=HTTPStatus.SEE_OTHER)
    cookies.give(answer, cookies.SESSION, key, base())
    cookies.take_back(answer, cookies.FORM, base())
    return answer


def _signed_in(code: str, origin: str) -> str:
    with coming_from("page", origin):
        return sign_in_by_code(code)


def _problem(request: Request, error: AccessError | StoreError) -> Response:
    language = language_of(request.query_params.get("lang"))
    text = reason(error).in_(language)
    return PlainTextResponse(text, status_code=HTTPStatus.BAD_GATEWAY)
