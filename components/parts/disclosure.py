"""What stands behind a line and opens with one click or key, without asking the server."""

from components.reader.markup import Html, tag


def disclosure(summary: str, *contents: str, opened: bool = False) -> Html:
    """A line that opens what is behind it."""
    written = {"open": "open"} if opened else {}
    return tag("details", tag("summary", summary), *contents, class_="t-more", **written)
