"""The areas that findings are looked at by: the country, regions, provinces, and the one chosen."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Engine

from core.access.roles import Action
from core.areas import COUNTRY, Level, parse_area
from core.errors import UsageError
from core.services.guard.doors import ANYWHERE, door
from core.services.guard.lying import meant, places_for
from core.store.engine.unit_of_work import reading
from core.store.register.repository import areas, facilities, parents
from core.store.register.row import AreaRow
from core.text import Text, say


@dataclass(frozen=True)
class Places:
    """Areas by code, and the facilities' names."""

    areas: Mapping[str, AreaRow]
    facilities: Mapping[str, Text]
    parents: Mapping[str, str]

    def meant(self, address: str) -> str:
        """The area or facility an address means; the country or one's own where it names none.

        `AccessError` A002 for one that may not be read.
        """
        return meant(self._names(address), self.parents)

    def _names(self, address: str) -> str | None:
        try:
            code = parse_area(address).code
        except UsageError:
            return None
        known = code == COUNTRY or code in self.areas or code in self.facilities
        return code if known else None

    def name(self, code: str) -> Text:
        """What an area or a facility is called."""
        if code in self.facilities:
            return self.facilities[code]
        known = self.areas.get(code)
        return Text(known.name_th, known.name_en) if known else say("Thailand")

    def choices(self, chosen: str) -> Mapping[str, Text]:
        """The areas to choose from: the country, regions with their provinces, what lies below.

        Those alone that may be read.
        """
        levels = (Level.REGION, Level.PROVINCE)
        codes = [code for code in self.areas if parse_area(code).level in levels]
        province = _province(chosen) or ""
        below = [code for code in self.areas if self.areas[code].parent == province]
        every = dict.fromkeys((COUNTRY, *codes, *below, chosen))
        return {code: self.name(code) for code in places_for(Action.READ, every, self.parents)}


def _province(code: str) -> str | None:
    area = parse_area(code)
    return None if area.level is Level.FACILITY else area.province


@door(Action.READ, ANYWHERE)
def places(engine: Engine) -> Places:
    """The areas and facilities of the register."""
    with reading(engine) as session:
        known = facilities(session)
        names = {one.hcode: Text(one.name_th, one.name_en) for one in known}
        return Places(areas(session), names, parents(session))
