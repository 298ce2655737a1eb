"""Whether and how people sign in, as `TRUAT_SIGN_IN` says."""

import os
from functools import lru_cache
from typing import Final, Literal, get_args

from core.errors import AccessError

Way = Literal["local", "oidc", "provider_id"]
"""Accounts of this program, OpenID Connect, or the ministry's Provider ID."""

WAYS: Final[tuple[Way, ...]] = get_args(Way)
VARIABLE: Final = "TRUAT_SIGN_IN"


def ways() -> tuple[Way, ...]:
    """The ways to sign in that are open; none where nobody has to.

    It comes from the configuration alone: behind a proxy everybody's address looks local.
    `AccessError` A004 for a way there is none of.
    """
    return _ways(os.environ.get(VARIABLE, ""))


@lru_cache(maxsize=8)
def _ways(typed: str) -> tuple[Way, ...]:
    named = {word for word in typed.replace(",", " ").casefold().split() if word != "none"}
    if named - set(WAYS):
        raise AccessError("A004", typed=typed, known=", ".join(WAYS))
    return tuple(way for way in WAYS if way in named)
