"""The map of provinces, districts and facilities: what to draw, before any screen."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

import numpy as np

from core.areas import Level, parse_area
from core.figures.projection import in_thailand, projected

Tone = Literal[
    "fail-3", "fail-2", "fail-1", "fail", "watch", "pass-1", "pass-2", "pass",
    "7", "6", "5", "4", "3", "2", "1", "0", "s0", "s1", "s2", "s3", "s4", "none",
]  # fmt: skip
"""How an area is drawn: by its status, by its crisis level, or by its share in fifths.

`fail-3` fails by most, `pass-2` passes by most; `fail` and `pass` are not told apart further.
"""

TONES: Final[tuple[Tone, ...]] = get_args(Tone)
"""From the most to the least pressing, as the legend lists them."""

FIFTH: Final = 20.0
_CLASSES: Final[Mapping[Tone, tuple[Tone, ...]]] = {
    "fail": ("fail-3", "fail-2", "fail-1"),
    "pass": ("pass-1", "pass-2"),
}
"""What areas of one status are told apart into by their figures, the most pressing first."""
_FIFTHS: Final[tuple[Tone, ...]] = ("s0", "s1", "s2", "s3", "s4")


def share_tone(percent: float) -> Tone:
    """The fifth a share lies in; one on an edge lies in the upper, and 100 % in the last."""
    return _FIFTHS[min(int(percent // FIFTH), len(_FIFTHS) - 1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class MapValue:
    """What the map says of an area or a facility, in the reader's words.

    `shown` is its figure and may be empty; `figure` is the share that judged it and `figure_text`
    how that is written, where areas of one status are to be told apart by it. `position` is
    latitude and longitude in degrees, None or NaN where nobody handed one in.
    """

    name: str
    tone: Tone
    shown: str = ""
    figure: float | None = None
    figure_text: str = ""
    position: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """A value by its code, and its tone among the others.

    `place` is where it stands on the map in units, None if unknown.
    """

    code: str
    value: MapValue
    tone: Tone
    place: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class ProvinceMap:
    """A map without its shapes: the values in the order of the ranking, and what they add up to.

    `focus` is the area that fills the frame: `TH`, a health region or a province. `ranges` are the
    lowest and highest figure of each class of a status, as they are written.
    """

    focus: str
    spots: tuple[Spot, ...]
    counts: Mapping[Tone, int]
    ranges: Mapping[Tone, tuple[str, str]]


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
    tones = _tones(values)
    spots = tuple(
        Spot(code, value, tones[code], (place[0], place[1]) if known else None)
        for (code, value), place, known in zip(
            values.items(), places, in_thailand(degrees), strict=True
        )
    )
    counted = Counter(tones.values())
    counts = {tone: counted[tone] for tone in TONES if counted[tone]}
    return ProvinceMap(focus, spots, counts, _ranges(spots))


def _tones(values: Mapping[str, MapValue]) -> dict[str, Tone]:
    """The tone of each area: its status, or a class of it where figures tell areas apart."""
    tones = {code: value.tone for code, value in values.items()}
    for status, classes in _CLASSES.items():
        inside = {code: one.figure for code, one in values.items() if one.tone == status}
        figures = [figure for figure in inside.values() if figure is not None]
        if len(figures) < len(inside):
            continue
        # The ranking tells whether much or little presses more.
        distinct = sorted(set(figures), reverse=bool(figures) and figures[0] > figures[-1])
        count = min(len(classes), len(distinct))
        if count > 1:
            rank = {one: classes[at * count // len(distinct)] for at, one in enumerate(distinct)}
            tones |= {code: rank[figure] for code, figure in inside.items() if figure is not None}
    return tones


def _ranges(spots: tuple[Spot, ...]) -> dict[Tone, tuple[str, str]]:
    ranges: dict[Tone, tuple[str, str]] = {}
    for tone in {spot.tone for spot in spots if spot.tone != spot.value.tone}:
        values = [spot.value for spot in spots if spot.tone == tone]
        ordered = sorted(values, key=lambda one: one.figure or 0.0)
        ranges[tone] = ordered[0].figure_text, ordered[-1].figure_text
    return ranges
