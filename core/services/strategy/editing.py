"""Changing a plan on the screen: each change is a new version, read and checked like any file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Final

from sqlalchemy import Engine

from core.access.roles import Action
from core.errors import UsageError, WorkbookError
from core.forms.document.filled import filled
from core.forms.document.plan import LEVELS, Item, Level, Plan
from core.forms.document.rows import Document, DocumentRow, Value
from core.forms.model.form import Column
from core.services.guard.doors import door
from core.services.importing.receipts import Receipt
from core.services.importing.store_intake import informed, store
from core.services.intake.examine import examine
from core.services.intake.kinds import DocumentIntake, Intake
from core.services.strategy.stored import MADE_FROM, REASON, StoredPlan
from core.services.strategy.takeaways import made_from

HEAD: Final = "head"
"""The key of the row that says whose the plan is and who proposed, endorsed and approved it."""
LEVEL: Final = "plan.level"
_SET_BY_PROGRAM: Final = ("province", "fiscal_year", MADE_FROM, REASON, LEVEL)

Changes = Mapping[str, Mapping[str, str]]
"""What was typed, by item, KPI or `HEAD`, and column; an empty text takes away what was there."""


@dataclass(frozen=True)
class Added:
    """A row to come: an item of `level` below an item, or a KPI of it where `level` is None."""

    below: str | None
    level: Level | None
    typed: Mapping[str, str]


@dataclass(frozen=True)
class Revision:
    """Everything that becomes one new version: rows typed anew, added and taken out, and why."""

    typed: Changes = field(default_factory=dict)
    added: tuple[Added, ...] = ()
    removed: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class Changed:
    """A change that was stored: its receipt, and the file with every problem of it."""

    intake: Intake
    receipt: Receipt


def editable(plan: Plan, part: str) -> tuple[Column, ...]:
    """The columns of a table that are changed on the screen: all but what the program sets."""
    table = next(one for one in plan.document.form.tables if one.id == part)
    return tuple(one for one in table.columns if one.measure not in _SET_BY_PROGRAM)


def rows_of(plan: Plan) -> Mapping[str, DocumentRow]:
    """Every row that can be changed: the head, the items by their ids, the KPIs by theirs."""
    items = {item.id: item.row for item in plan.items}
    return {HEAD: plan.head, **items, **{kpi.id: kpi.row for kpi in plan.kpis}}


def level_below(item: Item) -> Level | None:
    """The level of what stands right below an item; None below a step."""
    place = LEVELS.index(item.level) + 1
    return LEVELS[place] if place < len(LEVELS) else None


def is_numbered(level: Level) -> bool:
    """Whether the number of a row of a level is its own in the whole plan."""
    return level in ("strategy", "sub_strategy", "activity")


def next_number(plan: Plan, below: str | None, level: Level) -> str:
    """The number that the print would give the next item there; empty where it gives none."""
    if level in ("issue", "objective", "keyword"):
        return ""
    beside = [one for one in plan.below.get(below, ()) if one.level == level]
    above = plan.by_id.get(below or "")
    is_prefixed = above is not None and level in ("sub_strategy", "activity")
    start = f"{above.number}." if above and is_prefixed else ""
    # Steps are numbered within their activity, what has ids by numbers within the plan.
    among = beside if level == "step" else [one for one in plan.items if is_numbered(one.level)]
    taken = {one.number for one in among}
    return next(number for n in count(len(beside) + 1) if (number := f"{start}{n}") not in taken)


def gone_with(plan: Plan, key: str) -> tuple[str, ...]:
    """What a removal takes with it, itself first: all below an item, and the KPIs of all that."""
    if key not in plan.by_id:
        return (key,)
    items = (key, *(item.id for item in plan.under(key)))
    return (*items, *(kpi.id for kpi in plan.kpis if kpi.of in items))


def changed(stored: StoredPlan, revision: Revision) -> Document:
    """The document with a revision, saying which file it was made from and why.

    `UsageError` U051 for a row that the plan does not have, U007 for a removal without a reason.
    """
    plan, document = stored.plan, made_from(stored)
    known = rows_of(plan)
    for key in (*revision.typed, *revision.removed, *_places(revision)):
        if key not in known:
            raise UsageError("U051", name=key, known=", ".join(known))
    if revision.removed and not revision.reason.strip():
        raise UsageError("U007")
    # Rows by identity: two rows of a plan may say the same.
    typed = {id(known[key]): texts for key, texts in revision.typed.items() if key != HEAD}
    gone = {id(known[one]) for key in revision.removed for one in gone_with(plan, key)}
    rows: list[DocumentRow] = []
    after = _after(plan, revision, document)
    for row in document.rows:
        if row.part == HEAD:
            rows.append(_head(row, plan, revision))
        elif id(row) not in gone:
            rows.append(_typed(row, plan, typed.get(id(row), {})))
        rows += after.pop(id(row), [])
    rows += [row for several in after.values() for row in several]
    return replace(document, rows=tuple(rows))


def _places(revision: Revision) -> Iterator[str]:
    return (one.below for one in revision.added if one.below is not None)


def _after(plan: Plan, revision: Revision, document: Document) -> dict[int, list[DocumentRow]]:
    """New rows by the row they stand behind: an item behind all that is below the same item."""
    places = {id(row): place for place, row in enumerate(document.rows)}
    behind: dict[int, list[DocumentRow]] = {}
    for one in revision.added:
        if one.level is None:
            row, before = DocumentRow("kpis", {}), document.part("kpis")
        else:
            row = DocumentRow("items", {LEVEL: one.level})
            before = tuple(item.row for item in _neighbours(plan, one.below))
        last = max(before, key=lambda own: places[id(own)], default=None)
        behind.setdefault(id(last), []).append(_typed(row, plan, one.typed))
    return behind


def _neighbours(plan: Plan, below: str | None) -> tuple[Item, ...]:
    """The items a new one stands behind: those below the same item, and that item itself."""
    return plan.items if below is None else (plan.by_id[below], *plan.under(below))


def _head(row: DocumentRow, plan: Plan, revision: Revision) -> DocumentRow:
    return _reasoned(_typed(row, plan, revision.typed.get(HEAD, {})), revision.reason)


def _reasoned(head: DocumentRow, reason: str) -> DocumentRow:
    text = reason.strip()
    return replace(head, values={**head.values, REASON: text}) if text else head


def with_reason(document: Document, reason: str) -> Document:
    """A document whose head says why its version was made."""
    rows = (_reasoned(row, reason) if row.part == HEAD else row for row in document.rows)
    return replace(document, rows=tuple(rows))


def changes_of(stored: StoredPlan, key: str, pairs: Sequence[str]) -> Changes:
    """What COLUMN=TEXT say of an item by its number, a KPI (`kpi-2`) or the `head`.

    A column goes without its `plan.`. `UsageError` U051 for what the plan does not have.
    """
    known = rows_of(stored.plan)
    if key not in known:
        raise UsageError("U051", name=key, known=", ".join(known))
    columns = editable(stored.plan, known[key].part)
    names = {one.measure.removeprefix("plan."): one.measure for one in columns}
    typed = {}
    for pair in pairs:
        name, _, text = pair.partition("=")
        if name not in names:
            raise UsageError("U051", name=name, known=", ".join(names))
        typed[names[name]] = text
    return {key: typed}


def _typed(row: DocumentRow, plan: Plan, typed: Mapping[str, str]) -> DocumentRow:
    own = {column.measure for column in editable(plan, row.part)}
    values: dict[str, Value] = dict(row.values)
    for measure, text in typed.items():
        if measure not in own:
            continue
        values.pop(measure, None)
        if text.strip():
            values[measure] = text.strip()
    return replace(row, values=values)


@door(Action.MANAGE, "stored.area")
def store_changes(engine: Engine, stored: StoredPlan, revision: Revision, *, by: str) -> Changed:
    """Store a changed plan as the next version; raises as `changed` does, and `store_version`."""
    return store_version(engine, stored, changed(stored, revision), by=by)


@door(Action.MANAGE, "stored.area")
def store_version(engine: Engine, stored: StoredPlan, document: Document, *, by: str) -> Changed:
    """Store a document as the next version of a plan, and say what is wrong with it.

    What counts afterwards is this version, whoever stored another one meanwhile: that one stays,
    and the problems say so (S050). Raises as `core.services.importing.store_intake.store` does.
    """
    data = filled(document)
    name = f"{stored.plan.document.form.id}-{stored.area}-{stored.fiscal_year}.xlsx"
    intake = examine(data, name, form_id=stored.plan.document.form.id)
    if not isinstance(intake, DocumentIntake):
        raise WorkbookError("F006")
    receipt = store(engine, intake, data, by=by)
    return Changed(informed(intake, receipt), receipt)
