"""Answering a call: who asks, how often, for what; the answer, or why there is none."""

import hashlib
import logging
from collections.abc import Awaitable, Callable
from functools import cache, partial
from typing import Any, Final

import orjson
from pydantic import ValidationError
from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from core.access.actors import THE_PROGRAM, Actor, acting
from core.api.bodies import body_of
from core.api.calls import JSON, Answer, Call, Endpoint, Parameters
from core.api.limits import Limiter
from core.api.problems import (
    FAILED,
    TOO_OFTEN,
    UNKNOWN,
    ProblemError,
    language_of,
    of_error,
    of_parameters,
    problem,
    respond,
)
from core.api.settings import api_settings
from core.errors import TruatError
from core.services.audit.origin import coming_from
from core.services.audit.trail import stamp_of_changes
from core.services.deadlines.lateness import today
from core.services.people.tokens import PREFIX, program_of
from core.services.stores import open_store
from core.store.engine.one_view import one_view
from core.store.results.versions import stamps_now

_LOG: Final = logging.getLogger("truat.api")
_BEARER: Final = "bearer "
_NOT_MODIFIED: Final = 304
_TAG_LETTERS: Final = 32


@cache
def limiter() -> Limiter:
    """The one of this process."""
    return Limiter(api_settings().per_minute)


def answering(endpoint: Endpoint) -> Callable[[Request], Awaitable[Response]]:
    """What answers the calls of an endpoint."""
    return partial(_answer, endpoint)


async def _answer(endpoint: Endpoint, request: Request) -> Response:
    try:
        engine, actor = await run_in_threadpool(_let_in, request)
        parameters = _parameters_of(endpoint, request)
        body = await body_of(request) if endpoint.takes_file else b""
        work = partial(_answered, endpoint, request, engine, actor, parameters, body)
        return await run_in_threadpool(work)
    except ProblemError as told:
        return respond(told, language_of(request))
    except TruatError as error:
        return respond(of_error(error), language_of(request))
    except Exception:  # noqa: BLE001
        # Whoever asks is told nothing of it; the trace goes to whoever runs the program.
        _LOG.exception("the interface failed")
        return respond(problem(FAILED, "S022", {}), language_of(request))


def _let_in(request: Request) -> tuple[Engine, Actor]:
    """The store, and who comes with the token of a call; 401 without one, 429 too often."""
    header = request.headers.get("authorization", "")
    secret = header[len(_BEARER) :].strip() if header[: len(_BEARER)].lower() == _BEARER else ""
    # Who it is the program finds out itself: nobody has come in yet.
    with acting(THE_PROGRAM):
        engine = open_store()
        known = program_of(engine, secret) if secret.startswith(PREFIX) else None
    caller = f"token:{known[1].id}" if known else f"from:{_place(request)}"
    if wait := limiter().take(caller):
        raise problem(TOO_OFTEN, "U065", {"Retry-After": str(wait)}, seconds=wait)
    if known is None:
        raise problem(UNKNOWN, "U066", {"WWW-Authenticate": 'Bearer realm="truat"'})
    return engine, known[0]


def _place(request: Request) -> str:
    return request.client.host if request.client else ""


def _parameters_of(endpoint: Endpoint, request: Request) -> Parameters:
    """The parameters of a call; a name that is given twice, or that nobody knows, is wrong."""
    pairs = [*request.path_params.items(), *request.query_params.multi_items()]
    names = [name for name, _value in pairs]
    for name in names:
        if names.count(name) > 1:
            raise problem(400, "U061", {}, name=name, reason="given more than once")
    try:
        return endpoint.parameters.model_validate_strings(dict(pairs))
    except ValidationError as error:
        raise of_parameters(error) from error


def _answered(
    endpoint: Endpoint,
    request: Request,
    engine: Engine,
    actor: Actor,
    parameters: Parameters,
    body: bytes,
) -> Response:
    with acting(actor), coming_from("api", _place(request)), one_view():
        tag = "" if endpoint.takes_file else _tag(endpoint, request, engine, actor)
        if tag and tag in request.headers.get("if-none-match", ""):
            return Response(status_code=_NOT_MODIFIED, headers=_headers(tag))
        answer = endpoint.handle(Call(engine, parameters, actor.name, body))
    return _sent(answer, _headers(tag))


def _tag(endpoint: Endpoint, request: Request, engine: Engine, actor: Actor) -> str:
    """Changes with the results, or with every change of the store, and with who asks for what."""
    stamp, step = stamps_now(engine).verified
    state = f"{stamp} {step}"
    if endpoint.changes != "results":
        state = f"{state} {stamp_of_changes(engine)}"
    if endpoint.changes == "day":
        state = f"{state} {today()}"
    identity = f"{state} {request.url.path}?{request.url.query} {actor.issuer} {actor.subject}"
    return f'"{hashlib.sha256(identity.encode()).hexdigest()[:_TAG_LETTERS]}"'


def _headers(tag: str) -> dict[str, str]:
    caching = {"ETag": tag, "Cache-Control": "private, no-cache"} if tag else {}
    return caching | {"Vary": "Authorization"} if tag else {"Cache-Control": "no-store"}


def _sent(answer: Answer, headers: dict[str, str]) -> Response:
    content: Any = answer.content
    body = content if isinstance(content, bytes) else orjson.dumps(content)
    if answer.kind != JSON:
        headers = {**headers, "Content-Disposition": "attachment"}
    headers = {**headers, **answer.headers, "X-Content-Type-Options": "nosniff"}
    return Response(body, answer.status, media_type=answer.kind, headers=headers)
