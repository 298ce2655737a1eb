"""What the columns of a table may be called, and which column a title names."""

import re
from collections.abc import Iterator, Mapping
from functools import cache, cached_property, lru_cache
from typing import Final, NamedTuple

from rapidfuzz import fuzz, process

from core.criteria.catalog import measures
from core.forms.model.form import FIGURES, Column, Table
from core.forms.table.heads.qualifiers import NONE, Qualifier, qualifier
from core.forms.table.heads.units import unknown
from core.forms.table.words import is_aside, without_vowels
from core.text import Text, fold

_UNSAID: Final = re.compile(r"[_*:'\"\u2018\u2019\u201c\u201d]")
_LAST_BRACKETS: Final = re.compile(r"\(([^()]*)\)$")
_FIRST_BRACKETS: Final = re.compile(r"^\(([^()]*)\)")
_NUMBERED: Final = re.compile(r"^[0-9]{1,2}(?:[.)][0-9]{0,2})*(?![0-9])")
_NEAR: Final = 80
"""Likeness of titles, in percent, from which one is asked about as a slip of the other."""
_LONGEST: Final = 400
_CACHED: Final = 1 << 16


class Title(NamedTuple):
    """What a title names: a measure or key, and what it says beside its name."""

    measure: str
    qualifier: Qualifier = NONE


_UNREAD: Final = Title("")
"""Stands for a text that is not in the cache."""


class Titles:
    """Everything a column of a table may be called."""

    def __init__(self, table: Table) -> None:
        self.names = {column.measure: column.name for column in table.columns}
        self._numbers = {c.measure for c in table.columns if c.type == "number"}
        self._keys: dict[str, str] = {}
        theme = _theme(table)
        for column in table.columns:
            for wording in _wordings(column, theme):
                self._keys.setdefault(title_key(wording), column.measure)
        self._loose = frozenset(title_key(w) for c in table.columns for w in c.loose)
        self._shorten()
        self._bare = self._without_vowels()
        self._ignored = frozenset(map(title_key, table.ignored))
        self._cache: dict[str, Title | None] = {}
        headings = (column.heading for column in table.columns)
        self._headings = {
            key
            for heading in headings
            if heading
            for words in (heading.th, heading.en)
            for whole in _forms_of(words)
            for key in (whole, _LAST_BRACKETS.sub("", whole))
        }

    def _shorten(self) -> None:
        """Titles may go without their brackets where that leaves them the title of one column."""
        short: dict[str, set[str]] = {}
        for key, measure in self._keys.items():
            short.setdefault(_LAST_BRACKETS.sub("", key), set()).add(measure)
        for key, names in short.items():
            if len(names) == 1:
                self._keys.setdefault(key, *names)

    def _without_vowels(self) -> Mapping[str, str]:
        """Titles stripped of the vowels that PDF tools lose, where they still name one column."""
        bare: dict[str, set[str]] = {}
        for key, measure in self._keys.items():
            bare.setdefault(without_vowels(key), set()).add(measure)
        return {key: names.pop() for key, names in bare.items() if len(names) == 1}

    def measure(self, title: str) -> str | None:
        """The measure (or key of the row) a title names, whatever it says beside the name."""
        match = self.title(title)
        return match.measure if match else None

    def title(self, text: str) -> Title | None:
        """What a title names; None when it names no column.

        Its printed number may stand before it; a unit, a year or words such as "plan" before,
        behind or in brackets, which `qualifier` tells.
        """
        # Another thread may empty the cache at any moment: it is read once.
        title = self._cache.get(text, _UNREAD)
        if title is _UNREAD:
            title = self._title(text)
            if len(self._cache) > _CACHED:
                self._cache.clear()
            if len(text) <= _LONGEST:
                self._cache[text] = title
        return title

    def plain(self, text: str) -> str | None:
        """The measure a title names by itself or with brackets: the quick look for long sheets."""
        for key, lean in _plain_keys(text) if len(text) <= _LONGEST else _keys_without(text):
            if measure := self._keys.get(key) or self._bare.get(lean):
                return measure
        return None

    def _title(self, text: str) -> Title | None:
        for key in _forms_of(text):
            if measure := self._measure_of(key):
                return Title(measure)
        for key in _forms_of(text):
            if match := self._bracketed(key) or self._beside(key):
                return match
        return None

    def _measure_of(self, key: str) -> str | None:
        return self._keys.get(key) or self._bare.get(without_vowels(key))

    def _bracketed(self, key: str) -> Title | None:
        """A title with brackets behind or before it, several perhaps."""
        extra = NONE
        for pattern in (_LAST_BRACKETS, _FIRST_BRACKETS):
            rest = key
            while match := pattern.search(rest):
                rest = rest[: match.start()] or rest[match.end() :]
                extra = _extra(match[1]).joined(extra)
                if measure := self._measure_of(rest):
                    return Title(measure, extra)
                if beside := self._beside(rest):
                    return Title(beside.measure, beside.qualifier.joined(extra))
            extra = NONE
        return None

    def _beside(self, key: str) -> Title | None:
        """A title of figures with words beside it that say what they are, and nothing else."""
        for known, measure in self._longest_first:
            for behind, rest in ((True, key.removeprefix(known)), (False, key.removesuffix(known))):
                is_part = key.startswith(known) if behind else key.endswith(known)
                if is_part and rest and (extra := qualifier(rest)):
                    return Title(measure, extra)
        return None

    @cached_property
    def _longest_first(self) -> tuple[tuple[str, str], ...]:
        figures = [(k, m) for k, m in self._keys.items() if m in self._numbers]
        return tuple(sorted(figures, key=lambda item: -len(item[0])))

    def is_ignored(self, title: str) -> bool:
        """Whether a title is of a column that is known and not needed."""
        return self._is_among(title, self._ignored)

    def is_loose(self, title: str) -> bool:
        """Whether a title means its column only where no other title does."""
        return self._is_among(title, self._loose)

    def is_partial(self, title: str, column: Column) -> bool:
        """Whether a title may name only a part of what its column holds."""
        parts = column.partial.titles if column.partial else ()
        return self._is_among(title, frozenset(map(title_key, parts)))

    @staticmethod
    def _is_among(title: str, known: frozenset[str]) -> bool:
        return any(k in known or _LAST_BRACKETS.sub("", k) in known for k in _forms_of(title))

    def is_heading(self, title: str) -> bool:
        """Whether a title is one of the form's that no column bears."""
        keys = (k for whole in _forms_of(title) for k in (whole, _LAST_BRACKETS.sub("", whole)))
        return is_aside(title) or any(key in self._headings for key in keys)

    def nearest(self, title: str) -> Text | None:
        """The column a title comes near to; None when it is like none."""
        match = process.extractOne(
            title_key(title), self._keys.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR
        )
        return self.names[self._keys[match[0]]] if match else None


