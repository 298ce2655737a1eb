"""Two processes on one PostgreSQL: what one stores the other has; a killed one loses nothing."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest

from core.access.actors import LOCAL_ADMINISTRATOR, acting
from core.services.people.tokens import add_token
from core.store.engine.migrate import open_database
from core.store.engine.unit_of_work import close_engines
from tests.core.services.sending import BROKE, SOUND, row, table
from tests.core.store.conftest import schema_of_its_own
from tests.country import small_country
from tests.paths import ROOT
from tests.waiting import wait_until

SERVER = """
import sys, uvicorn
from starlette.applications import Starlette
from components.frame import server
app = Starlette(routes=server.routes({}), middleware=server.middleware())
uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="error")
"""


class Process(NamedTuple):
    """A server, and somebody who calls it."""

    running: subprocess.Popen[bytes]
    client: httpx.Client

    def level(self) -> float:
        told = self.client.get("/results?indicator=crisis.level&area=11203&period=2566-M09")
        level: float = told.json()["items"][0]["value"]
        return level


@pytest.fixture
def database() -> Iterator[tuple[str, str]]:
    """A schema of PostgreSQL with a small country, and a token."""
    with ExitStack() as ends:
        address = ends.enter_context(contextmanager(schema_of_its_own)())
        store = small_country(open_database(address))
        with acting(LOCAL_ADMINISTRATOR):
            _token, secret = add_token(store, "a test", "administrator", "TH")
        close_engines()
        yield address, secret


@contextmanager
def serving(address: str, secret: str, var: Path) -> Iterator[Process]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "TRUAT_DATABASE_URL": address, "TRUAT_VAR_FOLDER": str(var)}
    command = [sys.executable, "-c", SERVER, str(port)]
    running = subprocess.Popen(command, cwd=ROOT, env=environment)
    headers = {"Authorization": f"Bearer {secret}"}
    at = f"http://127.0.0.1:{port}"

    def ready() -> bool:
        assert running.poll() is None
        try:
            return httpx.get(f"{at}/readyz").status_code == 200
        except httpx.TransportError:
            return False

    try:
        wait_until(ready, or_else=lambda: "the server did not come")
        with httpx.Client(base_url=f"{at}/api/v1", headers=headers, timeout=60) as client:
            yield Process(running, client)
    finally:
        running.kill()
        running.wait()


def test_what_one_process_stores_the_other_answers_with(
    database: tuple[str, str], tmp_path: Path
) -> None:
    with serving(*database, tmp_path) as one, serving(*database, tmp_path) as other:
        assert one.level() == other.level() == 0
        tag = other.client.get("/results").headers["etag"]
        sent = one.client.post("/uploads?file_name=a.csv", content=table(row("11203", BROKE)))
        assert sent.status_code == 201
        assert other.level() == 7
        assert other.client.get("/results", headers={"If-None-Match": tag}).status_code == 200
        # Killed in the middle of whatever it does: what was stored is stored.
        one.running.send_signal(signal.SIGKILL)
        one.running.wait()
        assert other.level() == 7
        again = other.client.post("/uploads?file_name=b.csv", content=table(row("11203", SOUND)))
        assert again.status_code == 201
        assert other.level() == 0
