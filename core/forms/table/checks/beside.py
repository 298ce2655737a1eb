"""What stands beside the figures and says they are not what they seem: signs, days, other names."""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from functools import cache
from pathlib import PurePath
from typing import Final

from core.forms.cells.workbook import Place
from core.forms.model.issues import CellIssue
from core.forms.table.heads.head import Header
from core.forms.table.heads.stated import stated_cells
from core.forms.table.heads.surroundings import LINE_CELLS
from core.forms.table.keys import shown
from core.forms.table.lines import Line
from core.forms.table.moments import Moment, moment_in
from core.forms.table.words import folded_words, table_words
from core.periods import BUDDHIST_ERA, Period, calendar_month, month_text
from core.text import LANGUAGES, Text, fold, thai_digits_to_arabic

_SHOWN: Final = 60
_LINES: Final = 30
_MOST_LISTED: Final = 3
_FIRST_MONTH: Final = 10
"""The calendar month a fiscal year begins with."""
_FILE_CODE: Final = re.compile(r"(?<![0-9])[0-9]{5}(?![0-9])")
_FILE_MONTH: Final = re.compile(r"(?<![0-9])(25[0-9]{2})[-_ ]?(?:M)?(0[1-9]|1[0-2])(?![0-9])")
_DAY: Final = r"\s*[0-9]{1,2}[\s/-]*(?:[0-9]{1,2}|[^\s0-9]+)[\s/-]*[0-9]{2,4}"


def beside_issues(header: Header, lines: Sequence[Line]) -> Iterator[CellIssue]:
    """Columns of signs that are not read, and days above the table before the months of its rows.

    `lines` are the rows of the header.
    """
    if header.is_turned or not lines:
        return
    yield from _signs(header, lines)
    days = tuple(_days(header, lines))
    yield from days
    cells = {issue.cell for issue in days}
    subjects = {line.subject for line in lines if line.subject}
    months = {line.period for line in lines if line.period}
    for issue in other_names(header, subjects, months):
        if issue.code != "W434" or issue.cell not in cells:
            yield issue


def other_names(
    header: Header, subjects: AbstractSet[str], periods: AbstractSet[Period]
) -> Iterator[CellIssue]:
    """Lines above a table, and its sheet's name, that name another facility or month than its rows.

    What the rows take from there cannot differ.
    """
    months = {period for period in periods if period.part == "M"}
    for place, text in _lines_above(header):
        spot = header.spot(place.row, place.column)
        at = spot.sheet, spot.place.name, text[:_SHOWN]
        if (codes := _facilities(text)) and subjects and codes.isdisjoint(subjects):
            yield CellIssue("W433", *at, _listed(subjects), {"other": _listed(codes)})
        if (above := _months(text)) and months and above.isdisjoint(months):
            yield CellIssue("W434", *at, _month_list(months), {"other": _month_list(above)})


def other_file_name(name: str, lines: Sequence[Line]) -> Iterator[CellIssue]:
    """A file of one facility, or one month, whose name has the code of another.

    A name may count months from January or from October; either reading is right.
    """
    text = thai_digits_to_arabic(PurePath(name).stem)
    subjects = {line.subject for line in lines if line.subject}
    codes = set(_FILE_CODE.findall(text))
    if len(subjects) == 1 and codes and codes.isdisjoint(subjects):
        params = {"other": _listed(codes), "file": name[:_SHOWN]}
        yield CellIssue("W433", expected=_listed(subjects), params=params)
    months = {line.period for line in lines if line.period and line.period.part == "M"}
    in_name = set(_FILE_MONTH.findall(text))
    read = {one for year, month in in_name for one in _either(int(year), int(month))}
    if len(months) == 1 and read and read.isdisjoint(months):
        other = _listed({"".join(one) for one in in_name})
        params = {"other": other, "file": name[:_SHOWN]}
        yield CellIssue("W434", expected=_month_list(months), params=params)


