"""The demonstration's database, loaded once in a run of the tests, however many workers there are.

Loading it takes a quarter of a minute. Whoever changes it copies the file first.
"""

import os
from pathlib import Path

import pytest

from core.demo.loading import load
from core.store.engine.migrate import open_database
from core.store.engine.unit_of_work import close_engines
from tests.waiting import wait_until


def demo_database(factory: pytest.TempPathFactory) -> Path:
    """The file `demo.db` with everything in it."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID")
    # Workers have a folder each, inside one of the run.
    folder = (factory.getbasetemp().parent if run else factory.getbasetemp()) / "demonstration"
    file = folder / "demo.db"
    try:
        folder.mkdir()
    except FileExistsError:
        wait_until((folder / "ready").exists, or_else=lambda: "nobody loaded the demonstration")
        return file
    load(open_database(f"sqlite:///{file}", "demo"))
    close_engines()
    (folder / "ready").touch()
    return file
