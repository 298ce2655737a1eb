"""Months whose amounts are not those of their accounts: columns, rows or sides in wrong places."""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from functools import cache
from typing import Any, Final

import numpy as np

from core.forms.model.issues import CellIssue
from core.forms.model.values import plain
from core.forms.table.keys import shown
from core.forms.trial_balance.accounts import chart
from core.forms.trial_balance.lines import AccountLines, is_mostly_twice
from core.scoring.base.inputs import BoolArray
from core.text import Text, fold, say

_NAME: Final = "account_name"
_BROUGHT, _MONTH, _CARRIED = slice(0, 2), slice(2, 4), slice(4, 6)
_ASSETS, _LIABILITIES, _REVENUE, _EXPENSE = 1, 2, 4, 5
_SAMPLE, _LONG_SAMPLE = 60, 12
"""Lines whose names are read of a month; fewer in long text files, whose cells cost more."""
_FEWEST: Final = 6
"""Lines below which a majority says nothing."""
_ROWS_MOVED: Final = (1, -1, 2, -2)
"""By how many rows amounts are tried, down and up."""
_MANY_WRONG, _FEWER = 16, 3
"""Balances on the wrong side from which on rows may have moved, and by what their number must fall.

Of 47 real months none has more than 14, and none has fewer with its rows moved."""
_NOISE, _NOISE_OF = 1e-3, 1e-10
"""What a float may be off a whole satang: in satang, and by its size."""


def misplaced(lines: AccountLines, whose: str) -> CellIssue | None:
    """Why nothing can be computed of a hospital's month, at a cell; None where all can.

    By majorities alone: most accounts stand twice, most lines do not follow, most names are of
    other accounts, most accounts and most of the money are unknown, most amounts of a class are
    finer than satang; or assets or liabilities as a whole stand on the wrong side; or amounts some
    rows from their accounts.
    """
    checks: tuple[Callable[[AccountLines, str], CellIssue | None], ...]
    checks = (
        *(_mostly_twice, _mostly_unknown, _exchanged, _columns),
        *(_on_wrong_side, _names, _rows_moved, _finer_than_satang),
    )
    return next((issue for check in checks if (issue := check(lines, whose))), None)


def _sums(lines: AccountLines) -> list[float]:
    """Debit − credit carried forward of each class of the chart; 0 of what is in none."""
    weights = np.nan_to_num(lines.carried)
    sums: list[float] = np.bincount(
        lines.known.classes[lines.codes], weights=weights, minlength=6
    ).tolist()
    return sums


def _exchanged(lines: AccountLines, whose: str) -> CellIssue | None:
    """Debit and credit stand in each other's columns: all classes on the wrong side."""
    sums = _sums(lines)
    is_turned = sums[_ASSETS] < 0 and sums[_LIABILITIES] > 0
    is_all = is_turned and sums[_REVENUE] >= 0 and sums[_EXPENSE] <= 0
    return lines.issue(0, "W448", whose) if is_all else None


def _on_wrong_side(lines: AccountLines, whose: str) -> CellIssue | None:
    """Assets or liabilities as a whole are on the wrong side, as no balances of a month end are."""
    sums = _sums(lines)
    kinds: list[tuple[bool, Text]] = [
        (sums[_ASSETS] < 0, say("assets on the credit side")),
        (sums[_LIABILITIES] > 0, say("liabilities on the debit side")),
    ]
    wrong = [kind for is_wrong, kind in kinds if is_wrong]
    return lines.issue(0, "W439", whose, kind=wrong[0]) if wrong else None


def _columns(lines: AccountLines, whose: str) -> CellIssue | None:
    """Most balances do not follow from those brought forward, and the columns tell why.

    Read the other way round they do, or debits and credits do not agree either.
    """
    amounts = lines.amounts
    if not (lines.brought.any() and lines.movement.any()):
        return None
    used: BoolArray = (np.nan_to_num(amounts) != 0).any(axis=1)
    follows = lines.brought + lines.movement - lines.carried
    back = lines.carried + lines.movement - lines.brought
    wrong, wrong_back = (np.abs(one) > lines.tolerance_of_one() for one in (follows, back))
    if not _most(wrong & used, used):
        return None
    debit, credit = np.nansum(amounts[:, _CARRIED], axis=0).tolist()
    is_balanced = abs(debit - credit) <= lines.tolerance()
    if is_balanced and _most(wrong_back & used, used):
        return None
    first = int(np.flatnonzero(wrong)[0])
    return lines.issue(first, "W435", whose, lines=int(wrong.sum()), all=int(used.sum()))


def _most(some: BoolArray, of: BoolArray) -> bool:
    return int(some.sum()) * 2 > int(of.sum())


