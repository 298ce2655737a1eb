"""How our blank forms name their cells and themselves.

Every input and result has a workbook-level name, so that inserted rows move nothing:
`truat.<id>` an input, `truat.<id>.numerator` and `.denominator` the figures it may be typed from,
`truat.<id>.unit<n>` a line of the n-th unit of a unit checklist, `truat.weighted.<criterion>`,
`truat.raw.<id>`, `truat.score.<group>` and `truat.spoke.<radar>.<spoke>` the form's own results.
A hidden sheet says which form it is.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, NamedTuple, get_args

from core.forms.cells.workbook import Sheet, Workbook

PREFIX: Final = "truat"
IDENTITY_SHEET: Final = "_truat"

Role = Literal[
    "input", "numerator", "denominator", "unit", "weighted", "raw", "total", "score", "spoke"
]
"""What a named cell holds. `total` is a group's weighted sum, `score` what it comes to."""
_LEADING: Final = ("weighted", "raw", "total", "score", "spoke")
_NAME: Final = re.compile(
    rf"^{PREFIX}\.(?:(?P<lead>{'|'.join(_LEADING)})\.)?(?P<id>[a-z0-9][a-z0-9_.]*?)"
    r"(?:\.(?P<tail>numerator|denominator|unit(?P<unit>[1-9]\d*)))?$",
    re.IGNORECASE,
)


class CellName(NamedTuple):
    """A parsed name. `unit` counts from 1; 0 when the cell belongs to no unit.

    The id of a spoke is the radar's id, a dot and the spoke's own: `star.radar.overall.G`.
    """

    role: Role
    id: str
    unit: int = 0


def cell_name(role: Role, node: str, unit: int = 0) -> str:
    """The workbook name of a cell; `node` is a full rule id, `unit` counts from 1."""
    if role == "unit":
        return f"{PREFIX}.{node}.unit{unit}"
    if role in _LEADING:
        return f"{PREFIX}.{role}.{node}"
    return f"{PREFIX}.{node}" if role == "input" else f"{PREFIX}.{node}.{role}"


@lru_cache(maxsize=4096)  # Files of one form have the same names.
def parse_name(name: str) -> CellName | None:
    """What a workbook name of ours points at; None when it is not ours."""
    match = _NAME.match(name)
    if match is None:
        return None
    lead, tail, unit = match["lead"], match["tail"], match["unit"]
    word = lead or ("unit" if unit else tail) or "input"
    role = next(role for role in get_args(Role) if role == word.casefold())
    return CellName(role, match["id"], int(unit or 0))


@dataclass(frozen=True)
class Identity:
    """What the hidden sheet says of its workbook; empty or None where it says nothing."""

    form: str
    version: int | None = None
    cup: str | None = None
    cup_name: str | None = None
    fiscal_year: int | None = None

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """Keys and values as they stand on the hidden sheet, all as text."""
        values = {key: getattr(self, key) for key in self.__dataclass_fields__}
        return tuple((key, "" if value is None else str(value)) for key, value in values.items())


def read_identity(book: Workbook) -> Identity | None:
    """The identity of a workbook made from our blank form; None when it has none.

    A value that was tampered with counts as absent.
    """
    sheet = book.sheet(IDENTITY_SHEET)
    if sheet is None:
        return None
    pairs = _pairs(sheet)
    if not pairs.get("form"):
        return None
    return Identity(
        form=pairs["form"],
        version=_whole(pairs.get("version")),
        cup=pairs.get("cup") or None,
        cup_name=pairs.get("cup_name") or None,
        fiscal_year=_whole(pairs.get("fiscal_year")),
    )


def _pairs(sheet: Sheet) -> Mapping[str, str]:
    pairs: dict[str, str] = {}
    for cells in sheet.rows.values():
        key, value = (_text(cells[column].value) if column in cells else "" for column in (1, 2))
        if key:
            pairs.setdefault(key, value)
    return pairs


def _text(value: float | str | bool | None) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None
