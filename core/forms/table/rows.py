"""Reads the rows under a header one at a time; what says nothing of its own is left out."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from core.forms.cells.workbook import Cell
from core.forms.model.form import FIGURES, TableForm
from core.forms.model.issues import CellIssue
from core.forms.model.values import plain
from core.forms.table.amounts import Amount, Amounts
from core.forms.table.answers import choice_of, flag_of, text_of
from core.forms.table.checks.fields import Fields
from core.forms.table.heads.claims import claim
from core.forms.table.heads.head import Header, needs
from core.forms.table.heads.titles import titles_of
from core.forms.table.issue_list import IssueList
from core.forms.table.keys import Key, is_blank, shown, year_of
from core.forms.table.lines import Figure, Line, figures, figures_of
from core.forms.table.row_keys import Register, RowKeys
from core.forms.table.words import begins_total, folded_words, is_aside, is_target, is_total
from core.scoring.base.states import State
from core.text import Text, fold

_NOTHING: Final = State.NOT_REPORTED
_NO_NUMBERS: Final = ("W103", "W328")
_SHOWN: Final = 60
_NOISE: Final = 1e-6
"""What a number that was multiplied may be off a whole one."""
_STAR: Final = "*"
_TITLES: Final = 2
"""Titles from which a row is a header."""
_NEAR: Final = 5
"""Rows below a row of words that it may head."""
_ENOUGH_WORDS: Final = 2
"""Cells of words from which a row of words without a code is one, and no remark."""


@dataclass
class RowReader:
    """Reads rows under one header; problems go to `issues`."""

    form: TableForm
    header: Header
    issues: IssueList
    known: Register | None = None
    slipped: list[tuple[Header, int]] = field(default_factory=list)
    """Rows that were not read because their cells have slipped."""
    _unfilled: list[int] = field(default_factory=list)
    _hidden: list[int] = field(default_factory=list)
    _too_long: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        table, there = self.header.table, self.header.columns
        self._keys = RowKeys(self.header, self.issues, self.known)
        self._fields = Fields(self.header)
        self._titles = titles_of(table)
        self._width = len(figures(self.form))
        self._figures = figures_of(self.form, table)
        self._kinds = {kind: frozenset({(table.id, kind)}) for kind in table.kinds}
        own = [column for column in table.columns if column.measure in there]
        self._amounts = Amounts(self.header, [c for c in own if c.type in FIGURES], self.issues)
        words = ("text", "flag", "choice")
        self._wordy = tuple(c for c in own if c.type in words and c.measure != table.pivot)
        self._has_words_only = self.form.holds in ("register", "account_map", "records")
        self._is_of_labels = bool(table.labels)

    def names_subject(self, row: int) -> bool:
        """Whether a row has the code of a facility or district."""
        return self._keys.names_subject(row)

    def is_header(self, row: int) -> bool:
        """Whether a row holds titles of the table again."""
        has_code = self.names_subject(row) and not self._keys.is_in_words
        if self.header.is_turned or has_code:
            return False
        return sum(self._titles.title(text) is not None for text in self._texts(row)) >= _TITLES

    def is_foreign(self, row: int) -> bool:
        """Whether a row looks like the titles of a table that is none of the form's."""
        if self.header.is_turned or self._has_words_only or self.names_subject(row):
            return False
        amounts = self._amounts.of(row)
        words = [amount for amount in amounts if amount.read.code in _NO_NUMBERS]
        numbers = [amount for amount in amounts if amount.read.state == State.REPORTED]
        return len(words) >= _TITLES and not numbers

    def line(self, row: int) -> Line | None:
        """The row as a line; None for blank rows, totals, remarks and repeated headers."""
        filled = [one for one in self._amounts.of(row) if one.read.state != State.NOT_REPORTED]
        words = self._words_in(row) if self._has_words_only else 0
        if not filled and not words and not self._keys.has_subject(row):
            if not self._is_section(row):
                self._note_stray(row)
            return None
        if self._is_left_out(row, filled, words):
            return None
        if not filled and not words:
            self._unfilled.append(row)
            return None
        kind = self._kind(row)
        return None if kind is None else self._read(row, filled, kind)

    def stop(self, row: int, read: int) -> None:
        """Say that the table was read down to this row only."""
        self._keys.tell("W326", row, "hcode", str(read))

    def close(self) -> None:
        """Say what concerns several rows, once for all of them."""
        if self._unfilled:
            self._keys.tell("W317", self._unfilled[0], "hcode", str(len(self._unfilled)))
        if self._hidden:
            self._keys.tell("W356", self._hidden[0], "hcode", str(len(self._hidden)))
        if self._too_long:
            row = self._too_long[0]
            cell = self._fields.beyond(row)[0]
            self._at("W363", row, cell, shown(self.header.sheet.rows[row][cell]), "")
        for issue in self._fields.issues():
            self.issues.add(issue)

    def _texts(self, row: int) -> list[str]:
        cells = self.header.sheet.rows[row].values()
        return [cell.value for cell in cells if isinstance(cell.value, str)]

    def _words_in(self, row: int) -> int:
        return sum(not is_blank(self._keys.cell(row, column.measure)) for column in self._wordy)

    def _is_left_out(self, row: int, filled: list[Amount], words: int) -> bool:
        if row in self.header.sheet.hidden_rows:
            self._hidden.append(row)
            return True
        if self._is_of_labels and (filled or words):
            # Rows of a document add up others and name targets in words.
            return self._is_of_other_width(row)
        if not self.names_subject(row):
            return self._is_no_row(row, filled, words)
        others = self._other_texts(row)
        if total := next((text for text in others if is_total(text)), None):
            self._keys.tell("W316", row, "hcode", total.strip()[:_SHOWN])
            return True
        targets = [text for text in others if fold(text) in folded_words("target")]
        return self._has_target(row, targets) or self._is_of_other_width(row)

    def _other_texts(self, row: int) -> list[str]:
        """The words of a row but for its unit, which may be percent."""
        cells = self.header.sheet.rows[row].items()
        unit = self._amounts.unit_column
        return [cell.value for c, cell in cells if isinstance(cell.value, str) and c != unit]

    def _note_stray(self, row: int) -> None:
        """Say that a row has figures, if it has some, though none under a title of the form."""
        cells = self.header.sheet.rows[row].values()
        stray = [cell for cell in cells if isinstance(cell.value, float)]
        if self.header.is_turned or row in self.header.sheet.hidden_rows:
            return
        if self._fields.beyond(row):
            self._too_long.append(row)
        elif len(stray) >= _ENOUGH_WORDS:
            self._keys.tell("W322", row, "hcode", shown(stray[0]))

    def _has_target(self, row: int, texts: Sequence[str]) -> bool:
        """Whether a row says that its figures are what is to be reached."""
        target = next((text for text in texts if is_target(text)), None)
        if target:
            self._keys.tell("W404", row, "hcode", target.strip()[:_SHOWN])
        return target is not None

    def _is_of_other_width(self, row: int) -> bool:
        """Whether a row has more or fewer fields than titles, so that its cells may have slipped.

        In a workbook what stands beyond the titles is only said to be left out.
        """
        if self.header.is_turned:
            return False
        if not self._fields.is_text_file:
            self._too_long += [row] * bool(self._fields.beyond(row))
            return False
        slipped = self._fields.slipped(row, self._is_misfit)
        if slipped is not None:
            self.issues.add(slipped)
            self.slipped.append((self.header, row))
        return slipped is not None

    def _is_misfit(self, row: int) -> bool:
        """Whether something in a row is none of what its column takes, or required and missing."""
        if any(one.read.code for one in self._amounts.of(row)) or not self._keys.is_dated(row):
            return True
        given = {o.column.measure for o in self._amounts.of(row) if o.read.state != _NOTHING}
        needed = (need for need in needs(self.header.table) if need.is_met(self.header.measures))
        figures_ = (n for n in needed if all(c.type in FIGURES for c in n.columns))
        return not all(need.is_met(frozenset(given)) for need in figures_)

    def _is_no_row(self, row: int, filled: list[Amount], words: int) -> bool:
        """Whether a row without a code is a total or a remark."""
        texts = self._texts(row)
        if self.header.is_turned and any(map(is_aside, texts)):
            return True
        if begins_total(map(fold, texts)):
            self._keys.tell("W316", row, "hcode", texts[0].strip()[:_SHOWN])
            return True
        if sum(self._titles.title(text) is not None for text in texts) >= _TITLES:
            return True
        if filled and self._has_target(row, texts):
            return True
        if words >= _ENOUGH_WORDS or any(one.read.code not in _NO_NUMBERS for one in filled):
            return False
        if not self._is_section(row):
            self._keys.tell("W322", row, "hcode", texts[0].strip()[:_SHOWN] if texts else "")
        return True

    def _is_section(self, row: int) -> bool:
        """Whether a row of words says that the rows below it are a plan or of another year."""
        text = " ".join(self._texts(row)).strip()
        says = claim(text)
        if not says.is_other and not says.years:
            return False
        below = [r for r in range(row + 1, row + 1 + _NEAR) if r in self.header.sheet.rows]
        if self.header.is_turned or not any(map(self.names_subject, below)):
            return False
        years = {year_of(self._keys.cell(r, "fiscal_year")).value for r in below} - {None}
        stated = sorted(year for year in years if year)
        if says.is_other:
            self._keys.tell("W375", row, "hcode", text[:_SHOWN])
        elif says.differs(stated):
            self._keys.tell("W376", row, "hcode", text[:_SHOWN], ", ".join(map(str, stated)))
        else:
            return False
        return True

    def _kind(self, row: int) -> str | None:
        """Of what the row's figures are; None when it names nothing we know."""
        table = self.header.table
        column = table.column(table.pivot) if table.pivot else None
        if column is None:
            return table.kinds[0]
        cell = self._keys.cell(row, column.measure)
        choice = choice_of(cell, column)
        if choice.code:
            self._keys.tell(choice.code, row, column.measure, shown(cell), choice.expected)
        return choice.value

    def _read(self, row: int, filled: list[Amount], kind: str) -> Line:
        values = [math.nan] * self._width
        states = [int(State.NOT_REPORTED)] * self._width
        known = self._figures[kind]
        for amount in filled:
            figure = known[amount.column.measure]
            values[figure.place], states[figure.place] = self._figure(amount, row, figure)
        subject = self._keys.subject(row)
        period, is_whole = self._keys.period(row)
        placed = subject is not None and is_whole
        line = Line(self.header, row, subject, period, placed, values, states, self._kinds[kind])
        if kind:
            at = {
                known[column.measure].measure: self.header.spot(row, place)
                for place, column in self._amounts.places
            }
            line.moved.update(at)
        self._words(line)
        return line

    def _figure(self, amount: Amount, row: int, figure: Figure) -> tuple[float, int]:
        read, place = amount.read, amount.place
        if read.code:
            self._at(read.code, row, place, read.shown, figure.expected)
        if read.state != State.REPORTED:
            return math.nan, read.state
        number = read.number
        is_zero = figure.column.above_zero and number == 0
        if is_zero or not figure.lowest <= number <= figure.highest:  # NaN lies nowhere
            self._at("W312", row, place, plain(number), figure.expected)
            return math.nan, State.ERROR
        if figure.is_counted and abs(number - round(number)) > _NOISE:
            self._at("W400", row, place, plain(number), "", title=figure.column.name)
            return math.nan, State.ERROR
        if figure.is_percent and 0 < number < 1:
            self._at("W109", row, place, plain(number), plain(round(number * 100, 8)))
        return number, State.REPORTED

    def _words(self, line: Line) -> None:
        for column in self._wordy:
            cell = self._keys.cell(line.row, column.measure)
            if column.type == "text":
                if text := text_of(cell, is_whole=self._is_of_labels):
                    line.texts[column.measure] = text
            elif not is_blank(cell):
                choice = self._flag(cell) if column.type == "flag" else choice_of(cell, column)
                if choice.code:
                    self._keys.tell(
                        choice.code, line.row, column.measure, shown(cell), choice.expected
                    )
                elif isinstance(choice.value, bool):
                    line.flags[column.measure] = choice.value
                elif choice.value:
                    line.texts[column.measure] = choice.value

    def _flag(self, cell: Cell) -> Key[bool]:
        """Yes or no; printed plans mark their months with a star."""
        is_star = self._is_of_labels and shown(cell) == _STAR
        return Key(True) if is_star else flag_of(cell)

    def _at(
        self, code: str, row: int, column: int, found: str, expected: str | Text, **params: object
    ) -> None:
        spot = self.header.spot(row, column)
        self.issues.add(CellIssue(code, spot.sheet, spot.place.name, found, expected, params))
