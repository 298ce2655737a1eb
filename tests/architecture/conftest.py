"""The files of the project, as the guards see them."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.paths import ROOT


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def files() -> tuple[str, ...]:
    """Every file of the project that git tracks or would track, relative to the root."""
    # The folder may belong to somebody else than the one who runs the tests.
    command = ["git", "-c", "safe.directory=*", "ls-files", "-coz", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    names = tuple(name for name in listed.split("\0") if (ROOT / name).is_file())
    assert "pyproject.toml" in names
    return names


@pytest.fixture(scope="session")
def python_files(files: tuple[str, ...]) -> Callable[..., list[Path]]:
    """Give the Python files under some top folders, or all of them."""

    def under(*tops: str) -> list[Path]:
        names = [Path(name) for name in files if name.endswith(".py")]
        return [name for name in names if not tops or name.parts[0] in tops]

    return under
