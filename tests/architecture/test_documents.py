"""What the documents say is so."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from ruamel.yaml import YAML
from typer.main import get_command

from core import cli
from docs.generate import PAGES

PythonFiles = Callable[..., list[Path]]

COMMENT_OR_INCLUDE = ("#", "-")
REQUIREMENTS = ("requirements.txt", "requirements-test.txt", "bench/requirements.txt")
EXAMPLES = ("data/criteria/waste/", "data/forms/waste", "pages/themes/waste")
"""What `docs/adding.md` adds."""


def table_rows(text: str) -> list[list[str]]:
    """The cells of every table row of a Markdown text, heads and rules left out."""
    tables = re.findall(r"^\|.*\n\|[-| :]+\|\n((?:\|.*\n?)+)", text, re.MULTILINE)
    rows = [line for table in tables for line in table.splitlines()]
    return [[cell.strip() for cell in row.strip("|").split(" | ")] for row in rows]


def section(text: str, title: str) -> str:
    """A section of a Markdown text, up to the next title of its rank."""
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"no section {title}"
    return found.group(1)


@pytest.fixture(scope="module")
def readme(root: Path) -> str:
    return (root / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def documents(root: Path) -> dict[str, str]:
    """Every document by its name."""
    files = [*root.glob("*.md"), *(root / "docs").glob("*.md")]
    return {str(file.relative_to(root)): file.read_text(encoding="utf-8") for file in files}


def test_every_make_command_of_the_documents_exists(root: Path, documents: dict[str, str]) -> None:
    texts = "\n".join(documents.values())
    named = set(re.findall(r"(?:^|`)make ([a-z]+)", texts, re.MULTILINE))
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))
    assert {"run", "test"} <= named <= targets


def test_the_continuous_check_calls_the_readmes_test_command(root: Path, readme: str) -> None:
    steps = (root / ".ci/run").read_text(encoding="utf-8").splitlines()
    assert steps[-1] == "make test"
    assert "\nmake test " in section(readme, "Start")


@pytest.mark.parametrize("file", REQUIREMENTS)
def test_third_parties_are_named_with_licence_and_use(root: Path, file: str) -> None:
    lines = (root / file).read_text(encoding="utf-8").splitlines()
    required = {line.split(">=")[0] for line in lines if not line.startswith(COMMENT_OR_INCLUDE)}
    named = table_rows((root / "docs/third-party.md").read_text(encoding="utf-8"))
    licences = {row[0]: row[1:] for row in named}
    assert required <= licences.keys()
    assert {name for name in required if not all(licences[name])} == set()


@pytest.mark.parametrize("file", REQUIREMENTS)
def test_requirements_are_ranges_with_both_ends(root: Path, file: str) -> None:
    lines = (root / file).read_text(encoding="utf-8").splitlines()
    named = [line for line in lines if not line.startswith(COMMENT_OR_INCLUDE)]
    form = r"[a-z][a-z\d.-]*(?:\[[a-z]+\])?>=[\d.]+,<[\d.]+(;|$)"
    assert [line for line in named if not re.match(form, line)] == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_made_from_data_says_what_the_data_say(root: Path, name: str) -> None:
    written = (root / "docs" / name).read_text(encoding="utf-8")
    assert written == PAGES[name](), "run `make docs`"


def test_the_page_of_messages_lists_every_code_with_name_and_severity(root: Path) -> None:
    text = (root / "data/messages.yaml").read_text(encoding="utf-8")
    messages = YAML(typ="safe").load(text)["messages"]
    rows = table_rows((root / "docs/messages.md").read_text(encoding="utf-8"))
    assert [row[:3] for row in rows] == [
        [f"`{code}`", message["slug"], message["severity"]] for code, message in messages.items()
    ]
    assert [row[0] for row in rows if len(row) != 5] == []


def test_every_terminal_command_is_listed(root: Path) -> None:
    page = (root / "docs/terminal.md").read_text(encoding="utf-8")
    printed = {row[0].strip("`") for row in table_rows(page)}
    named = {
        " ".join(w for w in line.split() if re.fullmatch("[a-z]+(-[a-z]+)?", w)) for line in printed
    }
    groups = get_command(cli.app).commands
    alone = {name for name, command in groups.items() if not hasattr(command, "commands")}
    nested = {f"{name} {sub}" for name in groups.keys() - alone for sub in groups[name].commands}
    assert named == alone | nested


def test_every_document_is_reached_from_the_readme(documents: dict[str, str], readme: str) -> None:
    assert {name for name in documents if f"`{name}`" not in readme} == {"README.md"}


def test_files_that_documents_name_are_there(root: Path, documents: dict[str, str]) -> None:
    named = {
        f"{document}: {name}"
        for document, text in documents.items()
        for name in re.findall(r"`((?:core|components|data|docs|tests|pages)/[\w./-]+)`", text)
        if not (root / name).exists() and not name.startswith(("data/var", *EXAMPLES))
    }
    assert named == set()


def test_pictures_of_the_readme_are_there_and_small(root: Path, readme: str) -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", readme)
    assert len(pictures) == 2
    assert [name for name in pictures if (root / name).stat().st_size > 300_000] == []


def test_names_of_the_glossary_stand_in_code_or_data(
    root: Path, documents: dict[str, str], python_files: PythonFiles
) -> None:
    data = (root / "data").rglob("*.yaml")
    code = (root / file for file in python_files("core", "components"))
    words = "\n".join(file.read_text(encoding="utf-8") for file in (*data, *code))
    named = {
        name
        for row in table_rows(documents["docs/glossary.md"])
        for name in re.findall(r"`([A-Za-z_.]+)`", row[2])
    }
    assert len(named) > 50
    assert {name for name in named if not re.search(rf"\b{re.escape(name)}\b", words)} == set()


def test_the_tree_of_rooms_shows_every_room_with_its_purpose(
    root: Path, documents: dict[str, str], python_files: PythonFiles
) -> None:
    inits = [file for file in python_files("core", "components") if file.name == "__init__.py"]
    tree = documents["docs/architecture.md"]
    for file in inits:
        docstring = (root / file).read_text(encoding="utf-8").removeprefix('"""')
        purpose = docstring.splitlines()[0].removesuffix('"""')
        line = rf"^ *{file.parent.name}/ +{re.escape(purpose)}$"
        assert re.search(line, tree, re.MULTILINE), f"{file.parent} is missing: run `make docs`"
    assert len(inits) > 50
