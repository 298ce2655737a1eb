"""Holds the lines of trial balances against one another."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import numpy as np

from core.forms.model.issues import CellIssue
from core.forms.trial_balance.accounts import chart
from core.forms.trial_balance.header import CARRIED
from core.forms.trial_balance.lines import AccountLines, Key, LinesByKey, is_mostly_twice, money
from core.periods import month_at, month_text
from core.scoring.base.inputs import BoolArray

_MOVED: Final = ("brought_debit", "month_debit")


def balance_issues(balances: LinesByKey) -> Iterator[CellIssue]:
    """What does not add up in the trial balances of one file, each at a cell."""
    for key, lines in balances.items():
        yield from _sides(key, lines)
        yield from _movements(lines)
        yield from _unmatched(lines)
        yield from _sides_of_accounts(lines)
        yield from _mended(lines)
    yield from _brought_forward(balances)
    yield from _gone(balances)


def repeated_issues(balances: LinesByKey) -> Iterator[CellIssue]:
    """An error for each account that stands twice in a month of a hospital.

    Where most of them do, the month as a whole is refused by `misplaced`.
    """
    for lines in balances.values():
        if is_mostly_twice(lines):
            continue
        for line in np.flatnonzero(lines.again).tolist():
            there = lines.spot(lines.first_of(line)).place.name
            yield lines.issue(line, "W382", lines.code(line).full, there)


def _sides(key: Key, lines: AccountLines) -> Iterator[CellIssue]:
    debit, credit = lines.amounts[:, 4:].sum(axis=0).tolist()
    if abs(debit - credit) > lines.tolerance():
        params = {"facility": key[0] or "", "period": month_text(key[1]) if key[1] else ""}
        yield lines.issue(0, "W380", money(debit), money(credit), **params)


def _movements(lines: AccountLines) -> Iterator[CellIssue]:
    """Lines whose balance does not follow from the one brought forward and the month's movement."""
    if not {*_MOVED} <= lines.header(0).columns.keys():
        return
    if not (lines.brought.any() or lines.movement.any()):
        # A month of balances alone, such as last year's end beside the months of this one.
        return
    follows = lines.brought + lines.movement
    wrong = np.flatnonzero(np.abs(follows - lines.carried) > lines.tolerance_of_one()).tolist()
    if wrong:
        first = wrong[0]
        issue = lines.issue(first, "W381", money(lines.carried[first]), money(follows[first]))
        spot = lines.spot(first, CARRIED[0])
        yield replace(issue, cell=spot.place.name, params={"lines": len(wrong)})


def _unmatched(lines: AccountLines) -> Iterator[CellIssue]:
    for line in np.flatnonzero(~lines.is_known).tolist():
        yield lines.issue(line, "W383", lines.code(line).full or "?", money(lines.carried[line]))


def _sides_of_accounts(lines: AccountLines) -> Iterator[CellIssue]:
    """Accounts whose balance is on the side opposite to their kind, once a month of a hospital.

    Those that lower others, as allowances do, are on the other side by nature.
    """
    natural = lines.known.natural_sides[lines.codes]
    wrong = np.flatnonzero(lines.carried * natural < -lines.tolerance_of_one()).tolist()
    if wrong:
        first = wrong[0]
        code, amount = lines.code(first).full, money(lines.carried[first])
        title = chart().title(code)
        yield lines.issue(
            first, "W438", code, title=title, amount=amount, lines=len(wrong), all=len(lines)
        )


def _mended(lines: AccountLines) -> Iterator[CellIssue]:
    """Once a month of a hospital: codes that were mended, new in their group, or added."""
    for code, amount in (
        ("W385", lines.known.is_mended),
        ("W393", lines.known.is_new),
        ("W441", lines.known.is_added),
    ):
        if amount.any() and (chosen := np.flatnonzero(amount[lines.codes]).tolist()):
            yield lines.issue(chosen[0], code, lines.code(chosen[0]).full, lines=len(chosen))


def _brought_forward(balances: LinesByKey) -> Iterator[CellIssue]:
    """Balances that are not those of the month before, where the file has both months.

    October brings forward no income and expense, which the year before has closed.
    """
    for (hcode, period), lines in balances.items():
        before = balances.get((hcode, month_at(period.ordinal - 1))) if period and hcode else None
        if before is None or "brought_debit" not in lines.header(0).columns:
            continue
        expected = lines.of_account(before.by_account())
        is_held: BoolArray = lines.is_known & lines.known.is_balance[lines.codes]
        differs = np.abs(lines.brought - expected) > lines.tolerance_of_one()
        wrong = np.flatnonzero(is_held & differs).tolist()
        if wrong:
            first, count = wrong[0], len(wrong)
            brought, wanted = money(lines.brought[first]), money(expected[first])
            held = int((is_held & ((lines.brought != 0) | (expected != 0))).sum())
            yield lines.issue(first, "W384", brought, wanted, lines=count, all=held)


def _gone(balances: LinesByKey) -> Iterator[CellIssue]:
    """Accounts that the month before carries forward and this one, of the same file, lacks.

    Of income and expense within a fiscal year alone: the year's end closes them.
    """
    for (hcode, period), lines in balances.items():
        before = balances.get((hcode, month_at(period.ordinal - 1))) if period and hcode else None
        if before is None or period is None:
            continue
        goes_on: BoolArray = before.is_known & (np.abs(before.carried) > before.tolerance_of_one())
        if period.number == 1:
            goes_on &= before.known.is_balance[before.codes]
        gone = np.flatnonzero(goes_on & ~before.stands_in(lines))
        if gone.size:
            most = int(gone[np.argmax(np.abs(before.carried[gone]))])
            yield lines.issue(
                0, "W373", before.code(most).full, money(before.carried[most]),
                facility=hcode, period=month_text(period), lines=int(gone.size),
                all=int(goes_on.sum()), title=chart().title(before.code(most).full),
            )  # fmt: skip
