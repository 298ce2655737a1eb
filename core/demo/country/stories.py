"""Which story each hospital of the demonstration lives through, and its place in it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from core.demo.country.hospitals import DemoHospital
from core.demo.draws import Draws, within
from core.demo.parameters import Course, Span, Story, StoryParameters
from core.scoring.base.inputs import FloatArray

YEAR: Final = 12
MONTHS: Final = 2 * YEAR
"""Months told of: two fiscal years."""


@dataclass(frozen=True)
class Cast:
    """n hospitals, their stories by name and their places in them; courses are n x 24."""

    hospitals: Sequence[DemoHospital]
    stories: tuple[str, ...]
    told: StoryParameters
    draws: Draws

    @property
    def size(self) -> int:
        return len(self.hospitals)

    def span(self, name: str) -> FloatArray:
        """A figure of the story with one range, drawn for each hospital: n."""
        spans = [getattr(self._story(n), name) for n in range(self.size)]
        return _drawn(spans, self.draws.even(f"story {name}", self.size))

    def course(self, name: str) -> FloatArray:
        """A figure of the story that changes from beginning to end: n x 24."""
        place = self.draws.even(f"story {name}", self.size)
        courses: list[Course] = [getattr(self._story(n), name) for n in range(self.size)]
        begun, middle, end = (_drawn([course[at] for course in courses], place) for at in range(3))
        along = np.arange(MONTHS) / (MONTHS - 1) * 2
        first = begun[:, None] + np.minimum(along, 1) * (middle - begun)[:, None]
        return first + np.maximum(along - 1, 0) * (end - middle)[:, None]

    def drawn(self, name: str, span: Span) -> FloatArray:
        """A figure anywhere in a range, whatever the story: n."""
        return within(*span, self.draws.even(name, self.size))

    def by_level(self, name: str) -> FloatArray:
        """A figure from the range of the hospital's level: n."""
        spans = [getattr(self.told.levels[hospital.level], name) for hospital in self.hospitals]
        return _drawn(spans, self.draws.even(f"level {name}", self.size))

    def of_level(self, name: str) -> FloatArray:
        """A fixed figure of the hospital's level: n."""
        levels = self.told.levels
        return np.array([getattr(levels[h.level], name) for h in self.hospitals], dtype=np.float64)

    def noise(self, name: str, percent: float) -> FloatArray:
        """A factor around 1 for each hospital and month: n x 24."""
        return 1 + percent / 100 * self.draws.bell(f"noise {name}", self.size, MONTHS)

    def _story(self, place: int) -> Story:
        return self.told.hospital_stories[self.stories[place]]


def cast(hospitals: Sequence[DemoHospital], told: StoryParameters, draws: Draws) -> Cast:
    """Deal out each province's stories among its hospitals."""
    members: dict[str, list[int]] = defaultdict(list)
    for place, hospital in enumerate(hospitals):
        members[hospital.province].append(place)
    found: dict[int, str] = {}
    for province, places in members.items():
        shares = told.province_stories[told.provinces[province]]
        found |= zip(
            places, draws.dealt_names(f"stories {province}", len(places), shares), strict=True
        )
    return Cast(hospitals, tuple(found[n] for n in range(len(hospitals))), told, draws)


def every_year(shape: Sequence[float]) -> FloatArray:
    """Twelve monthly figures, repeated for both years: 24."""
    return np.tile(np.array(shape, dtype=np.float64), MONTHS // YEAR)


def per_year(values: FloatArray) -> FloatArray:
    """A figure for each hospital and year, n x 2, for each of its months: n x 24."""
    return np.repeat(values, YEAR, axis=1)


def since_october(monthly: FloatArray) -> FloatArray:
    """Monthly figures added up from the beginning of each fiscal year: n x 24, as they were."""
    years = monthly.reshape(len(monthly), MONTHS // YEAR, YEAR)
    return np.cumsum(years, axis=2).reshape(monthly.shape)


def _drawn(spans: Sequence[Span], place: FloatArray) -> FloatArray:
    low, high = np.array(spans, dtype=np.float64).T
    return within(low, high, place)
