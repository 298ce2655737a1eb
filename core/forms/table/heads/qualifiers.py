"""What stands beside the name of a column: a unit, a year, "plan", "cumulative"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Annotated, Final, Literal, NamedTuple

from core.criteria.load import DATA_FOLDER, read_model
from core.criteria.model.base import Listed, Strict
from core.forms.table.moments import CENTURY, CHRISTIAN_YEARS, FISCAL_YEARS, SHORT_YEARS, moment_in
from core.periods import BUDDHIST_ERA
from core.text import fold

_Words = Annotated[tuple[str, ...], Listed]
Kind = Literal["current", "other", "cumulative", "monthly", "unknown", "scale"]
_KINDS: Final[tuple[Kind, ...]] = ("current", "other", "cumulative", "monthly")
_NUMBER: Final = re.compile(r"[0-9]+")
_MARK: Final = re.compile(r"(?:[0-9]{1,2}|[a-jln-z\u0e01-\u0e2e])")
"""A number or letter that only counts columns; "m" and "k" may be millions and thousands."""
LONGEST: Final = 120
"""Signs of a text that are looked at."""


class QualifierWords(Strict):
    """`data/forms/_qualifiers.yaml`."""

    current: _Words
    other: _Words
    cumulative: _Words
    monthly: _Words
    filler: _Words
    year: _Words
    other_line: _Words
    no_plan: _Words
    report: _Words
    actual_line: _Words
    fiscal_year: _Words
    calendar_year: _Words
    counted: _Words
    unit_word: _Words
    scale_word: _Words
    quantity: _Words
    no_scale: _Words
    scale_letter: Mapping[str, Annotated[tuple[int, str], Listed]]
    scale: Mapping[str, int]
    noun: Mapping[str, str]
    unit: Mapping[str, Annotated[tuple[int, str], Listed]]


@cache
def qualifier_words() -> QualifierWords:
    """The words as they are written in the file."""
    return read_model(DATA_FOLDER / "forms" / "_qualifiers.yaml", QualifierWords)


class Unit(NamedTuple):
    """How many of what one of a figure stands for; `of` is empty where only "million" is said."""

    factor: int
    of: str


@dataclass(frozen=True)
class Qualifier:
    """What was said beside a name. `year` is of the Buddhist era; `text` is how it was written."""

    kinds: frozenset[Kind] = frozenset()
    year: int | None = None
    unit: Unit | None = None
    text: str = ""

    def joined(self, other: "Qualifier") -> "Qualifier":
        """Both together; of units and years the one said by `other`, which stands nearer."""
        return Qualifier(
            self.kinds | other.kinds,
            other.year or self.year,
            other.unit or self.unit,
            " ".join(filter(None, (self.text, other.text))),
        )


NONE: Final = Qualifier()


@lru_cache(1 << 14)
def qualifier(text: str) -> Qualifier | None:
    """What a text says when it is nothing but qualifiers; None when it holds anything else."""
    folded = fold(text[:LONGEST]).strip("()[]")
    if not folded:
        return None
    if _MARK.fullmatch(folded):
        return Qualifier(text=text.strip())
    scan = _Scan(folded)
    scan.run()
    if scan.rest:
        return Qualifier(frozenset({"other"}), text=text.strip()) if _is_month(text) else None
    return scan.qualifier(text.strip())


def beginning_unit(folded: str) -> Unit | None:
    """The unit that a text in comparing form begins with, whatever stands behind it."""
    scan = _Scan(folded)
    scan.run()
    return scan.unit


def full_year(number: int) -> int | None:
    """The year of the Buddhist era that four digits may mean."""
    return _year(number, short=False)


def _is_month(text: str) -> bool:
    return moment_in(text) is not None


class _Scan:
    """Takes a folded text apart, the longest word first; `rest` is what nobody knows."""

    def __init__(self, folded: str) -> None:
        self.rest = folded
        self.kinds: set[Kind] = set()
        self.year: int | None = None
        self.unit: Unit | None = None
        self._factor = 1
        self._has_year_word = False
        self._last = ""

    def run(self) -> None:
        while self.rest and (self._word() or self._number()):
            pass
        if self._factor > 1 and (self.unit is None or self.unit.factor == 1):
            # "Million", or "THB million".
            self.unit = Unit(self._factor, self.unit.of if self.unit else "")

    def qualifier(self, text: str) -> Qualifier:
        return Qualifier(frozenset(self.kinds), self.year, self.unit, text)

    def _word(self) -> bool:
        word = next((w for w in _longest_first() if self.rest.startswith(w)), None)
        if word is None:
            return False
        self.rest = self.rest[len(word) :]
        for kind, value in _vocabulary()[word]:
            self._take(kind, value)
        return True

    def _take(self, kind: str, value: object) -> None:
        self._last = kind
        if kind in _KINDS:
            self.kinds.add(kind)
        elif kind == "scale" and isinstance(value, int):
            self._factor *= value
        elif kind == "noun" and self.unit is None:
            self.unit, self._factor = Unit(self._factor, str(value)), 1
        elif kind == "unit" and isinstance(value, Unit):
            self.unit = value
        elif kind == "year":
            self._has_year_word = True

    def _number(self) -> bool:
        """A year, or the number of months, days or quarters that the figure is of."""
        match = _NUMBER.match(self.rest)
        if match is None:
            return False
        behind = self.rest[match.end() :]
        year = _year(int(match[0]), short=self._has_year_word)
        counted = next((w for w in _counted() if behind.startswith(w)), None)
        if year is not None:
            self.year = year
        elif counted or (self._last == "other" and len(match[0]) == 1):  # "2 months", "quarter 1"
            self.kinds.add("other")
            behind = behind.removeprefix(counted or "")
        else:
            return False
        self.rest = behind
        return True


def _year(number: int, *, short: bool) -> int | None:
    if number in FISCAL_YEARS:
        return number
    if number in CHRISTIAN_YEARS:
        return number + BUDDHIST_ERA
    return CENTURY + number if short and number in SHORT_YEARS else None


@cache
def _vocabulary() -> Mapping[str, tuple[tuple[str, object], ...]]:
    """What every word says, by the word in comparing form."""
    file = qualifier_words()
    words: dict[str, list[tuple[str, object]]] = {}
    for kind in (*_KINDS, "filler", "year"):
        for word in getattr(file, kind):
            words.setdefault(fold(word), []).append((kind, None))
    for kind, values in (("scale", file.scale), ("noun", file.noun)):
        for word, value in values.items():
            words.setdefault(fold(word), []).append((kind, value))
    for word, unit in file.unit.items():
        words[fold(word)] = [("unit", Unit(*unit))]
    return {word: tuple(says) for word, says in words.items()}


@cache
def _longest_first() -> tuple[str, ...]:
    return tuple(sorted(_vocabulary(), key=len, reverse=True))


@cache
def _counted() -> tuple[str, ...]:
    """Words for what a figure may cover several of, longest first."""
    return tuple(sorted(map(fold, qualifier_words().counted), key=len, reverse=True))
