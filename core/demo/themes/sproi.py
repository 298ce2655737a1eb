"""Invented returns on the investment in service plans, round by round."""

import numpy as np

from core.demo.country.stories import YEAR
from core.demo.parameters import Span
from core.demo.theme_parameters import ServicePlan
from core.demo.themes.scene import Figures, Scene, between, by_work
from core.scoring.base.inputs import BoolArray, FloatArray

PLANS = ("covid", "stroke_stemi", "ods_mis")


def invented_sproi(scene: Scene) -> Figures:
    """What patients of three service plans cost and brought in, whole baht: n x rounds.

    Both are 0 where there is no such service.
    """
    parameters, work = scene.parameters.sproi, scene.in_rounds(scene.work("sproi"))
    figures: Figures = {}
    for name in PLANS:
        plan: ServicePlan = getattr(parameters, name)
        cost = np.where(_has(scene, name, plan)[:, None], _cost(scene, name, plan.cost), 0)
        if name == PLANS[0]:
            cost = cost * np.array(parameters.waning)
        spread = parameters.spread / 100
        own = scene.noise(f"roi {name}")[:, None] * spread
        changes = scene.noise(f"roi {name} by round", len(scene.rounds)) * spread / 3
        roi = np.maximum(by_work(plan.roi, work) + own + changes, 0.03)
        figures[f"sproi.{name}_received"] = np.rint(np.rint(cost) * roi)
        figures[f"sproi.{name}_cost"] = np.rint(cost)
    return _without_some_costs(scene, figures)


def _has(scene: Scene, name: str, plan: ServicePlan) -> BoolArray:
    share = np.array([plan.levels[hospital.level] for hospital in scene.cast.hospitals])
    return np.asarray(scene.chance(f"has {name}") < share)


def _cost(scene: Scene, name: str, percent: Span) -> FloatArray:
    """A share of the year's expense in round 1, of half a year's in round 2."""
    usual = scene.in_rounds(scene.balanced("finance.expense")) * YEAR
    usual = usual / np.tile([1.0, 2.0], len(scene.parameters.rounds.fiscal_years))
    own = between(percent, scene.chance(f"cost {name}"))[:, None] / 100
    noise = 1 + 0.06 * scene.noise(f"cost {name} by round", len(scene.rounds))
    cost: FloatArray = usual * own * noise
    return cost


def _without_some_costs(scene: Scene, figures: Figures) -> Figures:
    """Remove the cost of a few hospitals that report compensation: an error to be found."""
    order = scene.draws.permutation("forgotten cost", scene.size)
    received = figures["sproi.stroke_stemi_received"]
    there = [place for place in order.tolist() if received[place, -1] > 0]
    figures["sproi.stroke_stemi_cost"][there[: scene.parameters.sproi.without_cost], -1] = 0
    return figures
