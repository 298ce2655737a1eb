"""Recognises the header rows of a table form, wherever on a sheet they are."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice, zip_longest
from typing import Final

from core.forms.cells.workbook import TOP_ROWS, Place, Sheet, Workbook
from core.forms.model.form import FIGURES, Table, TableForm
from core.forms.model.issues import CellIssue
from core.forms.table.heads.columns import read_titles
from core.forms.table.heads.head import (
    REQUIRED_SHARE,
    Header,
    HeadIssue,
    Need,
    Recognition,
    needs,
    recognition,
)
from core.forms.table.heads.titles import titles_of
from core.forms.table.heads.turned_sheet import turned
from core.forms.table.heads.two_rows import title_cells
from core.forms.table.keys import month_of, quarter_of
from core.text import Text

_TITLES_SIDE_BY_SIDE: Final = 3
_UNKNOWN_LISTED: Final = 50


def headers(form: TableForm, workbook: Workbook) -> tuple[Header, ...]:
    """The header rows of the visible sheets, of every table of the form at most one a sheet."""
    return tuple(
        header for sheet in workbook.visible() for header in _apart(_headers_of(form, sheet))
    )


def hidden_tables(form: TableForm, workbook: Workbook) -> Iterator[CellIssue]:
    """Tables of the form on hidden sheets, which are not read."""
    for sheet in workbook.sheets:
        if sheet.is_hidden:
            for header in _headers_of(form, sheet)[:1]:
                spot = header.first_cell
                yield CellIssue("W364", spot.sheet, spot.place.name, spot.sheet)


def _headers_of(form: TableForm, sheet: Sheet) -> list[Header]:
    own = [header for table in form.tables if (header := _header(table, sheet))]
    return [header for header in own if recognition(header).fits]


def _apart(heads: Sequence[Header]) -> list[Header]:
    """Headers of one sheet from the top, each with the row at which the next one begins."""
    rows: dict[int, Header] = {}
    for header in sorted(heads, key=lambda header: -recognition(header).share):
        rows.setdefault(header.row, header)
    ordered = [rows[row] for row in sorted(rows)]
    ends = [header.row for header in ordered[1:]]
    return [replace(header, end=end) for header, end in zip_longest(ordered, ends)]


def recognised(form: TableForm, workbook: Workbook) -> Recognition:
    """How well the best sheet of a workbook shows the best of the form's tables."""
    shown = [
        recognition(header)
        for sheet in workbook.visible()
        for table in form.tables
        if (header := _header(table, sheet))
    ]
    nothing = Recognition(0, len(needs(form.tables[0])), fits=False)
    return max(shown, key=lambda r: (r.fits, r.share, r.found, r.own), default=nothing)


def _header(table: Table, sheet: Sheet) -> Header | None:
    """Where a sheet shows most columns of a table, the first of equals; None without any.

    A turned table may also stand upright, as one of many subjects.
    """
    upright = _best_row(table, sheet)
    if not table.turned:
        return upright
    aside = _best_row(table, turned(sheet), is_turned=True)
    both = [header for header in (aside, upright) if header and not _explains(header)]
    return max(both, key=lambda header: len(header.measures), default=None)


def _explains(header: Header) -> bool:
    """Whether it only lists the columns of the form, as our blank's last sheet does.

    Beside their titles in one language stand those in another, and their codes.
    """
    titles, rows = titles_of(header.table), header.sheet.rows
    again = (
        sum(
            isinstance(cell.value, str) and titles.measure(cell.value) == measure
            for measure, column in header.columns.items()
            if (cell := rows[row].get(column)) is not None
        )
        for row in islice(rows, _TITLES_SIDE_BY_SIDE)
    )
    same = sum(count >= REQUIRED_SHARE * len(header.columns) for count in again)
    return header.is_turned and same >= _TITLES_SIDE_BY_SIDE


