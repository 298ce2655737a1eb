"""Facilities and the areas they lie in, at one moment: names, what is inside, what is below."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final, Generic, NamedTuple, Protocol, TypeVar

from core.areas import COUNTRY, Level, chain, parse_area
from core.errors import UsageError
from core.services.guard.lying import meant
from core.text import Text, say

_NAMES: Final = {Level.REGION: "region", Level.PROVINCE: "province", Level.DISTRICT: "district"}


class Place(NamedTuple):
    """An area or a facility by its code and its name."""

    code: str
    name: Text


class Located(Protocol):
    """A facility that knows where it lies."""

    @property
    def place(self) -> Place: ...
    @property
    def district(self) -> str: ...
    @property
    def province(self) -> str: ...
    @property
    def region(self) -> str: ...


U = TypeVar("U", bound=Located)


class Country(Generic[U]):
    """What a moment's facilities and areas have in common, whatever else they hold.

    `facilities` by hcode; `areas` hold both names of each and the area it lies in.
    """

    areas: Mapping[str, tuple[str, str, str]]
    facilities: Mapping[str, U]

    @cached_property
    def parents(self) -> Mapping[str, str]:
        """The area each area lies in."""
        return {code: parent for code, (_th, _en, parent) in self.areas.items()}

    def place(self, code: str) -> Place:
        """An area or facility by name; one nobody knows is called by its code."""
        if code == COUNTRY:
            return Place(code, say("Thailand"))
        if code in self.facilities:
            return self.facilities[code].place
        name_th, name_en, _parent = self.areas.get(code, (code, code, COUNTRY))
        return Place(code, Text(name_th, name_en))

    def chain(self, code: str) -> tuple[Place, ...]:
        """The places from the country down to an area."""
        return tuple(map(self.place, chain(code, self.parents)))

    def inside(self, code: str) -> Iterator[U]:
        """The facilities of an area."""
        if code == COUNTRY:
            return iter(self.facilities.values())
        return iter(self._by_area.get(code, ()))

    @cached_property
    def _by_area(self) -> Mapping[str, Sequence[U]]:
        """The facilities of every region, province and district that has any."""
        areas: dict[str, list[U]] = defaultdict(list)
        for one in self.facilities.values():
            for code in (one.region, one.province, one.district):
                areas[code].append(one)
        return areas

    def below(self, code: str, level: Level) -> tuple[str, ...]:
        """The areas of a level that lie in an area and have a facility, in order of their codes."""
        return tuple(sorted({getattr(one, _NAMES[level]) for one in self.inside(code)}))

    def meant(self, address: str) -> str:
        """The area an address means; where it names none there is, the country or one's own.

        `AccessError` A002 for one that may not be read.
        """
        return meant(self._code_of(address), self.parents)

    def _code_of(self, address: str) -> str | None:
        try:
            code = parse_area(address).code
        except UsageError:
            return None
        return code if code == COUNTRY or code in self.areas else None
