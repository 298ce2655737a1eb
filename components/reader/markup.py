"""HTML as a type of its own: whatever comes from a person or a file is escaped."""

from collections.abc import Iterable
from functools import cache
from html import escape

from components.reader.unbroken_words import with_whole_words


class Html(str):
    """HTML that a component made; any other text is escaped when it is put into a page."""

    __slots__ = ()


def safe(content: str) -> Html:
    """The content as HTML: escaped unless a component made it, its words kept whole."""
    return content if isinstance(content, Html) else Html(with_whole_words(escape(content)))


def plain(content: str) -> Html:
    """The content escaped and nothing more, for elements that hold text alone."""
    return Html(escape(content))


def tag(name: str, *contents: str, **attributes: str) -> Html:
    """An element; `class_` becomes class, `aria_label` aria-label; empty ones are left out."""
    written = ""
    for key, value in attributes.items():
        if value:
            written += f' {_attribute(key)}="{escape(value)}"'
    return Html(f"<{name}{written}>{joined(contents)}</{name}>")


@cache
def _attribute(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def joined(contents: Iterable[str], between: str = "") -> Html:
    """Pieces of content as one, with `between` after each but the last."""
    return Html(between.join([safe(content) for content in contents]))
