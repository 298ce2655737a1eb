"""The financial plan of a hospital beside what its books came to, line by line, and its type."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.access.roles import Action
from core.criteria.catalog import catalog, measure_name
from core.criteria.model import Threshold
from core.forms.model.form import TableForm, form
from core.forms.trial_balance.accounts import account_sets
from core.forms.trial_balance.codes import account_in
from core.forms.trial_balance.header import FORM
from core.forms.trial_balance.plan import Kind, PlanType, plan, plan_type, total
from core.periods import Period
from core.scoring.base.states import State
from core.services.guard.doors import door
from core.services.rules.account_map import additions_in
from core.store.engine.unit_of_work import reading
from core.store.results.versions import stamp_now
from core.store.uploads.accounts import accounts_of
from core.store.uploads.observations import observations
from core.store.uploads.submissions import SubmissionInfo, current_submissions, submissions
from core.text import Text

PLANFIN: Final = "planfin"
_TESTS: Final[Mapping[Kind, str]] = {
    "revenue": "tps.score.process.planfin.revenue",
    "expense": "tps.score.process.planfin.expense",
}
"""The tests of the score whose limits hold for the totals."""
_PERCENT: Final = 100
_DECIMALS: Final = 9
"""Percentages of amounts in satang: what lies beyond is dust."""
_LAST_QUARTER: Final = 4
_CACHED: Final = 4
"""Versions of the results in the cache."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or a total: plan and result since October in baht, None where not known.

    `lacking` counts, of a total, the lines that have a result and no plan.
    """

    name: Text
    plan: float | None
    actual: float | None
    lacking: int = 0

    @property
    def difference(self) -> float | None:
        """By how much the result differs from the plan, in percent of the plan."""
        if self.plan is None or self.actual is None or not self.plan:
            return None
        return round((self.actual - self.plan) / self.plan * _PERCENT, _DECIMALS)


@dataclass(frozen=True)
class PlanView:
    """A plan beside the books of the last month of its quarter.

    `limit` is by how many percent a total may differ, `checked` are the quarters in which that is
    asked. `in_no_line` is what accounts of no line come to, revenue less expense. `type` is
    that of the year's plan, None where it lacks a figure. `versions` are all plans of the quarter
    that were sent, the latest first.
    """

    quarter: Period
    lines: tuple[Line, ...]
    revenue: Line
    expense: Line
    limit: float
    checked: tuple[int, ...]
    in_no_line: float
    type: PlanType | None
    versions: tuple[SubmissionInfo, ...]

    @property
    def is_checked(self) -> bool:
        """Whether the plan is checked in its quarter."""
        return self.quarter.number in self.checked

    def is_within(self, whole: Line) -> bool | None:
        """Whether a total keeps to the plan; None where that is not known, or lines lack a plan."""
        if whole.difference is None or whole.lacking:
            return None
        return abs(whole.difference) <= self.limit


@door(Action.READ, "hcode")
def has_plan(engine: Engine, hcode: str, period: Period) -> bool:
    """Whether any quarter of the fiscal year that ends no later than a month has a plan."""
    return _latest(engine, hcode, period) is not None


@door(Action.READ, "hcode")
def plan_view(engine: Engine, hcode: str, period: Period) -> PlanView | None:
    """The plan of the latest quarter that ends no later than a month; None without any."""
    quarter = _latest(engine, hcode, period)
    if quarter is None:
        return None
    with reading(engine) as session:
        sent = submissions(session, subject=hcode, form=PLANFIN, period=quarter)
        return _view(session, quarter, sent)


def _latest(engine: Engine, hcode: str, period: Period) -> Period | None:
    planned = _quarters(engine, stamp_now(engine)).get(hcode, ())
    ended = (
        one
        for one in planned
        if one.fiscal_year == period.fiscal_year and one.month.number <= period.number
    )
    return max(ended, key=lambda quarter: quarter.number, default=None)


@lru_cache(maxsize=_CACHED)
def _quarters(engine: Engine, version: str) -> Mapping[str, Sequence[Period]]:  # noqa: ARG001
    """The quarters every hospital has a plan of, in a version of the results."""
    quarters: dict[str, list[Period]] = {}
    with reading(engine) as session:
        for one in current_submissions(session, PLANFIN):
            quarters.setdefault(one.subject, []).append(one.period)
    return quarters


def _view(session: Session, quarter: Period, sent: tuple[SubmissionInfo, ...]) -> PlanView:
    current = next(one for one in sent if one.current)
    planned, others = _planned(session, current)
    actual, outside = _actual(session, current.subject, quarter.month)
    names = _names()
    lines = tuple(
        Line(names[id_], planned.get(id_), None if actual is None else actual.get(id_, 0.0))
        for id_ in plan().lines
        if id_ in planned or (actual and actual.get(id_))
    )
    whole = {kind: _total(kind, planned, actual) for kind in _TESTS}
    return PlanView(
        quarter=quarter,
        lines=lines,
        revenue=whole["revenue"],
        expense=whole["expense"],
        limit=_limit(),
        checked=plan().checked_quarters,
        in_no_line=outside,
        type=_type(session, current.subject, quarter, (planned, others)),
        versions=sent,
    )


Planned = tuple[Mapping[str, float], Mapping[str, float]]
"""What a plan says of its lines, and of what is none of them."""


def _planned(session: Session, sent: SubmissionInfo) -> Planned:
    planned = {
        measure.removeprefix(f"{PLANFIN}.").removesuffix("_plan"): one.value
        for measure, one in observations(session, sent.id).items()
        if one.state == State.REPORTED
    }
    lines = {id_: value for id_, value in planned.items() if id_ in plan().lines}
    return lines, {id_: value for id_, value in planned.items() if id_ not in lines}


def _type(session: Session, hcode: str, quarter: Period, known: Planned) -> PlanType | None:
    """The type by the plan of the whole year."""
    year = Period(quarter.fiscal_year, "Q", _LAST_QUARTER)
    if quarter != year:
        sent = submissions(session, subject=hcode, form=PLANFIN, period=year, only_current=True)
        if not sent:
            return None
        known = _planned(session, sent[0])
    lines, others = known
    needed = (others.get(name, math.nan) for name in ("investment", "working_capital"))
    return plan_type(lines, *needed)


def _actual(
    session: Session, hcode: str, month: Period
) -> tuple[Mapping[str, float] | None, float]:
    """What the books come to by line, and in accounts of no line; None without open books."""
    sent = submissions(session, subject=hcode, form=FORM, period=month, only_current=True)
    accounts = accounts_of(session, [sent[0].id])[sent[0].id] if sent else []
    additions, sets = additions_in(session), account_sets()
    sums: dict[str, float] = {}
    outside = 0.0
    flows = [one for one in accounts if one.code[:1] in ("4", "5")]
    for one in flows:
        account = account_in(one.code, month.fiscal_year, additions).account or one.code
        line = plan().line_of(account)
        if line is None:
            outside -= one.carried
        else:
            sums[line] = sums.get(line, 0.0) + sets.side(account) * one.carried
    return (sums if any(one.carried for one in flows) else None), outside


def _total(kind: Kind, planned: Mapping[str, float], actual: Mapping[str, float] | None) -> Line:
    own = {one for one, line in plan().lines.items() if line.kind == kind}
    has_plan = not own.isdisjoint(planned)
    return Line(
        measure_name(f"finance.{kind}"),
        total(planned, kind) if has_plan else None,
        None if actual is None else total(actual, kind),
        sum(bool(actual and actual.get(one)) for one in own - planned.keys()),
    )


def _limit() -> float:
    rule = catalog().nodes[_TESTS["expense"]]
    limits = [one.within for one in rule.cutoffs] if isinstance(rule, Threshold) else []
    return float(next(limit for limit in limits if limit is not None))


def _names() -> Mapping[str, Text]:
    """What the form calls each line."""
    chosen = form(PLANFIN)
    columns = chosen.columns if isinstance(chosen, TableForm) else ()
    return {choice.id: choice.name for column in columns for choice in column.choices}
