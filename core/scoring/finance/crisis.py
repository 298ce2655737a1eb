"""The financial crisis level of n hospital-months."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

import numpy as np

from core.criteria.model import Crisis, Survival, SurvivalCase, VerdictBand
from core.scoring.base.derived import Figures
from core.scoring.base.inputs import BoolArray, FloatArray, StateArray
from core.scoring.base.ladder import look_up
from core.scoring.base.outcomes import BlockScores, HospitalMonths, ItemScores, whole_states
from core.scoring.base.states import Verdict
from core.scoring.base.threshold import score_block

VERDICTS = {"pass": Verdict.PASS, "watch": Verdict.WATCH, "fail": Verdict.FAIL}


@dataclass(frozen=True)
class CrisisScores:
    """Levels of n hospital-months, with all that led to them.

    `level` is NaN unless every test could be judged. `blocks` (liquidity, stability) by full id;
    their `points` are points of risk. `survival` is points of risk, `months` how long capital and
    monthly income outlast one another (infinite without income). `states` is why a level is
    missing, `verdicts` the light of the level.
    """

    id: str
    level: FloatArray
    blocks: Mapping[str, BlockScores]
    survival: FloatArray
    months: FloatArray
    states: StateArray
    verdicts: StateArray

    @cached_property
    def tests(self) -> Mapping[str, ItemScores]:
        """The tests of the blocks by full id, in printed order."""
        blocks = self.blocks.values()
        return MappingProxyType(
            {id_: item for block in blocks for id_, item in block.items.items()}
        )


def score_crisis(rule: Crisis, case: HospitalMonths) -> CrisisScores:
    """Score the crisis level: a point a test that holds, and the points of survival.

    The figures of `case` must have been made with the rule's `income`.
    """
    if case.figures.income != rule.income:
        raise ValueError(f"figures by {case.figures.income}, rule by {rule.income}")
    blocks = {block.id: score_block(block, case) for block in rule.blocks}
    survival, months = score_survival(rule.survival, case.figures)
    level = survival.copy()
    for block in blocks.values():
        level += np.where(block.complete, block.earned, np.nan)
    items = [item for block in blocks.values() for item in block.items.values()]
    return CrisisScores(
        id=rule.id,
        level=level,
        blocks=MappingProxyType(blocks),
        survival=survival,
        months=months,
        states=whole_states(~np.isnan(level), items),
        verdicts=verdicts_of(level, rule.verdicts),
    )


def score_survival(rule: Survival, figures: Figures) -> tuple[FloatArray, FloatArray]:
    """Points of risk, and the months they were looked up by; NaN where an input is missing."""
    months = figures["capital_months"]
    points = np.full(months.shape, np.nan)
    for case in rule.cases:
        same_for_all = len(case.bands) == 1
        case_points = case.bands[0].points if same_for_all else look_up(months, case.bands)
        points = np.where(_has_signs(case, figures), case_points, points)
    return points, months


def _has_signs(case: SurvivalCase, figures: Figures) -> BoolArray:
    holds = np.ones(figures.months.shape, dtype=np.bool_)
    for figure, sign in (("net_working_capital", case.capital), ("income", case.income)):
        values = figures[figure]
        holds &= values < 0 if sign == "negative" else values >= 0
    return holds


def verdicts_of(values: FloatArray, bands: tuple[VerdictBand, ...]) -> StateArray:
    """The verdict of each value (`Verdict`); NaN is not judged."""
    verdicts = np.full(values.shape, VERDICTS[bands[-1].verdict], dtype=np.int8)
    for band in reversed(bands[:-1]):
        verdicts[values <= (np.inf if band.up_to is None else band.up_to)] = VERDICTS[band.verdict]
    verdicts[np.isnan(values)] = Verdict.NOT_JUDGED
    return verdicts
