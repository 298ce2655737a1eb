"""Denies a process every address but its own machine's, and notes who was wanted.

Copied as `sitecustomize.py` beside an app under test, and so loaded by each of its processes before
anything else.
"""

import ipaddress
import os
import sys
from pathlib import Path
from typing import Any

_HOST_OF = {
    "socket.connect": lambda given: given[1],
    "socket.sendto": lambda given: given[1],
    "socket.getaddrinfo": lambda given: given[0],
    "socket.gethostbyname": lambda given: given[0],
}
WANTED = "WANTED_ADDRESSES"
"""The variable of the environment that names the file of notes."""


def _is_here(host: Any) -> bool:
    if isinstance(host, tuple):
        host = host[0]
    if isinstance(host, bytes):
        host = host.decode()
    # A path is a socket of the file system.
    if host is None or host in ("", "localhost") or host.startswith(("/", "\0")):
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _deny(event: str, particulars: tuple[Any, ...]) -> None:
    host_of = _HOST_OF.get(event)
    if host_of is None or _is_here(host_of(particulars)):
        return
    with Path(os.environ[WANTED]).open("a", encoding="utf-8") as notes:
        notes.write(f"{event} {host_of(particulars)}\n")
    raise ConnectionRefusedError(f"no network here: {host_of(particulars)}")


if __name__ == "sitecustomize":
    sys.addaudithook(_deny)
