"""Processes that read files, and what becomes of them."""

import os
import subprocess
import sys

import pytest

from tests.paths import ROOT
from tests.waiting import wait_until

BEGIN = """
import os
from core.services.bulk.readers import Readers
with Readers(2) as readers:
    print(*{readers._pool.submit(os.getpid).result() for _ in range(20)}, flush=True)
    os.read(0, 1)
"""


def is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.skipif(sys.platform == "win32", reason="ends with its parent by itself")
def test_readers_end_when_the_import_is_killed() -> None:
    command = [sys.executable, "-c", BEGIN]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as importing:
        assert importing.stdout is not None
        readers = [int(word) for word in importing.stdout.readline().split()]
        importing.kill()
        importing.wait()
    assert readers
    wait_until(lambda: not any(map(is_there, readers)), or_else=lambda: f"left: {readers}")
