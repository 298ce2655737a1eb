"""Invented points of revenue centres: eight dimensions in every round."""

import numpy as np

from core.demo.themes.scene import Figures, Scene, by_work


def revenue_points(scene: Scene) -> Figures:
    """Points and full points of every dimension, whole ones: n x rounds."""
    parameters = scene.parameters.revenue
    earned = by_work(parameters.earned, scene.in_rounds(scene.work("revenue")))
    figures: Figures = {}
    for name, full in parameters.full.items():
        apart = scene.noise(f"revenue {name}")[:, None] * parameters.apart
        changes = scene.noise(f"revenue {name} by round", len(scene.rounds)) * parameters.changes
        share = np.clip(earned + (apart + changes) / 100, 0, 1)
        figures[f"revenue.{name}_points"] = np.rint(full * share)
        figures[f"revenue.{name}_full"] = np.full(share.shape, float(full))
    return figures
