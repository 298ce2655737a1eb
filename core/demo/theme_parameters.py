"""What the demonstration's inspection themes are made from: `themes.yaml` and `transfer.yaml`."""

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Literal

from core.criteria.load import read_model
from core.criteria.model.base import Listed, Strict, TextField
from core.demo.parameters import FOLDER, Course, Files, Level, Span, Words

Theme = Literal["revenue", "claims", "msss", "payables", "sproi", "coverage", "compensation"]
Years = Annotated[tuple[int, ...], Listed]
Rates = Annotated[tuple[float, ...], Listed]


class Rounds(Strict):
    """The fiscal years with reports, and the last quarter that is over by each of their rounds."""

    fiscal_years: Years
    quarters: Years


class Spread(Strict):
    """How far apart work lies (standard deviations), and how much better it gets."""

    region: float
    province: float
    hospital: float
    rise: float


class Decline(Strict):
    """`best` where work is at least `until`; `worse` more by the square of the tenths that lack."""

    best: float
    worse: float
    until: float


class RevenueParameters(Strict):
    """Points of the revenue centre's eight dimensions."""

    full: Mapping[str, int]
    earned: Span
    apart: float
    changes: float


class Slip(Strict):
    """Months in which a few claims are late although work is good."""

    share: float
    most: int


class Audit(Strict):
    """Audits of in-patient records."""

    every: int
    sample: Span
    difference: Span
    spread: float


class Control(Strict):
    """Internal control beside a defect: from which percentages on it is reported, and what."""

    reported_from: Mapping[Literal["missing", "error", "audit"], float]
    plan: Span
    made_within: int
    owners: Words


class ClaimParameters(Strict):
    """Claims of a month."""

    visits: float
    noise: float
    missing: Decline
    error: Decline
    delayed: Decline
    expired: Decline
    sent_late: float
    slip: Slip
    sent: Span
    audit: Audit
    control: Control


class PayDays(Strict):
    """Days until suppliers are paid, as shares of all payables' days; a few prefer some."""

    drugs: Span
    supplies: Span
    lab: Span


class PlanMissed(Decline):
    """By how many percent plans are missed."""

    spread: float


class MsssParameters(Strict):
    """Medical supply and staff sufficiency."""

    answered: Span
    line: float
    software: Words
    beds_per_core: Span
    support: Span
    core_share: Span
    support_share: Span
    short: float
    vacant: Span
    pay: PayDays
    compensation_days: Span
    plan_missed: PlanMissed
    overspent: float
    maintenance: Span


class PayablesParameters(Strict):
    """How payables are managed."""

    answered: Span
    days_paid: Span
    paid: Span
    noise: float
    over_90: Decline
    over_360: Decline
    cheque: Span


class ServicePlan(Strict):
    """A service plan: shares of the levels that have it, cost, return; all in percent."""

    levels: Mapping[Level, float]
    cost: Span
    roi: Span


class SproiParameters(Strict):
    """Return on investment of the service plans."""

    covid: ServicePlan
    stroke_stemi: ServicePlan
    ods_mis: ServicePlan
    spread: float
    waning: Rates
    without_cost: int


Place = Literal["border", "industrial", "coastal", "city", "few"]


class CoverageParameters(Strict):
    """Who is insured."""

    people: Mapping[Level, Span]
    thai: Span
    foreign: Mapping[Place, Span]
    insured: Span
    insured_of_checked: Span
    places: Mapping[Place, Words]
    fss: Mapping[str, float]
    fss_per_head: float
    fss_spent: Span


class CompensationParameters(Strict):
    """Compensation of staff."""

    due: Span
    paid: Span
    noise: float


class Slips(Strict):
    """How much goes wrong in a table: cells that hold no figure, rows that stand twice."""

    mistyped: int
    texts: Words
    contradictory: int
    percent: float


class ThemeReporting(Strict):
    """What is not reported, and what is reported wrongly; shares in percent."""

    lost: Mapping[str, float]
    lost_months: float
    never_sent: Annotated[tuple[Annotated[tuple[str, str, str], Listed], ...], Listed]
    slips: Slips
    files: Files


class ThemeParameters(Strict):
    """`data/demo/themes.yaml`."""

    rounds: Rounds
    stories: Mapping[str, Course]
    spreads: Mapping[Theme, Spread]
    revenue: RevenueParameters
    claims: ClaimParameters
    msss: MsssParameters
    payables: PayablesParameters
    sproi: SproiParameters
    coverage: CoverageParameters
    compensation: CompensationParameters
    reporting: ThemeReporting


class Equity(Strict):
    """Equity after transfer, by round; money per head in baht."""

    sop: Rates
    cups: Rates
    pao: Rates
    per_head: Span
    equal: Rates
    less: Span


class TransferParameters(Strict):
    """`data/demo/transfer.yaml`."""

    first_code: int
    long_code: str
    name: TextField
    without: Words
    units: Mapping[str, float]
    near: float
    fiscal_year: int
    begun: Span
    grown: Span
    region: float
    network: float
    unit: float
    skipped: float
    equity: Equity
    people: Span
    per_head: Mapping[str, Span]
    by_service: Mapping[str, Span]
    seen: Rates
    lost: Rates
    slips: Slips


@cache
def theme_parameters() -> ThemeParameters:
    """How hospitals do in the themes; `CriteriaError` for a wrong file."""
    return read_model(FOLDER / "themes.yaml", ThemeParameters)


@cache
def transfer_parameters() -> TransferParameters:
    """What becomes of primary care units; `CriteriaError` for a wrong file."""
    return read_model(FOLDER / "transfer.yaml", TransferParameters)
