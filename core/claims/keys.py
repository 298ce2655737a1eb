"""Keys of visits: hashed with a secret of the store, so that no number of a patient is kept."""

import hashlib
import os
import secrets
from base64 import b32encode
from pathlib import Path
from typing import Final

from core.errors import StoreError

SECRET: Final = "visit-key.secret"  # noqa: S105 (the name of its file)
_BYTES: Final = 32
_DIGEST: Final = 15
"""Bytes of a key: 24 letters, and none of them is a digit."""
_NO_DIGITS: Final = str.maketrans("234567", "abcdef")


class VisitKeys:
    """Makes keys of visits with one secret; without it nobody can go back or try numbers."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def key(self, hcode: str, kind: str, number: str) -> str:
        """24 letters for a number of a hospital; `kind` keeps SEQ, AN and HN apart."""
        text = f"{hcode}|{kind}|{number.strip().upper()}".encode()
        digest = hashlib.blake2b(text, digest_size=_DIGEST, key=self._secret).digest()
        return b32encode(digest).decode().translate(_NO_DIGITS)


def visit_keys(folder: Path) -> VisitKeys:
    """The keys of the store in a folder; its secret is made at the first use, for its owner alone.

    `StoreError` S080 when the secret is damaged: with another one no visit would be known again.
    """
    path = folder / SECRET
    if not path.exists():
        _make(path)
    secret = path.read_bytes()
    if len(secret) != _BYTES:
        raise StoreError("S080", file=str(path))
    return VisitKeys(secret)


def _make(path: Path) -> None:
    """Write a secret whole, or leave the one that another process has just written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{SECRET}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(_BYTES))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    except OSError:
        draft.replace(path)
        return
    draft.unlink()
