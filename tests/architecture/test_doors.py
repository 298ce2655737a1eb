"""No service answers pages, the terminal or the server's addresses without asking the policy."""

import ast
import importlib
from collections.abc import Iterator
from functools import cache
from inspect import isfunction
from pathlib import Path
from typing import Any, get_type_hints

import pytest

from core.access.roles import Action
from core.services.guard.doors import DOORS, door
from tests.paths import ROOT

OUTSIDE = ("app.py", "components", "pages", "core/terminal", "core/cli.py", "core/api")
"""Who comes from outside: pages, what the server answers by itself, commands, programs."""
SERVICES = ("core.services", "core.demo")
OPENERS = {"open_store", "own_store", "existing_store", "open_database", "engine_for"}
"""What opens a store: who calls one has the whole of it."""
PAST_THE_DOORS = {"reading", "unit_of_work", "file_engine", "writer", "choose"}


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def files() -> Iterator[Path]:
    for top in OUTSIDE:
        place = ROOT / top
        yield from [place] if place.is_file() else place.rglob("*.py")


def used(file: Path) -> Iterator[tuple[str, str]]:
    """The services that a file calls, by module and name."""
    modules: dict[str, str] = {}
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(SERVICES):
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                if (ROOT / (whole.replace(".", "/") + ".py")).is_file():
                    modules[alias.asname or alias.name] = whole
                else:
                    yield str(node.module), alias.name
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield from [(modules[node.value.id], node.attr)] if node.value.id in modules else []


def services() -> list[tuple[str, str]]:
    return sorted({one for file in files() for one in used(file)})


def holds_a_store(kind: Any) -> bool:
    """Whether something of this type is a store or has one."""
    parts = getattr(kind, "__annotations__", {}).values()
    return any("Engine" in str(one) for one in (kind, *parts))


def opens_a_store(module: str, name: str) -> bool:
    """Whether a service is given a store, or opens one."""
    service = getattr(importlib.import_module(module), name)
    if not isfunction(inner := getattr(service, "__wrapped__", service)):
        return False
    hints = {key: kind for key, kind in get_type_hints(inner).items() if key != "return"}
    file = ROOT / (module.replace(".", "/") + ".py")
    body = next(
        (n for n in tree(file).body if isinstance(n, ast.FunctionDef) and n.name == name), None
    )
    called = {n.id for n in ast.walk(body) if isinstance(n, ast.Name)} if body else set()
    return any(map(holds_a_store, hints.values())) or bool(called & OPENERS)


def test_every_service_that_is_reached_asks_the_policy() -> None:
    reached = services()
    assert len(reached) > 300
    forgotten = [
        f'{module}.{name}: declare what it asks, as @door(Action.READ, "area")'
        for module, name in reached
        if opens_a_store(module, name) and f"{module}.{name}" not in DOORS
    ]
    assert not forgotten, "\n".join(forgotten)
    assert len(DOORS) > 100


def test_nobody_outside_opens_a_session_past_the_doors() -> None:
    found = [
        f"{file.relative_to(ROOT)} imports {alias.name}"
        for file in files()
        for node in ast.walk(tree(file))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("core.store")
        for alias in node.names
        if alias.name in PAST_THE_DOORS
    ]
    assert found == []


def test_what_changes_something_asks_for_more_than_reading() -> None:
    """Whoever opens a unit of work at a door named READ would be refused by the store."""
    wrong = []
    for name, (action, _at) in DOORS.items():
        module, _, function = name.rpartition(".")
        if not module.startswith("core."):
            continue  # the doors of tests
        file = ROOT / (module.replace(".", "/") + ".py")
        body = next(n for n in tree(file).body if getattr(n, "name", "") == function)
        names = {n.id for n in ast.walk(body) if isinstance(n, ast.Name)}
        if "unit_of_work" in names and action is Action.READ:
            wrong.append(name)
    assert wrong == []


def test_a_door_of_what_answers_bit_by_bit_is_refused() -> None:
    def bits() -> Iterator[int]:
        yield 1

    with pytest.raises(TypeError, match="bit by bit"):
        door(Action.READ)(bits)
