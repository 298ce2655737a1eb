"""Values of JSON documents."""

from core.services.exports.documents import BothLanguages
from core.text import Text


def both(text: Text) -> BothLanguages:
    """A text for JSON."""
    return {"th": text.th, "en": text.en}
