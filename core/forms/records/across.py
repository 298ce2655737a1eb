"""Holds the forms of one unit and year against one another: what one says and another does not."""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np
from rapidfuzz import fuzz

from core.forms.model.form import form
from core.forms.model.issues import CellIssue
from core.forms.model.values import plain
from core.forms.records.record import Record, Rows, documents
from core.forms.table.labels import TOTAL
from core.forms.table.moments import quarter_in
from core.forms.table.words import folded_words
from core.periods import calendar_month, month_name
from core.scoring.plans.shares import quarters_of
from core.text import LANGUAGES, Text, fold, say, thai_digits_to_arabic

KPI: Final = "performance-kpi"
AGREEMENT: Final = "performance-agreement"
PMQA: Final = "performance-pmqa"
BUDGET: Final = "performance-budget"
PLAN: Final = "performance-plan"
STEPS: Final = "performance-steps"
PROJECT: Final = "performance-project"
RISK: Final = "performance-risk"
STAFF: Final = "performance-staff"
BOTH_WAYS: Final = ("W482", "W484")
"""Contradictions that are told from both of their forms."""
MONTHS: Final = range(1, 13)
TIERS: Final = ("basic", "standard", "advanced")
_LIKE: Final = 93.0
"""Likeness of names, in percent, from which two indicators are one."""
_SATANG: Final = 0.005
_LINK: Final = re.compile(r"[^,;+]+")


class At(NamedTuple):
    """A column of a row."""

    record: Record
    column: str


@dataclass(frozen=True)
class Across:
    """Something two forms say differently: its message, and where each of them says it."""

    code: str
    here: At
    there: At
    found: str
    expected: str | Text
    params: Mapping[str, object]

    def issue(self, at: At) -> CellIssue:
        """The message at one of both places."""
        where, other = at.record.where(at.column), self._other(at).record
        spot = other.where(self._other(at).column)
        params_: dict[str, object] = {
            "form": form(other.form).name, "file": spot.file, "other": spot.cell, **self.params
        }  # fmt: skip
        return CellIssue(self.code, where.sheet, where.cell, self.found, self.expected, params_)

    def _other(self, at: At) -> At:
        return self.there if at is self.here else self.here


def is_pmqa(row: Record) -> bool:
    """Whether an indicator of three tiers is the status of PMQA 4.0, by its name."""
    return "pmqa" in fold(row.text("kpi.name"))


def across(records: Iterable[Record]) -> tuple[Across, ...]:
    """Everything the forms of each unit and year say differently, in the order of the forms."""
    by_unit: dict[tuple[str, int], list[Record]] = {}
    for one in records:
        by_unit.setdefault((one.labels[0], one.fiscal_year), []).append(one)
    return tuple(issue for own in by_unit.values() for rule in _RULES for issue in rule(_Unit(own)))


class _Unit:
    """All rows of a unit and year."""

    def __init__(self, records: Sequence[Record]) -> None:
        self._rows = tuple(documents(records))

    def documents(self, form_id: str, table: str) -> tuple[Rows, ...]:
        return tuple(
            rows
            for rows in self._rows
            if (rows.records[0].form, rows.records[0].table) == (form_id, table)
        )

    def items(self, form_id: str, table: str) -> tuple[Record, ...]:
        return tuple(row for rows in self.documents(form_id, table) for row in rows.items)

    def by_project(self, form_id: str, table: str) -> Mapping[str, Rows]:
        return {rows.records[0].labels[1]: rows for rows in self.documents(form_id, table)}

    @cached_property
    def pairs(self) -> tuple[tuple[Record, Record], ...]:
        """Indicators of the agreement, each with the one of three tiers that bears its name."""
        tiers = [(fold(one.text("kpi.name")), one) for one in self.items(KPI, "kpi")]
        pairs_ = []
        for one in self.items(AGREEMENT, "agreement"):
            name = fold(one.text("pa.name"))
            ranked = [(fuzz.ratio(name, other), n) for n, (other, _) in enumerate(tiers)]
            likeness, place = max(ranked, default=(0.0, 0))
            if likeness >= _LIKE:
                pairs_.append((one, tiers[place][1]))
        return tuple(pairs_)


def _results(unit: _Unit) -> Iterator[Across]:
    """One indicator with two results."""
    for agreed, tiered in unit.pairs:
        mine, theirs = agreed.value("pa.result"), tiered.value("kpi.result")
        if abs(mine - theirs) >= _SATANG:
            for here, there, own, other in (
                (At(agreed, "pa.result"), At(tiered, "kpi.result"), mine, theirs),
                (At(tiered, "kpi.result"), At(agreed, "pa.result"), theirs, mine),
            ):
                yield Across("W482", here, there, plain(own), plain(other), {})


