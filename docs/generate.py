"""Pages of the documents that repeat what data or code says; `make docs` writes them anew."""

from collections.abc import Callable, Iterable, Mapping
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
    "C": "Files of rules, forms and other data",
    "U": "What was asked for",
    "S": "The store",
}
"""Titles by what a code begins with, as the first lines of `data/messages.yaml` have it."""

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
    return next(title for start, title in SECTIONS.items() if code.startswith(start))


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


PAGES: Final[Mapping[str, Callable[[], str]]] = {"messages.md": messages_page}


if __name__ == "__main__":
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")
