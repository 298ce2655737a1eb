"""What a name is must be guessed before its file is opened: words that say nothing are refused."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.paths import ROOT

VAGUE = frozenset(
    (
        "asked",
        "found",
        "kept",
        "many",
        "moves",
        "named",
        "opened",
        "remember",
        "said",
        "telling",
        "told",
    )
)
"""Words that fit anything: what was found, who told it, what is kept?"""
ALLOWED = {
    "field": {"opened", "found", "asked"},
    "parameter": {"opened", "found"},
    "local": {"opened"},
    "definition": {"not_found"},
}
"""What the field or a contract says: findings that were opened in a round; what a problem has
found in a cell, and what a rule asks, which are keys of the JSON documents."""


def names_in(tree: ast.Module) -> Iterator[tuple[int, str, str]]:
    """Line, name, and what it is of: of a function, a class, a field, a parameter or a local."""
    fields = {
        id(line.target)
        for whole in ast.walk(tree)
        if isinstance(whole, ast.ClassDef)
        for line in whole.body
        if isinstance(line, ast.AnnAssign)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.lineno, node.name, "definition"
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg, "parameter"
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.id, "field" if id(node) in fields else "local"


def vague(tree: ast.Module) -> Iterator[str]:
    for line, name, kind in names_in(tree):
        plain = name.strip("_").lower()
        # Of a variable's two words one may say enough; a definition says it with both.
        words = set(plain.split("_")) if kind == "definition" else {plain}
        if words & VAGUE and plain not in ALLOWED[kind]:
            yield f"{line}: {name}"


@pytest.mark.parametrize("folder", ["core", "components", "pages"])
def test_names_say_what_a_thing_is(folder: str) -> None:
    faults = [
        f"{file.relative_to(ROOT)}:{fault}"
        for file in sorted((ROOT / folder).rglob("*.py"))
        for fault in vague(ast.parse(file.read_text(encoding="utf-8")))
    ]
    assert not faults, "name what it is, in a word of docs/glossary.md: " + "; ".join(faults)


def test_modules_say_what_they_hold() -> None:
    faults = [
        str(file.relative_to(ROOT))
        for folder in ("core", "components", "pages")
        for file in (ROOT / folder).rglob("*.py")
        if set(Path(file).stem.split("_")) & VAGUE
    ]
    assert not faults


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("def told(): ...", "told"),
        ("def asked_of(rule): ...", "asked_of"),
        ("class Asked: ...", "Asked"),
        ("def one(kept): ...", "kept"),
        ("def one():\n    found = 1", "found"),
        ("_NAMED = 3", "_NAMED"),
        ("class One:\n    said: str", "said"),
        ("[told for told in ()]", "told"),
    ],
)
def test_a_name_that_says_nothing_is_a_fault(code: str, name: str) -> None:
    assert [fault.partition(": ")[2] for fault in vague(ast.parse(code))] == [name]


@pytest.mark.parametrize(
    "code",
    [
        "class Issue:\n    found: str",
        "def not_found(): ...",
        "def one(reported): ...",
        "telling_apart = 1",
    ],
)
def test_a_name_of_the_field_is_none(code: str) -> None:
    assert not list(vague(ast.parse(code)))
