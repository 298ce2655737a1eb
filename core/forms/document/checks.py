"""What a plan contradicts itself in, or leaves open: told at its cell, never mended."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from core.forms.document.plan import Item, Kpi, Plan
from core.forms.model.issues import CellIssue
from core.forms.model.values import plain
from core.forms.table.moments import moment_in
from core.periods import BUDDHIST_ERA, Period, month_text
from core.text import Text, say

_PERCENTS: Final = ("plan.target", "plan.within", "plan.result")
_MEASURED: Final = ("typed", "")
"""KPIs whose result is nobody's to compute, so that two of them may differ."""


def plan_issues(plan: Plan) -> Iterator[CellIssue]:
    """Everything a plan leaves open or says twice otherwise."""
    for item in plan.items:
        yield from _owners(item)
        yield from _months(plan, item)
        yield from _done(plan, item)
    yield from _targets(plan)
    for kpi in plan.kpis:
        yield from _percents(kpi)
        yield from _measured(plan, kpi)


def _percents(kpi: Kpi) -> Iterator[CellIssue]:
    """Percentages below 1, which may be fractions: 0.95 for 95."""
    for measure in _PERCENTS:
        number = kpi.row.number(measure)
        if number is not None and 0 < number < 1:
            yield kpi.row.issue("W109", measure, plain(number), plain(round(100 * number, 8)))


def _measured(plan: Plan, kpi: Kpi) -> Iterator[CellIssue]:
    """Quarters and days that say nothing, and results of nobody knows when."""
    titles = {column.measure: column.name for column in plan.document.form.columns}
    row, quarters, day = kpi.row, kpi.row.text("plan.quarters"), kpi.row.number("plan.due_day")
    if quarters and not kpi.quarters:
        expected = say("quarters, such as 2 4; empty where every month counts")
        yield row.issue("W450", "plan.quarters", quarters, expected, title=titles["plan.quarters"])
    if day is not None and kpi.due_day is None:
        expected = say("a whole day of the month")
        yield row.issue("W450", "plan.due_day", plain(day), expected, title=titles["plan.due_day"])
    if row.number("plan.result") is not None and row.day("plan.result_on") is None:
        what = say("no day is given with the result, so it counts for every month")
        yield _kpi_open(kpi, "plan.result", what)


def _owners(item: Item) -> Iterator[CellIssue]:
    """Owners that are names of months: a name was misread, or months stand in the wrong place."""
    owners = item.row.text("plan.owners")
    if item.owners and all(moment_in(owner) for owner in item.owners):
        yield _open(item, "plan.owners", owners, say("these are months, where owners stand"))


def _months(plan: Plan, item: Item) -> Iterator[CellIssue]:
    """Activities without any month, which can never be late, and without any step."""
    if item.level != "activity" or plan.span(item):
        return
    if plan.below.get(item.id):
        what = say("no month is given, so it is never late")
    else:
        what = say("neither a step nor a month is given, so it is never late")
    yield _open(item, "plan.title", item.number, what)


def _done(plan: Plan, item: Item) -> Iterator[CellIssue]:
    """What was done before it was to begin, or before the year of the plan."""
    year = plan.document.fiscal_year
    if item.done_on is None or year is None:
        return
    if item.done_on > Period(year + 1).last_day:
        what = say("this day is more than a year after the year of the plan")
        yield _open(item, "plan.done_on", _day(item.done_on), what)
    months = plan.span(item)
    begins = _first_day(year, months[0] if months else 1)
    if item.done_on < begins:
        expected = month_text(Period(year, "M", months[0] if months else 1))
        yield item.row.issue("W457", "plan.done_on", _day(item.done_on), expected)


def _day(day: date) -> str:
    return day.strftime("%d/%m/") + str(day.year + BUDDHIST_ERA)


def _first_day(fiscal_year: int, month: int) -> date:
    return Period(fiscal_year, "M", month).first_day


def _targets(plan: Plan) -> Iterator[CellIssue]:
    """Targets without a comparison, and the same KPI with another target elsewhere."""
    first: dict[str, Kpi] = {}
    for kpi in plan.kpis:
        if kpi.target is not None and kpi.op is None:
            what = say("no comparison is printed with the target; it is read as {op}",
                       op=say("at least"))  # fmt: skip
            yield _kpi_open(kpi, "plan.target", what)
        if kpi.measured_by in _MEASURED:
            continue
        other = first.setdefault(kpi.measured_by, kpi)
        if (other.op, other.target) != (kpi.op, kpi.target):
            where = other.row.place("plan.target")
            what = say("the same KPI has another target at {other}; each is judged by its own",
                       other=where)  # fmt: skip
            yield _kpi_open(kpi, "plan.target", what)


def _open(item: Item, measure: str, found: str, what: Text) -> CellIssue:
    return item.row.issue("W459", measure, found, what=what)


def _kpi_open(kpi: Kpi, measure: str, what: Text) -> CellIssue:
    return kpi.row.issue("W459", measure, kpi.figure or kpi.text, what=what)
