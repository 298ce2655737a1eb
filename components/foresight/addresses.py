"""What the address of the page of foresight says: the change that is simulated."""

from collections.abc import Mapping, Sequence
from typing import Final

from components.reader.filters import AMONG, SET
from components.reader.query import query
from core.foresight.levers import levers
from core.services.foresight.whatif.area import GROUPS, Group
from core.services.foresight.whatif.change import DAYS

PAGE: Final = "foresight"
_BETWEEN: Final = "~"


def written(amounts: Mapping[str, float]) -> str:
    """Amounts of levers and days as one parameter; what is 0 is left out."""
    return _BETWEEN.join(f"{name}:{amount:.0f}" for name, amount in amounts.items() if amount)


def changes_in_address() -> dict[str, float]:
    """The amounts and days the address asks for; what cannot be read is left out."""
    changes: dict[str, float] = {}
    for word in query().get(SET, "").split(_BETWEEN):
        name, _, number = word.partition(":")
        digits = number.removeprefix("-")
        if digits.isdecimal() and digits.isascii() and name in {*levers(), *DAYS}:
            changes[name] = float(number)
    return changes


def money_and_days(wanted: Mapping[str, float]) -> tuple[dict[str, float], dict[str, float]]:
    """What the address asks for as amounts of levers and as days."""
    money = {name: amount for name, amount in wanted.items() if name in levers() and amount > 0}
    return money, {name: amount for name, amount in wanted.items() if name in DAYS}


def movers() -> Group | tuple[str, ...]:
    """Which hospitals of an area move money: a group, or those named; in crisis by default."""
    given = query().get(AMONG, GROUPS[0])
    return next((one for one in GROUPS if one == given), tuple(given.split(_BETWEEN)))


def hospitals_parameter(hospitals: Sequence[str]) -> str:
    """Hospitals as one parameter."""
    return _BETWEEN.join(hospitals)


def baht_of(text: str) -> int | None:
    """Whole baht as people type them, in Thai or other digits; None for what is no amount."""
    digits = text.strip().replace(",", "").replace(" ", "")
    return int(digits or 0) if not digits or digits.isdecimal() else None
