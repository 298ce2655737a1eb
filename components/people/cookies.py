"""Cookies: signed, unread by scripts, sent to nobody else."""

from collections.abc import Mapping
from typing import Final

from itsdangerous import BadSignature, TimestampSigner
from starlette.responses import Response

from core.access.settings import is_secure
from core.services.people.secret import signing_secret
from core.services.people.sessions import LASTS

SESSION: Final = "truat_session"
FORM: Final = "truat_form"
_FORM_LASTS: Final = 3600
"""Seconds that a page to sign in may stand open."""
LASTING: Final[Mapping[str, int]] = {SESSION: int(LASTS.total_seconds()), FORM: _FORM_LASTS}


def give(answer: Response, name: str, value: str, path: str) -> None:
    """Have a browser keep a value, signed."""
    answer.set_cookie(
        name,
        _signer(name).sign(value).decode(),
        max_age=LASTING[name],
        path=path or "/",
        secure=is_secure(),
        httponly=True,
        samesite="lax",
    )


def take_back(answer: Response, name: str, path: str) -> None:
    """Have a browser forget a value."""
    answer.delete_cookie(name, path=path or "/", secure=is_secure(), httponly=True, samesite="lax")


def value_of(cookies: Mapping[str, str], name: str) -> str | None:
    """A value as this program gave it out; None where it is not there, forged or too old."""
    try:
        return _signer(name).unsign(cookies.get(name, ""), max_age=LASTING[name]).decode()
    except (BadSignature, UnicodeError):
        return None


def _signer(name: str) -> TimestampSigner:
    # The name is part of the signature: one cookie cannot pass for another.
    return TimestampSigner(signing_secret(), salt=name)
