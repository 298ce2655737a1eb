"""Passwords: what they must be, how they are kept, and whether one is right."""

from functools import cache
from threading import BoundedSemaphore
from typing import Annotated, Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from core.criteria.load import DATA_FOLDER, read_model
from core.criteria.model.base import Listed, Strict
from core.errors import UsageError

_MOST: Final = 128
"""Letters of a password: more would only keep the server busy."""
_DIFFERENT: Final = 5
"""Letters that differ, so that no key is merely held down."""
_HASHER: Final = PasswordHasher()
_IN_TURN: Final = BoundedSemaphore(2)
"""Each password takes 64 MB while it is looked at: hundreds sent at once must not have them all."""


class PasswordRules(Strict):
    """`data/passwords.yaml`: how many letters are asked for, and what everybody tries first."""

    least: int
    common: Annotated[tuple[str, ...], Listed]


@cache
def password_rules() -> PasswordRules:
    """The rules; `CriteriaError` when the file is wrong."""
    return read_model(DATA_FOLDER / "passwords.yaml", PasswordRules)


def check_new(password: str, account: str) -> None:
    """`UsageError` U110 for one that is too short, too long, too plain, or known to everybody."""
    rules, folded = password_rules(), password.casefold()
    is_plain = len(set(folded)) < _DIFFERENT
    is_known = any(word in folded and len(word) * 2 > len(folded) for word in rules.common)
    names_account = bool(account) and account.casefold() in folded
    if not rules.least <= len(password) <= _MOST or is_plain or is_known or names_account:
        raise UsageError("U110", least=rules.least, most=_MOST)


def hashed(password: str) -> str:
    """A password as it is kept."""
    with _IN_TURN:
        return _HASHER.hash(password)


@cache
def _of_nobody() -> str:
    return hashed("a password of nobody, so that an unknown account takes as long as a known one")


def is_right(stored: str | None, password: str) -> bool:
    """Whether a password is the one kept; it takes as long where none is kept."""
    known = stored or _of_nobody()
    try:
        with _IN_TURN:
            _HASHER.verify(known, password[: _MOST + 1])
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def wants_renewal(stored: str) -> bool:
    """Whether a password was kept by weaker settings than those of now."""
    return _HASHER.check_needs_rehash(stored)
