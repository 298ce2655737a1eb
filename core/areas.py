"""Areas by their codes: `TH`, `R03`, `P61`, `D6101`, and a facility by its hcode.

A facility whose code of 9 digits the register does not know goes by that. A district's code begins
with its province's, as the ministry of the interior numbers them; which region a province belongs
to, and which district a facility, only the register knows.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Final

from core.errors import UsageError
from core.text import thai_digits_to_arabic

COUNTRY: Final = "TH"
_SHORT: Final = 16
"""Characters of a text that may be a code: longer ones are not kept in memory."""


class Level(IntEnum):
    """How far down an area lies."""

    COUNTRY = 0
    REGION = 1
    PROVINCE = 2
    DISTRICT = 3
    FACILITY = 4


_SHAPES: Final[Mapping[Level, re.Pattern[str]]] = {
    Level.COUNTRY: re.compile("TH"),
    Level.REGION: re.compile("R(?:0[1-9]|1[0-3])"),
    Level.PROVINCE: re.compile("P[1-9][0-9]"),
    Level.DISTRICT: re.compile("D[1-9][0-9]{3}"),
    Level.FACILITY: re.compile("[0-9]{5}(?:[0-9]{4})?"),
}


@dataclass(frozen=True, slots=True, order=True)
class Area:
    """The country, a health region, province, district (CUP) or facility; written as its code."""

    level: Level
    code: str

    def __str__(self) -> str:
        return self.code

    @property
    def province(self) -> str | None:
        """The province of a province or district; None where only the register knows it."""
        if self.level in (Level.PROVINCE, Level.DISTRICT):
            return f"P{self.code[1:3]}"
        return None


def parse_area(text: str) -> Area:
    """The area a code names, Thai digits and small letters welcome; `UsageError` U006 for none.

    Only the shape is looked at: whether there is such a district the register knows.
    """
    return _parsed(text) if len(text) <= _SHORT else _parsed.__wrapped__(text)


@lru_cache(maxsize=16_384)  # A view of a page asks for the same few hundred over and over.
def _parsed(text: str) -> Area:
    code = thai_digits_to_arabic(text).strip().upper()
    for level, shape in _SHAPES.items():
        if shape.fullmatch(code):
            return Area(level, code)
    raise UsageError("U006", area=text)


def is_district(code: str) -> bool:
    """Whether a code is of the shape of a district's."""
    return _SHAPES[Level.DISTRICT].fullmatch(code) is not None


def chain(code: str, parents: Mapping[str, str]) -> tuple[str, ...]:
    """An area and all above it, the country first: what a breadcrumb shows.

    `parents` holds the area each lies in, as the register knows it; a district's province is known
    by its code where the register is silent, and one with no known parent hangs on the country.
    """
    codes = [code]
    while codes[-1] != COUNTRY:
        area = parse_area(codes[-1])
        province = area.province if area.level is Level.DISTRICT else None
        codes.append(parents.get(area.code) or province or COUNTRY)
    return tuple(reversed(codes))
