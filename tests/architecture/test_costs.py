"""What would make the whole run slow, by counts: who fills a store, starts an app, loads a page."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.paths import ROOT

TESTS = ROOT / "tests"
# The whole country takes half a minute to invent: once in a run, and copies for everybody.
FILLERS = {"demonstration.py", "core/demo/test_loading.py"}
# An app takes four seconds to start, in each worker that needs it. Beside the one that all share:
MOST_APPS = 12


def calls(file: Path) -> Iterator[str]:
    """The name of each function that a file calls by its own name."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id


def imports(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


def test_the_country_is_filled_once_and_copied() -> None:
    found = {
        str(file.relative_to(TESTS))
        for file in TESTS.rglob("*.py")
        if "core.demo.loading" in imports(file)
    }
    assert found == FILLERS, "take `demo_database` of tests/demonstration.py and copy the file"


def test_few_apps_are_started() -> None:
    started = [
        file.name
        for file in (TESTS / "e2e").glob("test_*.py")
        for name in calls(file)
        if name in ("running_app", "app_process")
    ]
    assert len(started) <= MOST_APPS, (
        f"take the fixture `address`, not an app of your own: {started}"
    )


def test_a_browser_test_takes_its_pages_from_the_kept_tabs() -> None:
    """Only what is about a browser that was never used may open one; it says so by its fixture."""
    opened = {
        file.name
        for file in (TESTS / "e2e").glob("test_*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in ("new_page", "new_context")
    }
    assert opened <= {"test_books.py", "test_search_match.py", "test_two_apps.py"}, (
        "use `look` or `visit`"
    )
