"""Where things stand, how long they are, and what they must not say."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

PythonFiles = Callable[..., list[Path]]

TOP_LEVEL = {
    ".ci", ".dockerignore", ".gitignore", ".streamlit", "CHANGELOG.md", "CONTRIBUTING.md",
    "LICENSE", "Makefile", "README.md", "app.py", "bench", "components", "core", "data", "docs",
    "pages", "pyproject.toml", "requirements-spark.txt", "requirements-telemetry.txt",
    "requirements-test.txt", "requirements.txt", "static", "tests",
}  # fmt: skip
THAI = re.compile("[\u0e01-\u0e5b]")
SOMEBODYS_MACHINE = re.compile(
    r"(?<![\w.~$])/(?:home|Users|root|tmp|work|workspace)/\w|[A-Z]:\\\\?Users"
)
PACKAGE_INDEX = re.compile(r"--(?:extra-)?index-url|--find-links|--trusted-host|\bpypi\.org\b")


def lines(root: Path, file: Path) -> list[str]:
    return (root / file).read_text(encoding="utf-8").splitlines()


def test_the_top_level_is_fixed(files: tuple[str, ...]) -> None:
    assert {name.split("/")[0] for name in files} <= TOP_LEVEL


def test_an_image_holds_nothing_that_stands_in_no_repository(root: Path) -> None:
    """A store beside the program would go into every image with all that is in it."""
    written = {".venv", "data/var"} & {one.rstrip("/") for one in lines(root, Path(".gitignore"))}
    assert {*written, ".git"} == {".git", ".venv", "data/var"}
    assert {*written, ".git"} <= {*lines(root, Path(".dockerignore"))}


def test_no_thai_letters_in_python_outside_the_tests(root: Path, python_files: PythonFiles) -> None:
    found = [
        f"{file}:{number}"
        for file in python_files()
        if file.parts[0] != "tests"
        for number, line in enumerate(lines(root, file), 1)
        if THAI.search(line)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("tops", "most"), [(("pages",), 60), (("app.py",), 60), (("components", "core", "bench"), 400)]
)
def test_files_stay_short(
    root: Path, python_files: PythonFiles, tops: tuple[str, ...], most: int
) -> None:
    lengths = {str(file): len(lines(root, file)) for file in python_files(*tops)}
    assert lengths, f"no file under {tops}"
    assert {name: n for name, n in lengths.items() if n > most} == {}


@pytest.mark.parametrize(
    "pattern", [SOMEBODYS_MACHINE, PACKAGE_INDEX], ids=["machine paths", "package index"]
)
def test_no_file_names_somebodys_machine_or_server(
    root: Path, files: tuple[str, ...], pattern: re.Pattern[str]
) -> None:
    found = []
    for name in files:
        if name == "tests/architecture/test_files.py":
            continue
        text = (root / name).read_bytes().decode("utf-8", errors="ignore")
        found += [f"{name}: {match.group()}" for match in pattern.finditer(text)]
    assert found == []


@pytest.mark.parametrize(
    "line", ["/home/somebody/truat", "see /tmp/x.json", "/root/app.py", r"C:\Users\me"]
)
def test_the_guard_knows_a_machine_path(line: str) -> None:
    assert SOMEBODYS_MACHINE.search(line)


@pytest.mark.parametrize(
    "line", ["/usr/bin/env", "tests/work/x", "https://a.org/home/x", "~/tmp/x"]
)
def test_the_guard_lets_other_paths_pass(line: str) -> None:
    assert not SOMEBODYS_MACHINE.search(line)
