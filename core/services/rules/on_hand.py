"""What a store knows that a dropped file is read and scored with."""

from dataclasses import dataclass
from typing import Final

from core.forms.table.row_keys import Register
from core.services.rules.peer_values import NOTHING_PUBLISHED, Published


@dataclass(frozen=True)
class OnHand:
    """What is on hand beside a file.

    `known` looks facility codes up in the register; None where any code counts as typed.
    `published` values of hospital groups outrank those computed from a file's own rows.
    """

    known: Register | None = None
    published: Published = NOTHING_PUBLISHED


NOTHING: Final = OnHand()