def _targets(unit: _Unit) -> Iterator[Across]:
    """An agreed target that is none of the tiers."""
    for agreed, tiered in unit.pairs:
        target = agreed.value("pa.target")
        tiers = [tiered.value(f"kpi.{tier}") for tier in TIERS]
        if not math.isnan(target) and target not in tiers:
            listed = " / ".join(plain(tier) for tier in tiers if not math.isnan(tier))
            places = At(agreed, "pa.target"), At(tiered, "kpi.standard")
            yield Across("W483", *places, plain(target), listed, {})


def _advanced(unit: _Unit) -> Iterator[Across]:
    """PMQA 4.0 whose advanced tier begins at two scores."""
    pmqa = [one for one in unit.items(KPI, "kpi") if is_pmqa(one)]
    for row in unit.items(PMQA, "pmqa"):
        for tiered in pmqa:
            mine, theirs = row.value("pmqa.advanced"), tiered.value("kpi.advanced")
            if abs(mine - theirs) >= _SATANG:
                places = At(row, "pmqa.advanced"), At(tiered, "kpi.advanced")
                yield Across("W484", *places, plain(mine), plain(theirs), {})
                yield Across("W484", *places[::-1], plain(theirs), plain(mine), {})


def _quarters(unit: _Unit) -> Iterator[Across]:
    """Quarters against the months of the plan."""
    monthly = unit.by_project(PLAN, "monthly")
    for project, rows in unit.by_project(PLAN, "quarters").items():
        total = monthly[project].total if project in monthly else None
        if total is None:
            continue
        months = np.array([[total.value(f"plan.m{month:02}") for month in MONTHS]])
        computed = dict(enumerate(quarters_of(months)[0].tolist(), 1))
        for row in rows.items:
            quarter = quarter_in(row.no)
            expected = computed.get(quarter[1]) if quarter else None
            if expected is None or abs(row.value("quarter.amount") - expected) < _SATANG:
                continue
            places = At(row, "quarter.amount"), At(total, "plan.budget")
            amount = plain(row.value("quarter.amount"))
            yield Across("W473", *places, amount, plain(expected), {"row": row.no})


def _months(unit: _Unit) -> Iterator[Across]:
    """Steps whose months are others than those of their money."""
    plans = unit.by_project(PLAN, "monthly")
    for project, steps in unit.by_project(STEPS, "steps").items():
        plan = plans.get(project)
        if plan is None:
            continue
        for step in steps.items:
            money = _money_months(plan, step.no)
            worked = frozenset(m for m in MONTHS if step.flags.get(f"steps.m{m:02}"))
            if money and worked and money != worked:
                places = At(step, "steps.name"), At(plan.by_no[step.no], "plan.name")
                params = {"row": step.no, "worked": _listed(worked)}
                yield Across("W485", *places, step.no, _listed(money), params)


def _money_months(plan: Rows, no: str) -> frozenset[int]:
    """The months in which a row of the plan, or a part of it, has money."""
    row = plan.by_no.get(no)
    if row is None:
        return frozenset()
    own = frozenset(m for m in MONTHS if row.value(f"plan.m{m:02}") > 0)
    return own.union(*(_money_months(plan, child.no) for child in plan.children(row)))


def _listed(months: Iterable[int]) -> Text:
    """Months in the order of the fiscal year, shortened."""
    ordered = [calendar_month(month) for month in sorted(months)]
    return Text(*(" ".join(month_name(m, lang, short=True) for m in ordered) for lang in LANGUAGES))


def _weights(unit: _Unit) -> Iterator[Across]:
    """Activities with money that the plan of steps does not weigh."""
    steps = unit.by_project(STEPS, "steps")
    for project, plan in unit.by_project(PLAN, "monthly").items():
        if project not in steps:
            continue
        weighed = {one.no for one in steps[project].first_level if "steps.weight" in one.values}
        for row in plan.first_level:
            if row.value("plan.budget") > 0 and row.no not in weighed:
                places = At(row, "plan.budget"), At(steps[project].records[0], "steps.weight")
                budget = plain(row.value("plan.budget"))
                yield Across("W486", *places, budget, "", {"row": f"{project}/{row.no}"})


