"""Reads the lines of a trial balance: whose, when, which account and its amounts."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from core.forms.cells.workbook import Cell, CellValue
from core.forms.model.issues import CellIssue
from core.forms.model.values import plain, read_number
from core.forms.table.heads.head import KEYS, Header
from core.forms.table.heads.units import unit_in
from core.forms.table.issue_list import IssueList
from core.forms.table.keys import is_blank, shown
from core.forms.table.row_keys import Register, RowKeys
from core.forms.table.words import begins_total
from core.forms.trial_balance.additions import NOTHING_ADDED, Additions
from core.forms.trial_balance.codes import AccountCode, code_of_account, placed
from core.forms.trial_balance.header import ACCOUNT, AMOUNTS, above_of, balance_table
from core.periods import Period
from core.scoring.base.states import State
from core.text import fold, say

Key = tuple[str | None, Period | None]
_PLAIN: Final = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,2})?").fullmatch
"""A number that can be read in one way only."""
_DIGIT: Final = re.compile(r"\d").search
_MOMENTS: Final = ("fiscal_year", "month", "fiscal_month", "time_id")


class AccountLine(NamedTuple):
    """One line: `amounts` follow `AMOUNTS` in baht, NaN where a cell could not be read.

    An empty cell is 0, as is a column that is not there.
    """

    header: Header
    row: int
    key: Key
    code: AccountCode
    amounts: tuple[float, ...]

    @property
    def carried(self) -> float:
        """Debit − credit at the end of the month."""
        return self.amounts[4] - self.amounts[5]

    @property
    def brought(self) -> float:
        """Debit − credit at the beginning of the month."""
        return self.amounts[0] - self.amounts[1]

    @property
    def movement(self) -> float:
        """Debit − credit of the month."""
        return self.amounts[2] - self.amounts[3]

    @property
    def size(self) -> float:
        """The money it carries forward, on both sides."""
        return abs(self.amounts[4]) + abs(self.amounts[5])

    def issue(self, code: str, found: str, expected: str = "", **params: object) -> CellIssue:
        """A message at its account."""
        spot = self.header.spot(self.row, self.header.columns[ACCOUNT])
        return CellIssue(code, spot.sheet, spot.place.name, found, expected, params)


@dataclass
class LineReader:
    """Reads the lines under one header; problems go to `issues`."""

    header: Header
    issues: IssueList
    known: Register | None = None
    additions: Additions = NOTHING_ADDED
    _keys: dict[tuple[object, ...], Key] = field(default_factory=dict)
    _hidden: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._row_keys = RowKeys(self.header, self.issues, self.known)
        self._above = above_of(self.header)
        self._key_columns = tuple(name for name in KEYS if name in self.header.columns)
        self._dated = any(name in self.header.columns for name in _MOMENTS)
        self._factors = {name: self._factor(name) for name in AMOUNTS}
        columns = self.header.columns
        self._places = tuple((columns.get(name, 0), self._factors[name]) for name in AMOUNTS)
        self._is_simple = not self.header.sheet.merges and not self.header.is_turned

    def lines(self) -> Iterator[AccountLine]:
        """Every line that names an account or holds an amount; totals and headings are left out."""
        for row in self.header.rows:
            if row in self.header.sheet.hidden_rows:
                self._hidden.append(row)
            elif (amounts := self._amounts(row)) is not None and not self._is_total(row):
                key, code = self._key(row), code_of_account(self.header.cell(row, ACCOUNT))
                if key[1]:
                    code = placed(code, self.additions, key[1].fiscal_year)
                yield AccountLine(self.header, row, key, code, amounts)
        if self._hidden:
            self._tell("W356", self._hidden[0], ACCOUNT, str(len(self._hidden)))

    def _amounts(self, row: int) -> tuple[float, ...] | None:
        """The amounts of a line; None where all its cells are empty, or hold titles again."""
        if self._is_simple and (quick := self._plain_amounts(row)) is not None:
            return quick
        cells = [self.header.cell(row, name) for name in AMOUNTS]
        # A formula that nobody calculated is no empty cell.
        if not any(cell.is_formula or not is_blank(cell) for cell in cells) or self._is_title(row):
            return None
        by_name = zip(AMOUNTS, cells, strict=True)
        return tuple(self._amount(row, name, cell) for name, cell in by_name)

    def _plain_amounts(self, row: int) -> tuple[float, ...] | None:
        """The amounts of a line that holds nothing but plain numbers, as nearly all do."""
        cells = self.header.sheet.rows[row]
        amounts, is_any = [], False
        for column, factor in self._places:
            cell = cells.get(column)
            if cell is None:
                amounts.append(0.0)
                continue
            value = cell.value
            if not isinstance(value, str) or cell.is_error or not _PLAIN(value):
                return None
            amounts.append(float(value) * factor)
            is_any = True
        return tuple(amounts) if is_any else None

    def _amount(self, row: int, name: str, cell: Cell) -> float:
        value = cell.value
        if isinstance(value, float) and not (cell.is_percent or cell.is_date or cell.is_error):
            return value * self._factors[name] if math.isfinite(value) else math.nan
        read = read_number(cell)
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


def money(amount: float) -> str:
    """An amount as messages print it."""
    return plain(round(amount, 2))
