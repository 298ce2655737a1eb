"""What a number format makes of a value: percent, date, thousands, words beside it.

Docs: ECMA-376 part 1, §18.8.30 (built-in formats) and §18.8.31 (format codes). A code has up to
four sections; the one that shows a value decides, never the code as a whole.
"""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from operator import eq, ge, gt, le, lt, ne
from typing import Final, Literal, NamedTuple

Kind = Literal["number", "percent", "date", "time", "duration", "words"]


class NumberFormat(NamedTuple):
    """How one section shows a value.

    `kind`: "number"; "percent" (0.86 shows as 86 %); "date" (with or without a time of day);
    "time" of day; "duration" (elapsed hours, minutes or seconds); "words": only `literal` shows in
    place of the number, "" hides it.
    `scale`: how much one shown unit is worth: 1,000 for `#,##0,`, 1,000,000 for `#,##0.0,,`.
    `literal`: the words and currency signs that show beside the digits, such as a unit.
    `is_buddhist`: whether a date shows years of the Buddhist era.
    `code`: the whole format code, every section of it.
    """

    kind: Kind = "number"
    scale: float = 1.0
    literal: str = ""
    is_buddhist: bool = False
    code: str = "General"

    @property
    def is_date(self) -> bool:
        """Whether the value counts days: a date, a time of day or a duration."""
        return self.kind in _DAYS


GENERAL: Final = NumberFormat()
_DAYS: Final = frozenset({"date", "time", "duration"})
_THAI_DATE, _THAI_TIME = "d/m/yyyy", "h:mm:ss"
# Codes of the numbers that files name without writing the code out; those from 59 on are Thai.
BUILT_IN: Final = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", **dict.fromkeys((14, *range(27, 37), *range(50, 59)), _THAI_DATE),
    15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm",
    21: "h:mm:ss", 22: "m/d/yy h:mm", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0", 48: "##0.0E+0",
    49: "@", 59: "0", 60: "0.00", 61: "#,##0", 62: "#,##0.00", 67: "0%", 68: "0.00%",
    **dict.fromkeys((71, 72, 73, 74, 77, 81), _THAI_DATE), 75: "h:mm", 76: _THAI_TIME,
    78: "mm:ss", 79: "[h]:mm:ss", 80: "mm:ss.0",
}  # fmt: skip

