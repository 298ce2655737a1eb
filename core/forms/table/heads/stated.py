"""What is said once for all rows, above a table or by its sheet: month, year, round, hospital."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import Final, NamedTuple

from core.forms.cells.workbook import Cell, Place
from core.forms.model.form import Table
from core.forms.table.heads.claims import claim
from core.forms.table.heads.head import HeadIssue
from core.forms.table.moments import FISCAL_YEARS, Moment, moment_in
from core.forms.table.words import folded_words, is_of_document, longest_first, table_words
from core.periods import month_name
from core.text import Text, fold, thai_digits_to_arabic

Lines = Iterable[tuple[Place, str]]
"""Texts beside a table, each with its cell."""
_CODE: Final = re.compile(r"(?<![0-9A-Za-z/.-])([0-9]{5})(?![0-9/.-]|[A-Za-z])")
_WAYS: Final[Mapping[str, frozenset[str]]] = {
    "hcode": frozenset({"hcode", "district"}),
    "month": frozenset({"month", "fiscal_month", "time_id"}),
    "fiscal_year": frozenset({"fiscal_year", "time_id"}),
    "round": frozenset({"round"}),
}
"""The keys that may be said beside a table, each with the columns of which one is enough."""
_SHOWN: Final = 60
_LONGEST_DATE: Final = 4
_SHORT: Final = 30
"""Signs up to which a line is a name and a code, and no address."""


class Stated(NamedTuple):
    """What a line says of every row: as a cell of the row would, and as a message prints it."""

    cell: Cell
    says: Text
    place: Place
    line: str

    def issue(self, name: Text) -> HeadIssue:
        """That it was taken for every row, with the name of the column it stands for."""
        expected = Text("{name}: {says}", "{name}: {says}").fill(name=name, says=self.says)
        return HeadIssue("W405", self.place.column, self.line[:_SHOWN], expected, self.place.row)


def stated_keys(
    table: Table, present: Collection[str], has_years: bool, lines: Lines
) -> Mapping[str, Stated]:
    """The keys without a column that the lines beside a table say, by measure.

    `present` are the keys that have one; `has_years` tells whether its months come with years.
    """
    lines = tuple(lines)
    stated: dict[str, Stated] = {}
    for measure, ways in _WAYS.items():
        if table.column(measure) is None or not ways.isdisjoint(present):
            continue
        if measure == "fiscal_year" and (has_years or "/" in str(_value(stated.get("month")))):
            continue  # the months say it
        if says := _stated_in(measure, lines):
            stated[measure] = says
    return stated


def restated(measures: Iterable[str], place: Place, line: str) -> Mapping[str, Stated | None]:
    """What a line between rows says anew of keys said before; None where it says several things."""
    says = {measure: list(_READ[measure](line)) for measure in measures}
    return {measure: _stated_in(measure, [(place, line)]) for measure, any_ in says.items() if any_}


def stated_cells(measure: str, line: str) -> tuple[Cell, ...]:
    """What a line says of a key, as cells would; nothing of a line about the document itself."""
    return () if is_of_document(line) else tuple(cell for cell, _ in _READ[measure](line))


def _value(stated: Stated | None) -> object:
    return stated.cell.value if stated else ""


def _stated_in(measure: str, lines: Lines) -> Stated | None:
    """What lines say of a key; None unless they say one thing."""
    statements = [
        Stated(cell, says, place, line)
        for place, line in lines
        for cell, says in _READ[measure](line)
    ]
    return statements[0] if len({one.cell.value for one in statements}) == 1 else None


Reading = Iterator[tuple[Cell, Text]]


def _hcode(line: str) -> Reading:
    text = thai_digits_to_arabic(line)
    folded = fold(text)
    if any(word in folded for word in folded_words("no_facility_code")):
        return
    names = any(word in folded for word in folded_words("facility"))
    for match in _CODE.finditer(text):
        is_marked = text[: match.start()].endswith(("(", "[")) or match.start() == 0
        if names and (is_marked or len(text) <= _SHORT or _code_word().search(text)):
            yield Cell(match[1]), Text(match[1], match[1])


@cache
def _code_word() -> re.Pattern[str]:
    """A word for a code right before five digits, as an address has none before its post code."""
    words = "|".join(map(re.escape, table_words().code_of_facility))
    return re.compile(rf"(?:{words})[^0-9]{{0,12}}[0-9]{{5}}", re.IGNORECASE)


def _fiscal_year(line: str) -> Reading:
    says = claim(line)
    if says.is_fiscal and not says.is_other:
        for year in sorted(says.years):
            yield Cell(float(year)), Text(str(year), str(year))
    for match in _rounds().finditer(fold(line)):
        if match["year"] and int(match["year"]) in FISCAL_YEARS:
            yield Cell(float(match["year"])), Text(match["year"], match["year"])


def _round(line: str) -> Reading:
    for match in _rounds().finditer(fold(line)):
        yield Cell(float(match["round"])), Text(match["round"], match["round"])


@cache
def _rounds() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in longest_first("round") if len(word) > 1)
    return re.compile(rf"(?:{words})(?P<round>[12])(?:/(?P<year>[0-9]{{4}}))?(?![0-9/])")


def _month(line: str) -> Reading:
    for moment in dict.fromkeys(_moments(line)):
        text = f"{moment.month}/{moment.year}" if moment.year else month_name(moment.month, "th")
        year = f" {moment.year}" if moment.year else ""
        names = (f"{month_name(moment.month, language)}{year}" for language in ("th", "en"))
        yield Cell(text), Text(*names)


def _moments(line: str) -> Iterator[Moment]:
    """The months a line names: alone, behind a word such as "month", or with a year."""
    if whole := moment_in(line):
        yield whole
        return
    words = line.split()
    for first in range(len(words)):
        for last in range(min(first + _LONGEST_DATE, len(words)), first, -1):
            text = "".join(words[first:last])
            moment = moment_in(text)
            if moment and (moment.year or fold(text).startswith(longest_first("of_month"))):
                yield moment
                break


_READ: Final[dict[str, Callable[[str], Reading]]] = {
    "hcode": _hcode,
    "fiscal_year": _fiscal_year,
    "month": _month,
    "round": _round,
}
