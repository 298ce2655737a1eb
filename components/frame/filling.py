"""The demonstration filling itself beside the server, in a process of its own."""

import subprocess
import sys
from contextlib import suppress
from threading import Lock, Thread
from typing import Final

from core.access.actors import THE_PROGRAM, acting
from core.demo.progress import filling, is_loaded
from core.errors import StoreError
from core.paths import ROOT
from core.services.stores import open_store
from core.store.engine.settings import chosen, settings_now

_COMMAND: Final = (sys.executable, "-m", "core", "demo", "fill", "--while-open")
_STARTING: Final = Lock()
_processes: Final[list[subprocess.Popen[bytes]]] = []


def start_where_wanted() -> None:
    """Go on filling a demonstration that is begun; begin one where the settings ask for it."""
    with suppress(StoreError), acting(THE_PROGRAM):
        if chosen() != "demo":
            return
        store = open_store("demo")
        if filling(store) or (settings_now().fill_demo and not is_loaded(store)):
            start()


def start() -> None:
    """Fill the demonstration until it is whole, or until this program ends.

    The process reads from a pipe that closes with this program, however that ends.
    """
    with _STARTING:
        if is_running():
            return
        # A terminal's Ctrl+C reaches both; the pipe tells it of every other end.
        process = subprocess.Popen(_COMMAND, stdin=subprocess.PIPE, cwd=ROOT)  # noqa: S603
        _processes.append(process)
    Thread(target=_read_ahead_after, args=(process,), name="filling", daemon=True).start()


def is_running() -> bool:
    """Whether the demonstration is being filled by this program."""
    return any(process.poll() is None for process in _processes)


def has_failed() -> bool:
    """Whether the last filling by this program ended before the demonstration was whole."""
    return bool(_processes) and _processes[-1].poll() not in (None, 0)


def _read_ahead_after(process: subprocess.Popen[bytes]) -> None:
    """Have everything that pages need at hand once it is there."""
    # Not at the head: filling begins before what pages need is loaded.
    from core.services.overview.month import read_ahead  # noqa: PLC0415
    from core.services.themes import attention as theme_attention  # noqa: PLC0415

    process.wait()
    with suppress(StoreError), acting(THE_PROGRAM):
        store = open_store("demo")
        read_ahead(store)
        theme_attention.read_ahead(store, 12)
