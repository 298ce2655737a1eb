"""Problems as documents (RFC 9457): their status, their code, and their sentence in a language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import orjson
from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import Response

from core.errors import (
    AccessError,
    NotFoundError,
    StoreError,
    TruatError,
    UsageError,
    WorkbookError,
)
from core.forms.model.issues import messages
from core.services.exports.documents import both
from core.text import Language, Text

KIND: Final = "application/problem+json"
BAD, UNKNOWN, FORBIDDEN, NOT_THERE = 400, 401, 403, 404
TOO_SLOW, TOO_LARGE, TOO_OFTEN, FAILED, BUSY = 408, 413, 429, 500, 503
PROBLEMS: Final[Mapping[int, str]] = {
    BAD: "A parameter is wrong.",
    UNKNOWN: "No token, or one that lets nobody in.",
    FORBIDDEN: "The token's role may not do this there.",
    NOT_THERE: "There is nothing of that number or name.",
    TOO_SLOW: "The file did not come in time.",
    TOO_LARGE: "The file is too large.",
    TOO_OFTEN: "Too many calls; Retry-After says when to come again.",
    FAILED: "The program failed; nothing was stored.",
    BUSY: "Somebody else is storing; Retry-After says when to come again.",
}
_BUSY_SECONDS: Final = 5
_OF_ERRORS: Final[tuple[tuple[type[TruatError], int], ...]] = (
    (NotFoundError, NOT_THERE), (UsageError, BAD), (AccessError, FORBIDDEN), (WorkbookError, 422),
)  # fmt: skip


@dataclass(frozen=True)
class ProblemError(Exception):
    """A call that is not answered, with its status; `code` is a message, `params` fill it."""

    status: int
    code: str
    params: Mapping[str, object]
    headers: Mapping[str, str]


def problem(status: int, code: str, headers: Mapping[str, str], **params: object) -> ProblemError:
    """A problem to be raised."""
    return ProblemError(status, code, params, headers)


def of_error(error: TruatError) -> ProblemError:
    """The problem of an error of the services."""
    if error.code == "S003":
        return problem(BUSY, "S003", {"Retry-After": str(_BUSY_SECONDS)})
    status = next((status for kind, status in _OF_ERRORS if isinstance(error, kind)), FAILED)
    if isinstance(error, StoreError) and status == FAILED:
        # Where the database stands, and what its driver said, is no program's business.
        return problem(FAILED, "S022", {})
    if error.code == "A001":
        return problem(UNKNOWN, "A001", {"WWW-Authenticate": "Bearer"})
    return ProblemError(status, error.code, error.params, {})


def of_parameters(error: ValidationError) -> ProblemError:
    """The problem of parameters that are none."""
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    name = ".".join(map(str, first["loc"]))
    return problem(BAD, "U061", {}, name=name, reason=first["msg"])


def language_of(request: Request) -> Language:
    """The language a program asks for; Thai without one."""
    wanted = request.headers.get("accept-language", "").strip().lower()
    return "en" if wanted.startswith("en") else "th"


def respond(error: ProblemError, language: Language) -> Response:
    """The answer that tells a problem."""
    text = messages()[error.code].text.fill(**error.params)
    return Response(
        orjson.dumps(_document(error, text, language)),
        error.status,
        media_type=KIND,
        headers={**error.headers, "Cache-Control": "no-store", "Content-Language": language},
    )


def _document(error: ProblemError, text: Text, language: Language) -> dict[str, Any]:
    return {
        "type": f"urn:truat:{error.code}",
        "title": messages()[error.code].slug.replace("-", " "),
        "status": error.status,
        "detail": text.in_(language),
        "code": error.code,
        "text": both(text),
    }
