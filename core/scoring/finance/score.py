"""Crisis level, Total Performance Score and grade of a table of hospital-months at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np

from core.criteria.model import Crisis, GradeScale, ThresholdSet
from core.scoring.base.derived import Columns, Figures, IntArray
from core.scoring.base.inputs import BoolArray, FloatArray
from core.scoring.base.outcomes import HospitalMonths
from core.scoring.base.peers import GroupFigures, PeerGroups
from core.scoring.finance.crisis import CrisisScores, score_crisis
from core.scoring.finance.grade import GradeScores, score_grades
from core.scoring.finance.tps import SetScores, no_scores, score_set

_NOTHING: Final[GroupFigures] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class FinanceRules:
    """The rules of one period under chosen readings; no score where no edition holds in it."""

    crisis: Crisis
    tps: ThresholdSet | None
    grade: GradeScale | None

    @property
    def decimals(self) -> Mapping[str, int]:
        """Figures that are rounded before they are compared, and to how many decimals."""
        return {**self.crisis.decimals, **(self.tps.decimals if self.tps else {})}


@dataclass(frozen=True, slots=True)
class FinanceScores:
    """Results of n hospital-months, in the order of the rows that went in."""

    figures: Figures
    """Every figure by name: `figures["current_ratio"]`, `figures["days.uc"]`."""
    crisis: CrisisScores
    tps: SetScores
    grade: GradeScores


def score_finance(
    columns: Columns,
    *,
    months: IntArray,
    groups: IntArray,
    islands: BoolArray,
    rules: FinanceRules,
    published: GroupFigures = _NOTHING,
) -> FinanceScores:
    """Score n hospital-months.

    `columns`: measure code -> n values in the measure's unit (an array, NaN = not reported, or a
    `Column` with states); absent measures were not reported; flows are cumulative since 1 October.
    `months`: ordinals of the last month covered (`Period.ordinal`). `groups`: codes of the HGR
    group (`group_codes`), negative = unknown: items held against peers are not judged. `islands`:
    True for facilities on islands. `published`: n values of groups by figure and kind of value,
    from the ministry's table, NaN where there is none; they outrank computed ones.

    All rows of one group and month are peers: pass them in one call. Source: 004, indicator 1.
    """
    case = HospitalMonths(
        figures=Figures(columns, months, rules.crisis.income, rules.decimals),
        peers=PeerGroups(groups, months),
        islands=islands,
        published=published,
    )
    tps = score_set(rules.tps, case) if rules.tps else no_scores(months.size)
    return FinanceScores(
        figures=case.figures,
        crisis=score_crisis(rules.crisis, case),
        tps=tps,
        grade=score_grades(rules.grade, tps.score, tps.complete),
    )


def year_before(values: FloatArray, facilities: IntArray, months: IntArray) -> FloatArray:
    """For every row the value of the same facility twelve months earlier; NaN where there is none.

    `facilities`: a number for each facility; `months`: ordinals. It fills the measure
    `activity.adjrw_previous_year` when a table spans two years. Of repeated rows the last counts.
    """
    span = int(np.ptp(months)) + 13 if months.size else 1
    here = facilities * span + months
    order = np.argsort(here, kind="stable")
    place = np.searchsorted(here[order], here - 12, side="right") - 1
    row = order[np.maximum(place, 0)]
    return np.where((place >= 0) & (here[row] == here - 12), values[row], np.nan)
