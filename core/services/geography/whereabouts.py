"""Where facilities and areas lay in a period: what they are called, and what they lie in."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from core.areas import COUNTRY, Level, chain, parse_area
from core.periods import Period
from core.store.register.repository import areas, facilities
from core.text import Text, say


@dataclass(frozen=True)
class Whereabouts:
    """Names and the area above of everything the register knew in a period, by code."""

    names: Mapping[str, Text]
    parents: Mapping[str, str]
    _chains: dict[str, tuple[str, ...]] = field(default_factory=dict, compare=False, repr=False)

    def name(self, code: str) -> Text:
        """What a facility or an area is called; the code of one nobody knows."""
        return self.names.get(code, Text(code, code))

    def chain(self, code: str) -> tuple[str, ...]:
        """The areas from the country down to it."""
        if code not in self._chains:
            self._chains[code] = chain(code, self.parents)
        return self._chains[code]

    def is_in(self, code: str, area: str) -> bool:
        """Whether it lies in an area, or is it."""
        return area in self.chain(code)

    def part_of(self, code: str, level: Level) -> str | None:
        """The area of a level it lies in; None where nobody knows."""
        return next((one for one in self.chain(code) if parse_area(one).level is level), None)


def whereabouts(session: Session, period: Period) -> Whereabouts:
    """Where everything lay in a period."""
    above = areas(session).values()
    known = facilities(session, at=period.month)
    names = {COUNTRY: say("Thailand")}
    names |= {one.code: Text(one.name_th, one.name_en) for one in above}
    names |= {one.hcode: Text(one.name_th, one.name_en) for one in known}
    parents = {one.code: one.parent for one in above} | {one.hcode: one.district for one in known}
    return Whereabouts(names, parents)
