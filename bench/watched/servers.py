"""Servers that are measured: started on free ports, with the processor time they have taken."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_QUIET_SECONDS, _AT_REST = 3, 20.0
"""A server rests that took less than so many milliseconds in each of so many seconds."""
EMPTY = """
import gc
import streamlit as st

@st.cache_resource
def freeze():
    gc.collect()
    gc.freeze()

freeze()
st.title("Empty")
st.selectbox("Filter", [str(number) for number in range(24)])
"""
"""A bare Streamlit app with one filter and nothing else, its collector frozen like ours."""


@dataclass(frozen=True)
class Server:
    """A running app: where it answers, and its process."""

    address: str
    process: int

    @property
    def port(self) -> int:
        return int(self.address.rpartition(":")[2])

    def worked(self) -> float:
        """Milliseconds of processor time it has taken so far, to the microsecond (on Linux)."""
        # The clock of another process, as clock_getcpuclockid makes it: Python has no name for it.
        return 1000 * time.clock_gettime((~self.process << 3) | 2)

    def rest(self) -> None:
        """Wait until it does nothing by itself any more, as reading ahead after its start."""
        quiet = 0
        while quiet < _QUIET_SECONDS:
            before = self.worked()
            time.sleep(1)
            quiet = quiet + 1 if self.worked() - before < _AT_REST else 0


@contextmanager
def running(root: Path, home: Path) -> Iterator[Server]:
    """The Streamlit app of a folder on a free port."""
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true"]
    options = ["--server.address=127.0.0.1", "--browser.gatherUsageStats=false"]
    with started([*command, *options, "--server.port={port}"], root, home, "_stcore/health") as app:
        yield app


@contextmanager
def started(command: Sequence[str], root: Path, home: Path, health: str) -> Iterator[Server]:
    """A program on a free port, which stands as `{port}` in its command."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "HOME": str(home), "TRUAT_VAR_FOLDER": str(home / "var")}
    with (home / "app.log").open("wb") as log:
        app = subprocess.Popen(
            [part.format(port=port) for part in command],
            cwd=root, env=environment, stdout=log, stderr=log,
        )  # fmt: skip
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_until_healthy(f"{address}/{health}")
            yield Server(address, app.pid)
        finally:
            app.terminate()
            app.wait(timeout=20)


def _wait_until_healthy(address: str) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the app did not start")
