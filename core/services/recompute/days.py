"""Periods in days of stored books: they are of several months, and change with any of them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import numpy as np
from sqlalchemy.orm import Session

from core.forms.trial_balance.additions import Additions
from core.forms.trial_balance.codes import account_in
from core.forms.trial_balance.header import FORM
from core.forms.trial_balance.ratios import Balances, RatioValue, ratio_tables, ratios_of
from core.periods import Period
from core.scoring.base.states import State
from core.services.rules.account_map import additions_in
from core.store.uploads.accounts import Account, accounts_of
from core.store.uploads.observations import Observed, replace_observations
from core.store.uploads.observed_table import ObservedTable, observed_table
from core.store.uploads.submissions import Key

MEASURES: Final = tuple(one.measure for one in ratio_tables().ratios if one.measure)
_LAST: Final = 12
_FLOWS: Final = ("4", "5")
_SAME: Final = 1e-9


def renew_days(session: Session, changed: Iterable[Key]) -> set[Key]:
    """Compute the periods in days anew that depend on changed books; the keys that differ now.

    A month counts in all later ones of its fiscal year, the last one also in the next year.
    """
    years: dict[int, set[str]] = defaultdict(set)
    for hcode, period in changed:
        years[period.fiscal_year].add(hcode)
        if period.number == _LAST:
            years[period.fiscal_year + 1].add(hcode)
    additions = additions_in(session)
    return {
        key for year, hcodes in years.items() for key in _renewed(session, year, hcodes, additions)
    }


def _renewed(session: Session, year: int, hcodes: set[str], additions: Additions) -> Iterator[Key]:
    """The hospitals' months of one fiscal year whose periods in days are others now."""
    months = [Period(year, "M", number) for number in range(1, _LAST + 1)]
    before = Period(year - 1, "M", _LAST)
    table = observed_table(
        session, FORM, periods={before, *months}, subjects=hcodes, measures=MEASURES
    )
    held = accounts_of(session, table.submissions.tolist())
    for hcode, rows in _by_hospital(table).items():
        books = {table.periods[row]: held.get(int(table.submissions[row]), []) for row in rows}
        ratios = ratios_of(
            {when: _balances(accounts, when, additions) for when, accounts in books.items()},
            closed=[period for period, accounts in books.items() if is_closed(period, accounts)],
        )
        for row in rows:
            period = table.periods[row]
            if period != before and _differs(table, row, ratios[period]):
                number = int(table.submissions[row])
                new = list(_observed(ratios[period], books[period], period, additions))
                replace_observations(session, number, MEASURES, new)
                yield hcode, period


def _by_hospital(table: ObservedTable) -> Mapping[str, Sequence[int]]:
    rows: dict[str, list[int]] = defaultdict(list)
    for row, hcode in enumerate(table.subjects):
        rows[hcode].append(row)
    return rows


def _balances(accounts: Sequence[Account], period: Period, additions: Additions) -> Balances:
    """Accounts the chart knows; the balance of one that stands twice is not known."""
    times = Counter(one.code for one in accounts)
    year = period.fiscal_year
    placed = ((one, account_in(one.code, year, additions).account) for one in accounts)
    known = [(one, account) for one, account in placed if account is not None]
    carried = [one.carried if times[one.code] == 1 else np.nan for one, _ in known]
    credit = [one.credit for one, _ in known]
    codes = [account for _, account in known]
    return Balances(codes, np.array(carried, dtype=float), np.array(credit, dtype=float))


def is_closed(period: Period, accounts: Sequence[Account]) -> bool:
    """Whether income and expense were closed to zero, as month 12 is after closing."""
    flows = [one.carried for one in accounts if one.code[:1] in _FLOWS]
    return period.number == _LAST and bool(flows) and not any(flows)


def _differs(table: ObservedTable, row: int, ratios: Sequence[RatioValue]) -> bool:
    values = {one.ratio.measure: one.value for one in ratios}
    for measure in MEASURES:
        column = table.columns.get(measure)
        stored = np.nan if column is None else column.values[row]
        if not np.isclose(stored, values[measure], rtol=_SAME, atol=_SAME, equal_nan=True):
            return True
    return False


def _observed(
    ratios: Sequence[RatioValue], accounts: Sequence[Account], period: Period, additions: Additions
) -> Iterator[Observed]:
    """The periods that are known, each at the first account above its line."""
    year = period.fiscal_year
    for ratio, _x, _y, value in ratios:
        if ratio.measure and not np.isnan(value):
            item = ratio_tables().items[ratio.x]
            codes = ((one, account_in(one.code, year, additions).account) for one in accounts)
            spot = next((one for one, code in codes if code and item.weight(code)), None)
            place = (spot.sheet, spot.cell) if spot else ("", "")
            yield Observed(ratio.measure, value, State.REPORTED, *place)
