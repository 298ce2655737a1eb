"""Amounts of money in Thai words, as documents repeat them behind the digits."""

import math
import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from core.criteria.load import DATA_FOLDER, read_model
from core.criteria.model.base import Strict

_MILLION: Final = 1_000_000


class Numerals(Strict):
    """`data/forms/_numerals.yaml`."""

    digits: Mapping[str, int]
    places: Mapping[str, int]
    million: str
    baht: str
    satang: str
    whole: str


@cache
def numerals() -> Numerals:
    """The words as they are written in the file."""
    return read_model(DATA_FOLDER / "forms" / "_numerals.yaml", Numerals)


def amount_in_words(text: str) -> float:
    """The baht that a text says in words; NaN where it says anything else."""
    words = numerals()
    plain = re.sub(r"[\s().-]", "", text).removesuffix(words.whole)
    baht, separator, satang = plain.partition(words.baht)
    if not separator:
        return math.nan
    parts = _number(baht), _number(satang.removesuffix(words.satang))
    return parts[0] + parts[1] / 100


def _number(text: str) -> float:
    words = numerals()
    millions, separator, rest = text.rpartition(words.million)
    if separator:
        return _number(millions) * _MILLION + _number(rest)
    tokens = _tokens().findall(text)
    if "".join(tokens) != text:
        return math.nan
    whole, digit = 0, None
    for token in tokens:
        if token in words.digits:
            digit = words.digits[token]
        else:
            whole += (1 if digit is None else digit) * words.places[token]
            digit = None
    return float(whole + (digit or 0))


@cache
def _tokens() -> re.Pattern[str]:
    words = sorted((*numerals().digits, *numerals().places), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))
