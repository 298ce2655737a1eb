"""The figures of the themes as tests look at them: shares of hospitals, by region and story."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np

from core.demo.themes.claims import invented_claims
from core.demo.themes.compensation import invented_compensation
from core.demo.themes.coverage import invented_coverage
from core.demo.themes.msss import invented_msss
from core.demo.themes.payables import invented_payables
from core.demo.themes.revenue import revenue_points
from core.demo.themes.scene import demo_scene
from core.demo.themes.sproi import invented_sproi
from core.scoring.base.inputs import BoolArray, FloatArray

SCENE = demo_scene()
TOLD = SCENE.parameters
HOSPITALS = SCENE.cast.hospitals
STORIES = np.array(SCENE.cast.stories)
REGIONS = np.array([hospital.region for hospital in HOSPITALS])
Figures = Mapping[str, FloatArray]


@cache
def themes() -> Mapping[str, Figures]:
    """Theme -> its figures."""
    return {
        "revenue": revenue_points(SCENE),
        "claims": invented_claims(SCENE)[0],
        "msss": invented_msss(SCENE)[0],
        "payables": invented_payables(SCENE),
        "sproi": invented_sproi(SCENE),
        "coverage": invented_coverage(SCENE),
        "compensation": invented_compensation(SCENE),
    }


def percent(part: FloatArray, whole: FloatArray) -> FloatArray:
    """NaN where there is nothing to divide by."""
    return np.divide(100 * part, whole, out=np.full(whole.shape, np.nan), where=whole > 0)


def of(theme: str, part: str, whole: str) -> FloatArray:
    """A percentage of two figures of a theme."""
    figures = themes()[theme]
    return percent(figures[f"{theme}.{part}"], figures[f"{theme}.{whole}"])


def share(good: Any) -> float:
    """How many are, in percent."""
    return 100 * float(np.mean(good))


def in_story(name: str) -> BoolArray:
    """Which hospitals live through a story."""
    return np.isin(STORIES, name)


def passing(good: BoolArray, counted: BoolArray | None = None) -> int:
    """In how many regions more than 90 % are good."""
    kept = np.ones(len(good), dtype=np.bool_) if counted is None else counted
    members = [np.isin(REGIONS, region) & kept for region in sorted(set(REGIONS))]
    return sum(share(good[own]) > 90 for own in members if own.any())
