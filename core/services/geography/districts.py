"""Districts and provinces as people write them: by code, or by name with or without its rank."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

from core.areas import Level, parse_area
from core.errors import UsageError
from core.forms.table.words import folded_words
from core.services.geography.reference import all_areas
from core.store.register.row import AreaRow
from core.text import fold, thai_digits_to_arabic

_MARKS: Final[Mapping[Level, str]] = {Level.DISTRICT: "D", Level.PROVINCE: "P"}


@dataclass(frozen=True)
class Districts:
    """The areas of the country, looked up by what a cell says."""

    areas: Mapping[str, AreaRow]

    @staticmethod
    @cache
    def of_the_country() -> "Districts":
        """Those every store begins with."""
        return Districts({area.code: area for area in all_areas()})

    @cached_property
    def _by_name(self) -> Mapping[Level, Mapping[str, list[AreaRow]]]:
        by_name: dict[Level, dict[str, list[AreaRow]]] = {level: {} for level in _MARKS}
        for area in self.areas.values():
            level = parse_area(area.code).level
            if level in by_name:
                for name in {_bare(area.name_th, level), _bare(area.name_en, level)}:
                    by_name[level].setdefault(name, []).append(area)
        return by_name

    def province(self, text: str) -> AreaRow | None:
        """The province a text names; None when it names none."""
        if area := self._coded(text, Level.PROVINCE):
            return area
        return next(iter(self._called(text, Level.PROVINCE)), None)

    def districts(self, text: str, province: AreaRow | None) -> tuple[AreaRow, ...]:
        """The districts a text may name, of a province where one is known.

        The district of a province's capital may go without the province's name.
        """
        if area := self._coded(text, Level.DISTRICT):
            return (area,)
        namesakes = self._called(text, Level.DISTRICT)
        if province is None:
            return tuple(namesakes)
        own = [area for area in namesakes if area.parent == province.code]
        names = (province.name_th, province.name_en)
        whole = (a for name in names for a in self._called(text + name, Level.DISTRICT))
        return tuple(own) or tuple(a for a in dict.fromkeys(whole) if a.parent == province.code)

    def name_of_parent(self, area: AreaRow) -> str:
        """The Thai name of the area it lies in."""
        return self.areas[area.parent].name_th

    def _called(self, text: str, level: Level) -> list[AreaRow]:
        return self._by_name[level].get(_bare(text, level), [])

    def _coded(self, text: str, level: Level) -> AreaRow | None:
        number = thai_digits_to_arabic(text).strip().upper().removeprefix(_MARKS[level])
        try:
            area = parse_area(f"{_MARKS[level]}{number}")
        except UsageError:
            return None
        return self.areas.get(area.code) if area.level == level else None


def _bare(name: str, level: Level) -> str:
    """A name in comparing form, without the word for what it is."""
    folded = fold(name)
    words: Iterable[str] = folded_words("district" if level == Level.DISTRICT else "province")
    longest = max((w for w in words if folded.startswith(w)), key=len, default="")
    return folded.removeprefix(longest) or folded
