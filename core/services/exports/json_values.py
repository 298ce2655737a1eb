"""Values of JSON documents."""

from core.text import Text


def both(text: Text) -> dict[str, str]:
    """A text for JSON."""
    return {"th": text.th, "en": text.en}
