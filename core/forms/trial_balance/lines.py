"""The lines of trial balances as columns: whose, when, which account and its amounts."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import Final, NamedTuple

import numpy as np

from core.forms.model.issues import CellIssue
from core.forms.model.layout import Spot
from core.forms.model.values import plain
from core.forms.table.heads.head import Header
from core.forms.trial_balance.accounts import (
    ACCOUNT_LETTERS,
    Edition,
    account_sets,
    chart,
    weights_of,
)
from core.forms.trial_balance.codes import AccountCode
from core.forms.trial_balance.header import ACCOUNT, AMOUNTS
from core.forms.trial_balance.sums import FLOWS
from core.forms.trial_balance.words import lowers_others
from core.periods import Period
from core.scoring.base.derived import IntArray
from core.scoring.base.inputs import BoolArray, FloatArray

_BALANCES: Final = frozenset("12")
_SIDED: Final = frozenset("1245")
_HALF_BAHT: Final = 0.5
_SATANG: Final = 0.01
_FEWEST: Final = 6
"""Lines below which a majority says nothing."""
Key = tuple[str | None, Period | None]


@dataclass(frozen=True)
class Codes:
    """Every code of a file once, as its lines name it by number."""

    codes: Sequence[AccountCode]

    @cached_property
    def accounts(self) -> Sequence[str | None]:
        """The account of the chart each is; None in none."""
        return [code.account for code in self.codes]

    def weights(self, edition: Edition) -> FloatArray:
        """By what debit − credit of each goes into each measure, measures × codes."""
        known = self._weights.get(edition.fiscal_years)
        if known is None:
            known = self._weights[edition.fiscal_years] = weights_of(edition, self.accounts)
        return known

    @cached_property
    def _weights(self) -> dict[tuple[int, int], FloatArray]:
        return {}

    @cached_property
    def full(self) -> IntArray:
        """Of each code the first that is written the same once mended."""
        first: dict[str, int] = {}
        numbered = enumerate(self.codes)
        return np.array([first.setdefault(code.full, n) for n, code in numbered], dtype=np.int64)

    @cached_property
    def is_known(self) -> BoolArray:
        """Whether the chart has a place for each."""
        return np.array([code.account is not None for code in self.codes], dtype=np.bool_)

    @cached_property
    def is_mended(self) -> BoolArray:
        """Whether digits or the dot of each had been lost."""
        return np.array([code.is_mended for code in self.codes], dtype=np.bool_)

    @cached_property
    def is_new(self) -> BoolArray:
        """Whether each only goes with its group."""
        return np.array([code.is_new for code in self.codes], dtype=np.bool_)

    @cached_property
    def is_added(self) -> BoolArray:
        """Whether each came in by what was added to the chart."""
        return np.array([code.added is not None for code in self.codes], dtype=np.bool_)

    @cached_property
    def is_sub_account(self) -> BoolArray:
        """Whether each is a sub-account of an account that the chart has."""
        longer = [len(c.full) > ACCOUNT_LETTERS and c.account is not None for c in self.codes]
        return np.array(longer, dtype=np.bool_)

    @cached_property
    def is_balance(self) -> BoolArray:
        """Whether each is of the balance sheet."""
        return np.array([code.full[:1] in _BALANCES for code in self.codes], dtype=np.bool_)

    @cached_property
    def classes(self) -> IntArray:
        """The class of the chart (first digit) each is of; 0 of what is in none."""
        numbers = [int(code.full[0]) if code.account else 0 for code in self.codes]
        return np.array(numbers, dtype=np.int64)

    @cached_property
    def natural_sides(self) -> IntArray:
        """1 for debit, −1 for credit; 0 of equity, of accounts that lower others, and of none."""
        return np.array([_natural_side(code.account) for code in self.codes], dtype=np.int64)

    @cached_property
    def sides(self) -> IntArray:
        """As `natural_sides`, accounts that lower others too; 0 of equity and of none."""
        sides = [_side(code.account) for code in self.codes]
        return np.array(sides, dtype=np.int64)

    @cached_property
    def is_flow(self) -> BoolArray:
        """Whether each is of income or expense, which are closed to zero at the year's end."""
        return np.array([code.full[:1] in FLOWS for code in self.codes], dtype=np.bool_)


