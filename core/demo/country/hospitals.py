"""The hospitals of the demonstration: one in most districts, none of them real."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from core.demo.country.places import DistrictRow, districts, invented_places
from core.demo.draws import Draws
from core.demo.parameters import (
    Group,
    HospitalParameters,
    Level,
    hospital_parameters,
    story_parameters,
)
from core.periods import Period
from core.text import Text

_MILLION: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class DemoHospital:
    """An invented hospital.

    `hgr` is its group in the first fiscal year, `hgr_later` from the second on. `revenue` is of a
    whole year, about, in baht. Latitude and longitude are invented, but lie in the province.
    """

    hcode: str
    hcode9: str
    name: Text
    district: str
    province: str
    region: str
    level: Level
    hgr: str
    hgr_later: str
    beds: int
    revenue: float
    latitude: float
    longitude: float
    island: bool

    def hgr_in(self, fiscal_year: int) -> str:
        """The group it belongs to in a fiscal year."""
        return self.hgr if fiscal_year < later_from().fiscal_year else self.hgr_later


def later_from() -> Period:
    """The month in which some hospitals came into another group."""
    return Period(story_parameters().fiscal_years[1], "M", 1)


class _Site(NamedTuple):
    """A hospital to be: where it stands, and its level where that is settled by the place."""

    district: DistrictRow
    level: Level | None


class _Size(NamedTuple):
    hgr: str
    beds: int
    revenue: float


@cache
def demo_hospitals() -> tuple[DemoHospital, ...]:
    """All hospitals of the demonstration, sorted by their codes, which go by district."""
    parameters = hospital_parameters()
    draws = Draws(parameters.seed)
    sites = tuple(_sites(parameters, draws))
    levels = _levels(sites, parameters, draws)
    sizes = _sizes(levels, parameters, draws)
    later = _later_groups(sizes, parameters, draws)
    places = _places(sites, parameters)
    return tuple(
        DemoHospital(
            *_codes(parameters, number),
            _name(site.district, level, parameters),
            site.district.code,
            site.district.province,
            site.district.region,
            level,
            size.hgr,
            group,
            size.beds,
            size.revenue,
            *place,
            site.district.code in parameters.islands,
        )
        for number, (site, level, size, group, place) in enumerate(
            zip(sites, levels, sizes, later, places, strict=True)
        )
    )


def _codes(parameters: HospitalParameters, number: int) -> tuple[str, str]:
    code = f"{parameters.first_code + number:05}"
    return code, parameters.long_code.format(code=code)


def _sites(parameters: HospitalParameters, draws: Draws) -> Iterator[_Site]:
    counted = Counter(district.province for district in districts())
    without = _without_hospital(parameters, draws)
    seen: set[str] = set()
    for district in districts():
        chosen = parameters.only_in.get(district.province)
        if chosen is not None:
            if district.code in chosen:
                yield _Site(district, chosen[district.code])
        elif district.province not in seen:
            seen.add(district.province)
            yield from _capital(district, counted[district.province], parameters)
        elif district.code not in without:
            island = parameters.islands.get(district.code)
            yield _Site(district, island.level if island else None)


def _capital(district: DistrictRow, size: int, parameters: HospitalParameters) -> Iterator[_Site]:
    yield _Site(district, "A" if size >= parameters.regional_from_districts else "S")
    if size >= parameters.second_from_districts:
        yield _Site(district, None)


def _without_hospital(parameters: HospitalParameters, draws: Draws) -> set[str]:
    first: dict[str, str] = {}
    for district in districts():
        first.setdefault(district.province, district.code)
    always = {*first.values(), *parameters.islands}
    free = [
        d.code for d in districts() if d.code not in always and d.province not in parameters.only_in
    ]
    return {
        free[place]
        for place in draws.permutation("without", len(free))[: parameters.without_hospital]
    }


def _levels(
    sites: Sequence[_Site], parameters: HospitalParameters, draws: Draws
) -> tuple[Level, ...]:
    free = sum(site.level is None for site in sites)
    names = tuple(parameters.community)
    shares = tuple(parameters.community.values())
    dealt = iter(draws.dealt("level", free, shares).tolist())
    return tuple(site.level or names[next(dealt)] for site in sites)


def _sizes(
    levels: Sequence[Level], parameters: HospitalParameters, draws: Draws
) -> tuple[_Size, ...]:
    places: Mapping[Level, list[int]] = defaultdict(list)
    for place, level in enumerate(levels):
        places[level].append(place)
    by_place: dict[int, _Size] = {}
    for level, members in places.items():
        groups = [group for group in parameters.groups if group.level == level]
        dealt = draws.dealt(f"group {level}", len(members), [group.share for group in groups])
        large = draws.uniform(f"size {level}", len(members))
        rich = draws.uniform(f"revenue {level}", len(members))
        for place, group, size, more in zip(members, dealt, large, rich, strict=True):
            by_place[place] = _size(groups[group], float(size), float(more))
    return tuple(by_place[place] for place in range(len(levels)))


def _size(group: Group, large: float, rich: float) -> _Size:
    """Hospitals of more beds mostly have more revenue."""
    beds = group.beds[0] + round(large * (group.beds[1] - group.beds[0]))
    revenue = group.revenue[0] + (3 * large + rich) / 4 * (group.revenue[1] - group.revenue[0])
    return _Size(group.name, beds, float(round(revenue * _MILLION)))


def _later_groups(
    sizes: Sequence[_Size], parameters: HospitalParameters, draws: Draws
) -> tuple[str, ...]:
    members = [place for place, size in enumerate(sizes) if size.hgr == parameters.moved_up.group]
    order = draws.permutation("moved up", len(members))[: parameters.moved_up.count]
    moved_up = {members[place] for place in order}
    return tuple(
        parameters.moved_up.into if place in moved_up else size.hgr
        for place, size in enumerate(sizes)
    )


def _places(
    sites: Sequence[_Site], parameters: HospitalParameters
) -> Iterator[tuple[float, float]]:
    counted = Counter(site.district.province for site in sites)
    invented = {code: iter(invented_places(code, count)) for code, count in counted.items()}
    for site in sites:
        place = next(invented[site.district.province])
        island = parameters.islands.get(site.district.code)
        yield island.place if island else place


def _name(district: DistrictRow, level: Level, parameters: HospitalParameters) -> Text:
    pattern = parameters.names[level if level in ("A", "S") else "other"]
    prefix = parameters.district_prefix
    short = Text(district.name.th.removeprefix(prefix), district.name.en)
    if district.province in parameters.only_in:  # where no hospital stands for its province
        pattern = parameters.names["other"]
    return pattern.fill(province=district.province_name, district=short)
