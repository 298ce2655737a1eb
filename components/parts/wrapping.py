"""Line breaks of Thai headings: between words, never within one."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from components.reader.markup import Html, joined, plain, tag
from core.figures.wrapping import phrases, room, words

_SHORT: Final = 24
"""Characters of a text that may stand in a narrow column."""
_LONG: Final = 240
"""Characters of a text that would make its row higher than a screen in a column of a sentence."""


@lru_cache(maxsize=1 << 15)
def unbroken(text: str, most: int = 0) -> Html:
    """A heading whose words are not broken; browsers break some Thai words.

    A phrase between two spaces of at most `most` characters' width is not broken either.
    """
    return joined(_piece(piece) for piece in phrases(_pieces(text, most)))


def with_room(words: Html, length: int) -> str | Html:
    """Words of a cell by their length in characters: a sentence, or a page of them, needs width."""
    if length <= _SHORT:
        return words
    return tag("div", words, class_="t-words t-page" if length > _LONG else "t-words")


def _piece(text: str) -> Html:
    # The space stands outside: within, no line could end there.
    word = tag("bdi", plain(text.rstrip()))
    return joined((word, " " if text[-1].isspace() else ""))


def _pieces(text: str, most: int) -> Iterator[str]:
    for phrase in re.findall(r"\S+\s*", text):
        if room(phrase.rstrip()) <= most:
            yield phrase
        else:
            yield from words(phrase)
