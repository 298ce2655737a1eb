"""Short texts in narrow places: broken between words, never within one."""

from functools import cache

from components.markup import Html, joined, tag
from core.figures.wrapping import words


@cache
def unbroken(text: str) -> Html:
    """A heading whose words stay whole; browsers part some that belong together."""
    return joined(tag("span", word, class_="t-word") for word in words(text))
