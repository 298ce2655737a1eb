"""Putting a row of a plan below another one: it goes with all below it, its dates and results."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import Engine

from core.access.roles import Action
from core.errors import UsageError
from core.forms.document.plan import LEVELS, Item, Level, Plan
from core.forms.document.rows import Document, DocumentRow, Value
from core.forms.document.tree import plan_of
from core.services.guard.doors import door
from core.services.strategy.editing import (
    LEVEL,
    Changed,
    is_numbered,
    level_below,
    next_number,
    store_version,
    with_reason,
)
from core.services.strategy.stored import StoredPlan
from core.services.strategy.takeaways import made_from

_NUMBER: Final = "plan.number"
_PARENT: Final = "plan.parent"
_KPI_OF: Final = "plan.kpi_of"
_SERVED_BY: Final = "plan.served_by"


@dataclass(frozen=True)
class Relocation:
    """An item that goes below another: the ids of both, and the number it has there."""

    item: str
    below: str
    number: str


def places_for(plan: Plan, item: Item) -> tuple[Item, ...]:
    """The items that another can be put below: not where it is, nor so that a step had steps."""
    own = {item.id, item.parent, *(one.id for one in plan.under(item.id))}
    depth = max((_rank(one.level) for one in plan.under(item.id)), default=_rank(item.level))
    deepest = len(LEVELS) - 1 - (depth - _rank(item.level))
    return tuple(one for one in plan.items if one.id not in own and _rank(one.level) + 1 <= deepest)


def number_there(plan: Plan, item: Item, below: Item) -> str:
    """The number an item would have below another: its own where that does not name its parent."""
    level = level_below(below)
    if level is None or (level == item.level and level in ("issue", "objective", "keyword")):
        return item.number
    if level == item.level == "strategy":
        return item.number
    return next_number(plan, below.id, level)


def renumbered(plan: Plan, relocation: Relocation) -> Mapping[str, tuple[Level, str]]:
    """The level and number of an item at its new place and of all below it, by their ids now."""
    root, below = plan.by_id[relocation.item], plan.by_id[relocation.below]
    level = level_below(below) or root.level
    shift = _rank(level) - _rank(root.level)
    given: dict[str, tuple[Level, str]] = {root.id: (level, relocation.number)}
    for one in plan.under(root.id):
        new = LEVELS[_rank(one.level) + shift]
        prefix = given[one.parent or root.id][1]
        given[one.id] = new, _number(plan, root, one, new, prefix, relocation.number)
    return given


def _number(plan: Plan, root: Item, one: Item, level: Level, prefix: str, number: str) -> str:
    """The number of a row below: its own with the new beginning; of another level a new one."""
    if level == one.level:
        starts = f"{root.number}."
        is_inside = bool(root.number) and one.number.startswith(starts)
        return f"{number}.{one.number.removeprefix(starts)}" if is_inside else one.number
    place = 1 + [other.id for other in plan.below[one.parent]].index(one.id)
    return f"{prefix}.{place}" if level in ("sub_strategy", "activity") and prefix else str(place)


def relocation_of(plan: Plan, item: str, below: str, number: str | None) -> Relocation:
    """What was asked for by ids; without a number the next one there. `UsageError` U051."""
    _check_known(plan, item, below)
    there = number_there(plan, plan.by_id[item], plan.by_id[below])
    return Relocation(item, below, there if number is None else number.strip())


def _check_known(plan: Plan, *keys: str) -> None:
    for key in keys:
        if key not in plan.by_id:
            raise UsageError("U051", name=key, known=", ".join(plan.by_id))


def relocated(stored: StoredPlan, relocation: Relocation, reason: str) -> Document:
    """The document with an item below another, behind all that is there already.

    Levels and numbers follow, also where KPIs name them; everything else stays as it was typed.
    `UsageError` U051 for a row that the plan does not have, U007 without a reason, U052 where it
    cannot stand, U053 for a number that is taken, U054 where a KPI would lose its row.
    """
    plan = stored.plan
    _check_known(plan, relocation.item, relocation.below)
    if not reason.strip():
        raise UsageError("U007")
    item = plan.by_id[relocation.item]
    if relocation.below not in {one.id for one in places_for(plan, item)}:
        known = ", ".join(one.id for one in places_for(plan, item))
        raise UsageError("U052", name=item.id, below=relocation.below, known=known)
    given = renumbered(plan, relocation)
    _check_numbers(plan, given)
    document = with_reason(made_from(stored), reason)
    placed = _placed(plan, document, relocation, given, is_named=False)
    if _fault(plan, placed, relocation) is not None:
        placed = _placed(plan, document, relocation, given, is_named=True)
        fault = _fault(plan, placed, relocation)
        if fault is not None:
            raise fault
    return replace(document, rows=tuple(placed.values()))


def _check_numbers(plan: Plan, given: Mapping[str, tuple[Level, str]]) -> None:
    """`UsageError` U053 where another row of the plan has a number already."""
    others = (one for one in plan.items if one.id not in given and is_numbered(one.level))
    taken = {one.number for one in others}
    for level, number in given.values():
        if is_numbered(level) and number in taken - {""}:
            raise UsageError("U053", number=number)


def _placed(
    plan: Plan,
    document: Document,
    relocation: Relocation,
    given: Mapping[str, tuple[Level, str]],
    *,
    is_named: bool,
) -> dict[int, DocumentRow]:
    """The rows in their new order, by the identity of what each was before.

    `is_named` writes into the row below which it stands, for plans whose numbers do not say so.
    """
    going = {id(plan.by_id[key].row): key for key in given}
    stay = [row for row in document.rows if id(row) not in going]
    near = {id(plan.by_id[relocation.below].row)}
    near |= {id(one.row) for one in plan.under(relocation.below)}
    last = max(place for place, row in enumerate(stay) if id(row) in near)
    block = [plan.by_id[key].row for key in given]
    ordered = (*stay[: last + 1], *block, *stay[last + 1 :])
    numbers = {plan.by_id[key].number: number for key, (_, number) in given.items()}
    rows = {}
    for row in ordered:
        key = going.get(id(row))
        if key is not None:
            parent = numbers.get(row.text(_PARENT), row.text(_PARENT))
            if key == relocation.item:
                parent = plan.by_id[relocation.below].number if is_named else ""
            level, number = given[key]
            made = _with(row, {LEVEL: level, _NUMBER: number, _PARENT: parent})
        else:
            made = _kpi(plan, row, given) if row.part == "kpis" else row
        rows[id(row)] = made
    return rows


def _kpi(plan: Plan, row: DocumentRow, given: Mapping[str, tuple[Level, str]]) -> DocumentRow:
    """A row of a KPI with the new numbers of the rows it names."""
    kpi = next(one for one in plan.kpis if one.row is row)
    of = given[kpi.of][1] if kpi.of and kpi.of in given else row.text(_KPI_OF)
    served = {plan.by_id[key].number: given[key][1] for key in kpi.served_by if key in given}
    if not served:
        return _with(row, {_KPI_OF: of})
    words = row.text(_SERVED_BY).replace(",", " ").split()
    return _with(row, {_KPI_OF: of, _SERVED_BY: " ".join(served.get(w, w) for w in words)})


def _with(row: DocumentRow, texts: Mapping[str, str]) -> DocumentRow:
    """A row with other texts; an empty one takes away what was there."""
    values: dict[str, Value] = {m: value for m, value in row.values.items() if m not in texts}
    return replace(row, values={**values, **{m: text for m, text in texts.items() if text}})


def _fault(
    plan: Plan, placed: Mapping[int, DocumentRow], relocation: Relocation
) -> UsageError | None:
    """What is not as it should be once the rows are read again; None where all is."""
    document = replace(plan.document, rows=tuple(placed.values()))
    fresh, _ = plan_of(document)
    parents = {id(placed[before]): placed.get(above) for before, above in _parents(plan)}
    root = plan.by_id[relocation.item]
    parents[id(placed[id(root.row)])] = placed[id(plan.by_id[relocation.below].row)]
    for row, above in _parents(fresh):
        if above != (id(parents[row]) if parents[row] is not None else 0):
            known = ", ".join(one.id for one in places_for(plan, root))
            return UsageError("U052", name=root.id, below=relocation.below, known=known)
    for before, now in zip(plan.kpis, fresh.kpis, strict=True):
        was = id(placed[id(plan.by_id[before.of].row)]) if before.of else 0
        if was != (id(fresh.by_id[now.of].row) if now.of else 0):
            return UsageError("U054", name=root.id, kpi=before.text)
    return None


def _parents(plan: Plan) -> Iterator[tuple[int, int]]:
    """Each row of a plan by identity, and the one it belongs to; 0 for none."""
    for item in plan.items:
        yield id(item.row), id(plan.by_id[item.parent].row) if item.parent else 0


def _rank(level: Level) -> int:
    return LEVELS.index(level)


@door(Action.MANAGE, "stored.area")
def store_relocation(
    engine: Engine, stored: StoredPlan, relocation: Relocation, reason: str, *, by: str
) -> Changed:
    """Store a plan with an item at another place as its next version.

    Raises as `relocated` does, and as `store_version` does.
    """
    return store_version(engine, stored, relocated(stored, relocation, reason), by=by)
