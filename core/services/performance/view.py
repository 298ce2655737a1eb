"""What a unit sent of a year: its tables with what follows from them, and what contradicts."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from sqlalchemy import Engine

from core.access.roles import Action
from core.forms.model.form import table_form
from core.forms.model.issues import CellIssue
from core.forms.records.across import (
    AGREEMENT,
    BOTH_WAYS,
    BUDGET,
    KPI,
    PLAN,
    PMQA,
    PROJECT,
    RISK,
    STAFF,
    STEPS,
    TIERS,
    across,
    is_pmqa,
    linked,
)
from core.forms.records.checks import record_issues
from core.forms.records.record import Record, Rows, documents
from core.scoring.plans.shares import percent_of, weighted_progress
from core.scoring.plans.tiers import tier_scores, tiers_reached
from core.services.guard.doors import door
from core.services.performance.rules import PmqaReading, performance_rules
from core.services.records.stored import stored_records
from core.services.rules.in_force import every_reading, readings_in_force
from core.store.engine.unit_of_work import reading
from core.text import Text

AWARDS: Final = "performance-awards"
FORMS: Final = (STAFF, KPI, AGREEMENT, PMQA, AWARDS, BUDGET, PLAN, PROJECT, STEPS, RISK)
"""The forms of the page, in the order of the document."""


def form_names() -> tuple[Text, ...]:
    """What the forms of the page are called, in the order of the document."""
    return tuple(table_form(form_id).name for form_id in FORMS)


@dataclass(frozen=True)
class Contradiction:
    """Something a document contradicts itself in, and where: file, sheet and cell."""

    issue: CellIssue
    file: str


@dataclass(frozen=True)
class PerformanceView:
    """What a unit sent of a fiscal year; `offices` and `years` are all there are."""

    office: str
    year: int
    offices: tuple[str, ...]
    years: tuple[int, ...]
    records: tuple[Record, ...]
    history: tuple[Record, ...]
    """Rows of PMQA 4.0 of all years, oldest first."""
    pmqa_reading: PmqaReading
    """Where the tiers of PMQA 4.0 begin, as it is read now."""

    def rows(self, form_id: str, table: str) -> tuple[Record, ...]:
        """The rows of a table, in the order of its documents."""
        own = (one for one in self.records if (one.form, one.table) == (form_id, table))
        return tuple(sorted(own, key=lambda one: (one.group, one.row)))

    @cached_property
    def documents(self) -> tuple[Rows, ...]:
        return tuple(documents(self.records))

    @cached_property
    def contradictions(self) -> tuple[Contradiction, ...]:
        """All of them, those within a form first; each pair of forms is told of once."""
        return tuple(self._contradictions())

    def _contradictions(self) -> Iterator[Contradiction]:
        for form_id in FORMS:
            own = [one for one in self.records if one.form == form_id]
            file = own[0].key.file if own else ""
            for issue in record_issues(table_form(form_id), own):
                yield Contradiction(issue, file)
        pairs: set[frozenset[int]] = set()
        for one in across(self.records):
            pair = frozenset({id(one.here.record), id(one.there.record)})
            if one.code not in BOTH_WAYS or pair not in pairs:
                pairs.add(pair)
                yield Contradiction(one.issue(one.here), one.here.record.key.file)


@door(Action.READ)
def performance_view(engine: Engine, *, office: str = "", year: str = "") -> PerformanceView | None:
    """The view for an address's unit and year; None while no unit sent anything."""
    with reading(engine) as session:
        everything = stored_records(session, FORMS)
        force = every_reading(readings_in_force(session))
    if not everything:
        return None
    offices = tuple(sorted({one.labels[0] for one in everything}))
    chosen = office if office in offices else offices[0]
    own = [one for one in everything if one.labels[0] == chosen]
    years = tuple(sorted({one.fiscal_year for one in own}, reverse=True))
    when = int(year) if year.isdigit() and int(year) in years else years[0]
    records = tuple(one for one in own if one.fiscal_year == when)
    history = sorted((one for one in own if one.form == PMQA), key=lambda one: one.fiscal_year)
    pmqa = performance_rules().pmqa
    read = pmqa.reading(force[pmqa.contradiction])
    return PerformanceView(chosen, when, offices, years, records, tuple(history), read)


# ---- three-tier indicators


@dataclass(frozen=True)
class Scored:
    """A three-tier indicator: the tier it reached and its points; None where nobody knows."""

    record: Record
    tier: str | None
    is_below: bool
    points: float | None


def scored(shown: PerformanceView) -> tuple[Scored, ...]:
    """Every indicator with a result, as its tiers judge it; a heading has none."""
    rows = [one for one in shown.rows(KPI, "kpi") if not one.is_total]
    worth = performance_rules().tiers.worth
    edges = np.array([_edges(shown, one) for one in rows])
    results = np.array([one.value("kpi.result") for one in rows])
    if not rows:
        return ()
    places, points = tiers_reached(results, edges), tier_scores(results, edges, worth)
    scores = []
    for one, place, score in zip(rows, places.tolist(), points.tolist(), strict=True):
        typed = one.text("kpi.reached")
        if typed in TIERS:
            scores.append(Scored(one, typed, is_below=False, points=worth[TIERS.index(typed)]))
        elif not math.isnan(place):
            tier = TIERS[int(place)] if place >= 0 else None
            scores.append(Scored(one, tier, is_below=tier is None, points=score))
    return tuple(scores)


