"""What is put right of lines as they were read: totals among them, credits written as negatives."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from core.forms.model.issues import CellIssue
from core.forms.table.issue_list import IssueList
from core.forms.trial_balance.accounts import ACCOUNT_LETTERS
from core.forms.trial_balance.lines import AccountLines, LinesByKey
from core.scoring.base.derived import IntArray
from core.scoring.base.inputs import BoolArray

_CREDITS: Final = (1, 3, 5)
_HEAD: Final = 10
"""Digits of an account without its ending."""


def tidied(balances: LinesByKey, issues: IssueList) -> LinesByKey:
    """The same without totals, every credit as a positive amount; each is told once a month."""
    return {key: _tidied(lines, issues) for key, lines in balances.items()}


def _tidied(lines: AccountLines, issues: IssueList) -> AccountLines:
    totals = np.fromiter(_totals(lines), dtype=np.int64)
    if totals.size and totals.size < len(lines):
        issues.add(_stated_totals(lines, totals))
        lines = lines.take(np.setdiff1d(np.arange(len(lines)), totals))
    if _is_signed(lines):
        issues.add(lines.issue(0, "W449", "", lines=int((lines.amounts[:, 5] < 0).sum())))
        lines = lines.with_amounts(np.abs(lines.amounts), _CREDITS)
    return lines


def _stated_totals(lines: AccountLines, totals: IntArray) -> CellIssue:
    first = int(totals[0])
    return lines.issue(first, "W491", lines.code(first).full or "-", lines=int(totals.size))


def _totals(lines: AccountLines) -> Iterator[int]:
    """Lines whose amounts are what all lines of accounts below their code come to."""
    yield from _sums_of_sub_accounts(lines)
    unknown = np.flatnonzero(~lines.is_known).tolist()
    if not unknown:
        return
    full = np.array([code.full for code in lines.known.codes])[lines.codes]
    amounts = np.nan_to_num(lines.amounts)
    for line in unknown:
        for digits in _heads(lines.code(line).full):
            below = lines.is_known & np.char.startswith(full, digits)
            if below.sum() >= _fewest(digits) and _adds_up(
                amounts[line], amounts[below].sum(axis=0)
            ):
                yield line
                break


def _sums_of_sub_accounts(lines: AccountLines) -> Iterator[int]:
    """Accounts that stand beside their own sub-accounts and are what these come to."""
    is_sub = lines.known.is_sub_account
    if not is_sub[lines.codes].any():
        return
    subs: dict[str, list[int]] = {}
    for line in np.flatnonzero(is_sub[lines.codes]).tolist():
        subs.setdefault(lines.code(line).full[:ACCOUNT_LETTERS], []).append(line)
    amounts = np.nan_to_num(lines.amounts)
    for line in np.flatnonzero(lines.is_known & ~is_sub[lines.codes]).tolist():
        below = subs.get(lines.code(line).full)
        if below and _adds_up(amounts[line], amounts[below].sum(axis=0)):
            yield line


def _fewest(digits: str) -> int:
    """Lines that a line must add up to be a total: one below the ten digits of its own account."""
    return 1 if len(digits) == _HEAD else 2


def _heads(code: str) -> tuple[str, ...]:
    """The digits a total's accounts begin with: its own without the zeros it ends in, or any."""
    digits = code.partition(".")[0]
    if not digits.isdigit():
        return ("",)
    return (digits, digits.rstrip("0"), "") if len(digits) == _HEAD else (digits.rstrip("0"), "")


def _adds_up(total: np.ndarray, parts: np.ndarray) -> bool:
    return bool(parts[4:].any()) and bool(np.allclose(total, parts, rtol=0, atol=0.01))


def _is_signed(lines: AccountLines) -> bool:
    """Whether credits are negative throughout: debits and credits then come to nothing together."""
    debit, credit = lines.amounts[:, 4], lines.amounts[:, 5]
    is_negative: BoolArray = (credit <= 0) | np.isnan(credit)
    if not is_negative.all() or not (credit < 0).any() or not (debit > 0).any():
        return False
    return bool(abs(np.nansum(debit) + np.nansum(credit)) <= lines.tolerance())