def _rows_moved(lines: AccountLines, whose: str) -> CellIssue | None:
    """Amounts stand one or two rows from their accounts, from a row on or throughout.

    Balances say so: many are on the side their account never has, and nearly none is where the
    amounts are read that many rows further up or down. Accounts that lower others stand among those
    they lower, so that one row is enough to tell.
    """
    sides = lines.known.sides[lines.codes]
    carried = np.nan_to_num(lines.carried)
    signs = np.where(np.abs(carried) > lines.tolerance_of_one(), np.sign(carried), 0)
    is_wrong = signs * sides < 0
    wrong = int(is_wrong.sum())
    if wrong < _MANY_WRONG:
        return None
    as_is = np.concatenate(([0], np.cumsum(is_wrong)))
    tries = []
    for rows in _ROWS_MOVED:
        moved = np.concatenate(([0], np.cumsum(np.roll(signs, -rows) * sides < 0)))
        left = as_is + moved[-1] - moved
        tries.append((int(left.min()), int(left.argmin()), rows))
    left_over, first, rows = min(tries)
    if left_over * _FEWER > wrong:
        return None
    where = say("down") if rows > 0 else say("up")
    params: dict[str, Any] = {"facility": whose, "rows": abs(rows), "where": where}
    params["left"] = left_over
    return lines.issue(min(first, len(lines) - 1), "W494", str(wrong), **params)


def _names(lines: AccountLines, whose: str) -> CellIssue | None:
    """Most names are those of other accounts than the codes beside them."""
    rows = [line for line in _sampled(lines) if _NAME in lines.header(line).columns]
    owned = [(line, owners) for line in rows if (owners := _titles().get(_name(lines, line)))]
    wrong = [line for line, owners in owned if lines.code(line).account not in owners]
    if len(owned) < _FEWEST or len(wrong) * 2 <= len(owned):
        return None
    first = wrong[0]
    account = lines.code(first)
    heading = shown(lines.header(first).cell(int(lines.rows[first]), _NAME))
    title = chart().title(account.full)
    return lines.issue(first, "W436", heading, title, account=account.full, facility=whose)


def _sampled(lines: AccountLines) -> list[int]:
    known = np.flatnonzero(lines.is_known)
    most = _LONG_SAMPLE if lines.header(0).sheet.in_columns else _SAMPLE
    chosen = np.linspace(0, len(known) - 1, min(len(known), most)).astype(np.int64)
    return np.unique(known[chosen]).tolist() if len(known) else []


def _name(lines: AccountLines, line: int) -> str:
    return fold(shown(lines.header(line).cell(int(lines.rows[line]), _NAME)))


@cache
def _titles() -> Mapping[str, AbstractSet[str]]:
    """The accounts of the chart that bear each title, in comparing form."""
    owners: dict[str, set[str]] = {}
    for code, title in chart().titles.items():
        owners.setdefault(fold(title), set()).add(code)
    return owners


def _finer_than_satang(lines: AccountLines, whose: str) -> CellIssue | None:
    """Most amounts of a class are no whole satang, so they are not in baht."""
    satang = np.nan_to_num(lines.size) * 100
    is_fine: BoolArray = np.abs(satang - np.round(satang)) > np.maximum(_NOISE, satang * _NOISE_OF)
    classes = lines.known.classes[lines.codes]
    for number in range(1, 6):
        is_of: BoolArray = (classes == number) & (satang > 0)
        if is_of.sum() >= _FEWEST and _most(is_fine & is_of, is_of):
            first = int(np.flatnonzero(is_fine & is_of)[0])
            amount = plain(float(lines.size[first]))
            count = int((is_fine & is_of).sum())
            return lines.issue(first, "W492", amount, lines=count, facility=whose)
    return None


def _mostly_twice(lines: AccountLines, whose: str) -> CellIssue | None:
    """Most accounts stand twice: two months, or two hospitals, under one name."""
    if not is_mostly_twice(lines):
        return None
    first = int(np.flatnonzero(lines.again)[0])
    there = lines.spot(lines.first_of(first)).place.name
    count = int(lines.again.sum())
    params = {"facility": whose, "lines": count, "all": len(lines)}
    return lines.issue(first, "W379", lines.code(first).full, there, **params)


def _mostly_unknown(lines: AccountLines, whose: str) -> CellIssue | None:
    """Most accounts and most of the money are of codes the chart lacks."""
    is_unknown: BoolArray = ~lines.is_known
    sizes = np.nan_to_num(lines.size)
    unknown, total = float(sizes[is_unknown].sum()), float(sizes.sum())
    if unknown * 2 <= total or not _most(is_unknown, np.ones_like(is_unknown)):
        return None
    first = int(np.flatnonzero(is_unknown)[0])
    share = f"{100 * (total - unknown) / total:.2f}"
    return lines.issue(first, "W437", lines.code(first).full or "-", share=share, facility=whose)
