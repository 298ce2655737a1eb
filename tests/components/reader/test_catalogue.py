"""Interface text: every message has its Thai, and nothing in the catalogue is unused."""

import ast
import re
from pathlib import Path

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from tests.paths import ROOT

LOCALE = ROOT / "data" / "locale"
KEYWORDS = {**DEFAULT_KEYWORDS, "say": None}
# Where `_` itself is defined a message is a parameter.
SOURCES = sorted(
    {ROOT / "app.py"}.union(
        *((ROOT / room).rglob("*.py") for room in ("pages", "components", "core"))
    )
    - {ROOT / "components" / "reader" / "language.py"}
)


@pytest.fixture(scope="module")
def thai() -> dict[str, str]:
    with (LOCALE / "th" / "LC_MESSAGES" / "truat.po").open("rb") as file:
        catalogue = read_po(file, locale="th", abort_invalid=True)
    assert not catalogue.obsolete
    return {str(m.id): str(m.string) for m in catalogue if m.id and not m.fuzzy}


@pytest.fixture(scope="module")
def messages() -> set[str]:
    with (LOCALE / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir(ROOT, methods, options, keywords=KEYWORDS)
    return {message for _, _, message, _, _ in found if isinstance(message, str)}


def test_no_message_lacks_its_thai(messages: set[str], thai: dict[str, str]) -> None:
    lacking = sorted(message for message in messages if not thai.get(message))
    assert not lacking, "write into truat.po:\n" + "\n".join(
        f'\nmsgid "{message}"\nmsgstr ""' for message in lacking
    )


def test_no_thai_is_unused(messages: set[str], thai: dict[str, str]) -> None:
    assert not sorted(thai.keys() - messages)


def test_both_languages_fill_the_same_places(thai: dict[str, str]) -> None:
    for english, translated in thai.items():
        assert set(re.findall(r"{\w*}", english)) == set(re.findall(r"{\w*}", translated)), english


def test_thai_is_written_in_thai(thai: dict[str, str]) -> None:
    for english, translated in thai.items():
        if re.search("[A-Za-z]{2}", re.sub(r"{\w*}", "", english)):
            assert re.search("[\u0e00-\u0e7f]", translated), english


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: str(file.relative_to(ROOT)))
def test_messages_stand_where_they_are_found(file: Path) -> None:
    """Literal, and outside f-strings, into which the extraction does not look."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    hidden = [
        call
        for text in ast.walk(tree)
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if _is_message(call)
    ]
    assert not hidden
    for call in filter(_is_message, ast.walk(tree)):
        assert isinstance(call, ast.Call)
        assert isinstance(call.args[0], ast.Constant), f"line {call.lineno}: not a literal"


def _is_message(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("_", "say")
    )
