"""Pages of the documents that repeat what data or code says; `make docs` writes them anew."""

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Final

from core.forms.model.issues import Message, messages

DOCS: Final = Path(__file__).resolve().parent
SECTIONS: Final = {
    "F": "The whole file",
    "W0": "The layout of a file",
    "W1": "One cell of a self-assessment",
    "W2": "Results that the file holds itself",
    "W3": "Tables",
    "W4": "Tables",
    "C": "Files of rules, forms and other data",
    "W6": "Claims",
    "U": "What was asked for",
    "S": "The store",
    "A": "Who may do what",
    "R": "Reports to take away",
}
"""Titles by what a code begins with, as the first lines of `data/messages.yaml` have it."""

TREE_BEGINS: Final = (
    "<!-- rooms: made by `make docs` from the docstrings of the rooms -->\n```text\n"
)
TREE_ENDS: Final = "\n```\n<!-- end of rooms -->"

MESSAGES_HEAD: Final = """\
<!-- Made from data/messages.yaml by `make docs`; change the sentences there. -->

# Messages

Every message has a code that never changes. Its sentence says what was found, why it matters and
what to do; `{places}` are filled in. An *error* leaves the cell (from `F`: the file) unscored; a
*warning* asks for a look and a *note* says what was done: they stop nothing.
"""


def messages_page() -> str:
    """`docs/messages.md`: every message by its code, in both languages."""
    groups = groupby(messages().items(), key=lambda entry: _section(entry[0]))
    return MESSAGES_HEAD + "".join(_messages_table(title, rows) for title, rows in groups)


def _section(code: str) -> str:
    for start, title in SECTIONS.items():
        if code.startswith(start):
            return title
    raise ValueError(f"{code}: no section of the page of messages begins like it")


def _messages_table(title: str, rows: Iterable[tuple[str, Message]]) -> str:
    head = "| Code | Name | Severity | Thai | English |\n| --- | --- | --- | --- | --- |\n"
    return f"\n## {title}\n\n{head}" + "".join(
        f"| `{code}` | {message.slug} | {message.severity} "
        f"| {_cell(message.text.th)} | {_cell(message.text.en)} |\n"
        for code, message in rows
    )


def _cell(text: str) -> str:
    """A text as it may stand in a table."""
    return text.replace("|", r"\|").replace("<", "&lt;")


def architecture_page() -> str:
    """`docs/architecture.md` with its tree of rooms drawn anew; the rest is written by hand."""
    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    before, _, rest = text.partition(TREE_BEGINS)
    return before + TREE_BEGINS + "\n".join(_tree()) + TREE_ENDS + rest.partition(TREE_ENDS)[2]


def _tree() -> Iterator[str]:
    """Every room of the program with the first line of its docstring."""
    for top in ("core", "components"):
        for file in sorted((DOCS.parent / top).rglob("__init__.py"), key=lambda one: one.parts):
            depth = len(file.relative_to(DOCS.parent / top).parts) - 1
            name = "  " * depth + f"{file.parent.name}/"
            purpose = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
            yield f"{name:<24} {purpose.splitlines()[0]}"


PAGES: Final[Mapping[str, Callable[[], str]]] = {
    "architecture.md": architecture_page,
    "messages.md": messages_page,
}


if __name__ == "__main__":
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")
