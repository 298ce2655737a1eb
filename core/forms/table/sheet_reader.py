"""Reads the rows of a sheet, also where further tables follow below the first."""

from dataclasses import replace
from typing import Final

from core.forms.cells.workbook import Place
from core.forms.model.form import FIGURES, TableForm
from core.forms.model.issues import CellIssue
from core.forms.table.header import issues_at, title_issues
from core.forms.table.heads.columns import read_titles
from core.forms.table.heads.head import Header, HeadIssue
from core.forms.table.heads.stated import restated
from core.forms.table.heads.surroundings import LINE_CELLS
from core.forms.table.heads.titles import titles_of
from core.forms.table.heads.two_rows import title_cells
from core.forms.table.issue_list import IssueList
from core.forms.table.keys import shown
from core.forms.table.lines import Line
from core.forms.table.row_keys import Register
from core.forms.table.rows import RowReader

_SHOWN: Final = 60
_LINES_BESIDE: Final = ("W375", "W376", "W405")


class SheetReader:
    """Reads the rows below a header and below those that follow it, each by its own columns."""

    def __init__(
        self, form: TableForm, header: Header, issues: IssueList, known: Register | None
    ) -> None:
        self.headers = [header]
        self._form, self._issues, self._known = form, issues, known
        self.slipped: list[tuple[Header, int]] = []
        """Rows that were not read because their cells have slipped, each with its header."""
        self._reader = RowReader(form, header, issues, known, self.slipped)
        self._foreign = 0
        """The row of the titles of a table that is none of the form's; 0 before any."""
        self._is_noted = False
        self._said_anew: list[HeadIssue] = []
        """What lines between the rows said of the rows below them, as long as none was read."""

    def line(self, row: int) -> Line | None:
        """A row as a line; None where it holds none, or belongs to a table of another kind."""
        header = self.headers[-1]
        if row <= header.last or self._is_restated(row):
            return None
        if self._reader.is_header(row):
            self._turn_to(row)
            return None
        if not self._foreign and self._reader.is_foreign(row):
            self._foreign = row
        elif self._foreign and self._reader.names_subject(row):
            self._leave_out()
            return None
        line = self._reader.line(row)
        if line and self._said_anew:
            self._issues.extend(issues_at(self.headers[-1], self._said_anew))
            self._said_anew = []
        return line

    def stop(self, row: int, read: int) -> None:
        """Say that the sheet was read down to this row only."""
        self._reader.stop(row, read)

    def close(self) -> None:
        """Say what concerns several rows."""
        self._reader.close()

    def _is_restated(self, row: int) -> bool:
        """Whether a line of words says another month or hospital of the rows below it."""
        header = self.headers[-1]
        cells = header.sheet.rows[row]
        is_line = len(cells) <= LINE_CELLS and not self._reader.names_subject(row)
        if not header.stated or not is_line or row in header.sheet.hidden_rows:
            return False
        text = " ".join(map(shown, cells.values())).strip()
        says = restated(header.stated, Place(row, min(cells)), text)
        changed = {m: s for m, s in says.items() if not s or s.cell.value != header.stated[m].value}
        if not changed:
            return False
        others = {m: cell for m, cell in header.stated.items() if m not in changed}
        stated = others | {m: one.cell for m, one in changed.items() if one}
        names = {column.measure: column.name for column in header.table.columns}
        self._said_anew += [
            one.issue(names[m]) if one else HeadIssue("W301", min(cells), text, names[m], row)
            for m, one in changed.items()
        ]
        self._go_on(replace(header, stated=stated, issues=()))
        return True

    def _go_on(self, header: Header) -> None:
        """Read on by another header."""
        self._reader.close()
        self.headers.append(header)
        self._reader = RowReader(self._form, header, self._issues, self._known, self.slipped)

    def _turn_to(self, row: int) -> None:
        """Go on by the titles of another row; the same titles again change nothing."""
        header = self.headers[-1]
        cells = title_cells(titles_of(header.table), header.sheet, row)
        titles = read_titles(header.table, header.sheet, row, cells)
        self._foreign, self._is_noted = 0, False
        if _is_same(titles, header):
            return
        types = {column.measure: column.type for column in header.table.columns}
        if not any(types[measure] in FIGURES for measure in titles.measures):
            self._foreign = row
            return
        # The rows above it have said so already where they are of a plan or another year.
        issues = tuple(one for one in titles.issues if one.code not in _LINES_BESIDE)
        stated = {m: cell for m, cell in header.stated.items() if m not in titles.columns}
        titles = replace(titles, end=header.end, issues=issues, stated={**titles.stated, **stated})
        self._issues.extend(title_issues(titles))
        self._go_on(titles)

    def _leave_out(self) -> None:
        """Say once that a table of another kind was not read."""
        if self._is_noted:
            return
        self._is_noted = True
        header = self.headers[-1]
        cells = header.sheet.rows[self._foreign]
        spot = header.spot(self._foreign, min(cells))
        title = str(cells[min(cells)].value).strip()[:_SHOWN]
        self._issues.add(CellIssue("W355", spot.sheet, spot.place.name, title))


def _is_same(titles: Header, header: Header) -> bool:
    """Whether two rows of titles say the same of the same columns."""
    factors = [{m: s.factor for m, s in one.scales.items()} for one in (titles, header)]
    same_columns = titles.columns == header.columns and titles.refused == header.refused
    return same_columns and factors[0] == factors[1]
