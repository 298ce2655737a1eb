"""Support between the hospitals of an area: what their books say of it, beside their levels."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine

from core.access.roles import Action
from core.areas import COUNTRY, parse_area
from core.errors import UsageError
from core.periods import Period
from core.services.books.support import Standing, standings, support
from core.services.books.support_text import support_json, support_lines
from core.services.geography.country import Place
from core.services.guard.doors import door
from core.services.overview.month import month
from core.text import Text


@dataclass(frozen=True)
class AreaSupport:
    """The hospitals of an area, those who received most first, those without books last."""

    area: Place
    period: Period
    rows: tuple[Standing, ...]
    names: Mapping[str, Text]

    def as_json(self) -> Any:
        """As data for programs."""
        return support_json(self.area.code, self.period, self.rows, self.names)

    def lines(self) -> Iterator[Text]:
        """A line for each hospital with books."""
        return support_lines(self.area.name, self.period, self.rows, self.names)


@door(Action.READ, "area")
def area_support(engine: Engine, area: str, period: Period) -> AreaSupport:
    """What the hospitals of an area received and gave up to a month.

    `UsageError` U006 for a code of no shape, U078 for one the register does not know.
    """
    whole = month(engine, period)
    code = parse_area(area).code
    if code != COUNTRY and code not in whole.areas:
        raise UsageError("U078", subject=area)
    names = {one.hcode: one.place.name for one in whole.inside(code)}
    rows = standings(support(engine, tuple(names), period))
    return AreaSupport(whole.place(code), period, rows, names)
