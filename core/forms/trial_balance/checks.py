"""Holds the lines of trial balances against one another."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from core.forms.model.issues import CellIssue
from core.forms.trial_balance.header import CARRIED
from core.forms.trial_balance.lines import AccountLine, Key, money
from core.periods import month_at, month_text

_HALF_BAHT: Final = 0.5
_SATANG: Final = 0.01
_MOVED: Final = ("brought_debit", "month_debit")

Balances = Mapping[Key, Sequence[AccountLine]]
"""The lines of each hospital and month."""


def balance_issues(balances: Balances) -> Iterator[CellIssue]:
    """What does not add up in the trial balances of one file, each at a cell."""
    for key, lines in balances.items():
        yield from _sides(key, lines)
        yield from _movements(lines)
        yield from _unmatched(lines)
        yield from _mended(lines)
    yield from _brought_forward(balances)


def repeated(lines: Sequence[AccountLine]) -> list[AccountLine]:
    """The lines whose account, with its sub-account, an earlier line of the month has."""
    seen: set[str] = set()
    again = []
    for line in lines:
        if line.code.full in seen:
            again.append(line)
        seen.add(line.code.full)
    return again


def repeated_issues(balances: Balances) -> Iterator[CellIssue]:
    """An error for each account that stands twice in a month of a hospital."""
    for lines in balances.values():
        first = {line.code.full: line for line in reversed(lines)}
        for line in repeated(lines):
            there = first[line.code.full]
            cell = there.header.spot(there.row, there.header.columns["account_code"]).place.name
            yield line.issue("W382", line.code.full, cell)


def _tolerance(lines: Sequence[AccountLine]) -> float:
    """By how much sums may be off: half a baht a line where amounts were rounded to whole baht."""
    is_whole = all(float(amount).is_integer() for line in lines for amount in line.amounts)
    return _HALF_BAHT * len(lines) if is_whole else _SATANG


def _sides(key: Key, lines: Sequence[AccountLine]) -> Iterator[CellIssue]:
    debit, credit = (sum(line.amounts[place] for line in lines) for place in (4, 5))
    if abs(debit - credit) > _tolerance(lines):
        params = {"facility": key[0] or "", "period": month_text(key[1]) if key[1] else ""}
        yield lines[0].issue("W380", money(debit), money(credit), **params)


def _movements(lines: Sequence[AccountLine]) -> Iterator[CellIssue]:
    """Lines whose balance does not follow from the one brought forward and the month's movement."""
    if not {*_MOVED} <= lines[0].header.columns.keys():
        return
    if not any(line.brought or line.movement for line in lines):
        # A month of balances alone, such as last year's end beside the months of this one.
        return
    tolerance = max(_tolerance(lines[:1]) * 3, _SATANG)
    wrong = [line for line in lines if abs(line.brought + line.movement - line.carried) > tolerance]
    if wrong:
        first = wrong[0]
        issue = first.issue("W381", money(first.carried), money(first.brought + first.movement))
        spot = first.header.spot(first.row, first.header.columns[CARRIED[0]])
        yield replace(issue, cell=spot.place.name, params={"lines": len(wrong)})


def _unmatched(lines: Sequence[AccountLine]) -> Iterator[CellIssue]:
    for line in lines:
        if line.code.account is None:
            yield line.issue("W383", line.code.full or "?", money(line.carried))


def _mended(lines: Sequence[AccountLine]) -> Iterator[CellIssue]:
    """Once a month of a hospital: codes that were mended, new in their group, or added."""
    for code, chosen in (
        ("W385", [line for line in lines if line.code.is_mended]),
        ("W393", [line for line in lines if line.code.is_new]),
        ("W441", [line for line in lines if line.code.added]),
    ):
        if chosen:
            yield chosen[0].issue(code, chosen[0].code.full, lines=len(chosen))


def _brought_forward(balances: Balances) -> Iterator[CellIssue]:
    """Balances that are not those of the month before, where the file has both months.

    October brings forward no income and expense, which the year before has closed.
    """
    carried = {key: _by_account(lines) for key, lines in balances.items()}
    for (hcode, period), lines in balances.items():
        before = carried.get((hcode, month_at(period.ordinal - 1))) if period and hcode else None
        if before is None or "brought_debit" not in lines[0].header.columns:
            continue
        tolerance = max(_tolerance(lines[:1]) * 3, _SATANG)
        wrong = [
            line
            for line in lines
            if line.code.account
            and (line.code.full[0] in "12")
            and abs(line.brought - before.get(line.code.full, 0.0)) > tolerance
        ]
        if wrong:
            first = wrong[0]
            expected = money(before.get(first.code.full, 0.0))
            yield first.issue("W384", money(first.brought), expected, lines=len(wrong))


def _by_account(lines: Sequence[AccountLine]) -> Mapping[str, float]:
    amounts: dict[str, float] = defaultdict(float)
    for line in lines:
        amounts[line.code.full] += line.carried
    return amounts
