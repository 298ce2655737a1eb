"""What all tests share: how examples are drawn and which browser opens."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from playwright.sync_api import expect

from tests.chromium import CHROMIUM_ARGS, chromium

# A busy machine is slow without being wrong; a server must draw the same examples every time.
settings.register_profile("here", deadline=None)
settings.register_profile("server", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("server" if os.environ.get("CI") else "here")

# A busy machine draws late; what never comes fails all the same.
expect.set_options(timeout=60_000)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores, for a test in a browser waits as long as it works."""
    return min(4, (os.cpu_count() or 1) + 1)


def pytest_collection_finish() -> None:
    """The collector need not walk again and again what stays to the end: all tests there are."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def nobodys_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of stores that tests open unasked: never that of whoever runs them."""
    folder = tmp_path_factory.mktemp("var")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRUAT_VAR_FOLDER", str(folder))
        patch.delenv("TRUAT_DATABASE_URL", raising=False)
        yield folder


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": chromium(), "args": CHROMIUM_ARGS}
