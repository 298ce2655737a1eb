"""Words met in tables, from `data/forms/_table.yaml`, in a form for comparing."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Annotated, Final

from core.criteria.load import DATA_FOLDER, read_model
from core.criteria.model.base import Listed, Strict
from core.text import fold

_Words = Annotated[tuple[str, ...], Listed]
_LONGEST_TARGET: Final = 40
# Vowels above and below the line; the fold has taken tone marks already.
_LOST_VOWELS: Final = re.compile("[\u0e31\u0e34-\u0e39]")


class TableWords(Strict):
    """`data/forms/_table.yaml`."""

    total: _Words
    total_of: _Words
    aside: _Words
    yes: _Words
    no: _Words
    round: _Words
    quarter: _Words
    sign: _Words
    as_of: _Words
    of_document: _Words
    month: _Words
    era: _Words
    fiscal_era: _Words
    target: _Words
    january: _Words
    closed: _Words
    open: _Words
    unit_title: _Words
    of_month: _Words
    facility: _Words
    code_of_facility: _Words
    no_facility_code: _Words
    no_facility: _Words
    district: _Words
    province: _Words
    growth: _Words
    people: _Words


@cache
def table_words() -> TableWords:
    """The words as they are written in the file."""
    return read_model(DATA_FOLDER / "forms" / "_table.yaml", TableWords)


@cache
def folded_words(kind: str) -> frozenset[str]:
    """Words of a kind (`yes`, `no`, `total` …) in comparing form."""
    words: tuple[str, ...] = getattr(table_words(), kind)
    return frozenset(map(fold, words))


@cache
def longest_first(kind: str) -> tuple[str, ...]:
    """Words of a kind in comparing form, a word before the one it begins with."""
    return tuple(sorted(folded_words(kind), key=len, reverse=True))


def without_prefix(folded: str, kind: str) -> str:
    """A text in comparing form without the word of a kind it begins with."""
    word = next((w for w in longest_first(kind) if folded.startswith(w)), "")
    return folded.removeprefix(word)


def without_suffix(folded: str, kind: str) -> str:
    """A text in comparing form without the word of a kind it ends with."""
    word = next((w for w in longest_first(kind) if folded.endswith(w)), "")
    return folded.removesuffix(word)


def without_vowels(folded: str) -> str:
    """A text in comparing form without the vowels that PDF tools lose."""
    return _LOST_VOWELS.sub("", folded)


def is_of_document(line: str) -> bool:
    """Whether a line says when its document was printed, sent or signed."""
    folded = fold(line)
    return any(word in folded for word in folded_words("of_document"))


def begins_total(texts: Iterable[str]) -> bool:
    """Whether one of a row's folded texts says that the row adds up others."""
    return any(text.startswith(longest_first("total")) for text in texts)


def is_total(text: str) -> bool:
    """Whether a text is a word for a total and nothing else, or the total of an area."""
    folded = fold(text)
    words = folded_words("total")
    return folded in words or folded.startswith(tuple(folded_words("total_of")))


def is_target(text: str) -> bool:
    """Whether a text says that its row holds targets: "target", "target (percent)"."""
    return len(text) <= _LONGEST_TARGET and fold(text).startswith(longest_first("target"))


def is_aside(text: str) -> bool:
    """Whether a text heads what stands beside the answers of a turned table: units, numbers."""
    return fold(text) in folded_words("aside")
