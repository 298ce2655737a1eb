"""The accounts behind a figure: what each brings, and how it changed against another month."""

import math
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.access.roles import Action
from core.criteria.catalog import measure_name
from core.forms.trial_balance.accounts import account_sets, chart
from core.forms.trial_balance.additions import NOTHING_ADDED, Addition, Additions
from core.forms.trial_balance.codes import AccountCode, account_in
from core.forms.trial_balance.header import FORM
from core.forms.trial_balance.ratios import Item, ratio_tables
from core.forms.trial_balance.sums import FLOWS
from core.periods import Period, month_at
from core.services.guard.doors import door
from core.services.rules.account_map import additions_in
from core.services.rules.explanation import Explanation, StoredExplanation
from core.services.rules.finance import CRISIS
from core.store.engine.unit_of_work import reading
from core.store.results.versions import stamp_now
from core.store.uploads.accounts import Account, accounts_of
from core.store.uploads.submissions import SubmissionInfo, submissions
from core.text import Text

NET_INCOME: Final = "finance.net_income"
MOST: Final = 5
"""Accounts that are named; the rest are one line."""
_SATANG: Final = 0.005
_CACHED: Final = 256
"""Pairs of months in the cache, some hundred accounts each; months without books are nothing."""

Weight = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Move:
    """One account as it counts in a figure, in baht; `change` is None without another month.

    `added` is how it came in where the chart lacks it; None for an account of the chart.
    """

    code: str
    title: str
    amount: float
    change: float | None
    sheet: str
    cell: str
    added: Addition | None = None


@dataclass(frozen=True, slots=True)
class Behind:
    """The accounts of a figure, those that moved it most first; without another month the largest.

    `before` is the figure of the month it is compared with, `others` how many accounts are not
    named, with what they bring together and by how much that changed. Amounts in baht.
    """

    measure: str
    name: Text
    period: Period
    against: Period | None
    amount: float
    before: float | None
    movements: tuple[Move, ...]
    others: int
    others_amount: float
    others_change: float | None
    file: str

    @property
    def change(self) -> float | None:
        return None if self.before is None else self.amount - self.before


@door(Action.READ, "why.stored.result.subject")
def behind(
    engine: Engine, why: StoredExplanation, *, against: Period | None = None, most: int = MOST
) -> tuple[Behind, ...]:
    """What lies behind the figures of a result that were computed from the books.

    Compared with `against`, else the month before; figures of tests that went wrong come first.
    """
    stored = why.stored
    books = stored.books or stored.source
    if books is None or books.form != FORM:
        return ()
    measures = [fact.measure for part in _wrong_first(why) for fact in part.facts]
    measures += [fact.measure for fact in why.facts]
    from_books = {fact.measure for fact in why.facts if fact.way == "books"}
    with reading(engine) as session:
        months = BooksOfMonth.of(session, books, against)
    lines = (months.behind(one, most) for one in dict.fromkeys(measures) if one in from_books)
    return tuple(one for one in lines if one is not None)


def wrong(why: StoredExplanation) -> tuple[Explanation, ...]:
    """The tests of a result that add to a crisis level, or earn less than full points."""
    is_risk = why.id == CRISIS
    return tuple(
        part
        for part in why.parts
        if part.points is not None
        and not part.is_block
        and (part.points > 0 if is_risk else part.points < (part.full_marks or 0))
    )


def _wrong_first(why: StoredExplanation) -> tuple[Explanation, ...]:
    failing = wrong(why)
    return (*failing, *(part for part in why.parts if part not in failing))


@door(Action.READ, "hcode")
def books_of(
    engine: Engine, hcode: str, period: Period, *, against: Period | None = None
) -> "BooksOfMonth | None":
    """The books of a hospital's month beside those of `against`, else of the month before."""
    return _books_of(engine, stamp_now(engine), hcode, period, against)


@lru_cache(maxsize=_CACHED)
def _books_of(
    engine: Engine,
    version: str,  # noqa: ARG001
    hcode: str,
    period: Period,
    against: Period | None,
) -> "BooksOfMonth | None":
    with reading(engine) as session:
        books = _current(session, hcode, period)
        return None if books is None else BooksOfMonth.of(session, books, against)


def _balance_sheet(account: str) -> float:
    return account_sets().side(account) if account[0] in "12" else 0


def _current(session: Session, hcode: str, period: Period) -> SubmissionInfo | None:
    current = submissions(session, subject=hcode, form=FORM, period=period, only_current=True)
    return current[0] if current else None