@dataclass(frozen=True)
class AccountLines:
    """n lines in the order of their file.

    `amounts` are n × 6 in the order of `AMOUNTS`, in baht, NaN where a cell could not be read; an
    empty cell is 0, as is a column that is not there. `sheets` and `codes` are places in `headers`
    and `known`.
    """

    headers: Sequence[Header]
    known: Codes
    sheets: IntArray
    rows: IntArray
    codes: IntArray
    amounts: FloatArray

    def __len__(self) -> int:
        return len(self.rows)

    @cached_property
    def brought(self) -> FloatArray:
        """Debit − credit at the beginning of the month."""
        return self.amounts[:, 0] - self.amounts[:, 1]

    @cached_property
    def movement(self) -> FloatArray:
        """Debit − credit of the month."""
        return self.amounts[:, 2] - self.amounts[:, 3]

    @cached_property
    def carried(self) -> FloatArray:
        """Debit − credit at the end of the month."""
        return self.amounts[:, 4] - self.amounts[:, 5]

    @cached_property
    def size(self) -> FloatArray:
        """The money each carries forward, on both sides."""
        return np.abs(self.amounts[:, 4]) + np.abs(self.amounts[:, 5])

    @cached_property
    def is_known(self) -> BoolArray:
        """Whether the chart has a place for each line."""
        return self.known.is_known[self.codes]

    @cached_property
    def accounts(self) -> Sequence[str]:
        """The account of the chart of each line that it has a place for."""
        numbers = self.codes[self.is_known].tolist()
        known = self.known.accounts
        return [account for number in numbers if (account := known[number])]

    @cached_property
    def classes(self) -> AbstractSet[str]:
        """The classes of the chart (first digits) that any line is of."""
        classes: list[int] = np.flatnonzero(np.bincount(self.known.classes[self.codes])).tolist()
        return {str(number) for number in classes if number}

    @cached_property
    def again(self) -> BoolArray:
        """The lines whose account, with its sub-account, an earlier one has."""
        repeated = np.ones(len(self), dtype=np.bool_)
        repeated[np.unique(self._full, return_index=True)[1]] = False
        return repeated

    @cached_property
    def twice(self) -> BoolArray:
        """The lines whose account, with its sub-account, another one has as well."""
        if not self.again.any():
            return self.again
        return np.isin(self._full, self._full[self.again])

    @property
    def _full(self) -> IntArray:
        return self.known.full[self.codes]

    def first_of(self, line: int) -> int:
        """The first line of the same account, with its sub-account, as another."""
        return int(np.flatnonzero(self._full == self._full[line])[0])

    def by_account(self) -> FloatArray:
        """Debit − credit carried forward by number of its code in full; 0 of what is not there."""
        size = len(self.known.codes)
        sums = np.bincount(self._full, weights=self.carried, minlength=size)
        return sums.astype(np.float64)

    def stands_in(self, other: "AccountLines") -> BoolArray:
        """Whether another month of the file has the account of each line, with its sub-account."""
        return np.isin(self._full, other._full)

    def of_account(self, by_account: FloatArray) -> FloatArray:
        """What an account's sum by `by_account` is for each line."""
        amounts: FloatArray = by_account[self._full]
        return amounts

    def code(self, line: int) -> AccountCode:
        return self.known.codes[int(self.codes[line])]

    def header(self, line: int) -> Header:
        return self.headers[int(self.sheets[line])]

    def spot(self, line: int, column: str = ACCOUNT) -> Spot:
        """The cell of a line in a column that is there."""
        header = self.header(line)
        return header.spot(int(self.rows[line]), header.columns[column])

    def issue(
        self, line: int, code: str, found: str, expected: str = "", **params: object
    ) -> CellIssue:
        """A message at a line's account."""
        spot = self.spot(line)
        return CellIssue(code, spot.sheet, spot.place.name, found, expected, params)

    def has(self, column: str) -> BoolArray:
        """Whether the table of each line has a column."""
        return np.array([column in one.columns for one in self.headers])[self.sheets]

    def tolerance(self, count: int | None = None) -> float:
        """By how much sums may be off: half a baht a line where all amounts are whole baht."""
        amounts = self.amounts[:count]
        is_whole = bool((amounts == np.trunc(amounts)).all())
        return _HALF_BAHT * len(amounts) if is_whole else _SATANG

    def tolerance_of_one(self) -> float:
        """By how much a sum of three amounts may be off."""
        return max(self.tolerance(1) * 3, _SATANG)

    def with_amounts(self, amounts: FloatArray, columns: Sequence[int]) -> "AccountLines":
        """The same lines, some columns of their amounts replaced."""
        replaced = self.amounts.copy()
        replaced[:, columns] = amounts[:, columns]
        return replace(self, amounts=replaced)

    def take(self, lines: IntArray) -> "AccountLines":
        """Some of the lines."""
        return AccountLines(
            self.headers,
            self.known,
            self.sheets[lines],
            self.rows[lines],
            self.codes[lines],
            self.amounts[lines],
        )


