"""Accounts of trial balances as they were sent, each with the cell its code stands in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from typing import Any, Final, NamedTuple, overload

import numpy as np
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core.scoring.base.inputs import FloatArray
from core.store.schema.bulk import insert_rows, table_of
from core.store.schema.columns import storable_column
from core.store.schema.keys import period_of
from core.store.schema.tables import AccountBalance, Submission
from core.store.uploads.standing import standing
from core.store.uploads.submissions import Key

_ACCOUNT = table_of(AccountBalance)
_SUBMISSION = table_of(Submission)


class Account(NamedTuple):
    """One account in baht, NaN where the file does not say.

    `code` is that of the file with its sub-account. `brought` and `carried` are debit − credit,
    `debit` and `credit` those of the month.
    """

    code: str
    brought: float
    debit: float
    credit: float
    carried: float
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True, eq=False)
class Accounts(Sequence[Account]):
    """The n accounts of a trial balance as columns; one by one they are `Account`."""

    codes: Sequence[str]
    brought: FloatArray
    debit: FloatArray
    credit: FloatArray
    carried: FloatArray
    sheets: Sequence[str]
    cells: Sequence[str]

    @staticmethod
    def of(accounts: Sequence[Account]) -> "Accounts":
        """The columns of some accounts."""
        amounts = np.array([one[1:5] for one in accounts], dtype=np.float64).reshape(-1, 4)
        brought, debit, credit, carried = amounts.T
        codes, sheets, cells = (
            [getattr(one, name) for one in accounts] for name in ("code", "sheet", "cell")
        )
        return Accounts(codes, brought, debit, credit, carried, sheets, cells)

    def __len__(self) -> int:
        return len(self.codes)

    @overload
    def __getitem__(self, place: int) -> Account: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Account]: ...
    def __getitem__(self, place: int | slice) -> Account | Sequence[Account]:
        if isinstance(place, slice):
            return [self[number] for number in range(*place.indices(len(self)))]
        brought, debit, credit, carried = (float(column[place]) for column in self._amounts)
        at = self.sheets[place], self.cells[place]
        return Account(self.codes[place], brought, debit, credit, carried, *at)

    @property
    def _amounts(self) -> tuple[FloatArray, ...]:
        return self.brought, self.debit, self.credit, self.carried

    def rows(self, submission: int) -> Iterable[tuple[Any, ...]]:
        """As rows of the store."""
        amounts = map(storable_column, self._amounts)
        places = range(len(self))
        keys = repeat(submission, len(self)), places, self.codes
        return zip(*keys, *amounts, self.sheets, self.cells, strict=True)


NO_ACCOUNTS: Final = Accounts.of(())


def insert_accounts(session: Session, balances: Iterable[Accounts], first: int) -> None:
    """Insert the accounts of submissions numbered from `first`."""
    numbered = enumerate(balances, first)
    rows = (accounts.rows(number) for number, accounts in numbered)
    insert_rows(session, _ACCOUNT, chain.from_iterable(rows))


def accounts_of(session: Session, submissions: Iterable[int]) -> dict[int, list[Account]]:
    """The accounts of some submissions, in the order of their files; none of any other form."""
    a = _ACCOUNT.c
    amounts = (a.brought, a.debit, a.credit, a.carried)
    query = select(a.submission_id, a.account, *amounts, a.sheet, a.cell)
    chosen = query.where(a.submission_id.in_({*submissions}))
    accounts: dict[int, list[Account]] = {}
    for number, *fields in session.execute(chosen.order_by(a.submission_id, a.place)):
        accounts.setdefault(number, []).append(Account(*fields))
    return accounts


def current_with(session: Session, beginnings: Iterable[str]) -> set[Key]:
    """Whose current books, and of when, have an account that begins with any of some digits."""
    a, s = _ACCOUNT.c, _SUBMISSION.c
    has_one = or_(*(a.account.startswith(digits, autoescape=True) for digits in beginnings))
    query = select(s.subject, s.period_id).join(_ACCOUNT, a.submission_id == s.id)
    rows = session.execute(query.where(standing(session), has_one).distinct())
    return {(subject, period_of(key)) for subject, key in rows}


def carried_by(
    session: Session, submissions: Iterable[int], beginnings: Iterable[str]
) -> dict[int, dict[str, float]]:
    """Debit − credit carried forward of accounts that begin with some digits, by submission.

    An account that stands twice is added up; one whose balance is not known is left out.
    """
    a = _ACCOUNT.c
    wanted = or_(*(a.account.startswith(digits, autoescape=True) for digits in beginnings))
    query = select(a.submission_id, a.account, a.carried).where(
        a.submission_id.in_({*submissions}), a.carried.is_not(None), wanted
    )
    by_upload: dict[int, dict[str, float]] = {}
    for number, code, carried in session.execute(query):
        of_one = by_upload.setdefault(number, {})
        of_one[code] = of_one.get(code, 0.0) + carried
    return by_upload


def with_balance(
    session: Session, submissions: Iterable[int], beginnings: Iterable[str]
) -> set[int]:
    """The submissions in which any account that begins with some digits has a balance."""
    a = _ACCOUNT.c
    wanted = or_(*(a.account.startswith(digits, autoescape=True) for digits in beginnings))
    query = select(a.submission_id).where(
        a.submission_id.in_({*submissions}), a.carried != 0, wanted
    )
    return {number for (number,) in session.execute(query.distinct())}