@dataclass(frozen=True)
class BooksOfMonth:
    """The books of a hospital's month, and of the one they are compared with, if it has any."""

    books: SubmissionInfo
    against: Period | None
    now: Sequence[Account]
    then: Sequence[Account]
    additions: Additions = NOTHING_ADDED

    @staticmethod
    def of(session: Session, books: SubmissionInfo, against: Period | None) -> "BooksOfMonth":
        other = against or month_at(books.period.ordinal - 1)
        compared = _current(session, books.subject, other)
        ids = [books.id, *([compared.id] if compared else [])]
        held = accounts_of(session, ids)
        then = held.get(compared.id, []) if compared else []
        now, additions = held.get(books.id, []), additions_in(session)
        return BooksOfMonth(books, other if then else None, now, then, additions)

    def behind(self, measure: str, most: int = MOST) -> Behind | None:
        """The accounts of one figure; None for one the books do not give."""
        weight = _weight(measure, self.books.period.fiscal_year)
        if weight is None:
            return None
        against = None if self._begins_anew(measure) else self.against
        is_compared = against is not None
        movements = self.movements(weight, is_compared=is_compared)
        shown, rest = movements[:most], movements[most:]
        amount = math.fsum(one.amount for one in movements)
        return Behind(
            measure=measure,
            name=measure_name(measure),
            period=self.books.period,
            against=against,
            amount=amount,
            before=amount - _changes(movements) if is_compared else None,
            movements=tuple(shown),
            others=len(rest),
            others_amount=math.fsum(one.amount for one in rest),
            others_change=_changes(rest) if is_compared else None,
            file=self.books.file_name,
        )

    def movers(self, most: int = MOST) -> tuple[Move, ...]:
        """The accounts of the balance sheet that moved most."""
        movements = self.movements(_balance_sheet, is_compared=self.against is not None)
        return tuple([one for one in movements if one.change][:most])

    def _begins_anew(self, measure: str) -> bool:
        """Whether a figure of income or expense was closed to zero since the month before."""
        before, now = self.against, self.books.period
        is_next = before is not None and before.ordinal == now.ordinal - 1
        is_new_year = before is not None and before.fiscal_year != now.fiscal_year
        return is_next and is_new_year and bool(_classes(measure, now.fiscal_year) & FLOWS)

    def movements(self, weight: Weight, *, is_compared: bool) -> list[Move]:
        """Every account that counts: those that moved most first; the largest if not compared."""
        compared = self.then if is_compared else ()
        now, then = (self._weighted(accounts, weight) for accounts in (self.now, compared))
        spots = {one.code: one for one in self.now}
        moved = [
            self._move(
                code, now.get(code, 0.0), then.get(code, 0.0) if is_compared else None, spots
            )
            for code in dict.fromkeys((*now, *then))
        ]
        shown = [one for one in moved if max(abs(one.amount), abs(one.change or 0.0)) > _SATANG]
        return sorted(shown, key=lambda one: -abs(one.amount if one.change is None else one.change))

    def _move(
        self, code: str, now: float, then: float | None, spots: Mapping[str, Account]
    ) -> Move:
        change, spot = None if then is None else now - then, spots.get(code)
        place = (spot.sheet, spot.cell) if spot else ("", "")
        return Move(code, chart().title(code), now, change, *place, self._account(code).added)

    def _account(self, code: str) -> AccountCode:
        return account_in(code, self.books.period.fiscal_year, self.additions)

    def _weighted(self, accounts: Sequence[Account], weight: Weight) -> Mapping[str, float]:
        """What each account that counts brings; accounts that belong nowhere are left out."""
        amounts: dict[str, float] = {}
        for one in accounts:
            account = self._account(one.code).account
            if account is not None and (counts := weight(account)):
                amounts[one.code] = amounts.get(one.code, 0.0) + counts * one.carried
        return amounts


def _changes(movements: Sequence[Move]) -> float:
    return math.fsum(one.change or 0.0 for one in movements)


def _classes(measure: str, fiscal_year: int) -> AbstractSet[str]:
    """The classes of the chart that a figure of the books draws on."""
    composition = account_sets().edition(fiscal_year).measures.get(measure)
    if composition is not None:
        return composition.classes
    item = _item(measure)
    return item.classes if item else frozenset()


def _weight(measure: str, fiscal_year: int) -> Weight | None:
    """By what debit − credit of an account counts in a figure; of a period in days above its line.

    None for a figure the books do not give.
    """
    sets = account_sets()
    composition = sets.edition(fiscal_year).measures.get(measure)
    if composition is not None:
        return lambda account: sets.weight(composition, account)
    item = _item(measure)
    return item.weight if item else None


def _item(measure: str) -> Item | None:
    """What stands above the line of a period in days; None for another figure."""
    tables = ratio_tables()
    return next((tables.items[one.x] for one in tables.ratios if one.measure == measure), None)
