"""The lines of the financial plan and their accounts, from `data/accounts/plan.yaml`; its type."""

import math
from collections.abc import Mapping
from functools import cache
from typing import Annotated, Final, Literal, NamedTuple

from pydantic import Field

from core.criteria.load import read_model
from core.criteria.model.base import Id, Listed, Strict
from core.forms.trial_balance.accounts import ACCOUNTS_FOLDER

_MONTHS: Final = 12
_PERCENT: Final = 100
Kind = Literal["revenue", "expense"]
FORM: Final = "planfin"
TOTALS: Final[Mapping[Kind, str]] = {
    "revenue": "finance.plan_revenue",
    "expense": "finance.plan_expense",
}
"""The measures of what was planned as a whole."""
TYPE: Final = "planfin.type"
_LAST_QUARTER: Final = 4


class PlanLine(Strict):
    """A line of the plan: the ministry's number of it, and every account that begins so."""

    code: str
    kind: Kind
    accounts: Annotated[tuple[str, ...], Listed]


class TypeRule(Strict):
    """How the type follows from three answers, each N or R."""

    investment_percent: float
    months: float
    types: Mapping[Annotated[str, Field(pattern="^[NR]{3}$")], int]


class Plan(Strict):
    """`data/accounts/plan.yaml`."""

    checked_quarters: Annotated[tuple[int, ...], Listed]
    type: TypeRule
    investment_budget: Id
    depreciation: Id
    lines: Mapping[Id, PlanLine]

    def line_of(self, account: str) -> str | None:
        """The line an account belongs to; None for one in none."""
        lines = (id_ for id_, line in self.lines.items() if account.startswith(line.accounts))
        return next(lines, None)


@cache
def plan() -> Plan:
    """The lines of the plan."""
    return read_model(ACCOUNTS_FOLDER / "plan.yaml", Plan)


class PlanType(NamedTuple):
    """The type of a year's plan and what it follows from, in baht; `answers` as RNN."""

    type: int
    answers: str
    ebitda: float
    investment: float
    left: float
    month: float


def plan_type(
    planned: Mapping[str, float], investment: float, working_capital: float
) -> PlanType | None:
    """The type of a year's plan by line; None where a line or a figure is missing (NaN).

    Where EBITDA is below 0 any investment is a risk, none is not.
    """
    about, rule = plan(), plan().type
    if not about.lines.keys() <= planned.keys():
        return None
    if math.isnan(investment) or math.isnan(working_capital):
        return None
    revenue, expense = total(planned, "revenue"), total(planned, "expense")
    spent = expense - planned[about.depreciation]
    ebitda = revenue - planned[about.investment_budget] - spent
    left, month = working_capital - investment, spent / _MONTHS
    limit = max(ebitda, 0.0) * rule.investment_percent / _PERCENT
    risks = ebitda < 0, investment > limit, left < month * rule.months
    answers = "".join("R" if risk else "N" for risk in risks)
    return PlanType(rule.types[answers], answers, ebitda, investment, left, month)


def total(amounts: Mapping[str, float], kind: Kind) -> float:
    """The sum of the lines of a kind."""
    return math.fsum(v for one, v in amounts.items() if plan().lines[one].kind == kind)


class PlanFigures(NamedTuple):
    """What a plan by line comes to, by measure; the lines that a total lacks, by kind."""

    figures: Mapping[str, float]
    lacking: Mapping[Kind, tuple[str, ...]]


def plan_figures(reported: Mapping[str, float], quarter: int) -> PlanFigures:
    """Totals, and of the year's plan the type, from what a plan says by measure (NaN: nothing).

    A total that lacks a line is not known: what is not planned is 0, and nothing is not.
    """
    amounts = {
        measure.removeprefix(f"{FORM}.").removesuffix("_plan"): value
        for measure, value in reported.items()
        if not math.isnan(value)
    }
    lines = {id_: value for id_, value in amounts.items() if id_ in plan().lines}
    lacking: dict[Kind, tuple[str, ...]] = {}
    figures: dict[str, float] = {}
    for kind, measure in TOTALS.items():
        own = [id_ for id_, line in plan().lines.items() if line.kind == kind]
        lacking[kind] = tuple(id_ for id_ in own if id_ not in lines)
        if not lacking[kind]:
            figures[measure] = total({id_: lines[id_] for id_ in own}, kind)
    needed = (amounts.get(name, math.nan) for name in ("investment", "working_capital"))
    if quarter == _LAST_QUARTER and (type_ := plan_type(lines, *needed)):
        figures[TYPE] = float(type_.type)
    return PlanFigures(figures, lacking)
