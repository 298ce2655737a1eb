"""Files of ours that a browser may keep: their addresses change whenever they do."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Final

STATIC: Final = Path(__file__).resolve().parent.parent / "static"


@cache
def asset(file: str) -> str:
    """Address of a file under `static/`, relative to every page, with a digest of its content."""
    digest = hashlib.sha256((STATIC / file).read_bytes()).hexdigest()[:12]
    return f"app/static/{file}?v={digest}"
