"""Figures of stored books, computed anew after accounts were added to the chart or taken back."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from sqlalchemy.orm import Session

from core.forms.trial_balance.accounts import Edition, account_sets, weights_of
from core.forms.trial_balance.additions import Additions
from core.forms.trial_balance.codes import account_in
from core.forms.trial_balance.header import FORM
from core.forms.trial_balance.sums import Books
from core.periods import Period
from core.scoring.base.inputs import FloatArray, StateArray
from core.scoring.base.states import State
from core.services.recompute.days import is_closed
from core.services.rules.account_map import additions_in, has_map
from core.store.uploads.accounts import Account, accounts_of
from core.store.uploads.observations import Observed, replace_observations
from core.store.uploads.observed_table import ObservedTable, observed_table
from core.store.uploads.submissions import Key


class _Figures(NamedTuple):
    """What books come to, by the measures of an edition; `weights` is measures × accounts."""

    edition: Edition
    weights: FloatArray
    values: FloatArray
    states: StateArray


def renew_figures(session: Session, keys: Collection[Key]) -> set[Key]:
    """Add up the books of some hospitals and months anew; the keys whose figures differ now.

    Nothing is done while no account was ever added.
    """
    if not keys or not has_map(session):
        return set()
    additions = additions_in(session)
    table = observed_table(
        session, FORM, periods={period for _, period in keys}, subjects={who for who, _ in keys}
    )
    held = accounts_of(session, table.submissions.tolist())
    renewed = set()
    for row, key in enumerate(zip(table.subjects, table.periods, strict=True)):
        number = int(table.submissions[row])
        accounts = held.get(number, [])
        if key not in keys or not accounts:
            continue
        figures = _figures(accounts, key[1], additions)
        if _differs(table, row, figures):
            new = list(_observed(figures, accounts))
            replace_observations(session, number, [*figures.edition.measures], new)
            renewed.add(key)
    return renewed


def _figures(accounts: Sequence[Account], period: Period, additions: Additions) -> _Figures:
    edition = account_sets().edition(period.fiscal_year)
    codes = [account_in(one.code, period.fiscal_year, additions).account for one in accounts]
    seen: Counter[str] = Counter()
    twice = []
    for one in accounts:
        twice.append(seen[one.code] > 0)
        seen[one.code] += 1
    books = Books(
        carried=np.array([one.carried for one in accounts], dtype=np.float64),
        twice=np.array(twice, dtype=np.bool_),
        classes={code[0] for code in codes if code},
        is_closed=is_closed(period, accounts),
    )
    weights = weights_of(edition, codes)
    return _Figures(edition, weights, *books.measures(edition, weights))


def _differs(table: ObservedTable, row: int, figures: _Figures) -> bool:
    for place, measure in enumerate(figures.edition.measures):
        column = table.columns.get(measure)
        value = np.nan if column is None else column.values[row]
        state = State.NOT_REPORTED if column is None else column.states[row]
        same = value == figures.values[place] or np.isnan([value, figures.values[place]]).all()
        if not same or state != figures.states[place]:
            return True
    return False


def _observed(figures: _Figures, accounts: Sequence[Account]) -> Iterator[Observed]:
    """Every figure there is, each at the first account that goes into it."""
    for place, measure in enumerate(figures.edition.measures):
        state = State(figures.states[place])
        if state != State.NOT_REPORTED:
            members = np.flatnonzero(figures.weights[place])
            spot = accounts[int(members[0])] if members.size else None
            at = (spot.sheet, spot.cell) if spot else ("", "")
            yield Observed(measure, float(figures.values[place]), state, *at)
