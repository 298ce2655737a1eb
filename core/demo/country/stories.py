"""The story of each hospital: how its finances develop through 24 months."""

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
"""Months of the demonstration: two fiscal years."""


@dataclass(frozen=True)
class Cast:
    """n hospitals with their stories, and draws of the stories' figures."""

    hospitals: Sequence[DemoHospital]
    stories: tuple[str, ...]
    parameters: StoryParameters
    draws: Draws

    @property
    def size(self) -> int:
        return len(self.hospitals)

    def span(self, name: str) -> FloatArray:
        """A figure of the story with one range, drawn for each hospital: n."""
        spans = [getattr(self._story(n), name) for n in range(self.size)]
        return _drawn(spans, self.draws.uniform(f"story {name}", self.size))

    def course(self, name: str) -> FloatArray:
        """A figure of the story that changes from beginning to end: n x 24."""
        place = self.draws.uniform(f"story {name}", self.size)
        courses: list[Course] = [getattr(self._story(n), name) for n in range(self.size)]
        begun, middle, end = (_drawn([course[at] for course in courses], place) for at in range(3))
        along = np.arange(MONTHS) / (MONTHS - 1) * 2
        first = begun[:, None] + np.minimum(along, 1) * (middle - begun)[:, None]
        return first + np.maximum(along - 1, 0) * (end - middle)[:, None]

    def drawn(self, name: str, span: Span) -> FloatArray:
        """A figure anywhere in a range, whatever the story: n."""
        return within(*span, self.draws.uniform(name, self.size))

    def by_level(self, name: str) -> FloatArray:
        """A figure from the range of the hospital's level: n."""
        spans = [
            getattr(self.parameters.levels[hospital.level], name) for hospital in self.hospitals
        ]
        return _drawn(spans, self.draws.uniform(f"level {name}", self.size))

    def of_level(self, name: str) -> FloatArray:
        """A fixed figure of the hospital's level: n."""
        levels = self.parameters.levels
        return np.array([getattr(levels[h.level], name) for h in self.hospitals], dtype=np.float64)

    def noise(self, name: str, percent: float) -> FloatArray:
        """A factor around 1 for each hospital and month: n x 24."""
        return 1 + percent / 100 * self.draws.normal(f"noise {name}", self.size, MONTHS)

    def _story(self, place: int) -> Story:
        return self.parameters.hospital_stories[self.stories[place]]


def cast(hospitals: Sequence[DemoHospital], parameters: StoryParameters, draws: Draws) -> Cast:
    """Assign the stories of each province to its hospitals."""
    members: dict[str, list[int]] = defaultdict(list)
    for place, hospital in enumerate(hospitals):
        members[hospital.province].append(place)
    story_of: dict[int, str] = {}
    for province, places in members.items():
        shares = parameters.province_stories[parameters.provinces[province]]
        story_of |= zip(
            places, draws.dealt_names(f"stories {province}", len(places), shares), strict=True
        )
    return Cast(hospitals, tuple(story_of[n] for n in range(len(hospitals))), parameters, draws)


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
