"""Accounts added to the chart: the group each counts in, and from which fiscal year on."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal, NamedTuple

from pydantic import RootModel

from core.criteria.load import read_model
from core.forms.model.form import TableForm, form_that_holds
from core.forms.trial_balance.accounts import ACCOUNTS_FOLDER, account_sets, chart, weights
from core.text import Text

GROUP: Final = "map.group"
REASON: Final = "map.reason"
_WHOLE: Final = re.compile(r"\d{10}\.\d{3,5}")


class _Groups(RootModel[dict[str, str]]):
    """`data/accounts/groups.yaml`: group -> the account of the chart that is its pattern."""


@cache
def patterns() -> Mapping[str, str]:
    """The account of the chart each group counts as."""
    return read_model(ACCOUNTS_FOLDER / "groups.yaml", _Groups).root


def map_form() -> TableForm:
    """The form added accounts come in."""
    return form_that_holds("account_map")


def group_name(group: str) -> Text:
    """What the form calls a group."""
    choices = next(c.choices for c in map_form().columns if c.measure == GROUP)
    return next(choice.name for choice in choices if choice.id == group)


class Addition(NamedTuple):
    """An account, or the digits some begin with, and the group it counts in from a year on.

    `file` is where it stands, with its cell.
    """

    prefix: str
    group: str
    fiscal_year: int
    reason: str = ""
    file: str = ""
    sheet: str = ""
    cell: str = ""

    @property
    def pattern(self) -> str:
        """The account of the chart it counts as."""
        return patterns()[self.group]

    def takes(self, code: str) -> bool:
        """Whether it is about an account; of its fiscal years nothing is said."""
        return bool(_WHOLE.fullmatch(code)) and code.startswith(self.prefix)


@dataclass(frozen=True)
class Additions:
    """Everything that was added to the chart."""

    rows: tuple[Addition, ...] = ()

    def of(self, code: str, fiscal_year: int) -> Addition | None:
        """What was said last of the longest digits an account begins with; None: not added."""
        additions = (r for r in self.rows if r.fiscal_year <= fiscal_year and r.takes(code))
        return max(additions, key=lambda row: (len(row.prefix), row.fiscal_year), default=None)


NOTHING_ADDED: Final = Additions()
Fault = Literal["W442", "W443", "W444"]
"""Messages: closed in the chart, counted otherwise by the chart, group of another class."""


def fault(prefix: str, group: str) -> Fault | None:
    """Why an account cannot be added to a group; None where it can."""
    pattern = patterns()[group]
    if prefix[0] != pattern[0]:
        return "W444"
    if chart().is_closed(prefix):
        return "W442"
    return "W443" if counted_otherwise(prefix, group) else None


def counted_otherwise(prefix: str, group: str) -> tuple[str, ...]:
    """Accounts of the chart that begin with these digits and count in other figures."""
    wanted = _counts(patterns()[group])
    others = (code for code in chart().codes if code.startswith(prefix))
    return tuple(sorted(code for code in others if _counts(code) != wanted))


def _counts(code: str) -> tuple[tuple[int, ...], ...]:
    return tuple(weights(number, code) for number in range(len(account_sets().editions)))
