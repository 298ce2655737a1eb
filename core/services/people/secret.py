"""The secret that cookies are signed with: of the settings, or made once beside the store."""

import os
import secrets
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Final

from core.access.settings import cookie_secret
from core.errors import StoreError
from core.store.engine.settings import settings_now

_FILE: Final = "cookie.key"
_BYTES: Final = 48
_OWNER_ONLY: Final = 0o600


def signing_secret() -> str:
    """The secret; `StoreError` S002 where it can neither be read nor made."""
    return cookie_secret() or _of_machine(settings_now().var_folder)


@lru_cache(maxsize=4)
def _of_machine(folder: Path) -> str:
    file = folder / _FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Whoever comes second reads what the first one made.
        with suppress(FileExistsError):
            made = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
            with os.fdopen(made, "w", encoding="ascii") as opened:
                opened.write(secrets.token_urlsafe(_BYTES))
        return file.read_text(encoding="ascii")
    except OSError as error:
        raise StoreError("S002", store=str(file), reason=error.strerror or "") from error
