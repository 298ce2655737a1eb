"""What if for several hospitals of an area: each moves the same money, all are scored at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

import numpy as np
from sqlalchemy import Engine

from core.access.roles import Action
from core.foresight.support import LevelCap
from core.periods import Period
from core.quantities import number_or_none
from core.scoring.base.derived import IntArray
from core.scoring.base.inputs import FloatArray
from core.scoring.finance.score import FinanceScores
from core.services.foresight.area import level_caps
from core.services.foresight.months import MonthFigures, figures_of
from core.services.foresight.whatif.change import checked, figures_after, within_limits
from core.services.guard.doors import door
from core.services.overview.month import Hospital, month
from core.services.rules.finance import edges

Group = Literal["crisis", "all"]
"""Which hospitals of an area move money: those in crisis, or every one."""
GROUPS: Final[tuple[Group, ...]] = get_args(Group)

Counts = tuple[int, int]
"""Before and after."""


@dataclass(frozen=True, slots=True)
class MovedHospital:
    """A hospital that moved money: `used` baht of each lever; pairs are before and after."""

    hospital: Hospital
    used: Mapping[str, float]
    is_limited: bool
    level: tuple[int | None, int | None]
    score: tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class AreaSimulation:
    """An area before and after its hospitals moved money; never stored as a result.

    `amounts`: lever -> baht asked of each hospital. `moved` by their level before, the gravest
    first. Of `reporting` hospitals so many are `in_crisis` before and after; `keeps_target` is None
    where the rules of the month name no target. `unknown` codes were meant and have no level here.
    """

    area: str
    period: Period
    amounts: Mapping[str, float]
    days: Mapping[str, float]
    moved: tuple[MovedHospital, ...]
    reporting: int
    first_red: int
    in_crisis: Counts
    keeps_target: tuple[bool, bool] | None
    unknown: tuple[str, ...]

    @property
    def totals(self) -> Mapping[str, float]:
        """All baht that were moved, by lever."""
        return {lever: sum(one.used[lever] for one in self.moved) for lever in self.amounts}

    @property
    def limited(self) -> int:
        """Hospitals that had less to move than was asked."""
        return sum(one.is_limited for one in self.moved)


def hospitals_among(
    engine: Engine, area: str, period: Period, among: Group | Sequence[str]
) -> tuple[Hospital, ...]:
    """The hospitals of an area that have a level and are meant; codes from elsewhere are not."""
    whole = month(engine, period)
    figures = figures_of(engine, period)
    inside = (one for one in whole.inside(area) if one.level is not None)
    known = (one for one in inside if one.hcode in figures.rows)
    if among == "all":
        return tuple(known)
    if among == "crisis":
        red = edges(whole.rules.of(period)).first
        return tuple(one for one in known if (one.level or 0) >= red)
    return tuple(one for one in known if one.hcode in among)


@door(Action.READ, "area")
def simulate_area(
    engine: Engine,
    area: str,
    period: Period,
    amounts: Mapping[str, float],
    days: Mapping[str, float] | None = None,
    among: Group | Sequence[str] = "crisis",
) -> AreaSimulation:
    """An area after each hospital meant moved so much (baht) and changed its days.

    Raises what `checked` does. The area's other hospitals stay as they are, and peers are those of
    the month with the changed figures among them.
    """
    wanted, shifts = checked(amounts, days)
    figures, whole = figures_of(engine, period), month(engine, period)
    here = _rows(figures, hospitals_among(engine, area, period, "all"))
    meant = hospitals_among(engine, area, period, among)
    moving = _rows(figures, meant)
    used = within_limits(figures.situations.rows(moving), wanted)
    after = figures.scores(figures_after(figures, moving, used, shifts))
    red = edges(whole.rules.of(period)).first
    levels = figures.now.crisis.level[here], after.crisis.level[here]
    return AreaSimulation(
        area=area,
        period=period,
        amounts=wanted,
        days=shifts,
        moved=tuple(_moved(meant, moving, used, wanted, (figures.now, after))),
        reporting=len(here),
        first_red=red,
        in_crisis=(int((levels[0] >= red).sum()), int((levels[1] >= red).sum())),
        keeps_target=_standing(level_caps(figures.rules, period, len(here)), levels),
        unknown=_unknown(among, meant),
    )


def _unknown(among: Group | Sequence[str], known: Sequence[Hospital]) -> tuple[str, ...]:
    if among in GROUPS:
        return ()
    hcodes = {one.hcode for one in known}
    return tuple(one for one in among if one not in hcodes)


def _rows(figures: MonthFigures, hospitals: Sequence[Hospital]) -> IntArray:
    return np.array([figures.rows[one.hcode] for one in hospitals], dtype=np.int64)


def _moved(
    hospitals: Sequence[Hospital],
    rows: IntArray,
    used: Mapping[str, FloatArray],
    wanted: Mapping[str, float],
    both: tuple[FinanceScores, FinanceScores],
) -> list[MovedHospital]:
    before, after = both
    changed = [
        MovedHospital(
            hospital=one,
            used={lever: float(baht[place]) for lever, baht in used.items()},
            is_limited=any(baht[place] < wanted[lever] for lever, baht in used.items()),
            level=(_whole(before.crisis.level, row), _whole(after.crisis.level, row)),
            score=(number_or_none(before.tps.score[row]), number_or_none(after.tps.score[row])),
        )
        for place, (one, row) in enumerate(zip(hospitals, rows.tolist(), strict=True))
    ]
    return sorted(changed, key=lambda one: (-(one.level[0] or 0), one.hospital.hcode))


def _whole(levels: FloatArray, row: int) -> int | None:
    level = number_or_none(levels[row])
    return None if level is None else int(level)


def _standing(
    caps: Sequence[LevelCap] | None, both: tuple[FloatArray, FloatArray]
) -> tuple[bool, bool] | None:
    if caps is None:
        return None
    before, after = (
        all(((levels >= cap.lowest) & (levels <= cap.highest)).sum() <= cap.at_most for cap in caps)
        for levels in both
    )
    return before, after
