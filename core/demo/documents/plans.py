"""Invented strategy plans of provinces, typed into their form: as planned, and as carried out."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Final

from core.demo.documents.parameters import Carried, PlanParameters, plan_parameters
from core.demo.files.csv_files import DemoFile
from core.demo.files.senders import sender_of
from core.forms.document.example import example_document
from core.forms.document.filled import filled
from core.forms.document.plan import QUARTERS, Item, Plan
from core.forms.document.rows import Document, DocumentRow, Value
from core.forms.document.tree import plan_of
from core.periods import Period, calendar_month, month_at, month_name
from core.reports.archive import steady

_NOON: Final = time(5, 0, tzinfo=UTC)
_QUARTER: Final = 3
_ALL: Final = "1, 2, 3, 4"
"""Statements are sent by quarter here."""


def plan_files() -> Iterator[DemoFile]:
    """The plan of each province as it was sent in October, and at the end of the year."""
    parameters = plan_parameters()
    for province, carried in parameters.provinces.items():
        planned = _planned(parameters, province)
        done = _carried_out(parameters, planned, carried)
        sent = (parameters.sent_first, parameters.sent_last)
        for version, (document, day) in enumerate(zip((planned, done), sent, strict=True), 1):
            sent_at = datetime.combine(day, _NOON)
            yield DemoFile(
                parameters.file_name.format(
                    province=province, year=parameters.fiscal_year, version=version
                ),
                document.form.id,
                province,
                parameters.fiscal_year,
                steady(filled(document, made_at=sent_at), sent_at),
                sender_of(province),
                sent_at,
            )


def _planned(parameters: PlanParameters, province: str) -> Document:
    """The printed plan with a month for everything and a day that statements are due."""
    printed = example_document(province, parameters.fiscal_year)
    plan, _ = plan_of(printed)
    months = {id(plan.by_id[key].row): span for key, span in parameters.months.items()}
    rows = []
    for row in printed.rows:
        values = dict(row.values)
        if row.part == "head":
            values["plan.head_note"] = parameters.note
        if span := months.get(id(row)):
            values = {k: v for k, v in values.items() if k not in QUARTERS.values()}
            values |= _quarters(*span)
        if row.text("plan.measured_by") == "statements_in_time":
            values |= {"plan.due_day": float(parameters.due_day), "plan.quarters": _ALL}
        rows.append(replace(row, values=values))
    return replace(printed, rows=tuple(rows))


def _quarters(first: int, last: int) -> dict[str, Value]:
    """The cells of the quarters that a span of fiscal months is written into."""
    cells: dict[str, Value] = {}
    for quarter, measure in QUARTERS.items():
        own = range(_QUARTER * (quarter - 1) + 1, _QUARTER * quarter + 1)
        inside = [month for month in own if first <= month <= last]
        if inside:
            ends = dict.fromkeys((inside[0], inside[-1]))
            names = (month_name(calendar_month(month), "th", short=True) for month in ends)
            cells[measure] = "\u2013".join(names)
    return cells


def _carried_out(parameters: PlanParameters, planned: Document, carried: Carried) -> Document:
    """The plan with the days on which its steps were done, and the results that are typed."""
    plan, _ = plan_of(planned)
    by_row = {id(item.row): item for item in plan.items}
    rows = []
    for row in planned.rows:
        values = dict(row.values)
        item = by_row.get(id(row))
        if item is not None and (day := _done(parameters, plan, item, carried)):
            values["plan.done_on"] = day
        result = carried.results.get(row.text("plan.measured_by"))
        if row.part == "kpis" and result is not None:
            values |= {"plan.result": float(result), "plan.result_on": parameters.sent_last}
        rows.append(DocumentRow(row.part, values))
    return replace(planned, rows=tuple(rows))


def _done(parameters: PlanParameters, plan: Plan, item: Item, carried: Carried) -> date | None:
    """The day an item was done; None for one that was not, or is only the sum of its steps."""
    is_done = item.level in ("activity", "step") and not plan.below.get(item.id)
    if not is_done or item.id in carried.undone or not item.months:
        return None
    planned = Period(parameters.fiscal_year, "M", item.months[-1])
    month = month_at(planned.ordinal + carried.late.get(item.id, 0))
    return month.first_day.replace(day=parameters.done_day)