def months_to_come(lines: Sequence[Line], today: date) -> Iterator[CellIssue]:
    """The first row whose month begins more than a year after today: a year mistyped."""
    most = today.year + 1 + BUDDHIST_ERA, today.month
    for line in lines:
        period = line.period
        if period is None or period.part != "M":
            continue
        month = calendar_month(period.number)
        year = period.fiscal_year - (month >= _FIRST_MONTH)
        if (year, month) > most:
            spot = line.key_spot
            month_words = month_text(period)
            yield CellIssue("W428", spot.sheet, spot.place.name, params={"month": month_words})
            return


def _either(year: int, month: int) -> tuple[Period, Period]:
    """The month of a code by fiscal year and month, and by those of the calendar."""
    calendar = Moment(year, month)
    return Period(year, "M", month), Period(
        calendar.fiscal_year or year, "M", calendar.fiscal_month
    )


def _lines_above(header: Header) -> Iterator[tuple[Place, str]]:
    yield Place(header.row, header.first_column), header.sheet.name
    for row in [r for r in header.sheet.rows if r < header.row][-_LINES:]:
        cells = header.sheet.rows[row]
        if len(cells) <= LINE_CELLS:
            texts = [c.value if isinstance(c.value, str) else shown(c) for c in cells.values()]
            yield Place(row, min(cells)), " ".join(texts).strip()


def _facilities(text: str) -> frozenset[str]:
    return frozenset(str(cell.value) for cell in stated_cells("hcode", text))


def _months(text: str) -> frozenset[Period]:
    """The months with their years that a line names."""
    moments = [moment_in(str(cell.value)) for cell in stated_cells("month", text)]
    return frozenset(
        Period(one.fiscal_year, "M", one.fiscal_month)
        for one in moments
        if one is not None and one.fiscal_year
    )


def _month_list(months: AbstractSet[Period]) -> Text:
    texts = [month_text(month) for month in sorted(months, key=lambda one: one.ordinal)]
    more = " …" if len(texts) > _MOST_LISTED else ""
    thai, english = ([getattr(one, lang) for one in texts[:_MOST_LISTED]] for lang in LANGUAGES)
    return Text(", ".join(thai) + more, ", ".join(english) + more)


def _listed(names: AbstractSet[str]) -> str:
    several = sorted(names)
    return ", ".join(several[:_MOST_LISTED]) + (" …" if len(several) > _MOST_LISTED else "")


def _signs(header: Header, lines: Sequence[Line]) -> Iterator[CellIssue]:
    """Columns without a place in the form that say debit or credit, profit or loss."""
    for column, title in header.unknown.items():
        cells = (header.sheet.at(Place(line.row, column)) for line in lines)
        texts = {fold(text) for cell in cells if (text := shown(cell))}
        left = max((c for c in header.columns.values() if c < column), default=0)
        if texts and left and texts <= folded_words("sign"):
            spot = header.spot(header.row, left)
            heading = shown(header.sheet.at(Place(header.row, left)))
            yield CellIssue("W426", spot.sheet, spot.place.name, heading, title)


def _days(header: Header, lines: Sequence[Line]) -> Iterator[CellIssue]:
    """A line above that says as of which day the figures are, before the first month of them."""
    months = [line.period for line in lines if line.period and line.period.part == "M"]
    if not months or header.stated:
        return
    first = min(months, key=lambda period: period.ordinal)
    for row in [r for r in header.sheet.rows if r < header.row][-_LINES:]:
        cells = header.sheet.rows[row]
        text = " ".join(map(shown, cells.values()))
        day = _day_in(text) if len(cells) <= LINE_CELLS else None
        if day and day.ordinal < first.ordinal:
            spot = header.spot(row, min(cells))
            yield CellIssue("W427", spot.sheet, spot.place.name, text[:_SHOWN], month_text(first))


def _day_in(text: str) -> Period | None:
    """The month of the day that a line says its figures are as of; None when it says none."""
    match = _as_of().search(text)
    moment = moment_in(match[1]) if match else None
    if moment is None or moment.fiscal_year is None:
        return None
    return Period(moment.fiscal_year, "M", moment.fiscal_month)


@cache
def _as_of() -> re.Pattern[str]:
    words = sorted(table_words().as_of, key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(map(re.escape, words))})({_DAY})", re.IGNORECASE)
