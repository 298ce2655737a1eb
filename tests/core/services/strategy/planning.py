"""A province with a plan, sent as an office would. Every figure and day is invented."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import Engine

from core.forms.document.example import example_document
from core.forms.document.filled import filled
from core.forms.document.rows import Document, DocumentRow, Value
from core.periods import Period
from core.scoring.base.states import State
from core.services.importing.receipts import Receipt
from core.services.importing.store_intake import store
from core.services.intake.examine import examine
from core.services.recompute.versions import Cause, recompute_all
from core.store.engine.unit_of_work import unit_of_work
from core.store.register.repository import enter_facilities
from core.store.uploads.observations import NewSubmission, Observed
from core.store.uploads.repository import store_upload
from tests.core.services.sending import SOUND
from tests.core.store.filling import a_file, a_register, hospital

LEVEL_6 = {
    "finance.cash": 10, "finance.current_assets": 200, "finance.inventories": 20,
    "finance.current_liabilities": 300, "finance.net_income": 0,
}  # fmt: skip
"""A hospital at level 6: the hole is never filled, and nothing is earned or lost."""
INSIDE = ("11201", "11202", "11203", "11204")
MID, END = Period(2566, "M", 6), Period(2566, "M", 12)


def a_province(engine: Engine) -> Engine:
    """Four hospitals of P61 and one of P65, at the ends of quarters 2 and 4 of 2566.

    Level 6 are one of four in March and two in September. Within 5 % of their planned expense are
    three of four in March and two in September. Sent by day 15 are three of four and one.
    """
    with unit_of_work(engine) as session:
        a_register(session)
        rows = [hospital(hcode) for hcode in INSIDE]
        enter_facilities(session, [*rows, hospital("11301", "D6501")])
        spent: Mapping[Period, Sequence[float]] = {
            MID: (100, 105, 95, 105.01), END: (106, 94.99, 100, 104)
        }  # fmt: skip
        broke = {MID: ("11201",), END: ("11201", "11202")}
        days = {
            MID: ((2023, 4, 10), (2023, 4, 15), (2023, 4, 15), (2023, 4, 16)),
            END: ((2023, 10, 15), (2023, 10, 16), (2023, 10, 20), (2023, 11, 1)),
        }
        for month, expenses in spent.items():
            for hcode, expense, day in zip(INSIDE, expenses, days[month], strict=True):
                told = LEVEL_6 if hcode in broke[month] else SOUND
                plan = {"finance.plan_expense": 100, "finance.expense": expense}
                figures = {name: value for name, value in told.items() if "revenue" not in name}
                sent = datetime(*day, 5, tzinfo=UTC)
                content = f"{hcode} {month}".encode()
                new = a_file(content, hcode, uploaded_at=sent)
                store_upload(session, new, [_submission(hcode, month, figures | plan)])
        store_upload(session, a_file(b"x", "11301"), [_submission("11301", MID, LEVEL_6)])
        recompute_all(session, Cause("import", "a test"))
        session.commit()
    return engine


def _submission(hcode: str, period: Period, figures: Mapping[str, float]) -> NewSubmission:
    observed = [
        Observed(measure, float(value), State.REPORTED, "การเงิน", f"B{row}")
        for row, (measure, value) in enumerate(figures.items(), 2)
    ]
    return NewSubmission(hcode, period, observed)


def a_plan(
    area: str = "P61",
    year: int = 2566,
    *,
    items: Mapping[tuple[str, str], Mapping[str, Value]] | None = None,
    kpis: Mapping[str, Mapping[str, Value]] | None = None,
    made_from: float | None = None,
) -> Document:
    """The printed plan of a province and year, some of its cells changed.

    `items` are by level and number, `kpis` by what they are measured by.
    """
    whole = example_document(area, year)
    rows = []
    for row in whole.rows:
        changed: Mapping[str, Value] = {}
        if row.part == "items":
            key = row.text("plan.level"), row.text("plan.number")
            changed = (items or {}).get(key, {})
        elif row.part == "kpis":
            changed = (kpis or {}).get(row.text("plan.measured_by"), {})
        elif made_from is not None:
            changed = {"made_from": made_from}
        values = {**row.values, **{f"plan.{name}": value for name, value in changed.items()}}
        rows.append(DocumentRow(row.part, values))
    return replace(whole, rows=tuple(rows))


def send(engine: Engine, document: Document, by: str = "กลุ่มงานประกันสุขภาพ") -> Receipt:
    """Send a plan in its form."""
    data = filled(document)
    return store(engine, examine(data, "plan.xlsx"), data, by=by)
