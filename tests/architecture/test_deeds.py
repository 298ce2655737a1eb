"""Whoever changes the store leaves a deed: no writer may forget it."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

PythonFiles = Callable[..., list[Path]]
LEAVING = {"leave", "no_deed"}
# The engine opens databases and begins units of work; everybody else asks it for them.
ENGINE = "core/store/engine/"


def called(tree: ast.AST) -> set[str]:
    """The bare names of everything that is called in a piece of code."""
    names = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {getattr(name, "attr", getattr(name, "id", "")) for name in names}


def leaving(trees: list[ast.Module]) -> set[str]:
    """Functions that leave a deed themselves, or call one that does."""
    bodies = [
        (node.name, called(node))
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    ]
    known = set(LEAVING)
    while more := {name for name, calls in bodies if calls & known} - known:
        known |= more
    return known


def silent(tree: ast.Module, known: set[str]) -> Iterator[int]:
    """Lines of units of work that commit and leave nothing."""
    for node in ast.walk(tree):
        if isinstance(node, ast.With) and "unit_of_work" in called(node):
            calls = set().union(*(called(one) for one in node.body))
            if "commit" in calls and not calls & known:
                yield node.lineno


@pytest.fixture(scope="module")
def trees(root: Path, python_files: PythonFiles) -> dict[str, ast.Module]:
    files = python_files("core", "components", "pages")
    return {str(file): ast.parse((root / file).read_text(encoding="utf-8")) for file in files}


def test_every_unit_of_work_that_commits_leaves_a_deed(trees: dict[str, ast.Module]) -> None:
    known = leaving([*trees.values()])
    found = [f"{file}:{line}" for file, tree in trees.items() for line in silent(tree, known)]
    assert found == [], "call core.services.audit.leaving.leave before the commit"


def test_nobody_writes_past_the_units_of_work(trees: dict[str, ast.Module]) -> None:
    past = {"begin", "writer", "sessionmaker"}
    found = [
        f"{file}: {name}"
        for file, tree in trees.items()
        if file.startswith("core/") and not file.startswith(ENGINE)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for name in [ast.unparse(node.func)]
        if name.rpartition(".")[2] in past and "engine" in name.casefold()
    ]
    assert found == []


@pytest.mark.parametrize(
    ("body", "is_silent"),
    [
        ("with unit_of_work(e) as s:\n    store(s)\n    s.commit()", True),
        ("with unit_of_work(e) as s:\n    store(s)\n    leave(s, 'a', 'b')\n    s.commit()", False),
        ("with unit_of_work(e) as s:\n    store(s)", False),
    ],
)
def test_the_guard_knows_a_silent_writer(body: str, is_silent: bool) -> None:
    assert bool([*silent(ast.parse(body), set(LEAVING))]) is is_silent