def _best_row(table: Table, sheet: Sheet, *, is_turned: bool = False) -> Header | None:
    titles = titles_of(table)
    known = {text: measure for text in sheet.top_words if (measure := titles.plain(text))}
    # Most sheets are no form at all, and long: no word is looked at more than once.
    top = islice(sheet.rows.items(), TOP_ROWS) if known else ()
    counts = {
        row: len({known[cell.value] for cell in cells.values() if cell.value in known})
        for row, cells in top
    }
    best = max(counts, key=lambda row: counts[row], default=0)
    if not counts.get(best):
        return None
    if is_turned:
        return read_titles(table, sheet, best, sheet.rows[best], is_turned=True)
    row = _first_table(counts, best)
    row = next(
        (r for r in (row, row + 1) if title_cells(titles, sheet, r) != sheet.rows.get(r, {})), row
    )
    return read_titles(table, sheet, row, title_cells(titles, sheet, row))


def _first_table(counts: Mapping[int, int], best: int) -> int:
    """The row of titles to begin with: the best, or one of a table above it.

    `counts` are the known titles of each row. Titles right above the best belong to it.
    """
    enough = max(_TITLES_SIDE_BY_SIDE, REQUIRED_SHARE * counts[best])
    rows = [row for row in counts if row <= best]
    above = (row for row in rows[:-2] if counts[row] >= enough)
    return next(above, best)


def header_issues(form: TableForm, heads: Sequence[Header]) -> Iterator[CellIssue]:
    """Tables that are absent; columns that are missing, cannot be used, or are none of ours."""
    for table in form.tables if heads else ():
        if all(header.table is not table for header in heads):
            yield CellIssue("W331", expected=table.sheet)
    for header in heads:
        yield from _missing(header, heads)
        yield from title_issues(header)


def title_issues(header: Header) -> Iterator[CellIssue]:
    """The problems of the titles of one header row."""
    yield from issues_at(header, header.issues)
    for column, title in islice(header.unknown.items(), _UNKNOWN_LISTED):
        spot = header.spot(header.row, column)
        titles = titles_of(header.table)
        like = None if titles.measure(title) else titles.nearest(title) or _over(header, column)
        # Beside the column it is like, it is another one.
        if like is None or like in {titles.names[measure] for measure in header.columns}:
            yield CellIssue("W302", spot.sheet, spot.place.name, title)
        else:
            yield CellIssue("W303", spot.sheet, spot.place.name, title, like)


def issues_at(header: Header, issues: Iterable[HeadIssue]) -> Iterator[CellIssue]:
    """Problems of titles and of lines beside a table, each at its cell."""
    for issue in issues:
        spot = header.spot(header.row if issue.row is None else issue.row, issue.column)
        yield CellIssue(issue.code, spot.sheet, spot.place.name, issue.found, issue.expected)


def _over(header: Header, column: int) -> Text | None:
    """The column of the form that the cell above a title names, as above "plan" and "actual"."""
    above = header.sheet.at(Place(header.row - 1, column)).value if header.row > 1 else None
    titles = titles_of(header.table)
    measure = titles.measure(above) if isinstance(above, str) else None
    return titles.names[measure] if measure else None


def _missing(header: Header, heads: Sequence[Header]) -> Iterator[CellIssue]:
    spot = header.first_cell
    for need in needs(header.table):
        if need.is_met(header.measures) or _elsewhere(need, header, heads):
            continue
        if not _is_in_months(need, header):
            yield CellIssue("W301", spot.sheet, spot.place.name, expected=_wording(need))


def _elsewhere(need: Need, header: Header, heads: Sequence[Header]) -> bool:
    """Figures may stand on another sheet of the same rows; what names a row may not."""
    if any(column.type not in FIGURES for column in need.columns):
        return False
    others = (o for o in heads if o is not header and o.table is header.table)
    return any(need.is_met(other.measures) for other in others)


def _is_in_months(need: Need, header: Header) -> bool:
    """Whether it is the year that is missing, and every month or quarter comes with its own."""
    if all(column.type != "fiscal_year" for column in need.columns):
        return False
    readers = {"month": month_of, "fiscal_month": month_of, "quarter": quarter_of}
    names = [name for name in readers if name in header.measures]
    cells = [readers[name](header.cell(row, name)) for row in header.rows for name in names]
    years = [when.fiscal_year for when in cells if when.month or when.quarter]
    return bool(years) and None not in years


def _wording(need: Need) -> Text:
    def joined(language: str, both: str, other: str) -> str:
        ways = (both.join(getattr(c.name, language) for c in way) for way in need.ways)
        return other.join(ways)

    return Text(joined("th", " + ", " / "), joined("en", " + ", " / "))
