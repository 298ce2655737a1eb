"""Invented medical supply and staff sufficiency: the fifty lines, days, staff, plans and costs."""

from typing import Final

import numpy as np

from core.demo.accounts.money import MATERIALS
from core.demo.themes.scene import Figures, Scene, Words, answers, between, by_work, declining
from core.scoring.base.inputs import FloatArray

LINES: Final = (
    *(f"1_1_{n}" for n in range(1, 7)), "1_2", *(f"1_3_{n}" for n in range(1, 6)), "1_4",
    "2_1", *(f"2_2_{n}" for n in range(1, 6)), "2_3", "3_5", "3_6",
    *(f"4_{n}" for n in range(1, 7)), *(f"5_{n}" for n in range(1, 7)),
    *(f"6_{n}" for n in range(1, 6)),
)  # fmt: skip
"""Lines answered with yes or no, in the order of the checklist."""
_SOFTWARE: Final = "2_3"
_COSTS: Final = {"labour": "labour", "drug": "drugs", "supply": "supplies", "lab": "lab"}


def invented_msss(scene: Scene) -> tuple[Figures, Words]:
    """The checklist in the rounds of the last year, and the name of the software: n x 2."""
    rounds = len(scene.parameters.rounds.quarters)
    work = scene.in_rounds(scene.work("msss"))[:, -rounds:]
    figures = _lines(scene, work) | _staff(scene, work) | _days(scene, work)
    figures |= {f"msss.{name}": f[:, -rounds:] for name, f in _plans(scene).items()}
    figures |= {f"msss.{name}": f[:, -rounds:] for name, f in _costs(scene).items()}
    return figures, {"msss.software": _software(scene, figures)}


def _lines(scene: Scene, work: FloatArray) -> Figures:
    """Answers; a line once answered with yes mostly stays so, because it has its own place."""
    parameters = scene.parameters.msss
    share = by_work(parameters.answered, work)
    apart = scene.draws.normal("msss lines", len(LINES)) * parameters.line / 100
    drawn = scene.chance("msss answers", len(LINES))
    return {
        f"msss.line_{line}": answers(drawn[:, [place]] < share + apart[place])
        for place, line in enumerate(LINES)
    }


def _software(scene: Scene, figures: Figures) -> list[list[str]]:
    names = scene.parameters.msss.software
    chosen = np.floor(scene.chance("software") * len(names)).astype(np.int64).tolist()
    used = figures[f"msss.line_{_SOFTWARE}"].tolist()
    return [
        [names[name] if yes else "" for yes in row] for name, row in zip(chosen, used, strict=True)
    ]


def _staff(scene: Scene, work: FloatArray) -> Figures:
    """Heads beside full-time equivalents, by beds; some hospitals have far too few or too many."""
    parameters = scene.parameters.msss
    beds = np.array([float(hospital.beds) for hospital in scene.cast.hospitals])[:, None]
    core = np.rint(beds / between(parameters.beds_per_core, scene.chance("core fte"))[:, None] + 4)
    support = np.rint(core * between(parameters.support, scene.chance("support fte"))[:, None])
    odd = scene.chance("odd staff")[:, None]
    too_few, too_many = odd < parameters.short / 2, odd > 1 - parameters.short / 2
    figures: Figures = {}
    for kind, needed in (("core", core), ("support", support)):
        drawn = scene.chance(f"{kind} staff", work.shape[1])
        share = between(getattr(parameters, f"{kind}_share"), drawn) / 100
        share = np.where(too_few, share * 0.5, np.where(too_many, share + 0.25, share))
        full = np.broadcast_to(needed, work.shape)
        figures |= {f"msss.{kind}_staff": np.rint(full * share), f"msss.{kind}_fte": full}
    vacant = by_work(parameters.vacant, work) * 100 + 0.3 * scene.noise("vacant", work.shape[1])
    figures["msss.vacant_share"] = np.asarray(np.round(np.maximum(vacant, 0), 1))
    return figures


def _days(scene: Scene, work: FloatArray) -> Figures:
    """Days of stocks as the accounts have them, and days until drugs and staff are paid."""
    parameters, rounds = scene.parameters.msss, work.shape[1]
    days: Figures = {
        f"days.inventory_{name}": scene.in_rounds(scene.figure(f"days.inventory_{name}"))
        for name in MATERIALS
    }
    usual = scene.in_rounds(scene.figure("days.payables"))
    for name in MATERIALS:
        own = between(getattr(parameters.pay, name), scene.chance(f"pay {name}"))[:, None]
        days[f"days.payables_{name}"] = np.asarray(np.round(usual * own, 1))
    days = {measure: values[:, -rounds:] for measure, values in days.items()}
    waited = by_work(parameters.compensation_days, work) * 100 + 4 * scene.noise("waited", rounds)
    days["days.compensation"] = np.rint(np.maximum(waited, 7))
    return days


def _plans(scene: Scene) -> Figures:
    """What was planned and used in the last quarter, whole baht: n x rounds."""
    parameters = scene.parameters.msss
    actual = {name: scene.of_quarters(f"cost.{name}") for name in MATERIALS}
    expense = scene.of_quarters("finance.expense")
    own = between(parameters.maintenance, scene.chance("maintenance"))[:, None]
    actual |= {"expense": expense, "maintenance": expense * own}
    work = scene.in_rounds(scene.work("msss"))
    missed = declining(parameters.plan_missed, work)
    figures: Figures = {}
    for name, used in actual.items():
        noise = parameters.plan_missed.spread / 100 * scene.noise(f"missed {name}", used.shape[1])
        over = np.where(scene.chance(f"over {name}")[:, None] < parameters.overspent, 1, -1)
        plan = used / (1 + over * np.minimum(np.abs(missed + noise), 0.6))
        figures |= {f"plan_{name}": np.rint(plan), f"actual_{name}": np.rint(used)}
    return figures


def _costs(scene: Scene) -> Figures:
    """What the quarter cost, whole baht, and unit costs as the accounts have them: n x rounds."""
    figures = {
        f"{ours}_cost": np.rint(scene.of_quarters(f"cost.{name}")) for ours, name in _COSTS.items()
    }
    for kind in ("op", "ip"):
        figures[f"{kind}_unit_cost"] = scene.in_rounds(scene.figure(f"cost.{kind}_unit"))
    return figures
