"""Reads the lines of a trial balance under one header: whose, when, account and amounts."""

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING, Final

import numpy as np

from core.forms.cells.workbook import Cell, CellValue
from core.forms.model.issues import CellIssue
from core.forms.model.values import read_number
from core.forms.table.heads.head import KEYS, Header
from core.forms.table.heads.units import unit_in
from core.forms.table.issue_list import IssueList
from core.forms.table.keys import is_blank, shown
from core.forms.table.number_text import without_unit
from core.forms.table.row_keys import Register, RowKeys
from core.forms.table.words import begins_total
from core.forms.trial_balance.additions import NOTHING_ADDED, Additions
from core.forms.trial_balance.as_of import SENT, above_as_of, moment_of
from core.forms.trial_balance.codes import AccountCode, code_of_account, matched, placed
from core.forms.trial_balance.header import ACCOUNT, AMOUNTS, above_of, balance_table
from core.forms.trial_balance.lines import Chunk, Key, LinesOfFile
from core.periods import Period
from core.scoring.base.states import State
from core.text import fold, say

if TYPE_CHECKING:
    from core.forms.trial_balance.plain_columns import PlainLines

_DIGIT: Final = re.compile(r"\d").search
_MINUS_LAST: Final = re.compile(r"[0-9][0-9,]*(\.[0-9]+)?-")
_MOMENTS: Final = ("fiscal_year", "month", "fiscal_month", "time_id")


