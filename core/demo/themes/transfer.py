"""Invented readiness of primary care units for their transfer, round by round."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from core.demo.country.units import DemoUnit, demo_units
from core.demo.draws import Draws
from core.demo.parameters import hospital_parameters
from core.demo.theme_parameters import TransferParameters, transfer_parameters
from core.demo.themes.scene import Figures, answers, between
from core.scoring.base.inputs import FloatArray

STEPS: Final = (
    "1_1", "1_2", "2_1", "2_2", "2_3", "2_4", "3_1", "3_2", "3_3", "4_1", "5_1", "5_2",
)  # fmt: skip
"""The steps of the five phases, in their order."""
_PERCENT: Final = 100


@dataclass(frozen=True)
class Transfer:
    """The figures of m units and of the k networks they belong to (codes of districts).

    `steps`: steps done and budgets, m x rounds; `equity`: k x rounds.
    """

    units: tuple[DemoUnit, ...]
    networks: tuple[str, ...]
    steps: Figures
    equity: Figures


def invented_transfer() -> Transfer:
    """The readiness of all units in the rounds with reports."""
    units, parameters = demo_units(), transfer_parameters()
    draws = Draws(hospital_parameters().seed)
    networks = tuple(sorted({unit.district for unit in units}))
    places = _Places(units, draws, parameters)
    steps = _steps(places) | _budgets(places)
    return Transfer(units, networks, steps, _equity(len(networks), draws, parameters))


@dataclass(frozen=True)
class _Places:
    """m units, the areas they lie in, and random draws for each of these."""

    units: Sequence[DemoUnit]
    draws: Draws
    parameters: TransferParameters

    @property
    def rounds(self) -> int:
        return len(self.parameters.lost)

    def uniform(self, level: str, name: str, *shape: int) -> FloatArray:
        """Even draws, one for each area of a level, for all units in it: m x shape."""
        codes = sorted({getattr(unit, level) for unit in self.units})
        place = {code: n for n, code in enumerate(codes)}
        own = [place[getattr(unit, level)] for unit in self.units]
        drawn: FloatArray = self.draws.uniform(f"transfer {name}", len(codes), *shape)[own]
        return drawn

    @cached_property
    def progress(self) -> FloatArray:
        """The progress of each unit's transfer, 0 to 1: m x rounds."""
        parameters = self.parameters
        begun = between(parameters.begun, self.uniform("province", "begun"))
        begun = begun + parameters.region * 2 * (self.uniform("region", "region") - 0.5)
        begun = begun + parameters.network * 2 * (self.uniform("district", "network") - 0.5)
        begun = begun + parameters.unit * 2 * (self.uniform("hcode", "unit") - 0.5)
        grown = between(parameters.grown, self.uniform("province", "grown"))
        return begun[:, None] + grown[:, None] * np.arange(self.rounds)


def _steps(places: _Places) -> Figures:
    """One step after the other; a few were left open although later ones are done."""
    done = np.floor(np.clip(places.progress, 0, 1) * len(STEPS) + 0.5)
    skipped = places.uniform("hcode", "skipped", len(STEPS)) * _PERCENT < places.parameters.skipped
    # What was left open is mostly made up for by the next round.
    made_up = places.uniform("hcode", "made up", len(STEPS)) < 0.5
    figures: Figures = {}
    for number, step in enumerate(STEPS):
        yes = done > number
        yes[:, 0] &= ~skipped[:, number]
        yes[:, 1:] &= ~(skipped & ~made_up)[:, [number]]
        figures[f"transfer.step_{step}"] = answers(yes)
    return figures


def _equity(networks: int, draws: Draws, parameters: TransferParameters) -> Figures:
    """Whether it is agreed how to share, and baht per head for either kind of unit: k x rounds."""
    equity = parameters.equity

    def uniform(name: str, *shape: int) -> FloatArray:
        return draws.uniform(f"equity {name}", networks, *shape)

    figures: Figures = {}
    for name, measure in (("sop", "sop_issued"), ("cups", "cups_briefed"), ("pao", "pao_briefed")):
        figures[f"transfer.{measure}"] = answers(uniform(name)[:, None] < getattr(equity, name))
    per_head = np.rint(between(equity.per_head, uniform("per head", len(parameters.lost))))
    equal = uniform("equal")[:, None] < np.array(equity.equal)
    less = between(equity.less, uniform("less"))[:, None] / _PERCENT
    transferred = np.where(equal, per_head, np.rint(per_head * (1 - less)))
    return figures | {
        "transfer.per_head_transferred": transferred,
        "transfer.per_head_not_transferred": per_head,
    }


def _budgets(places: _Places) -> Figures:
    """Baht per head, and whole hundreds of baht for each service by what the year has seen."""
    parameters = places.parameters
    people = np.rint(between(parameters.people, places.uniform("hcode", "people")))[:, None]
    figures: Figures = {}
    for name, span in parameters.per_head.items():
        each = np.round(between(span, places.uniform("hcode", f"head {name}")), 1)[:, None]
        figures[f"transfer.budget_{name}"] = np.broadcast_to(each, (len(each), places.rounds))
    for name, span in parameters.by_service.items():
        each = between(span, places.uniform("hcode", f"service {name}"))[:, None]
        budget = people * each * np.array(parameters.seen)
        figures[f"transfer.budget_{name}"] = np.rint(budget / _PERCENT) * _PERCENT
    return figures