def _edges(shown: PerformanceView, row: Record) -> list[float]:
    """Where the tiers of an indicator begin: as typed; of PMQA 4.0 as it is read.

    Tiers that fall are no edges: nobody says that less is better.
    """
    typed = [row.value(f"kpi.{tier}") for tier in TIERS]
    known = [edge for edge in typed if not math.isnan(edge)]
    if known != sorted(known):
        return [math.nan] * len(TIERS)
    read = shown.pmqa_reading
    if not is_pmqa(row) or read.id == performance_rules().pmqa.default:
        return typed
    return [read.basic, math.nan, read.advanced]


def base_scores(shown: PerformanceView) -> Mapping[str, float]:
    """Points of each base out of 100: by weights where all its indicators have one, else alike."""
    by_base: dict[str, list[tuple[float, float]]] = {}
    for one in scored(shown):
        if one.points is not None:
            weighted = one.points, one.record.value("kpi.weight")
            by_base.setdefault(one.record.text("kpi.base"), []).append(weighted)
    means = {base: _weighted_mean(scores) for base, scores in by_base.items()}
    return {base: mean for base, mean in means.items() if mean is not None}


def _weighted_mean(scores: Sequence[tuple[float, float]]) -> float | None:
    """Points by their weights; all alike where a weight is missing, None where all are 0."""
    weights = [weight for _, weight in scores]
    if any(map(math.isnan, weights)):
        weights = [1.0] * len(scores)
    whole = sum(weights)
    points = sum(points * weight for (points, _), weight in zip(scores, weights, strict=True))
    return points / whole if whole else None


def whole_score(shown: PerformanceView) -> float | None:
    """Points of the unit out of 100, by the shares of the bases; None where a base is missing."""
    by_base, bases = base_scores(shown), performance_rules().bases
    if not {"performance", "potential"} <= by_base.keys():
        return None
    return (
        by_base["performance"] * bases.performance + by_base["potential"] * bases.potential
    ) / 100


# ---- money


@dataclass(frozen=True)
class Planned:
    """Money received beside what the plan has for it; None where a row of it does not say."""

    names: tuple[str, ...]
    planned: float | None
    received: float | None
    spent: float | None


def planned(shown: PerformanceView) -> tuple[Planned, ...]:
    """Received money by the rows of the plan it is for, in the order of the table."""
    plans = {(one.labels[1], one.no): one for one in shown.rows(PLAN, "monthly")}
    budget = [one for one in shown.rows(BUDGET, "budget") if not one.is_total]
    return tuple(
        Planned(
            tuple(row.text("budget.project") for row in rows),
            _sum(own, "plan.budget"),
            _sum(rows, "budget.received"),
            _sum(rows, "budget.spent"),
        )
        for rows, own in linked(budget, plans)
    )


def _sum(rows: Sequence[Record], column: str) -> float | None:
    """A sum of rows; None without any, or where one of them does not say."""
    whole = sum(row.value(column) for row in rows)
    return None if not rows or math.isnan(whole) else whole


def spent_percent(shown: PerformanceView) -> float | None:
    """Percent of the money received that is spent, by the rows that tell both; None without any.

    A row counts once: with its parts, or by itself.
    """
    rows = [
        row
        for document in shown.documents
        if (document.records[0].form, document.records[0].table) == (BUDGET, "budget")
        for row in document.leaves("budget.received")
        if "budget.spent" in row.values
    ]
    received = sum(row.value("budget.received") for row in rows)
    spent = sum(row.value("budget.spent") for row in rows)
    return 100 * spent / received if received else None


def percent(part: float, whole: float) -> float | None:
    """A share in percent; None where either is missing or the whole is 0."""
    share = float(percent_of(np.array([part]), np.array([whole]))[0])
    return None if math.isnan(share) else share


# ---- steps and risks


def progress(shown: PerformanceView) -> Mapping[str, float | None]:
    """Percent of each project's weighted steps that is done; None where nobody told of any."""
    shares: dict[str, float | None] = {}
    for rows in shown.documents:
        first = rows.records[0]
        if (first.form, first.table) != (STEPS, "steps"):
            continue
        weighted = [one for one in rows.first_level if "steps.weight" in one.values]
        weights = np.array([one.value("steps.weight") for one in weighted])
        done = np.array([one.value("steps.done") for one in weighted]) / 100
        known = bool(weighted) and not np.isnan(done).all()
        shares[first.labels[1]] = weighted_progress(weights, done) if known else None
    return shares


def risk_cells(shown: PerformanceView) -> Mapping[tuple[int, int], tuple[str, ...]]:
    """Risks by likelihood and impact, each by its project and number."""
    cells: dict[tuple[int, int], list[str]] = {}
    for one in shown.rows(RISK, "risk"):
        spot = one.value("risk.likelihood"), one.value("risk.impact")
        if all(number.is_integer() for number in spot):
            cells.setdefault((int(spot[0]), int(spot[1])), []).append(f"{one.labels[1]}/{one.no}")
    return {spot: tuple(names) for spot, names in cells.items()}
