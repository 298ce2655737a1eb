"""The chart of accounts and the sets of accounts that make up measures, from `data/accounts`."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache, cached_property, lru_cache
from typing import Annotated, Final

import numpy as np
from pydantic import Field

from core.criteria.load import DATA_FOLDER, read_model
from core.criteria.model.base import Id, Listed, Strict
from core.scoring.base.inputs import FloatArray

ACCOUNT_LETTERS: Final = 14
"""Ten digits, a dot and three digits."""
ACCOUNTS_FOLDER: Final = DATA_FOLDER / "accounts"
_Prefix = Annotated[str, Field(pattern=r"^[1-5]\d{0,9}(\.\d{3})?$")]
_Prefixes = Annotated[tuple[_Prefix, ...], Listed]


class AccountSet(Strict):
    """Every account that begins with one of `prefixes`, less those that begin with `without`."""

    prefixes: _Prefixes
    without: _Prefixes = ()

    def holds(self, account: str) -> bool:
        """Whether an account of ten and three digits belongs to it."""
        return account.startswith(self.prefixes) and not account.startswith(self.without)

    @property
    def classes(self) -> frozenset[str]:
        """The classes of the chart (first digits) it draws on."""
        return frozenset(prefix[0] for prefix in self.prefixes)


class Composition(Strict):
    """What a measure is made of: a set of accounts, less another."""

    plus: AccountSet
    minus: AccountSet | None = None

    @property
    def classes(self) -> frozenset[str]:
        """The classes of the chart it draws on."""
        return self.plus.classes | (self.minus.classes if self.minus else frozenset())


class Edition(Strict):
    """The measures of some fiscal years, first and last included."""

    fiscal_years: Annotated[tuple[int, int], Listed]
    measures: Mapping[Id, Composition]

    def distance(self, fiscal_year: int) -> int:
        """Years between a fiscal year and those of the edition; 0 for one of them."""
        first, last = self.fiscal_years
        return max(first - fiscal_year, fiscal_year - last, 0)


class AccountSets(Strict):
    """`data/accounts/sets.yaml`."""

    debit_classes: Annotated[tuple[str, ...], Listed]
    editions: Annotated[tuple[Edition, ...], Listed, Field(min_length=1)]

    def edition(self, fiscal_year: int) -> Edition:
        """The edition of a fiscal year, else the nearest one, of two the later."""
        return min(self.editions, key=lambda one: (one.distance(fiscal_year), -one.fiscal_years[1]))

    def side(self, account: str) -> int:
        """The sign of debit − credit in an account's natural balance."""
        return 1 if account.startswith(self.debit_classes) else -1

    def weight(self, composition: Composition, account: str) -> int:
        """By what debit − credit of an account goes into a measure: 1, −1, or 0 for not at all."""
        added = composition.plus.holds(account)
        taken = composition.minus is not None and composition.minus.holds(account)
        return self.side(account) * (added - taken)


class Chart(Strict):
    """`data/accounts/chart.yaml`: ten digits -> the endings of three digits there are -> title.

    `closed` are the endings of accounts that the chart marks as no longer in use.
    """

    accounts: Mapping[str, Mapping[str, str]]
    closed: Mapping[str, Annotated[tuple[str, ...], Listed]]

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The official title of every account, as `1101010101.101`."""
        return {
            f"{head}.{ending}": title
            for head, endings in self.accounts.items()
            for ending, title in endings.items()
        }

    @property
    def codes(self) -> AbstractSet[str]:
        """Every account as `1101010101.101`."""
        return self.titles.keys()

    def is_closed(self, account: str) -> bool:
        """Whether the chart marks an account as no longer in use."""
        head, _, ending = account.partition(".")
        return ending in self.closed.get(head, ())

    def title(self, code: str) -> str:
        """The title of an account, of a sub-account its account's; the code where it has none."""
        return self.titles.get(code[:ACCOUNT_LETTERS], code)


@cache
def account_sets() -> AccountSets:
    """The sets of accounts, from `data/accounts/sets.yaml`."""
    return read_model(ACCOUNTS_FOLDER / "sets.yaml", AccountSets)


@cache
def chart() -> Chart:
    """The chart of accounts, from `data/accounts/chart.yaml`."""
    return read_model(ACCOUNTS_FOLDER / "chart.yaml", Chart)


def weights_of(edition: Edition, accounts: Sequence[str | None]) -> FloatArray:
    """By what debit − credit of each account goes into each measure, measures × accounts.

    An account that is None goes into none.
    """
    number = account_sets().editions.index(edition)
    nothing = (0,) * len(edition.measures)
    columns = [weights(number, account) if account else nothing for account in accounts]
    return np.array(columns, dtype=np.float64).reshape(len(accounts), len(nothing)).T


@lru_cache(8192)
def weights(number: int, account: str) -> tuple[int, ...]:
    """By what debit − credit of an account goes into each measure of the n-th edition."""
    sets = account_sets()
    compositions = sets.editions[number].measures.values()
    return tuple(sets.weight(composition, account) for composition in compositions)
