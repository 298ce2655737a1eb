"""Account codes as files write them, matched with the chart of accounts."""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from core.forms.cells.workbook import Cell
from core.forms.trial_balance.accounts import account_sets, chart, weights
from core.forms.trial_balance.additions import NOTHING_ADDED, Addition, Additions
from core.text import thai_digits_to_arabic

_WHOLE: Final = re.compile(r"(\d{10})\.?(\d{3})(\d{0,2})")
_SHORT: Final = re.compile(r"(\d{10})\.(\d{1,2})")
_BARE: Final = re.compile(r"(\d{10})(?:\.0)?")
_SCIENTIFIC: Final = re.compile(r"(\d)(?:\.(\d+))?e\+?0?(?:9|12|14)", re.IGNORECASE)
_TOTAL: Final = ".000"
"""What no account ends in; files write it behind the ten digits they add up."""
_SEPARATOR: Final = re.compile(r"[.\-_/,·]+")
_CLUTTER: Final = str.maketrans("", "", " '\"=\u00a0\u200b\u200c\u200d\ufeff\t\r\n")


class AccountCode(NamedTuple):
    """A code as written: `full` with its sub-account, `account` in the chart, None when in none.

    `is_mended` where digits or the dot had been lost, and only one account can be meant. `is_new`
    where the chart lacks the ending, but all accounts of its ten digits go into the same sets.
    `added` is how it came in where an administrator added it: `account` is its group's pattern.
    """

    full: str
    account: str | None
    is_mended: bool = False
    is_new: bool = False
    added: Addition | None = None


def placed(code: AccountCode, additions: Additions, fiscal_year: int) -> AccountCode:
    """The same, with the group it was added to where the chart has no place for it."""
    if code.account is not None or not additions.rows:
        return code
    added = additions.of(code.full, fiscal_year)
    return code if added is None else code._replace(account=added.pattern, added=added)


def account_in(code: str, fiscal_year: int, additions: Additions = NOTHING_ADDED) -> AccountCode:
    """The account of a stored code, by the chart and by what was added to it."""
    return placed(matched(code), additions, fiscal_year)


def code_of_account(cell: Cell) -> AccountCode:
    """The account of a cell."""
    value = cell.value
    if isinstance(value, float):
        return matched(repr(value).removesuffix(".0"))
    return matched(value if isinstance(value, str) else "")


@lru_cache(8192)
def matched(written: str) -> AccountCode:
    """The account of a code as written; spoiled codes are mended where one account is meant."""
    text = thai_digits_to_arabic(written).translate(_CLUTTER)
    plain = _SEPARATOR.sub(".", text).strip(".")
    if match := _WHOLE.fullmatch(plain):
        return _whole(match[1], match[2], match[3], is_mended="." not in plain)
    meant = _meant(plain, text)
    if len(meant) == 1:
        return AccountCode(meant[0], meant[0], is_mended=True)
    if match := _SHORT.fullmatch(plain):
        # A number loses the zeros it ends in: .100 becomes .1.
        return _whole(match[1], f"{match[2]:0<3}", "", is_mended=True)
    return AccountCode(plain or written.strip(), None)


def _whole(head: str, ending: str, sub_account: str, *, is_mended: bool) -> AccountCode:
    """A code of ten and three digits, with those of its sub-account."""
    account = f"{head}.{ending}"
    full = account + sub_account
    if account in chart().codes:
        return AccountCode(full, account, is_mended)
    if _takes_side_of_group(account, head):
        return AccountCode(full, account, is_mended, is_new=True)
    return AccountCode(full, None)


def _takes_side_of_group(account: str, head: str) -> bool:
    """Whether all accounts of the chart with its ten digits go into the same sets as it would."""
    known = chart().accounts.get(head, ())
    if account.endswith(_TOTAL):
        return False
    return (
        bool(known) and len({_sets_of(f"{head}.{one}") for one in known} | {_sets_of(account)}) == 1
    )


def _sets_of(account: str) -> tuple[tuple[int, ...], ...]:
    return tuple(weights(number, account) for number in range(len(account_sets().editions)))


def _meant(plain: str, text: str) -> list[str]:
    """The accounts of the chart that a spoiled code may be."""
    if match := _BARE.fullmatch(plain):
        return [f"{match[1]}.{ending}" for ending in chart().accounts.get(match[1], ())]
    if match := _SCIENTIFIC.fullmatch(text):
        decimals = len(match[2] or "")
        wanted = float(f"{match[1]}.{match[2] or 0}")
        return [c for c in chart().codes if round(float(c) / 1e9, decimals) == wanted]
    return []