_TOKEN: Final = re.compile(
    r"""
    (?P<words>"[^"]*"?)                          # quoted text
  | (?P<padding>[_*].?)                          # a space as wide as a letter; a letter repeated
  | \\(?P<escaped>.?)
  | \[(?P<bracket>[^\]]*)\]?
  | (?P<general>general|standard|g/\S+)
  | (?P<exponent>e[+-])
  | (?P<noon>am/pm|a/p)
  | (?P<digits>[0\#?.,]+)
  | (?P<letters>[dmyhsbeg]+)
  | (?P<other>.)
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_CONDITION: Final = re.compile(
    r"(<=|>=|<>|<|>|=)\s*([+-]?[0-9]+(?:\.[0-9]*)?(?:e[+-]?[0-9]+)?)", re.IGNORECASE
)
_ELAPSED: Final = re.compile(r"h+|m+|s+", re.IGNORECASE)
_CURRENCY: Final = re.compile(r"\$([^-]*)(?:-([0-9A-F]*))?.*", re.IGNORECASE | re.DOTALL)
_SCALING: Final = re.compile(r",+(?=\.|$)")
_DATE_LETTERS: Final = frozenset("dybeg")
_THAI_DIGITS: Final = "tT"
"""Before digits: they show as Thai ones."""
_THAI_LETTERS: Final = frozenset("\u0e27\u0e14\u0e1b\u0e0a\u0e19\u0e17")
"""Day, month, year, hour, minute and second in codes typed in Thai."""
_NUMERIC: Final = 3
"""Sections that show numbers; a fourth shows texts."""
_HOLDERS: Final = frozenset("0#?")
_COMPARE: Final[dict[str, Callable[[float, float], bool]]] = {
    "<": lt, "<=": le, ">": gt, ">=": ge, "=": eq, "<>": ne,
}  # fmt: skip
_BUDDHIST: Final = 7
"""The calendar's number in the third byte of a locale tag, as in `[$-D07041E]`."""
_LONGEST: Final = 255
_DAY_ZERO: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - a workbook knows no zone
_LAST: Final = 2_958_466
_SECONDS: Final = 86_400
_ERA: Final = 543


class _Section(NamedTuple):
    shows: NumberFormat
    condition: Callable[[float], bool] | None
    is_text: bool


class Formats(NamedTuple):
    """A format code taken apart.

    `first` is what its first section makes of a number. `sections` are those that show numbers;
    none where all of them do the same.
    """

    first: NumberFormat
    sections: tuple[_Section, ...] = ()

    def of(self, value: float) -> NumberFormat:
        """The section that shows a number."""
        return self.sections[_shown_by(self.sections, value)].shows if self.sections else self.first


def _shown_by(sections: tuple[_Section, ...], value: float) -> int:
    """The place of the section that shows a number."""
    last = len(sections) - 1
    if any(section.condition for section in sections):
        for place, section in enumerate(sections):
            if section.condition and section.condition(value):
                return place
        bare = [place for place, section in enumerate(sections) if not section.condition]
        return bare[0] if len(bare) > 1 and value < 0 else bare[-1]
    return 0 if value > 0 or not last else 1 if value < 0 else 0 if last < 2 else 2


@lru_cache(maxsize=1024)
def formats_of(code: str) -> Formats:
    """Take a format code apart; one that is empty or too long to be one counts as General."""
    if not code or len(code) > _LONGEST:
        return Formats(GENERAL)
    parts = [_section(tokens, code) for tokens in _split(code)]
    sections = [part for part in parts[:_NUMERIC] if not part.is_text]
    if all(section.condition for section in sections):
        sections.append(_Section(NumberFormat(code=code), None, False))
    first = sections[0].shows
    differ = any(section.shows != first for section in sections)
    return Formats(first, tuple(sections) if differ else ())


def built_in(number: int) -> Formats:
    """The format a file names by its number alone; General where none is known."""
    return formats_of(BUILT_IN.get(number, ""))


def _split(code: str) -> Iterator[list[re.Match[str]]]:
    """The tokens of each section."""
    tokens: list[re.Match[str]] = []
    for token in _TOKEN.finditer(code):
        if token["other"] == ";":
            yield tokens
            tokens = []
        else:
            tokens.append(token)
    yield tokens


def _section(tokens: list[re.Match[str]], code: str) -> _Section:
    digits = "".join(token["digits"] or "" for token in tokens)
    brackets = [token["bracket"] for token in tokens if token["bracket"]]
    shows = NumberFormat(
        _kind(tokens, digits, brackets),
        1000.0 ** sum(map(len, _SCALING.findall(digits))) if _has_holder(digits) else 1.0,
        _literal(tokens),
        _is_buddhist(tokens, brackets),
        code,
    )
    condition = next((test for test in map(_condition, brackets) if test), None)
    return _Section(shows, condition, any(token["other"] == "@" for token in tokens))


def _has_holder(digits: str) -> bool:
    return not _HOLDERS.isdisjoint(digits)


def _kind(tokens: list[re.Match[str]], digits: str, brackets: list[str]) -> Kind:
    letters = frozenset("".join(token["letters"] or "" for token in tokens).casefold())
    if any(map(_ELAPSED.fullmatch, brackets)):
        return "duration"
    if any(token["general"] for token in tokens):
        return "number"
    if _has_holder(digits.partition(".")[0]):
        letters = frozenset()  # Beside digits a letter is no date, though nobody quoted it.
    if not _DATE_LETTERS.isdisjoint(letters) or letters == {"m"}:
        return "date"
    if letters or any(token["noon"] for token in tokens):
        return "time"
    if not _has_holder(digits):
        bare = {token["other"] for token in tokens if (token["other"] or "").isalpha()}
        return "date" if bare and bare <= _THAI_LETTERS else "words"
    return "percent" if any(token["other"] == "%" for token in tokens) else "number"


def _literal(tokens: list[re.Match[str]]) -> str:
    """Quoted, escaped and bare words and currency signs, without dashes alone."""
    words = " ".join("".join(map(_words_of, tokens)).split())
    return words if any(letter.isalnum() or ord(letter) > 127 for letter in words) else ""


def _words_of(token: re.Match[str]) -> str:
    if token["bracket"]:
        currency = _CURRENCY.fullmatch(token["bracket"])
        return currency[1] if currency else ""
    if token["padding"]:
        return " "
    bare = token["other"] or ""
    shows = bare.isspace() or (bare.isalpha() and bare not in _THAI_DIGITS) or bare > "~"
    return (token["words"] or "").strip('"') or token["escaped"] or (bare if shows else "")


def _is_buddhist(tokens: list[re.Match[str]], brackets: list[str]) -> bool:
    if any("b" in (token["letters"] or "").casefold() for token in tokens):
        return True
    tags = (match[2] for match in map(_CURRENCY.fullmatch, brackets) if match and match[2])
    return any(int(tag, 16) >> 16 & 0xFF == _BUDDHIST for tag in tags)


def _condition(bracket: str) -> Callable[[float], bool] | None:
    match = _CONDITION.fullmatch(bracket.strip())
    if match is None:
        return None
    compare, limit = _COMPARE[match[1]], float(match[2])
    return lambda value: compare(value, limit)


def shown_days(days: float, shows: NumberFormat) -> str:
    """A number of days as a date, a time of day or a duration, in the era the format shows.

    Outside of a workbook's calendar the number itself.
    """
    if not 0 <= days < _LAST:
        return f"{days:g}"
    moment = _DAY_ZERO + timedelta(seconds=round(days * _SECONDS))
    clock = f"{moment.hour}:{moment.minute:02}"
    if shows.kind == "time":
        return clock
    if shows.kind == "duration":
        minutes = round(days * _SECONDS) // 60
        return f"{minutes // 60}:{minutes % 60:02}"
    year = moment.year + (_ERA if shows.is_buddhist else 0)
    date = f"{moment.day}/{moment.month}/{year}"
    return date if not moment.hour and not moment.minute else f"{date} {clock}"
