"""Invented compensation of staff: what was due each month, and what was paid on time."""

import numpy as np

from core.demo.country.stories import YEAR
from core.demo.themes.scene import Figures, Scene, between, by_work


def invented_compensation(scene: Scene) -> Figures:
    """Whole baht of each month of the last year: n x 12."""
    parameters = scene.parameters.compensation
    work = scene.work("compensation")[:, scene.last_year]
    share = between(parameters.due, scene.chance("compensation due"))[:, None] / 100
    due = np.rint(scene.of_month("cost.labour")[:, scene.last_year] * share)
    noise = scene.noise("paid on time", YEAR) * parameters.noise / 100
    paid = np.rint(due * np.clip(by_work(parameters.paid, work) + noise, 0, 1))
    return {"compensation.due": due, "compensation.paid_on_time": paid}
