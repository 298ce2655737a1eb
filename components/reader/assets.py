"""Addresses of our static files, which browsers may cache: they change with the content."""

import hashlib
from functools import cache

from core.paths import STATIC


@cache
def asset_address(file: str) -> str:
    """Address of a file under `static/`, relative to every page, with a digest of its content."""
    digest = hashlib.sha256((STATIC / file).read_bytes()).hexdigest()[:12]
    return f"app/static/{file}?v={digest}"
