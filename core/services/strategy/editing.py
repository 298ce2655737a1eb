"""Changing a plan on the screen: each change is a new version, read and checked like any file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import Engine

from core.access.roles import Action
from core.errors import UsageError, WorkbookError
from core.forms.document.filled import filled
from core.forms.document.rows import Document, DocumentRow, Value
from core.services.guard.doors import door
from core.services.importing.receipts import Receipt
from core.services.importing.store_intake import informed, store
from core.services.intake.examine import examine
from core.services.intake.kinds import DocumentIntake, Intake
from core.services.strategy.stored import StoredPlan
from core.services.strategy.takeaways import made_from

EDITABLE: Final = (
    "plan.title", "plan.owners", "plan.quarter_1", "plan.quarter_2", "plan.quarter_3",
    "plan.quarter_4", "plan.weight", "plan.done_on", "plan.note",
)  # fmt: skip
"""Columns of an item that are changed on the screen; everything else is, in the form."""

Changes = Mapping[str, Mapping[str, str]]
"""What was typed, by item and column; an empty text takes away what was there."""


@dataclass(frozen=True)
class Changed:
    """A change that was stored: its receipt, and the file with every problem of it."""

    intake: Intake
    receipt: Receipt


def changed(stored: StoredPlan, changes: Changes) -> Document:
    """The document with what was typed, saying which file it was made from."""
    document = made_from(stored)
    rows = list(document.rows)
    places = {id(row): place for place, row in enumerate(rows)}
    for item in stored.plan.items:
        typed = changes.get(item.id)
        if typed:
            rows[places[id(item.row)]] = _typed(item.row, typed)
    return replace(document, rows=tuple(rows))


def changes_of(stored: StoredPlan, item: str, pairs: Sequence[str]) -> Changes:
    """What COLUMN=TEXT say of an item, by its number; a column goes without its `plan.`.

    `UsageError` U051 for an item or a column that the plan does not have.
    """
    names = {measure.removeprefix("plan."): measure for measure in EDITABLE}
    if item not in stored.plan.by_id:
        raise UsageError("U051", name=item, known=", ".join(stored.plan.by_id))
    typed = {}
    for pair in pairs:
        name, _, text = pair.partition("=")
        if name not in names:
            raise UsageError("U051", name=name, known=", ".join(names))
        typed[names[name]] = text
    return {item: typed}


def _typed(row: DocumentRow, typed: Mapping[str, str]) -> DocumentRow:
    values: dict[str, Value] = dict(row.values)
    for measure, text in typed.items():
        if measure not in EDITABLE:
            continue
        values.pop(measure, None)
        if text.strip():
            values[measure] = text.strip()
    return replace(row, values=values)


@door(Action.MANAGE, "stored.area")
def store_changes(engine: Engine, stored: StoredPlan, changes: Changes, *, by: str) -> Changed:
    """Store a changed plan as the next version, and say what is wrong with it.

    What counts afterwards is this version, whoever stored another one meanwhile: that one stays,
    and the problems say so (S050). Raises as `core.services.importing.store_intake.store` does.
    """
    data = filled(changed(stored, changes))
    name = f"{stored.plan.document.form.id}-{stored.area}-{stored.fiscal_year}.xlsx"
    intake = examine(data, name, form_id=stored.plan.document.form.id)
    if not isinstance(intake, DocumentIntake):
        raise WorkbookError("F006")
    receipt = store(engine, intake, data, by=by)
    return Changed(informed(intake, receipt), receipt)