@dataclass
class LineReader:
    """Reads the lines under one header; problems go to `issues`."""

    header: Header
    issues: IssueList
    known: Register | None = None
    additions: Additions = NOTHING_ADDED
    _keys: dict[tuple[object, ...], Key] = field(default_factory=dict)
    _moments: dict[Cell, str | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._row_keys = RowKeys(self.header, self.issues, self.known)
        self._above = above_of(self.header)
        self._above_as_of = above_as_of(self.header)
        self._key_columns = tuple(name for name in KEYS if name in self.header.columns)
        self._dated = any(name in self.header.columns for name in _MOMENTS)
        self._factors = {name: self._factor(name) for name in AMOUNTS}
        self._is_simple = not self.header.sheet.merges and not self.header.is_turned

    def read_into(self, file: LinesOfFile) -> None:
        """Add every line that names an account or holds an amount; totals and headings are none."""
        plain = self._plain()
        one_by_one = self._others(self.header.rows if plain is None else plain.others)
        # What is wrong with whose and when a line is, is told at the first that says so.
        pairs: list[tuple[int, tuple[float, ...] | None]] = [*one_by_one]
        pairs += [(row, None) for row in plain.first_rows] if plain else []
        lines = []
        for row, amounts in sorted(pairs, key=itemgetter(0)):
            key = self._key(row)
            if amounts is not None:
                # A line of nothing may be there for an account that came later.
                if any(amounts):
                    file.add_moment(key, self._moment(row))
                code = self._placed(code_of_account(self.header.cell(row, ACCOUNT)), key)
                lines.append((row, file.key(key), file.code(code), amounts))
        rows, keys, codes, all_amounts = zip(*lines, strict=True) if lines else ((),) * 4
        chunks = [Chunk.of(rows, keys, codes, all_amounts)]
        if plain is not None:
            chunks.append(self._plain_chunk(plain, file))
        file.add(self.header, Chunk.together(chunks).in_order())

    def _others(self, rows: Iterable[int]) -> Iterator[tuple[int, tuple[float, ...]]]:
        """The lines among some rows, read one by one, with their amounts."""
        hidden = []
        for row in rows:
            if row in self.header.sheet.hidden_rows:
                hidden.append(row)
            elif (amounts := self._amounts(row)) is not None and not self._is_total(row):
                yield row, amounts
        if hidden:
            self._tell("W356", hidden[0], ACCOUNT, str(len(hidden)))

    def _plain(self) -> "PlainLines | None":
        """The lines of a long text file that can be read in one way only."""
        if not self.header.sheet.in_columns:
            return None
        # What reads columns is loaded for long files alone.
        from core.forms.trial_balance.plain_columns import plain_lines  # noqa: PLC0415

        columns = self.header.columns
        keys = [columns[name] for name in (*self._key_columns, SENT) if name in columns]
        places = [(columns.get(name, 0), self._factors[name]) for name in AMOUNTS]
        return plain_lines(self.header, columns[ACCOUNT], keys, places)

    def _plain_chunk(self, plain: "PlainLines", file: LinesOfFile) -> Chunk:
        """Plain lines with the numbers of their keys and codes."""
        keys = [self._key(row) for row in plain.first_rows]
        for place in np.unique(plain.key[plain.amounts.any(axis=1)]).tolist():
            file.add_moment(keys[place], self._moment(plain.first_rows[place]))
        matches = [matched(text) for text in plain.accounts]
        codes = np.array([file.code(code) for code in matches], dtype=np.int64)[plain.account]
        if self.additions.rows:
            is_open = np.array([code.account is None for code in matches], dtype=np.bool_)
            for line in np.flatnonzero(is_open[plain.account]).tolist():
                code, key = matches[plain.account[line]], keys[plain.key[line]]
                codes[line] = file.code(self._placed(code, key))
        numbers = np.array([file.key(key) for key in keys], dtype=np.int64)
        return Chunk.of(plain.rows, numbers[plain.key], codes, plain.amounts)

    def _placed(self, code: AccountCode, key: Key) -> AccountCode:
        return placed(code, self.additions, key[1].fiscal_year) if key[1] else code

    def _amounts(self, row: int) -> tuple[float, ...] | None:
        """The amounts of a line; None where all its cells are empty, or hold titles again."""
        cells = [self.header.cell(row, name) for name in AMOUNTS]
        # A formula that nobody calculated is no empty cell.
        if not any(cell.is_formula or not is_blank(cell) for cell in cells) or self._is_title(row):
            return None
        by_name = zip(AMOUNTS, cells, strict=True)
        return tuple(self._amount(row, name, cell) for name, cell in by_name)

    def _amount(self, row: int, name: str, cell: Cell) -> float:
        value = cell.value
        if isinstance(value, float) and not (cell.is_percent or cell.is_date or cell.is_error):
            return value * self._factors[name] if math.isfinite(value) else math.nan
        read = read_number(cell)
        if read.code == "W103":
            read = read_number(_plainly_written(cell))._replace(shown=read.shown)
        if read.state == State.REPORTED and not cell.is_percent:
            return read.number * self._factors[name]
        if read.state in (State.NOT_REPORTED, State.NOT_APPLICABLE):
            return 0.0
        self._tell(read.code or "W358", row, name, read.shown or shown(cell))
        return math.nan

    def _is_title(self, row: int) -> bool:
        """Whether a row holds the titles of the table again."""
        text = self.header.cell(row, ACCOUNT).value
        title = self.header.cell(self.header.row, ACCOUNT).value
        return isinstance(text, str) and isinstance(title, str) and fold(text) == fold(title)

    def _is_total(self, row: int) -> bool:
        """Whether a line without a code adds up others."""
        account = self._value(row, ACCOUNT)
        if isinstance(account, str) and _DIGIT(account):
            return False
        if _DIGIT(shown(self.header.cell(row, ACCOUNT))):
            return False
        cells = self.header.sheet.rows[row].values()
        texts = [fold(cell.value) for cell in cells if isinstance(cell.value, str)]
        return begins_total(texts) or not texts

    def _key(self, row: int) -> Key:
        """Whose and when a line is, as its cells say, else the lines above the table."""
        cells = tuple(self._value(row, name) for name in self._key_columns)
        if cells not in self._keys:
            self._keys[cells] = self._hcode(row), self._period(row)
        return self._keys[cells]

    def _moment(self, row: int) -> str | None:
        """When a line was sent, as its cell says, else the lines above the table."""
        if SENT not in self.header.columns:
            return self._above_as_of
        cell = self.header.cell(row, SENT)
        if cell not in self._moments:
            self._moments[cell] = moment_of(cell) or self._above_as_of
        return self._moments[cell]

    def _value(self, row: int, name: str) -> CellValue:
        if not self._is_simple:
            return self.header.cell(row, name).value
        cell = self.header.sheet.rows[row].get(self.header.columns[name])
        return None if cell is None else cell.value

    def _hcode(self, row: int) -> str | None:
        if "hcode" in self.header.columns:
            return self._row_keys.subject(row)
        if len(self._above.hcodes) != 1:
            self._tell("W388", self.header.row, ACCOUNT, ", ".join(self._above.hcodes))
            return None
        code = self._above.hcodes[0]
        registered = self.known(code) if self.known else code
        if registered is None:
            self._tell("W307", self.header.row, ACCOUNT, code)
        return registered or code

    def _period(self, row: int) -> Period | None:
        if self._dated:
            return self._row_keys.period(row)[0]
        if len(self._above.periods) != 1:
            self._tell("W389", self.header.row, ACCOUNT, ", ".join(map(str, self._above.periods)))
            return None
        return self._above.periods[0]

    def _factor(self, name: str) -> float:
        """By what amounts of a column are multiplied to be in baht."""
        title = shown(self.header.cell(self.header.row, name))
        unit = unit_in(title) or self._above.unit
        if unit is None or unit.factor == 1 or name not in self.header.columns:
            return 1.0
        column = balance_table().column(name)
        spot = self.header.title(name)
        params = {"title": column.name if column else name, "unit": say("baht")}
        factor = f"{unit.factor:,}"
        self.issues.add(CellIssue("W344", spot.sheet, spot.place.name, title, factor, params))
        return float(unit.factor)

    def _tell(self, code: str, row: int, name: str, found: str) -> None:
        spot = self.header.spot(row, self.header.columns.get(name, self.header.first_column))
        self.issues.add(CellIssue(code, spot.sheet, spot.place.name, found))


def _plainly_written(cell: Cell) -> Cell:
    """A text with its amount alone: no "baht", and the minus that systems put last in front."""
    if not isinstance(cell.value, str):
        return cell
    text = without_unit(cell.value, "baht") if _DIGIT(cell.value) else cell.value
    return cell._replace(value=f"-{text[:-1]}" if _MINUS_LAST.fullmatch(text) else text)
