"""The common basis of all themes' figures: the hospitals' stories, accounts and work."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.demo.accounts.finance import DemoFinance, demo_finance
from core.demo.country.stories import MONTHS, YEAR, Cast, cast
from core.demo.draws import Draws, within
from core.demo.parameters import Span, hospital_parameters, story_parameters
from core.demo.theme_parameters import Decline, Theme, ThemeParameters, theme_parameters
from core.periods import Period
from core.scoring.base.inputs import BoolArray, FloatArray

Figures = dict[str, FloatArray]
"""Measure -> a figure for each subject and period; NaN where a cell is left empty."""
Words = dict[str, list[list[str]]]
"""Measure -> a text for each subject and period; empty where nothing is written."""

_PERCENT: Final = 100
_BALANCED_MONTHS: Final = 3


@dataclass(frozen=True)
class Scene:
    """n hospitals through 24 months, and the quality of their work by theme."""

    cast: Cast
    finance: DemoFinance
    parameters: ThemeParameters

    @property
    def size(self) -> int:
        return self.cast.size

    @property
    def draws(self) -> Draws:
        return self.cast.draws

    @cached_property
    def rounds(self) -> tuple[Period, ...]:
        """The inspection rounds with reports, oldest first."""
        rounds = self.parameters.rounds
        numbers = range(1, len(rounds.quarters) + 1)
        return tuple(
            Period(year, "R", number) for year in rounds.fiscal_years for number in numbers
        )

    @cached_property
    def looked_at(self) -> NDArray[np.int64]:
        """The month (0-23) each round looks back from."""
        months = self.finance.months
        return np.array([months.index(period.month) for period in self.rounds])

    @property
    def last_year(self) -> slice:
        """The months of the last fiscal year."""
        return slice(MONTHS - YEAR, MONTHS)

    def work(self, theme: Theme) -> FloatArray:
        """The quality of the hospitals' work in a theme, 0 bad and 1 good: n x 24."""
        spread = self.parameters.spreads[theme]
        drawn = self.draws.normal(f"{theme} hospital", self.size) * spread.hospital
        for level in ("region", "province"):
            codes, places = self._areas[level]
            drawn = (
                drawn
                + (self.draws.normal(f"{theme} {level}", len(codes)) * getattr(spread, level))[
                    places
                ]
            )
        along = np.arange(MONTHS) / (MONTHS - 1)
        drifted = self._stories + drawn[:, None] + spread.rise * (along - 0.5)
        return np.asarray(np.clip(drifted, 0, 1))

    def in_rounds(self, monthly: FloatArray) -> FloatArray:
        """A monthly figure, n x 24, in the month each round looks back from: n x rounds."""
        return monthly[:, self.looked_at]

    def figure(self, measure: str) -> FloatArray:
        """A figure of the accounts: n x 24."""
        return self.finance.columns[measure]

    def of_month(self, measure: str) -> FloatArray:
        """A flow of each month alone: n x 24; the accounts add them up since October."""
        years = self.figure(measure).reshape(self.size, -1, YEAR)
        return np.asarray(np.diff(years, axis=2, prepend=0).reshape(self.size, MONTHS))

    def of_quarters(self, measure: str) -> FloatArray:
        """A flow of the last quarter that is over in each round: n x rounds."""
        rounds = self.parameters.rounds
        quarters: FloatArray = self.of_month(measure).reshape(self.size, -1, 4, 3).sum(axis=3)
        return quarters[:, :, [number - 1 for number in rounds.quarters]].reshape(self.size, -1)

    def balanced(self, measure: str) -> FloatArray:
        """The average of a flow's month and the two before: n x 24."""
        monthly = self.of_month(measure)
        first = monthly[:, :1]
        padded = np.concatenate((first, first, monthly), axis=1)
        return (padded[:, 2:] + padded[:, 1:-1] + padded[:, :-2]) / _BALANCED_MONTHS

    def chance(self, name: str, *shape: int) -> FloatArray:
        """Even draws for each hospital: n x shape."""
        return self.draws.uniform(name, self.size, *shape)

    def noise(self, name: str, *shape: int) -> FloatArray:
        """Draws around 0 for each hospital: n x shape."""
        return self.draws.normal(name, self.size, *shape)

    @cached_property
    def _areas(self) -> Mapping[str, tuple[Sequence[str], NDArray[np.int64]]]:
        """Areas of each level, and which of them each hospital lies in."""
        by_level = {}
        for level in ("region", "province"):
            own = [getattr(hospital, level) for hospital in self.cast.hospitals]
            codes = sorted(set(own))
            place = {code: n for n, code in enumerate(codes)}
            by_level[level] = codes, np.array([place[code] for code in own])
        return by_level

    @cached_property
    def _stories(self) -> FloatArray:
        """Work by the stories alone: n x 24."""
        spans = np.array([self.parameters.stories[name] for name in self.cast.stories])
        place = self.chance("work")[:, None]
        begun, middle, end = np.moveaxis(within(spans[:, :, 0], spans[:, :, 1], place), 1, 0)[
            :, :, None
        ]
        along = np.arange(MONTHS) / (MONTHS - 1) * 2
        first = begun + np.minimum(along, 1) * (middle - begun)
        return np.asarray(first + np.maximum(along - 1, 0) * (end - middle))


@cache
def demo_scene() -> Scene:
    """The scene of the demonstration."""
    finance = demo_finance()
    actors = cast(finance.hospitals, story_parameters(), Draws(hospital_parameters().seed))
    return Scene(actors, finance, theme_parameters())


def between(span: Span, place: FloatArray) -> FloatArray:
    """The values at these places of a range, 0 its beginning and 1 its end."""
    low, high = span
    return np.asarray(low + place * (high - low))


def by_work(span: Span, work: FloatArray) -> FloatArray:
    """Figures between that of the worst work and that of the best, from percent to shares."""
    return between((span[0] / _PERCENT, span[1] / _PERCENT), work)


def declining(decline: Decline, work: FloatArray) -> FloatArray:
    """A share, from percent, that grows with the square of what work lacks to the best."""
    tenths = np.maximum(decline.until - work, 0) * 10
    return np.asarray((decline.best + decline.worse * tenths * tenths) / _PERCENT)


def answers(yes: BoolArray) -> FloatArray:
    """1 where it is so, 0 elsewhere."""
    return yes.astype(np.float64)
