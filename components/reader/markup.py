"""Text and HTML kept apart: whatever comes from a person or a file is escaped."""

from collections.abc import Iterable
from html import escape


class Html(str):
    """A piece of HTML made by a component; any other text is escaped when it is put into a page."""

    __slots__ = ()


def safe(content: str) -> Html:
    """The content as HTML: escaped unless a component made it."""
    return content if isinstance(content, Html) else Html(escape(content))


def tag(name: str, *contents: str, **attributes: str) -> Html:
    """An element; `class_` is its class, `aria_label` its aria-label; empty ones fall away."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value
    )
    return Html(f"<{name}{written}>{joined(contents)}</{name}>")


def joined(contents: Iterable[str], between: str = "") -> Html:
    """Several pieces, one after the other."""
    return Html(between.join(safe(content) for content in contents))