def _titles(unit: _Unit) -> Iterator[Across]:
    """Risk forms that bear the title of another project."""
    projects = unit.by_project(PROJECT, "project")
    for project, rows in unit.by_project(RISK, "risk").items():
        titled = [row for row in rows.items if row.text("risk.title")]
        title = _title(projects.get(project))
        if not titled or title is None:
            continue
        own = titled[0].text("risk.title")
        if fold(own) != fold(title.text("project.detail")):
            places = At(titled[0], "risk.title"), At(title, "project.detail")
            yield Across(
                "W487", *places, own, title.text("project.detail"), {"row": project}
            )  # fmt: skip


def _title(rows: Rows | None) -> Record | None:
    """The row of the project's name."""
    items = rows.items if rows else ()
    return next((one for one in items if one.text("project.field") == "title"), None)


def _people(unit: _Unit) -> Iterator[Across]:
    """Activities aimed at more people than the unit has; each number of people once."""
    staff = unit.documents(STAFF, "staff")
    total = staff[0].total if staff else None
    if total is None:
        return
    numbers: set[float] = set()
    for row in unit.items(PLAN, "monthly"):
        people = _people_in(row.text("plan.target"))
        if people > total.value("staff.count") and people not in numbers:
            numbers.add(people)
            places = At(row, "plan.target"), At(total, "staff.count")
            yield Across("W488", *places, plain(people), plain(total.value("staff.count")), {})


def _people_in(text: str) -> float:
    """The number of people that a target names; NaN where it counts anything else."""
    words = folded_words("people")
    number, _, unit = fold(text).partition(" ")
    digits = "".join(sign for sign in number if sign.isdigit())
    rest = number.removeprefix(digits) + unit
    return float(digits) if digits and rest in words else math.nan


def _amounts(unit: _Unit) -> Iterator[Across]:
    """The amount of a project form against its plan."""
    plans = unit.by_project(PLAN, "monthly")
    for project, rows in unit.by_project(PROJECT, "project").items():
        total = plans[project].total if project in plans else None
        if total is None:
            continue
        for row in rows.items:
            typed, planned = row.value("project.amount"), total.value("plan.budget")
            if abs(typed - planned) >= _SATANG:
                places = At(row, "project.amount"), At(total, "plan.budget")
                yield Across("W490", *places, plain(typed), plain(planned), {})


def _received(unit: _Unit) -> Iterator[Across]:
    """Money received that no plan has, or of another amount than the plan."""
    plans = {
        (project, row.no): row
        for project, rows in unit.by_project(PLAN, "monthly").items()
        for row in rows.records
    }
    if not plans:
        return
    for rows, planned in linked(unit.items(BUDGET, "budget"), plans):
        received = sum(row.value("budget.received") for row in rows)
        amount = sum(row.value("plan.budget") for row in planned)
        if planned and abs(received - amount) < _SATANG:
            continue
        there = planned[0] if planned else next(iter(plans.values()))
        places = At(rows[0], "budget.received"), At(there, "plan.budget")
        params = {"amount": f"{received:,.2f}"}
        wanted = f"{amount:,.2f}" if planned else say("in no plan")
        yield Across("W489", *places, rows[0].text("budget.project"), wanted, params)


def linked(
    budget: Sequence[Record], plans: Mapping[tuple[str, str], Record]
) -> Iterator[tuple[tuple[Record, ...], tuple[Record, ...]]]:
    """Rows of money received that name the same rows of a plan, and those rows.

    A row that names none stands alone, beside nothing.
    """
    by_link: dict[tuple[tuple[str, str], ...], list[Record]] = {}
    alone = 0
    for row in budget:
        keys = tuple(link_keys(row.text("budget.plan_rows")))
        if not keys:
            alone += 1
            keys = (("", str(alone)),)
        by_link.setdefault(keys, []).append(row)
    for keys, rows in by_link.items():
        yield tuple(rows), tuple(plans[key] for key in keys if key in plans)


def link_keys(text: str) -> Iterator[tuple[str, str]]:
    """Projects and numbers that a text such as `1` or `2/4.1, 2/4.2` names."""
    for part in _LINK.findall(thai_digits_to_arabic(text)):
        project, _, no = part.strip().partition("/")
        if project:
            yield project.strip(), no.strip() or TOTAL


_RULES: Final[tuple[Callable[[_Unit], Iterator[Across]], ...]] = (
    _results, _targets, _advanced, _quarters, _months, _weights, _titles, _people, _amounts,
    _received,
)  # fmt: skip
