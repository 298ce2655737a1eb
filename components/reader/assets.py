"""Files of ours that a browser may keep: their addresses change whenever they do."""

import hashlib
from functools import cache

from core.paths import STATIC


@cache
def asset(file: str) -> str:
    """Address of a file under `static/`, relative to every page, with a digest of its content."""
    digest = hashlib.sha256((STATIC / file).read_bytes()).hexdigest()[:12]
    return f"app/static/{file}?v={digest}"