def _extra(bracketed: str) -> Qualifier:
    """What stands in brackets; the blank's own marks have nothing left in them."""
    return (qualifier(bracketed) or unknown(bracketed)) if bracketed.strip() else NONE


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
    yield from (*column.unsure, *column.loose)
    yield column.measure.removeprefix(f"{theme}.")
    if known := measures().get(column.measure):
        yield from (known.name.th, known.name.en, *known.aliases)


@lru_cache(_CACHED)
def title_key(text: str) -> str:
    """A title in comparing form: spaces, underscores, case, tone marks and quotes do not count."""
    return _UNSAID.sub("", fold(text[:_LONGEST]))


@lru_cache(maxsize=8192)  # Every form asks the same of every word of a workbook.
def _plain_keys(text: str) -> tuple[tuple[str, str], ...]:
    return tuple(_keys_without(text))


def _keys_without(text: str) -> Iterator[tuple[str, str]]:
    """The forms of a title, with its brackets and without, each beside itself without vowels."""
    for key in _forms_of(text):
        for one in (key, _FIRST_BRACKETS.sub("", _LAST_BRACKETS.sub("", key))):
            yield one, without_vowels(one)


@lru_cache(_CACHED)
def _forms_of(title: str) -> tuple[str, ...]:
    """What to look up of a title, likeliest first: as it is, and without its printed number."""
    if not any(map(str.isalpha, title[:_LONGEST])):
        return ()
    whole = title_key(title)
    return tuple(dict.fromkeys((whole, _NUMBERED.sub("", whole))))
