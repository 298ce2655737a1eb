"""What a line of words beside a table says of its figures: a plan, another year."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final, NamedTuple

from core.forms.table.heads.qualifiers import LONGEST, full_year, qualifier_words
from core.forms.table.moments import CENTURY, SHORT_YEARS
from core.text import fold

# A hyphen within a word parts nothing: a service-plan is no plan.
_PARTS: Final = re.compile(r"[()\[\]:/]+|(?<![A-Za-z])-+|-+(?![A-Za-z])")
_WORDS: Final = re.compile(_PARTS.pattern + r"|\s+(?=[^\sa-z])")
_LONGEST_TITLE: Final = 90
_FOUR: Final = r"(?<![0-9])[0-9]{4}(?![0-9])"


class Claim(NamedTuple):
    """What a line says: that figures are planned or of another time; the years it names.

    `is_fiscal`: whether the years are said to be fiscal ones; others may be calendar years.
    """

    is_other: bool = False
    years: frozenset[int] = frozenset()
    is_fiscal: bool = False

    def differs(self, years: Iterable[int]) -> bool:
        """Whether the line names years, and none of the fiscal years of the rows."""
        rows = set(years)
        own = self.years if self.is_fiscal else self.years | {year + 1 for year in self.years}
        return bool(own and rows) and rows.isdisjoint(own)


@lru_cache(1 << 12)
def claim(text: str) -> Claim:
    """What a line of words says of the figures beside it."""
    line = text[:LONGEST].casefold()
    folded = fold(line)
    years = {full_year(int(digits)) for digits in re.findall(_FOUR, folded)} - {None}
    short = re.search(rf"(?:{_any_of('fiscal_year')})([0-9]{{2}})(?![0-9])", folded)
    years |= {CENTURY + int(short[1])} if short and int(short[1]) in SHORT_YEARS else set()
    is_year_only = bool(re.fullmatch(rf"(?:{_any_of('calendar_year')})?[0-9]{{4}}", folded))
    is_fiscal = re.search(rf"(?:{_any_of('fiscal_year')})[0-9]{{2}}", folded) is not None
    stated = frozenset(year for year in years if year) if is_fiscal or is_year_only else frozenset()
    is_both = re.search(_any_of("actual_line"), folded) is not None
    return Claim(not is_both and _is_plan(line), stated, is_fiscal)


def _is_plan(line: str) -> bool:
    """Whether a word of a plan begins the line, a part of it, or a Thai word of a short one.

    English parts them by spaces: "service plan" is no plan; long lines are sentences.
    """
    separators = _PARTS if len(line) > _LONGEST_TITLE or line.isascii() else _WORDS
    return any(
        (word := _without_report(fold(part))).startswith(_folded("other_line"))
        and not word.startswith(_folded("no_plan"))
        for part in separators.split(line)
    )


def _without_report(word: str) -> str:
    before = next((one for one in _folded("report") if word.startswith(one)), "")
    return word.removeprefix(before)


@cache
def _folded(kind: str) -> tuple[str, ...]:
    """Words of a kind in comparing form, longest first."""
    words: tuple[str, ...] = getattr(qualifier_words(), kind)
    return tuple(sorted(map(fold, words), key=len, reverse=True))


@cache
def _any_of(kind: str) -> str:
    return "|".join(map(re.escape, _folded(kind)))
