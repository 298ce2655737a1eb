"""The parameters of the demonstration: `data/demo/*.yaml`."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Annotated, Final, Literal

from core.criteria.load import DATA_FOLDER, read_model
from core.criteria.model.base import Listed, Strict, TextField

FOLDER: Final = DATA_FOLDER / "demo"

Level = Literal["A", "S", "M1", "M2", "F1", "F2", "F3"]
Span = Annotated[tuple[float, float], Listed]
"""A range: its lowest and highest value."""
Course = Annotated[tuple[Span, Span, Span], Listed]
"""Ranges at the beginning, in the middle and at the end of the reported time."""
Year = Annotated[tuple[float, ...], Listed]
"""Twelve months from October."""
Words = Annotated[tuple[str, ...], Listed]


class Group(Strict):
    """A hospital group (HGR): its share of a level, beds, revenue of a year in million baht."""

    name: str
    level: Level
    share: float
    beds: Annotated[tuple[int, int], Listed]
    revenue: Span


class Island(Strict):
    """Where an island lies (latitude, longitude), and the level of its hospital."""

    place: Span
    level: Level


class MovedUp(Strict):
    """Hospitals that changed their group when the second fiscal year began."""

    group: str
    into: str
    count: int


class HospitalParameters(Strict):
    """`data/demo/hospitals.yaml`."""

    seed: int
    first_code: int
    long_code: str
    district_prefix: str
    regional_from_districts: int
    second_from_districts: int
    without_hospital: int
    only_in: Mapping[str, Mapping[str, Level]]
    names: Mapping[Literal["A", "S", "other"], TextField]
    islands: Mapping[str, Island]
    community: Mapping[Level, float]
    groups: Annotated[tuple[Group, ...], Listed]
    moved_up: MovedUp


class Story(Strict):
    """How a hospital develops; units are in the file."""

    margin: Course
    capital: Span
    invested: Span
    payables: Span
    uc: Span
    csmbs: Span
    sss: Span
    inventory: Span
    cost: Span
    plan: Span


class Seasons(Strict):
    """The seasons of a year."""

    revenue: Year
    expense: Year
    patients: Year


class LevelCosts(Strict):
    """What a level's expense is made up of, in percent, and what its patients cost."""

    labour: Span
    drugs: Span
    supplies: Span
    lab: Span
    depreciation: Span
    op_unit: float
    ip_unit: float
    cmi: Span
    occupancy: Span


class Noise(Strict):
    """Standard deviations from month to month, in percent."""

    revenue: float
    expense: float
    days: float
    occupancy: float


class PlanNoise(Strict):
    """How far plans miss, in percent."""

    revenue: float
    expense: float


class TrialBalance(Strict):
    """Shares of hospitals with 1 point at the beginning and the end, and with 0.5 of the others."""

    full: Span
    half: float


class Accounting(Strict):
    """Accounting quality."""

    perfect: Span
    otherwise: Span
    points: TrialBalance


class Planfin(Strict):
    """Types of Planfin by what the plan says."""

    surplus: int
    balanced: int
    deficit_with_capital: int
    deficit: int
    deficit_deep: int


class StoryParameters(Strict):
    """`data/demo/stories.yaml`."""

    fiscal_years: Annotated[tuple[int, int], Listed]
    hospital_stories: Mapping[str, Story]
    province_stories: Mapping[str, Mapping[str, float]]
    provinces: Mapping[str, str]
    seasons: Seasons
    paid_ahead: Year
    levels: Mapping[Level, LevelCosts]
    funds: Mapping[Literal["uc", "csmbs", "sss"], Span]
    capital_grants: Span
    year_growth: Span
    patients_growth: Span
    stay: Span
    fixed_assets: Span
    least_cash: Span
    accrued: Span
    deposits: Span
    other_assets: Span
    noise: Noise
    plan_noise: PlanNoise
    accounting: Accounting
    planfin: Planfin
    balanced_from: float


class Silence(Strict):
    """A share of a province's hospitals without data in the last months."""

    share: float
    months: int


class NeverReported(Strict):
    """Hospitals that leave out measures in every report."""

    count: int
    measures: Words


class Mistyped(Strict):
    """Figures that are none."""

    count: int
    measures: Words
    texts: Words


class DoesNotApply(Strict):
    """Figures that do not apply."""

    count: int
    measures: Words
    text: str


class Contradictory(Strict):
    """Rows that stand twice and differ."""

    count: int
    measures: Words
    percent: float


class Files(Strict):
    """How files are named, and how many days after their quarter they came."""

    name: str
    days_after: Annotated[tuple[int, int], Listed]


class ReportingParameters(Strict):
    """`data/demo/reporting.yaml`."""

    silent: Mapping[str, Silence]
    lost_months: int
    never_reported: NeverReported
    mistyped: Mistyped
    does_not_apply: DoesNotApply
    contradictory: Contradictory
    files: Files
    sender: Mapping[str, str]


class Incomplete(Strict):
    """Forms not filled in to the end, and the share of their cells that is."""

    count: int
    filled: Span


class Wrong(Strict):
    """Forms with wrong cells, and what stands in them."""

    count: int
    texts: Words


class Earlier(Strict):
    """Forms sent twice: how many days before, and how much worse."""

    count: int
    days: int
    worse: float


class StarParameters(Strict):
    """`data/demo/stars.yaml`."""

    region: str
    form: str
    fiscal_year: int
    cup_name: str
    file_name: str
    sent_from: date
    sent_within_days: int
    quality: Span
    spread_items: float
    spread_lines: float
    provinces: Mapping[str, float]
    incomplete: Incomplete
    wrong: Wrong
    earlier: Earlier


@cache
def hospital_parameters() -> HospitalParameters:
    """How hospitals are invented; `CriteriaError` for a wrong file."""
    return read_model(FOLDER / "hospitals.yaml", HospitalParameters)


@cache
def story_parameters() -> StoryParameters:
    """How hospitals develop; `CriteriaError` for a wrong file."""
    return read_model(FOLDER / "stories.yaml", StoryParameters)


@cache
def reporting_parameters() -> ReportingParameters:
    """How they report; `CriteriaError` for a wrong file."""
    return read_model(FOLDER / "reporting.yaml", ReportingParameters)


@cache
def star_parameters() -> StarParameters:
    """How self-assessments are invented; `CriteriaError` for a wrong file."""
    return read_model(FOLDER / "stars.yaml", StarParameters)
