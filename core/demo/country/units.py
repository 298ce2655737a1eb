"""The primary care units of the demonstration that are to be transferred, none of them real."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from core.demo.country.hospitals import DemoHospital, demo_hospitals
from core.demo.country.places import districts, inside, outlines
from core.demo.draws import Draws
from core.demo.parameters import hospital_parameters
from core.demo.theme_parameters import TransferParameters, transfer_parameters
from core.figures.projection import projected
from core.scoring.base.inputs import FloatArray
from core.text import Text

_TRIES: Final = 4
_LEADING: Final = ("A", "S")


@dataclass(frozen=True, slots=True)
class DemoUnit:
    """An invented primary care unit, somewhere near the hospital of its network."""

    hcode: str
    hcode9: str
    name: Text
    district: str
    province: str
    region: str
    latitude: float
    longitude: float


@cache
def demo_units() -> tuple[DemoUnit, ...]:
    """All units, sorted by their codes, which go by district."""
    parameters = transfer_parameters()
    draws = Draws(hospital_parameters().seed)
    networks = [
        hospital
        for hospital in demo_hospitals()
        if hospital.level not in _LEADING and hospital.province not in parameters.without
    ]
    counts = draws.dealt_names("units", len(networks), parameters.units)
    members = [h for h, count in zip(networks, counts, strict=True) for _ in range(int(count))]
    places = _places(members, parameters, draws)
    return tuple(_units(members, places, parameters))


def _units(
    members: list[DemoHospital], places: FloatArray, parameters: TransferParameters
) -> Iterator[DemoUnit]:
    names = {district.code: district.name for district in districts()}
    counted: dict[str, int] = {}
    for number, (hospital, place) in enumerate(zip(members, places.tolist(), strict=True)):
        own = counted[hospital.district] = counted.get(hospital.district, 0) + 1
        code = f"{parameters.first_code + number:05}"
        texts = {"district": names[hospital.district], "number": Text(str(own), str(own))}
        yield DemoUnit(
            code,
            parameters.long_code.format(code=code),
            parameters.name.fill(**texts),
            hospital.district,
            hospital.province,
            hospital.region,
            *place,
        )


def _places(
    members: list[DemoHospital], parameters: TransferParameters, draws: Draws
) -> FloatArray:
    """Latitude and longitude near the hospital in its province, else right beside it: m x 2."""
    hospitals = np.array([(hospital.latitude, hospital.longitude) for hospital in members])
    offsets = (draws.uniform("unit places", len(members), _TRIES, 2) - 0.5) * 2 * parameters.near
    tries = np.round(hospitals[:, None, :] + offsets, 4)
    chosen = np.round(hospitals + offsets[:, 0] / 20, 4)
    provinces = np.array([hospital.province for hospital in members])
    for attempt in reversed(range(_TRIES)):
        spots = projected(tries[:, attempt, ::-1])
        for province in np.unique(provinces):
            own = np.flatnonzero(provinces == province)
            good = own[inside(outlines()[str(province)], spots[own])]
            chosen[good] = tries[good, attempt]
    return chosen
