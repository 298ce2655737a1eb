"""Imports go down only, and a few libraries have one door each."""

import ast
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from importlinter import cli

PythonFiles = Callable[..., list[Path]]

# What a file is imported as, where that differs from the name of its package.
DISTRIBUTIONS = {
    "PIL": "pillow",
    "argon2": "argon2-cffi",
    "docx": "python-docx",
    "fontTools": "fonttools",
    "ibis": "ibis-framework",
    "importlinter": "import-linter",
    "msoffcrypto": "msoffcrypto-tool",
    "pptx": "python-pptx",
    "ruamel": "ruamel.yaml",
}
# Tools that are run, not imported; plugins of pytest; what Streamlit (uvloop), openpyxl
# (defusedxml), fontTools (brotli), SQLAlchemy (psycopg) and ruamel.yaml (its C library) take up
# when it is there.
NEVER_IMPORTED = {
    "brotli",
    "defusedxml",
    "mypy",
    "psycopg",
    "pytest-playwright",
    "pytest-timeout",
    "pytest-xdist",
    "ruamel.yaml.clib",
    "ruff",
    "uvloop",
}
# The foundation of the product: it stays, also where a room is yet to use it.
FOUNDATION = {"altair", "openpyxl", "pandas", "plotly", "sqlmodel", "streamlit"}
OUR_OWN = {"app", "bench", "components", "core", "data", "docs", "pages", "tests"}


@pytest.fixture(scope="module")
def contracts(root: Path) -> list[dict[str, Any]]:
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    return settings["tool"]["importlinter"]["contracts"]


@cache
def imported(path: Path) -> frozenset[str]:
    """Top-level names of the modules a file imports, inside functions too."""
    return frozenset(_imported(path))


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


def distributions(names: set[str]) -> set[str]:
    """What to install for the modules imported."""
    outside = names - set(sys.stdlib_module_names) - OUR_OWN
    return {DISTRIBUTIONS.get(name, name.replace("_", "-")) for name in outside}


def required(root: Path, file: str) -> set[str]:
    text = (root / file).read_text(encoding="utf-8").splitlines()
    return {re.split(r"[\[>]", line)[0] for line in text if line and line[0] not in "#-"}


def test_the_contracts_hold(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    assert cli.lint_imports(no_cache=True) == cli.EXIT_STATUS_SUCCESS


def test_the_contracts_know_no_exceptions(contracts: list[dict[str, Any]]) -> None:
    assert [c["name"] for c in contracts if "ignore_imports" in c] == []


def test_every_room_of_the_core_has_its_layer(
    contracts: list[dict[str, Any]], python_files: PythonFiles
) -> None:
    layers = " ".join(next(c for c in contracts if c["type"] == "layers")["layers"])
    named = set(layers.replace("(", "").replace(")", "").split()) - {"|", ":"}
    modules = {".".join(file.with_suffix("").parts) for file in python_files("core")}
    rooms = {m.removesuffix(".__init__") for m in modules} - {"core", "core.criteria"}
    homeless = {m for m in rooms if not any(m == n or m.startswith(f"{n}.") for n in named)}
    assert homeless == set()


def test_only_the_figures_know_a_chart_library(root: Path, python_files: PythonFiles) -> None:
    knowing = {
        str(file)
        for file in python_files("app.py", "components", "core", "pages")
        if {"plotly", "altair"} & imported(root / file)
    }
    assert {file for file in knowing if not file.startswith("core/figures/")} == set()
    assert knowing, "no figure is drawn with Plotly or Altair"


def test_requirements_name_what_is_imported_and_nothing_else(
    root: Path, python_files: PythonFiles
) -> None:
    needed = distributions({name for file in python_files() for name in imported(root / file)})
    lists = "requirements.txt", "requirements-test.txt", "bench/requirements.txt"
    named = {name for file in lists for name in required(root, file)}
    assert needed - named == set()
    assert named - needed - NEVER_IMPORTED - FOUNDATION == set()


def test_only_the_benchmarks_need_what_is_listed_beside_them(
    root: Path, python_files: PythonFiles
) -> None:
    elsewhere = {file for file in python_files() if file.parts[0] != "bench"}
    needed = distributions({name for file in elsewhere for name in imported(root / file)})
    assert needed & required(root, "bench/requirements.txt") == set()


def test_the_program_runs_without_what_only_the_tests_need(
    root: Path, python_files: PythonFiles
) -> None:
    shipped = python_files("app.py", "components", "core", "pages")
    needed = distributions({name for file in shipped for name in imported(root / file)})
    assert needed <= required(root, "requirements.txt")
