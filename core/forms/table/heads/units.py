"""In which unit amounts are: units in lines of words, in rows, in number formats, in brackets."""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Final

from core.forms.table.heads.qualifiers import (
    LONGEST,
    Kind,
    Qualifier,
    Unit,
    beginning_unit,
    full_year,
    qualifier,
    qualifier_words,
)
from core.text import fold

_BRACKETED: Final = re.compile(r"[(\[]([^()\[\]]+)[)\]]")
_THOUSANDS: Final = r"(?<![0-9.,])1?(?:,?000)+(?![0-9])"
"""Digits of 1,000 and its multiples by itself, also as '000."""
_UNKNOWN: Final[frozenset[Kind]] = frozenset({"unknown"})
_UNCLEAR: Final[frozenset[Kind]] = frozenset({"unknown", "scale"})
_YEAR: Final = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])")


@lru_cache(1 << 14)
def unit_in(text: str) -> Unit | None:
    """The unit that a text gives for amounts of money, if any.

    The text is a unit and nothing else, has one in brackets, or one behind the word "unit".
    """
    units = (beginning_unit(part) for part in _unit_parts(text))
    return next((u for u in units if u and u.of in ("", "baht") and (u.of or u.factor > 1)), None)


@lru_cache(1 << 12)
def unit_of_line(text: str) -> Unit | None:
    """The unit that a line of words beside a table gives for its amounts: also amid other words.

    "5 million baht" is an amount and no unit; of two units neither counts.
    """
    if (unit := unit_in(text)) is not None:
        return unit
    units = {_unit_of(match) for match in _amid().finditer(_scales_of(text))} - {None}
    return units.pop() if len(units) == 1 else None


@lru_cache(1 << 12)
def is_unclear_unit(text: str) -> bool:
    """Whether a line names a scale for its figures and gives no unit that can be understood."""
    if unit_of_line(text) is not None:
        return False
    scales = _scales_of(text)
    matches = list(_amid().finditer(scales))
    is_after_year = any(_YEAR.fullmatch(match["amount"] or "") for match in matches)
    several = len({_unit_of(match) for match in matches} - {None}) > 1
    return several or is_after_year or _announced().search(scales) is not None


def unit_of_format(literal: str) -> Unit | None:
    """The unit that the words of a number format show behind the figure."""
    letters = qualifier_words().scale_letter
    letter = letters.get(fold(literal).strip("."))
    return unit_in(literal) or (Unit(*letter) if letter else None)


def unknown(text: str) -> Qualifier:
    """A qualifier that nobody here understands; it may still name a scale or a year."""
    # Titles come in their comparing form, without the tone marks that tell a scale from a name.
    folded = _no_scales().sub("|", fold(text[:LONGEST]))
    years = (full_year(int(digits)) for digits in _YEAR.findall(text[:LONGEST]))
    letters = folded.strip(".") in qualifier_words().scale_letter
    is_scale = letters or _scale_or_thousands().search(folded) is not None
    return Qualifier(
        _UNCLEAR if is_scale else _UNKNOWN, next(filter(None, years), None), text=text.strip()
    )


def _unit_parts(text: str) -> Iterator[str]:
    """The parts of a text that may be a unit, in comparing form."""
    folded = fold(text[:LONGEST])
    if qualifier(text) is not None:
        yield folded
    for part in (*_BRACKETED.findall(folded), folded.rpartition(":")[2]):
        if qualifier(part) is not None:
            yield part
    scales = _scales_of(text)
    for word in map(fold, qualifier_words().unit_word):
        _, is_there, behind = scales.partition(word)
        if is_there:
            yield behind


def _scales_of(text: str) -> str:
    """A text in comparing form, without years and words that only hold the letters of a scale.

    The comparing form has no tone marks: a scale must stand in the text with its own.
    """
    folded = _no_scales().sub("|", fold(text[:LONGEST]))
    typed = "".join(text.split())
    for scale in qualifier_words().scale:
        if fold(scale) != scale and scale not in typed:
            folded = folded.replace(fold(scale), "|")
    return folded


def _unit_of(match: re.Match[str]) -> Unit | None:
    return None if match["amount"] else beginning_unit(match["unit"])


@cache
def _no_scales() -> re.Pattern[str]:
    words = qualifier_words()
    year = rf"(?:{_any_of(words.year)})[0-9]{{4}}(?![0-9])"
    return re.compile(rf"{year}|{_any_of(words.no_scale)}")


@cache
def _amid() -> re.Pattern[str]:
    """A scale beside the word for baht, and the number before it if there is one."""
    words = qualifier_words()
    scale = rf"(?:{_any_of(words.scale)})+"
    baht = _any_of(word for word, noun in words.noun.items() if noun == "baht")
    between = r"(?:of|in|[-:/(])?"
    amount = rf"(?P<amount>[0-9][0-9.,]*|(?:{_any_of(words.quantity)}))?"
    return re.compile(rf"{amount}(?P<unit>{scale}{between}(?:{baht})|(?:{baht}){between}{scale})")


@cache
def _announced() -> re.Pattern[str]:
    """A scale right behind a word that says it is one."""
    words = qualifier_words()
    before = _any_of(words.scale_word)
    return re.compile(rf"(?:{before})[-:=(]?(?:(?:{_any_of(words.scale)})|{_THOUSANDS})")


@cache
def _scale_or_thousands() -> re.Pattern[str]:
    return re.compile(rf"{_any_of(qualifier_words().scale)}|{_THOUSANDS}|[x\u00d7][0-9]")


def _any_of(words: Iterable[str]) -> str:
    folded = sorted(set(map(fold, words)), key=len, reverse=True)
    return "|".join(map(re.escape, folded))
