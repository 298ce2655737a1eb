"""Builds the tree of a strategy plan of its rows; what does not fit is named and stays in it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from core.forms.document.months import months_in, spanned
from core.forms.document.plan import LEVELS, QUARTERS, Item, Kpi, Level, Plan, ordered
from core.forms.document.rows import Document, DocumentRow
from core.forms.model.issues import CellIssue
from core.text import Text, say

_RANK: Final = {level: rank for rank, level in enumerate(LEVELS)}
_HEAD: Final = ("issue", "objective", "keyword")
"""Levels of which the parts of a plan need not say which they belong to."""
_HUNDRED: Final = 100.0
_DUST: Final = 0.005


def plan_of(document: Document) -> tuple[Plan, tuple[CellIssue, ...]]:
    """The tree of a plan and every problem of it; never raises for what the rows say.

    A row whose parent is missing stands at the top, one that repeats another beside it under an id
    of its own, so that nothing is lost.
    """
    built = _Tree(document)
    items = ordered(tuple(built.items()))
    plan = Plan(document, items, tuple(built.kpis(items)))
    return plan, tuple(built.issues)


@dataclass
class _Placed:
    """A row of the tree on its way to being an item."""

    row: DocumentRow
    level: Level
    number: str
    id: str = ""
    parent: "_Placed | None" = None


class _Tree:
    def __init__(self, document: Document) -> None:
        self.issues: list[CellIssue] = []
        self._document = document
        self._titles = {column.measure: column.name for column in document.form.columns}
        self._rows: list[_Placed] = []
        self._by_id: dict[str, _Placed] = {}

    def items(self) -> Iterator[Item]:
        """Every row with a level, placed, its months read and its weight checked."""
        for row in self._document.part("items"):
            level = row.text("plan.level")
            known = next((one for one in LEVELS if one == level), None) or self._level_of(row)
            self._rows.append(_Placed(row, known, row.text("plan.number")))
        self._several_plans()
        for place, one in enumerate(self._rows):
            one.parent = self._parent(place, one)
        for one in self._rows:
            self._name(one)
        weights = self._weights()
        for one in self._rows:
            months = self._months(one.row)
            parent = one.parent.id if one.parent else None
            title = one.row.text("plan.title")
            yield Item(
                one.id, one.level, one.number, title, parent, one.row, months, weights.get(one.id)
            )

    def _level_of(self, row: DocumentRow) -> Level:
        """What a row is whose level cannot be read: as its number says, else a step."""
        by_dots: Mapping[int, Level] = {1: "sub_strategy", 2: "activity"}
        return by_dots.get(row.text("plan.number").count("."), "step")

    def _several_plans(self) -> None:
        first, *others = self._document.part("head") or (None,)
        for other in others:
            if first is not None and other is not None:
                other_province = other.text("province")
                self.issues.append(other.issue("W454", "province", other_province, first.cell))

    def _parent(self, place: int, one: _Placed) -> _Placed | None:
        """What a row belongs to: as it says, as its number says, or as the rows above it say."""
        typed = one.row.text("plan.parent")
        if typed:
            return self._by_name(one, typed)
        above = [o for o in self._rows if _RANK[o.level] < _RANK[one.level]]
        if one.level in ("sub_strategy", "activity") and "." in one.number:
            prefix = one.number.rpartition(".")[0]
            wanted = LEVELS[_RANK[one.level] - 1]
            parent = next((o for o in above if o.level == wanted and o.number == prefix), None)
            if parent is None:
                self.issues.append(one.row.issue("W453", "plan.number", one.number, prefix))
            return parent
        before = [o for o in self._rows[:place] if _RANK[o.level] < _RANK[one.level]]
        if before:
            return before[-1]
        if one.level not in (*_HEAD, "strategy"):
            name = _level_name(self._document, LEVELS[_RANK[one.level] - 1])
            self.issues.append(one.row.issue("W453", "plan.level", one.number, name))
        return None

    def _by_name(self, one: _Placed, typed: str) -> _Placed | None:
        """The row a cell names as the parent: of an upper level, so that no circle can be."""
        same = [other for other in self._rows if other.number == typed]
        upper = [other for other in same if _RANK[other.level] < _RANK[one.level]]
        if upper:
            return max(upper, key=lambda other: _RANK[other.level])
        if same:
            self.issues.append(one.row.issue("W455", "plan.parent", typed, same[0].row.place()))
        else:
            self.issues.append(one.row.issue("W453", "plan.parent", one.number, typed))
        return None

    def _name(self, one: _Placed) -> None:
        """Give a row its id; of two that would have the same the later one gets its cell's."""
        plain = one.number or one.level
        if one.level == "step":
            own = one.number or str(self._place_among(one))
            # Levels are named from the top, so the id of what it belongs to is known or its number.
            plain = f"{self._id_of(one.parent)}/{own}"
        elif one.level in _HEAD:
            plain = one.level if not one.number else f"{one.level}.{one.number}"
        other = self._by_id.get(plain)
        if other is not None:
            measure = "plan.number" if one.number else "plan.title"
            name = one.number or one.row.text("plan.title")
            self.issues.append(one.row.issue("W454", measure, name, other.row.place()))
            plain = f"{plain}@{one.row.place()}"
        one.id = plain
        self._by_id[plain] = one

    def _id_of(self, parent: _Placed | None) -> str:
        return "" if parent is None else parent.id or parent.number or parent.level

    def _place_among(self, one: _Placed) -> int:
        steps = [o for o in self._rows if o.parent is one.parent and o.level == "step"]
        return 1 + next(n for n, other in enumerate(steps) if other is one)

    def _months(self, row: DocumentRow) -> tuple[int, ...]:
        """The months of a row; what cannot be read, or is of another year, is told."""
        cells = []
        for quarter, measure in QUARTERS.items():
            if text := row.text(measure):
                cell = months_in(text, quarter, self._document.fiscal_year)
                cells.append((quarter, cell))
                self.issues += (
                    row.issue(f.code, measure, f.found, f.expected, title=self._titles[measure])
                    for f in cell.faults
                )
        return spanned(cells)

    def _weights(self) -> dict[str, float]:
        """Weights in percent by item, where those that belong together add up to 100."""
        together: dict[str, list[_Placed]] = {}
        for one in self._rows:
            together.setdefault(one.parent.id if one.parent else "", []).append(one)
        by_parent: dict[str, float] = {}
        for several in together.values():
            given = [one.row.number("plan.weight") for one in several]
            if all(weight is None for weight in given):
                continue
            weights = [weight or 0.0 for weight in given]
            if abs(sum(weights) - _HUNDRED) > _DUST:
                first = next(o for o, w in zip(several, given, strict=True) if w is not None)
                total = f"{sum(weights):g}"
                self.issues.append(first.row.issue("W456", "plan.weight", total, "100"))
                continue
            by_parent |= {one.id: weight for one, weight in zip(several, weights, strict=True)}
        return by_parent

    def kpis(self, items: Sequence[Item]) -> Iterator[Kpi]:
        """The KPIs, each with the item it belongs to and the activities it names."""
        for number, row in enumerate(self._document.part("kpis"), 1):
            typed = row.text("plan.kpi_of")
            of = _item(items, typed)
            if of is None:
                self.issues.append(row.issue("W458", "plan.kpi_of", typed, _numbers(items)))
            served = tuple(self._served(row, items))
            yield Kpi(f"kpi-{number}", of.id if of else None, row, served)

    def _served(self, row: DocumentRow, items: Sequence[Item]) -> Iterator[str]:
        activities = [item for item in items if item.level == "activity"]
        for word in row.text("plan.served_by").replace(",", " ").split():
            activity = next((item for item in activities if item.number == word), None)
            if activity is None:
                self.issues.append(row.issue("W458", "plan.served_by", word, _numbers(activities)))
            else:
                yield activity.id


def _item(items: Sequence[Item], number: str) -> Item | None:
    """The item of a number: one a KPI is nearest to, a strategy before an issue."""
    same = [item for item in items if item.number == number and item.level != "step"]
    return max(same, key=lambda item: _RANK[item.level], default=None) if number else None


def _numbers(items: Sequence[Item]) -> Text:
    """The numbers there are, as messages list them."""
    listed = ", ".join(
        dict.fromkeys(item.number for item in items if item.number and item.level != "step")
    )
    return say("one of {numbers}", numbers=listed) if listed else say("a number of this plan")


def _level_name(document: Document, level: Level) -> Text:
    column = next(c for c in document.form.columns if c.measure == "plan.level")
    return next(choice.name for choice in column.choices if choice.id == level)
