"""The tree of a strategy plan, built of its rows, and everything that is wrong with it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final, Literal

from core.criteria.model import Op
from core.forms.document.months import quarters_in
from core.forms.document.rows import Document, DocumentRow

Level = Literal["issue", "objective", "keyword", "strategy", "sub_strategy", "activity", "step"]
LEVELS: Final[tuple[Level, ...]] = (
    "issue", "objective", "keyword", "strategy", "sub_strategy", "activity", "step",
)  # fmt: skip
"""The levels of a plan, from its root."""
QUARTERS: Final = {n: f"plan.quarter_{n}" for n in range(1, 5)}
_BETWEEN: Final = re.compile(r"\s*[/,;]\s*")
_FULL: Final = 100.0


@dataclass(frozen=True)
class Item:
    """One item of a plan, from its strategic issue down to a step of an activity.

    `id` is the number as printed, of a step behind that of its activity (`2.1.1/3`), of others
    without a number their level. `months` are fiscal months. `weight` is in percent of the parent;
    None where the weights of its neighbours cannot be used.
    """

    id: str
    level: Level
    number: str
    title: str
    parent: str | None
    row: DocumentRow
    months: tuple[int, ...] = ()
    weight: float | None = None

    @property
    def goal(self) -> str:
        return self.row.text("plan.goal")

    @property
    def problem(self) -> str:
        return self.row.text("plan.problem")

    @property
    def note(self) -> str:
        return self.row.text("plan.note")

    @property
    def fed_by(self) -> str:
        return self.row.text("plan.fed_by")

    @property
    def owners(self) -> tuple[str, ...]:
        """The roles that own it."""
        return tuple(filter(None, _BETWEEN.split(self.row.text("plan.owners"))))

    @property
    def done_on(self) -> date | None:
        return self.row.day("plan.done_on")


@dataclass(frozen=True)
class Kpi:
    """One target of a KPI: `of` is the id of the item it belongs to, None where there is none.

    `served_by` are the ids of activities named; empty where all below the item serve it. `op` is
    None where no comparison is printed.
    """

    id: str
    of: str | None
    row: DocumentRow
    served_by: tuple[str, ...] = ()

    @property
    def number(self) -> str:
        return self.row.text("plan.kpi_number")

    @property
    def text(self) -> str:
        return self.row.text("plan.kpi")

    @property
    def figure(self) -> str:
        return self.row.text("plan.figure")

    @property
    def measured_by(self) -> str:
        return self.row.text("plan.measured_by")

    @property
    def op(self) -> Op | None:
        op_: Mapping[str, Op] = {
            "below": "below", "up_to": "up_to", "at_least": "at_least", "above": "above"
        }  # fmt: skip
        return op_.get(self.row.text("plan.operator"))

    @property
    def target(self) -> float | None:
        return self.row.number("plan.target")

    @property
    def within(self) -> float | None:
        return self.row.number("plan.within")

    @property
    def due_day(self) -> int | None:
        day = self.row.number("plan.due_day")
        return int(day) if day is not None and day.is_integer() else None

    @property
    def quarters(self) -> tuple[int, ...]:
        """The quarters at whose end it is measured; empty where every month counts."""
        return quarters_in(self.row.text("plan.quarters")) or ()

    @property
    def note(self) -> str:
        return self.row.text("plan.kpi_note")


@dataclass(frozen=True)
class Plan:
    """A plan as a tree: `items` in the order of the document, KPIs beside them."""

    document: Document
    items: tuple[Item, ...]
    kpis: tuple[Kpi, ...]

    @property
    def head(self) -> DocumentRow:
        """The row that says whose the plan is; an empty one where there is none."""
        return next(iter(self.document.part("head")), DocumentRow("head", {}))

    @cached_property
    def by_id(self) -> Mapping[str, Item]:
        """The items by their ids."""
        return {item.id: item for item in self.items}

    @cached_property
    def below(self) -> Mapping[str | None, tuple[Item, ...]]:
        """The items right below each item, and below none."""
        children: dict[str | None, list[Item]] = {}
        for item in self.items:
            children.setdefault(item.parent, []).append(item)
        return {key: tuple(several) for key, several in children.items()}

    def of(self, level: Level) -> tuple[Item, ...]:
        """All items of a level."""
        return tuple(item for item in self.items if item.level == level)

    def under(self, item_id: str | None) -> Iterator[Item]:
        """Everything below an item, in the order of the document."""
        for item in self.below.get(item_id, ()):
            yield item
            yield from self.under(item.id)

    def above(self, item: Item) -> Iterator[Item]:
        """The items above one, the nearest first."""
        while item.parent is not None:
            item = self.by_id[item.parent]
            yield item

    def depth(self, item: Item) -> int:
        """How many items lie above one."""
        return sum(1 for _ in self.above(item))

    def activities_of(self, kpi: Kpi) -> tuple[Item, ...]:
        """The activities that serve a KPI: those it names, else all below its item."""
        if kpi.served_by:
            return tuple(self.by_id[one] for one in kpi.served_by)
        if kpi.of is None:
            return ()
        own = self.by_id[kpi.of]
        activities = tuple(item for item in self.under(kpi.of) if item.level == "activity")
        return activities or ((own,) if own.level == "activity" else ())

    def kpis_of(self, activity: Item) -> tuple[Kpi, ...]:
        """The KPIs that an activity serves, those nearest to it first."""
        serving = [kpi for kpi in self.kpis if activity in self.activities_of(kpi)]
        depths = {kpi.id: self.depth(self.by_id[kpi.of]) if kpi.of else 0 for kpi in serving}
        return tuple(sorted(serving, key=lambda kpi: -depths[kpi.id]))

    def span(self, item: Item) -> tuple[int, ...]:
        """The fiscal months of an item: its own and those of what is below it."""
        months = {*item.months}
        for one in self.under(item.id):
            months |= {*one.months}
        return tuple(sorted(months))

    def progress(self, item: Item, at: date) -> float | None:
        """The percent of an item that was done by a day; None for one that has nothing to do.

        By the weights of what is below it where they are given, else each counts the same.
        """
        below = self.below.get(item.id, ())
        if not below:
            may_be_done = item.level in ("activity", "step") or item.done_on is not None
            return _FULL * is_done(item, at) if may_be_done else None
        if is_done(item, at):
            return _FULL
        shares = [(one.weight, self.progress(one, at)) for one in below]
        weighted = [(1.0 if w is None else w, share) for w, share in shares if share is not None]
        whole = sum(weight for weight, _ in weighted)
        return sum(weight * share for weight, share in weighted) / whole if whole else None


def is_done(item: Item, at: date) -> bool:
    """Whether an item was done by a day, as it says itself."""
    return item.done_on is not None and item.done_on <= at


def ordered(items: Sequence[Item]) -> tuple[Item, ...]:
    """Items as the tree has them: each after what it belongs to."""
    children: dict[str | None, list[Item]] = {}
    for item in items:
        children.setdefault(item.parent, []).append(item)

    def under(parent: str | None) -> Iterator[Item]:
        for item in children.get(parent, ()):
            yield item
            yield from under(item.id)

    return tuple(under(None))
