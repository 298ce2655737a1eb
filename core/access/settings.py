"""Whether and how people sign in, as environment variables that begin with `TRUAT_` say.

It comes from the configuration alone, never from the address of whoever asks: behind a proxy
everybody looks local.
"""

import os
from functools import lru_cache
from typing import Final, Literal, get_args
from urllib.parse import SplitResult, urlsplit

from core.errors import AccessError

Way = Literal["local", "oidc", "provider_id"]
"""Accounts of this program, OpenID Connect, or the ministry's Provider ID."""

WAYS: Final[tuple[Way, ...]] = get_args(Way)
VARIABLE: Final = "TRUAT_SIGN_IN"
PUBLIC: Final = "TRUAT_PUBLIC_URL"
PROXIES: Final = "TRUAT_PROXIES"
SECRET: Final = "TRUAT_COOKIE_SECRET"  # noqa: S105
LEAST_SECRET: Final = 32
"""Letters of the secret that cookies are signed with."""


def ways() -> tuple[Way, ...]:
    """The ways to sign in that are open; none where nobody has to.

    `AccessError` A004 for a way there is none of.
    """
    return _ways(os.environ.get(VARIABLE, ""))


@lru_cache(maxsize=8)
def _ways(typed: str) -> tuple[Way, ...]:
    words = {word for word in typed.replace(",", " ").casefold().split() if word != "none"}
    if words - set(WAYS):
        raise AccessError("A004", typed=typed, known=", ".join(WAYS))
    return tuple(way for way in WAYS if way in words)


def public_url() -> SplitResult | None:
    """The address that browsers know this program by, where it is not that of the machine."""
    typed = os.environ.get(PUBLIC, "").strip()
    return urlsplit(typed) if typed else None


def is_secure() -> bool:
    """Whether browsers come by https, so that cookies never travel without."""
    address = public_url()
    return address is not None and address.scheme == "https"


def proxies() -> int:
    """How many proxies stand before this program, each of which adds an address; 0 for none."""
    typed = os.environ.get(PROXIES, "").strip()
    return int(typed) if typed.isdecimal() else 0


def cookie_secret() -> str | None:
    """The secret that cookies are signed with, where processes share one; None for the machine's.

    `AccessError` A005 for one that is too short to be one.
    """
    typed = os.environ.get(SECRET)
    if typed is not None and len(typed) < LEAST_SECRET:
        raise AccessError("A005", least=LEAST_SECRET)
    return typed
