"""Fiscal years, quarters, months and inspection rounds; years are of the Buddhist era.

A fiscal year runs from 1 October of the year before to 30 September: fiscal month 1 is October.
"""

import calendar
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from types import MappingProxyType
from typing import Final, Literal
from zoneinfo import ZoneInfo

from babel.dates import get_month_names

from core.errors import UsageError
from core.text import LANGUAGES, Language, Text, fold, say, thai_digits_to_arabic

Part = Literal["", "Q", "R", "M"]

BUDDHIST_ERA: Final = 543
_WRITTEN: Final = re.compile(r"(\d{4})(?:-(Q[1-4]|R[12]|M(?:0[1-9]|1[0-2])))?")
_SHORTEST_NAME: Final = 3
_DAY_FIRST: Final = re.compile(r"(\d{1,2}) ?[/.-] ?(\d{1,2}) ?[/.-] ?(\d{4})")
_IN_WORDS: Final = re.compile(r"(\d{1,2}) ?(\D+?) ?(\d{4})")
_YEAR_FIRST: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_FIRST_BUDDHIST_YEAR: Final = 2400
"""Years from here on are of the Buddhist era."""
EXAMPLE_DAY: Final = "31/3/2570"
"""How a day is typed."""
_THAILAND: Final = ZoneInfo("Asia/Bangkok")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A fiscal year, or its quarter (Q), month (M) or inspection round (R).

    Written `2566`, `2566-Q2`, `2566-M09`, `2566-R1`. Periods of one kind sort by time.
    """

    fiscal_year: int
    part: Part = ""
    number: int = 0

    def __str__(self) -> str:
        if not self.part:
            return str(self.fiscal_year)
        digits = 2 if self.part == "M" else 1
        return f"{self.fiscal_year}-{self.part}{self.number:0{digits}}"

    @property
    def months(self) -> range:
        """The fiscal months covered; empty for a round, whose months no source prints."""
        if self.part == "M":
            return range(self.number, self.number + 1)
        if self.part == "Q":
            return range(3 * self.number - 2, 3 * self.number + 1)
        return range(0) if self.part == "R" else range(1, 13)

    @property
    def ordinal(self) -> int:
        """The last month covered, counted through all years; 12 more a year later.

        `ordinal % 12 + 1` is how many months of the fiscal year have passed. `UsageError` U005 for
        a round.
        """
        return self.fiscal_year * 12 + self._covered(-1) - 1

    @property
    def month(self) -> "Period":
        """The last month covered, as a period.

        A round is taken to look at half a year: round 1 up to March, round 2 up to September. No
        source prints its months; this only says which district and group a facility had then, and
        which round belongs to a month that is looked at.
        """
        number = 6 * self.number if self.part == "R" else self._covered(-1)
        return Period(self.fiscal_year, "M", number)

    @property
    def round(self) -> "Period":
        """The inspection round its last month is taken to lie in."""
        return Period(self.fiscal_year, "R", 1 if self.month.number <= 6 else 2)

    @property
    def first_day(self) -> date:
        """The first day covered; `UsageError` U005 for a round."""
        return date(*self._calendar(0), 1)

    @property
    def last_day(self) -> date:
        """The last day covered; `UsageError` U005 for a round."""
        year, month = self._calendar(-1)
        return date(year, month, calendar.monthrange(year, month)[1])

    def _calendar(self, place: int) -> tuple[int, int]:
        month = calendar_month(self._covered(place))
        return self.fiscal_year - BUDDHIST_ERA - (month >= 10), month

    def _covered(self, place: int) -> int:
        if not self.months:
            raise UsageError("U005", period=str(self))
        return self.months[place]


def month_at(ordinal: int) -> Period:
    """The month of an ordinal; `month_at(month.ordinal - 1)` is the month before."""
    year, place = divmod(ordinal, 12)
    return Period(year, "M", place + 1)


def months_of(periods: Iterable[Period]) -> tuple[Period, ...]:
    """The months among some periods, oldest first.

    A round none of whose months is among them stands in its last one.
    """
    given = set(periods)
    months = {one for one in given if one.part == "M"}
    alone = {one for one in given if one.part == "R"} - {one.round for one in months}
    return tuple(sorted(months | {one.month for one in alone}))


def parse_period(text: str) -> Period:
    """The period a text names, Thai digits welcome; `UsageError` U005 when it names none."""
    match = _WRITTEN.fullmatch(thai_digits_to_arabic(text).strip().upper())
    if match is None:
        raise UsageError("U005", period=text)
    year, part = int(match[1]), match[2]
    if part is None:
        return Period(year)
    kinds: Mapping[str, Part] = {"Q": "Q", "R": "R", "M": "M"}
    return Period(year, kinds[part[0]], int(part[1:]))


def matching_period(text: str, known: Collection[Period]) -> Period | None:
    """Which of some periods a text names; None where it names none of them.

    The period itself; else the newest that lies in it or that it lies in: a month its round, a
    round, a quarter or a year the newest month of it.
    """
    try:
        wanted = parse_period(text)
    except UsageError:
        return None
    if wanted in known:
        return wanted
    return max((one for one in known if _overlap(one, wanted)), key=_end, default=None)


def nearest_period(text: str, known: Collection[Period]) -> Period:
    """The one of some periods that a text names, else the newest before it in its fiscal year.

    The newest of all where there is none. Every address is understood in this way, so that the same
    one means the same moment on every page.
    """
    period = matching_period(text, known)
    if period is not None:
        return period
    newest = max(known, key=_end)
    try:
        wanted = parse_period(text)
    except UsageError:
        return newest
    year = (one for one in known if one.fiscal_year == wanted.fiscal_year)
    return max((one for one in year if _end(one) < _end(wanted)), key=_end, default=newest)


def _overlap(one: Period, other: Period) -> bool:
    """Whether they have a month in common; a round is taken to last half a year."""
    if one.fiscal_year != other.fiscal_year:
        return False
    return _first(one) <= other.month.number and _first(other) <= one.month.number


def _first(period: Period) -> int:
    return 6 * period.number - 5 if period.part == "R" else period.months[0]


def _end(period: Period) -> Period:
    return period.month


def month_of(day: date) -> Period:
    """The fiscal month a day lies in."""
    year = day.year + BUDDHIST_ERA + (day.month >= 10)
    return Period(year, "M", fiscal_month(day.month))


def fiscal_month(calendar_month: int) -> int:
    """October is 1, September 12."""
    return (calendar_month - 10) % 12 + 1


def calendar_month(fiscal_month: int) -> int:
    """Fiscal month 1 is October, 12 September."""
    return (fiscal_month + 8) % 12 + 1


def month_name(calendar_month: int, language: Language, *, short: bool = False) -> str:
    """The name of a month, or its abbreviation."""
    return _names(language, "abbreviated" if short else "wide")[calendar_month]


def month_text(period: Period) -> Text:
    """A fiscal month by name and calendar year, of the Buddhist era in both languages."""
    month = calendar_month(period.number)
    year = period.fiscal_year - (month >= 10)
    return Text(*(f"{month_name(month, lang, short=True)} {year}" for lang in LANGUAGES))


def period_text(period: Period) -> Text:
    """A period with its fiscal year: `June 2023 · FY 2566`, `Round 1 · FY 2566`."""
    year = period.fiscal_year
    if period.part == "M":
        return say("{month} · FY {year}", month=month_text(period), year=year)
    if period.part == "R":
        return say("Round {number} · FY {year}", number=period.number, year=year)
    if period.part == "Q":
        return say("Quarter {number} · FY {year}", number=period.number, year=year)
    return say("Fiscal year {year}", year=year)


def period_short(period: Period) -> Text:
    """A period in as few letters as possible, as on the axis of a trend."""
    if period.part == "M":
        return month_text(period)
    if period.part == "R":
        return say("R{number}/{year}", number=period.number, year=period.fiscal_year)
    return Text(str(period), str(period))


def in_thailand(at: datetime) -> datetime:
    """A moment on the clocks of Thailand; one without a zone is of UTC."""
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(_THAILAND)


def moment_text(at: datetime) -> Text:
    """A moment in Thailand, its year of the Buddhist era in both languages."""
    here = in_thailand(at)
    day = day_text(here.date())
    return Text(f"{day.th} {here:%H:%M}", f"{day.en} {here:%H:%M}")


def day_text(day: date) -> Text:
    """A day, its year of the Buddhist era in both languages."""
    names = (month_name(day.month, language, short=True) for language in LANGUAGES)
    return Text(*(f"{day.day} {name} {day.year + BUDDHIST_ERA}" for name in names))


def written_day(day: date) -> str:
    """A day as people type it: `31/3/2570`."""
    return f"{day.day}/{day.month}/{day.year + BUDDHIST_ERA}"


def parse_day(typed: str) -> date:
    """A day that people type: `31/3/2570`, as it is shown (`31 Mar 2570`), or `2570-03-31`.

    Its year is of either era, and whole: of two figures nobody knows the century. `UsageError` U060
    for what is no day.
    """
    year, month, day = _figures(" ".join(thai_digits_to_arabic(typed).split()))
    try:
        return date(year - BUDDHIST_ERA if year >= _FIRST_BUDDHIST_YEAR else year, month, day)
    except ValueError as error:
        raise UsageError("U060", typed=typed) from error


def _figures(typed: str) -> tuple[int, int, int]:
    """Year, month and day that a text writes; zeros where it writes none."""
    if match := _YEAR_FIRST.fullmatch(typed):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _DAY_FIRST.fullmatch(typed):
        return int(match[3]), int(match[2]), int(match[1])
    if match := _IN_WORDS.fullmatch(typed):
        return int(match[3]), month_number(match[2]) or 0, int(match[1])
    return 0, 0, 0


def month_number(text: str) -> int | None:
    """The calendar month a text names in Thai or English; None when it names none, or several.

    Full names, abbreviations with or without dots, beginnings of three letters or more; spaces,
    case and lost tone marks do not matter. Numbers are no names: only a header says which they are.
    """
    folded = _folded(text)
    known = _folded_names()
    if folded in known:
        return known[folded]
    if len(folded) < _SHORTEST_NAME:
        return None
    meant = {number for name, number in known.items() if name.startswith(folded)}
    return meant.pop() if len(meant) == 1 else None


def _folded(text: str) -> str:
    return fold(text).replace(".", "")


@cache
def _names(language: Language, width: Literal["wide", "abbreviated"]) -> Mapping[int, str]:
    return MappingProxyType(dict(get_month_names(width, locale=language)))


@cache
def _folded_names() -> Mapping[str, int]:
    widths: tuple[Literal["wide", "abbreviated"], ...] = ("wide", "abbreviated")
    return {
        _folded(name): number
        for language in LANGUAGES
        for width in widths
        for number, name in _names(language, width).items()
    }
