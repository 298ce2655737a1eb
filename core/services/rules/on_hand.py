"""What a store knows that a dropped file is read and scored with."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from core.forms.table.row_keys import Register
from core.forms.trial_balance.additions import NOTHING_ADDED, Additions
from core.periods import Period
from core.services.rules.peer_values import NOTHING_PUBLISHED, Published

Groups = Callable[[str, Period], str | None]
"""The hospital group of a facility, by hcode, in a month; None when it is not known."""


@dataclass(frozen=True)
class OnHand:
    """What is on hand beside a file.

    `known` looks facility codes up in the register; None where any code counts as typed.
    `published` values of hospital groups outrank those computed from a file's own rows. `group`
    is the hospital group a facility of the register had in a month; None where nobody knows.
    `additions` are accounts the chart lacks.
    """

    known: Register | None = None
    published: Published = NOTHING_PUBLISHED
    group: Groups | None = None
    additions: Additions = NOTHING_ADDED


NOTHING: Final = OnHand()
