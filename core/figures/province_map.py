"""The map of provinces, districts and facilities: what to draw, before any screen."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

import numpy as np

from core.areas import Level, parse_area
from core.figures.projection import in_thailand, projected

Tone = Literal[
    "fail", "watch", "pass", "7", "6", "5", "4", "3", "2", "1", "0",
    "s0", "s1", "s2", "s3", "s4", "none",
]  # fmt: skip
"""How an area is drawn: by its status, by its crisis level, or by its share in fifths."""

TONES: Final[tuple[Tone, ...]] = get_args(Tone)
"""From the most to the least pressing, as the legend lists them."""

FIFTH: Final = 20.0
_FIFTHS: Final[tuple[Tone, ...]] = ("s0", "s1", "s2", "s3", "s4")


def share_tone(percent: float) -> Tone:
    """The fifth a share lies in; one on an edge lies in the upper, and 100 % in the last."""
    return _FIFTHS[min(int(percent // FIFTH), len(_FIFTHS) - 1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class MapValue:
    """What the map says of an area or a facility, in the reader's words.

    `shown` is its figure and may be empty; `position` is latitude and longitude in degrees, None
    or NaN where nobody handed one in.
    """

    name: str
    tone: Tone
    shown: str = ""
    position: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """A value by its code; `place` is where it stands on the map in units, None if unknown."""

    code: str
    value: MapValue
    place: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class ProvinceMap:
    """A map without its shapes: the values in the order of the ranking, and what they add up to.

    `focus` is the area that fills the frame: `TH`, a health region or a province.
    """

    focus: str
    spots: tuple[Spot, ...]
    counts: Mapping[Tone, int]


def province_map(values: Mapping[str, MapValue], *, focus: str = "TH") -> ProvinceMap:
    """The map of `values`, keyed by `R03`, `P61`, `D6101` or hcode, in the order of the ranking.

    A facility whose position is not in Thailand has no place: a mistyped coordinate must not put it
    into the sea. `UsageError` for a focus that is no area, `ValueError` for one below a province.
    """
    if parse_area(focus).level > Level.PROVINCE:
        raise ValueError(f"a map cannot be filled by {focus}")
    nowhere = (float("nan"), float("nan"))
    degrees = np.array([(v.position or nowhere)[::-1] for v in values.values()]).reshape(-1, 2)
    places = np.round(projected(degrees), 1).tolist()
    spots = tuple(
        Spot(code, value, (place[0], place[1]) if known else None)
        for (code, value), place, known in zip(
            values.items(), places, in_thailand(degrees), strict=True
        )
    )
    counted = Counter(value.tone for value in values.values())
    return ProvinceMap(focus, spots, {tone: counted[tone] for tone in TONES if counted[tone]})