def is_mostly_twice(lines: AccountLines) -> bool:
    """Whether most lines of a month, of a few at least, have their account in common."""
    return len(lines) >= _FEWEST and int(lines.twice.sum()) * 2 > len(lines)


class Chunk(NamedTuple):
    """Lines of one table as they are read: numbers of keys and codes of the file, n × 6 amounts."""

    rows: IntArray
    keys: IntArray
    codes: IntArray
    amounts: FloatArray

    @staticmethod
    def of(
        rows: Sequence[int],
        keys: Sequence[int] | IntArray,
        codes: Sequence[int] | IntArray,
        amounts: Sequence[Sequence[float]] | FloatArray,
    ) -> "Chunk":
        row, key, code = (np.asarray(one, dtype=np.int64) for one in (rows, keys, codes))
        width = len(AMOUNTS)
        return Chunk(row, key, code, np.asarray(amounts, dtype=np.float64).reshape(-1, width))

    @staticmethod
    def together(chunks: Sequence["Chunk"]) -> "Chunk":
        """The lines of several, one after the other."""
        return Chunk(*map(np.concatenate, zip(*chunks, strict=True)))

    def in_order(self) -> "Chunk":
        """The same lines as they stand on their sheet."""
        order = np.argsort(self.rows, kind="stable")
        return Chunk(self.rows[order], self.keys[order], self.codes[order], self.amounts[order])


LinesByKey = Mapping[Key, AccountLines]
"""The lines of each hospital and month."""


@dataclass
class LinesOfFile:
    """The lines of a file while its tables are read."""

    headers: list[Header] = field(default_factory=list)
    chunks: list[Chunk] = field(default_factory=list)
    as_of: dict[Key, str] = field(default_factory=dict)
    """The latest moment that lines of each hospital and month say they were sent at."""
    _keys: dict[Key, int] = field(default_factory=dict)
    _codes: dict[AccountCode, int] = field(default_factory=dict)

    def key(self, key: Key) -> int:
        """The number of a hospital and month."""
        return self._keys.setdefault(key, len(self._keys))

    def code(self, code: AccountCode) -> int:
        """The number of a code."""
        return self._codes.setdefault(code, len(self._codes))

    def add(self, header: Header, chunk: Chunk) -> None:
        """Add the lines under a header."""
        self.headers.append(header)
        self.chunks.append(chunk)

    def add_moment(self, key: Key, moment: str | None) -> None:
        """Note a moment of a hospital and month; the latest stays."""
        if moment:
            self.as_of[key] = max(self.as_of.get(key, ""), moment)

    def by_key(self) -> LinesByKey:
        """The lines of each hospital and month."""
        if not self._keys:
            return {}
        sizes = [len(chunk.rows) for chunk in self.chunks]
        rows, keys, codes, amounts = Chunk.together(self.chunks)
        sheets = np.repeat(np.arange(len(sizes)), sizes)
        known = Codes(tuple(self._codes))
        lines = AccountLines(tuple(self.headers), known, sheets, rows, codes, amounts)
        order = np.argsort(keys, kind="stable")
        parts = np.split(order, np.cumsum(np.bincount(keys, minlength=len(self._keys)))[:-1])
        # As they are first met in the file, however they were read.
        groups = sorted(zip(self._keys, parts, strict=True), key=lambda one: int(one[1][0]))
        return {key: lines.take(part) for key, part in groups}


@cache
def _natural_side(account: str | None) -> int:
    return 0 if account is None or lowers_others(chart().title(account)) else _side(account)


@cache
def _side(account: str | None) -> int:
    """The side the balance of an account stands on: of one that lowers others the opposite."""
    if account is None or account[0] not in _SIDED:
        return 0
    side = account_sets().side(account)
    return -side if lowers_others(chart().title(account)) else side


def money(amount: float) -> str:
    """An amount as messages print it."""
    return plain(round(float(amount), 2))
