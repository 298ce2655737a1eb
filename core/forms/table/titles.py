"""What the columns of a table may be called, and which column a title names."""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Final

from rapidfuzz import fuzz, process

from core.criteria.catalog import measures
from core.forms.model.form import FIGURES, Column, Table
from core.forms.table.keys import is_aside, without_vowels
from core.text import Text, fold

_UNSAID: Final = re.compile(r"[_*:'\"\u2018\u2019\u201c\u201d]")
_BRACKETS: Final = re.compile(r"\([^()]*\)$")
_NUMBERED: Final = re.compile(r"^[0-9]+(?:[.)][0-9]*)*")
_NEAR: Final = 80
"""Likeness of titles, in percent, from which one is asked about as a slip of the other."""
_LONGEST: Final = 400
_REMEMBERED: Final = 1 << 16


class Titles:
    """Everything a column of a table may be called."""

    def __init__(self, table: Table) -> None:
        self.names = {column.measure: column.name for column in table.columns}
        self._known: dict[str, str] = {}
        theme = _theme(table)
        for column in table.columns:
            for title in _wordings(column, theme):
                self._known.setdefault(title_key(title), column.measure)
        for key, measure in list(self._known.items()):
            self._known.setdefault(_BRACKETS.sub("", key), measure)
        self._bare = self._without_vowels()
        headings = (column.heading for column in table.columns)
        self._headings = {
            key
            for heading in headings
            if heading
            for words in (heading.th, heading.en)
            for key, _ in _forms_of(words)
        }

    def _without_vowels(self) -> Mapping[str, str]:
        """Titles stripped of the vowels that PDF tools lose, where they still name one column."""
        bare: dict[str, set[str]] = {}
        for key, measure in self._known.items():
            bare.setdefault(without_vowels(key), set()).add(measure)
        return {key: names.pop() for key, names in bare.items() if len(names) == 1}

    def measure(self, title: str) -> str | None:
        """The measure (or key of the row) a title names.

        A unit in brackets may follow it, its printed number stand before it.
        """
        for whole, bare in _forms_of(title):
            if found := self._known.get(whole) or self._bare.get(bare):
                return found
        return None

    def is_heading(self, title: str) -> bool:
        """Whether a title is one of the form's that no column bears."""
        return is_aside(title) or any(key in self._headings for key, _ in _forms_of(title))

    def nearest(self, title: str) -> Text | None:
        """The column a title comes near to; None when it is like none."""
        match = process.extractOne(
            title_key(title), self._known.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR
        )
        return self.names[self._known[match[0]]] if match else None


@cache
def titles_of(table: Table) -> Titles:
    """The titles of a table of a form."""
    return Titles(table)


def _theme(table: Table) -> str:
    """The theme of a table's figures, which a title may leave out: `cash` for `finance.cash`."""
    figures = (column.measure for column in table.columns if column.type in FIGURES)
    return next(figures, "").partition(".")[0]


def _wordings(column: Column, theme: str) -> Iterator[str]:
    yield from (column.measure, column.name.th, column.name.en, *column.aliases)
    yield column.measure.removeprefix(f"{theme}.")
    if known := measures().get(column.measure):
        yield from (known.name.th, known.name.en, *known.aliases)


@lru_cache(_REMEMBERED)
def title_key(text: str) -> str:
    """A title in comparing form: spaces, underscores, case, tone marks and quotes do not count."""
    return _UNSAID.sub("", fold(text[:_LONGEST]))


@lru_cache(_REMEMBERED)
def _forms_of(title: str) -> tuple[tuple[str, str], ...]:
    """What to look up of a title, likeliest first, each with and without vowels that get lost."""
    if not any(map(str.isalpha, title[:_LONGEST])):
        return ()
    whole = title_key(title)
    keys = (form for key in (whole, _unnumbered(whole)) for form in (key, _BRACKETS.sub("", key)))
    return tuple((key, without_vowels(key)) for key in dict.fromkeys(keys))


def _unnumbered(key: str) -> str:
    return _NUMBERED.sub("", key)
