"""Finds the input cells of an assessment form by the words around them.

Nothing depends on a fixed place: columns are recognised by their titles, items by theirs, whatever
was moved, merged, retyped or stripped of its tone marks. What cannot be placed is reported.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from rapidfuzz import fuzz

from core.forms.cells import Cell, Place, Sheet
from core.forms.model import AssessmentForm
from core.forms.plan import Anchor, Item, stripped
from core.text import fold

ALIKE: Final = 80
"""Likeness of two titles, in percent, from which they are taken for the same."""
_PREFIX: Final = 96
_SHORTEST_PREFIX: Final = 6
_HINT: Final = 45


class Spot(NamedTuple):
    """A cell of a named sheet."""

    sheet: str
    place: Place


@dataclass
class Layout:
    """Where the inputs and the form's own results stand in one workbook, by full rule id."""

    inputs: dict[str, Spot] = field(default_factory=dict)
    numerators: dict[str, Spot] = field(default_factory=dict)
    denominators: dict[str, Spot] = field(default_factory=dict)
    weighted: dict[str, Spot] = field(default_factory=dict)
    raw: dict[str, Spot] = field(default_factory=dict)
    totals: dict[str, Spot] = field(default_factory=dict)
    scores: dict[str, Spot] = field(default_factory=dict)
    spokes: dict[str, Spot] = field(default_factory=dict)
    items: dict[str, Spot] = field(default_factory=dict)
    unit_lines: dict[str, tuple[Spot, ...]] = field(default_factory=dict)
    """Line of a unit checklist -> one cell per unit."""
    repeated: dict[str, Spot] = field(default_factory=dict)
    structure: set[Spot] = field(default_factory=set)
    """Cells in the score column known to hold results or headings, not inputs."""


class Row(NamedTuple):
    """One row's words: its texts without numbering, and the number it carries."""

    row: int
    texts: tuple[str, ...]
    number: str
    full: float | None


@dataclass(frozen=True)
class Columns:
    """Which column holds what; 0 = not found."""

    title: int
    number: int
    full: int
    score: int
    numerator: int = 0
    denominator: int = 0
    header_row: int = 0


def likeness(title: str, text: str) -> float:
    """How alike two folded titles are, 0-100; a title cut short is still the same title."""
    if title == text:
        return 100
    length = min(len(title), len(text))
    if length >= _SHORTEST_PREFIX and title[:length] == text[:length]:
        return _PREFIX
    alike = fuzz.ratio(title, text, score_cutoff=_HINT)
    if length >= 2 * _SHORTEST_PREFIX:
        alike = max(alike, fuzz.ratio(title[:length], text[:length], score_cutoff=ALIKE) - 3)
    return alike


class SheetLocator:
    """Locates items on one sheet."""

    def __init__(self, form: AssessmentForm, sheet: Sheet) -> None:
        self.form = form
        self.sheet = sheet
        self._percent = tuple(map(fold, form.percent_row))
        self._sums = tuple(map(fold, form.sum_row))
        self.percent_rows = self._label_rows(self._percent)
        self.sum_rows = self._label_rows(self._sums)
        self.columns = self._find_columns()
        self.rows = self._read_rows()
        self._exact = self._index()

    def _label_rows(self, words: tuple[str, ...]) -> dict[int, int]:
        """Row -> column of a cell that begins with one of the words."""
        return {
            place.row: place.column
            for place, text in self.sheet.folded.items()
            if any(word in text for word in words) and len(text) < 40
        }

    def _find_columns(self) -> Columns:
        """Columns by their titles; without titles, by where `percentage achieved` stands."""
        wanted = self.form.columns
        names = {
            key: {fold(word) for word in getattr(wanted, key)}
            for key in ("title", "number", "full", "score", "numerator", "denominator")
        }
        for row, cells in self.sheet.rows.items():
            texts = {c: fold(v.value) for c, v in cells.items() if isinstance(v.value, str)}
            at = {
                key: sorted(c for c, text in texts.items() if text in words)
                for key, words in names.items()
            }
            if at["title"] and (at["full"] or at["score"]):
                return self._with_header(row, at)
        labels = Counter(self.percent_rows.values()).most_common(1)
        full = labels[0][0] if labels else 0
        return Columns(0, 0, full, full + 1 if full else 0)

    def _with_header(self, row: int, at: Mapping[str, Sequence[int]]) -> Columns:
        full, score = list(at["full"]), list(at["score"])
        labels = Counter(c for c in self.percent_rows.values() if c in full).most_common(1)
        full_column = labels[0][0] if labels else (full[0] if full else 0)
        others = [column for column in full if column != full_column]
        after = [column for column in others if column > full_column] or others
        score_column = score[-1] if score else (after[0] if after else full_column + 1)
        return Columns(
            at["title"][0],
            at["number"][0] if at["number"] else 0,
            full_column,
            score_column,
            at["numerator"][0] if at["numerator"] else 0,
            at["denominator"][0] if at["denominator"] else 0,
            row,
        )

    def _read_rows(self) -> dict[int, Row]:
        rows = {}
        folded = self.sheet.folded
        for row, cells in self.sheet.rows.items():
            if row <= self.columns.header_row:
                continue
            texts = [
                (column != self.columns.title, stripped(folded[Place(row, column)]))
                for column, cell in cells.items()
                if isinstance(cell.value, str) and column != self.columns.score
            ]
            number = _number(cells.get(self.columns.number))
            full = _figure(self.sheet.at(Place(row, self.columns.full)))
            rows[row] = Row(row, tuple(text for _, text in sorted(texts)), number, full)
        return rows

    def _index(self) -> dict[str, list[int]]:
        index: dict[str, list[int]] = {}
        for row in self.rows.values():
            for text in row.texts:
                index.setdefault(text, []).append(row.row)
        return index

    def head_of(self, item: Item) -> tuple[float, int]:
        """The likeliest head row of an item and how sure we are of it (0 = none)."""
        expected = item.weight if item.section.head_rows else item.head.full
        for title in item.head.titles:
            found = [r for r in self._exact.get(title, ()) if self._fits(r, expected)]
            if found:
                return 110, found[0]
        best = (0.0, 0)
        for row in self.rows.values():
            sure = self._sureness(item.head, row)
            fits = row.full is not None and abs(row.full - expected) < 1e-9
            numbered = bool(item.no) and row.number == item.no
            sure += 6 * fits + 6 * numbered
            if fits and numbered and item.section.head_rows:
                sure = max(sure, ALIKE)
            if sure > best[0]:
                best = (sure, row.row)
        return best if best[0] >= ALIKE + 6 or best[0] == ALIKE else (0.0, 0)

    def _fits(self, row: int, expected: float) -> bool:
        full = self.rows[row].full
        return full is None or abs(full - expected) < 1e-9

    def _sureness(self, anchor: Anchor, row: Row) -> float:
        return max(
            (likeness(title, text) for title in anchor.titles for text in row.texts), default=0.0
        )

    def place(self, item: Item, head: int, end: int, layout: Layout) -> None:
        """Place the inputs of an item whose rows are head … end - 1."""
        block = [row for row in self.rows.values() if head <= row.row < end]
        layout.items[item.id] = self._spot(head)
        if item.section.head_rows:
            layout.weighted[item.id] = self._score_spot(head)
            layout.structure.add(self._score_spot(head))
        if item.head.takes:
            self._place_single(item, head, block, layout)
        else:
            self._place_lines(item, block, layout)
        if item.unit_lines:
            self._place_units(item, block, layout)
        self._place_sums(item, head, block, layout)

    def _place_sums(self, item: Item, head: int, block: Sequence[Row], layout: Layout) -> None:
        """Rows that carry the item's own result: its raw points stand where its full marks do."""
        inputs = set(layout.inputs.values())
        for row in block:
            spot = self._score_spot(row.row)
            if row.row == head or spot in inputs or item.head.takes:
                continue
            if row.row in self.sum_rows:
                layout.structure.add(spot)
            if row.full == item.head.full and spot not in layout.raw.values():
                layout.structure.add(spot)
                layout.raw.setdefault(item.id, spot)

    def _place_single(self, item: Item, head: int, block: Sequence[Row], layout: Layout) -> None:
        if item.head.takes == "percent":
            rule_row = next((r.row for r in block if r.row != head and r.full is not None), None)
            if rule_row is not None and rule_row not in self.percent_rows:
                layout.raw[item.id] = self._score_spot(rule_row)
                layout.structure.add(self._score_spot(rule_row))
            self._place_percent(item.head, head, [row.row for row in block], layout)
        elif item.section.head_rows:
            rows = [r for r in block if r.row != head]
            full = [r.row for r in rows if r.full is not None and r.full == item.head.full]
            typed = [r.row for r in rows if self._is_input(r.row)]
            for row in (full or typed)[:1]:
                layout.inputs[item.id] = self._score_spot(row)
        else:
            layout.inputs[item.id] = self._score_spot(head)

    def _place_lines(self, item: Item, block: Sequence[Row], layout: Layout) -> None:
        rows = block[1:]
        found = self._match_lines(item.lines, rows)
        ends = sorted(found.values())
        last = rows[-1].row + 1 if rows else 0
        for line in item.lines:
            if line.id not in found:
                continue
            row = found[line.id]
            if line.takes == "points":
                layout.inputs[line.id] = self._score_spot(row)
            elif line.takes == "percent":
                layout.raw[line.id] = self._score_spot(row)
                layout.structure.add(self._score_spot(row))
                end = next((r for r in ends if r > row), last)
                self._place_percent(line, row, range(row, end), layout)
            else:
                layout.raw[line.id] = self._score_spot(row)
                layout.structure.add(self._score_spot(row))

    def place_totals(self, layout: Layout) -> None:
        """The sheet's section scores and, in the row after each, the sum they come from."""
        for section in self.form.sections:
            label = fold(section.total_label.th)
            for row, cells in self.sheet.rows.items():
                texts = (self.sheet.folded.get(Place(row, column), "") for column in cells)
                if any(text and likeness(label, text) >= _PREFIX for text in texts):
                    layout.scores.setdefault(section.group, self._score_spot(row))
                    layout.structure.add(self._score_spot(row))
                    if row + 1 in self.sum_rows:
                        layout.totals.setdefault(section.group, self._score_spot(row + 1))
                        layout.structure.add(self._score_spot(row + 1))
                    break

    def _place_units(self, item: Item, block: Sequence[Row], layout: Layout) -> None:
        """One column per unit, from the score column to the right as far as figures stand."""
        found = self._match_lines(item.unit_lines, block[1:])
        typed = [line for line in item.unit_lines if line.takes and line.id in found]
        for line in typed:
            cells = self.sheet.rows[found[line.id]]
            last = max((c for c, v in cells.items() if not v.is_formula), default=0)
            layout.unit_lines[line.id] = tuple(
                Spot(self.sheet.name, Place(found[line.id], column))
                for column in range(self.columns.score, last + 1)
            )
            layout.structure.add(self._score_spot(found[line.id]))

    def _match_lines(self, lines: Sequence[Anchor], rows: Sequence[Row]) -> dict[str, int]:
        """Line id -> row: in printed order first, then whatever is left by order and full marks."""
        found: dict[str, int] = {}
        used: set[int] = set()
        cursor = 0
        for line in lines:
            row = self._best(line, [r for r in rows if r.row > cursor and r.row not in used])
            row = row or self._best(line, [r for r in rows if r.row not in used])
            if row:
                found[line.id] = cursor = row
                used.add(row)
        self._fill_gaps(lines, rows, found)
        return found

    def _best(self, line: Anchor, rows: Iterable[Row]) -> int:
        best, at = 0.0, 0
        for row in rows:
            if row.row in self.percent_rows and not row.texts[1:]:
                continue
            sure = self._sureness(line, row)
            if sure < ALIKE:
                continue
            sure += 3 * (row.full is not None and abs(row.full - line.full) < 1e-9)
            if sure > best:
                best, at = sure, row.row
        return at

    def _fill_gaps(
        self, lines: Sequence[Anchor], rows: Sequence[Row], found: dict[str, int]
    ) -> None:
        """A line whose title is beyond recognition stands between its neighbours."""
        for number, line in enumerate(lines):
            if line.id in found:
                continue
            before = max((found[a.id] for a in lines[:number] if a.id in found), default=0)
            later = [found[a.id] for a in lines[number + 1 :] if a.id in found]
            after = min((r for r in later if r > before), default=10**9)
            free = [
                r.row
                for r in rows
                if before < r.row < after
                and r.row not in found.values()
                and r.row not in self.percent_rows
                and r.row not in self.sum_rows
                and r.full is not None
                and abs(r.full - line.full) < 1e-9
            ]
            if free:
                found[line.id] = free[0]

    def _place_percent(
        self, anchor: Anchor, first: int, rows: Iterable[int], layout: Layout
    ) -> None:
        """The input is the cell beside `percentage achieved`, else the first free yellow cell."""
        for row in rows:
            if row in self.percent_rows:
                label = Place(row, self.percent_rows[row])
                column = self.columns.score
                if column <= label.column:
                    column = label.column + 1
                spot = Spot(self.sheet.name, self.sheet.top_left(Place(row, column)))
                layout.inputs[anchor.id] = spot
                self._place_figures(anchor, row, layout)
                return
        for row in rows:
            if row != first and self._is_input(row):
                layout.inputs[anchor.id] = self._score_spot(row)
                return

    def _place_figures(self, anchor: Anchor, row: int, layout: Layout) -> None:
        pairs = (
            (self.columns.numerator, layout.numerators),
            (self.columns.denominator, layout.denominators),
        )
        for column, places in pairs:
            if column:
                places[anchor.id] = Spot(self.sheet.name, Place(row, column))

    def _is_input(self, row: int) -> bool:
        cell = self.sheet.at(Place(row, self.columns.score))
        return cell.is_filled or (cell.value is not None and not cell.is_formula)

    def _score_spot(self, row: int) -> Spot:
        return Spot(self.sheet.name, self.sheet.top_left(Place(row, self.columns.score)))

    def _spot(self, row: int) -> Spot:
        return Spot(self.sheet.name, Place(row, self.columns.title or 1))


def _number(cell: Cell | None) -> str:
    """The item number in a cell, `1`; empty when there is none."""
    if cell is None or cell.value is None or isinstance(cell.value, bool):
        return ""
    if isinstance(cell.value, float):
        return str(int(cell.value)) if cell.value.is_integer() else str(cell.value)
    return fold(cell.value).strip(".()")


def _figure(cell: Cell) -> float | None:
    if isinstance(cell.value, bool) or cell.value is None:
        return None
    if isinstance(cell.value, float):
        return cell.value
    try:
        return float(fold(cell.value).replace(",", ""))
    except ValueError:
        return None


def locate(form: AssessmentForm, items: Sequence[Item], sheets: Iterable[Sheet]) -> Layout:
    """Where everything stands on the visible sheets of a workbook."""
    layout = Layout()
    taken: dict[str, tuple[float, SheetLocator, int]] = {}
    for sheet in sheets:
        locator = SheetLocator(form, sheet)
        for item_id, (sure, row) in _heads(items, locator).items():
            if item_id in taken:
                layout.repeated[item_id] = Spot(sheet.name, Place(row, 1))
            if item_id not in taken or sure > taken[item_id][0] + 20:
                taken[item_id] = sure, locator, row
    for item in items:
        if item.id in taken:
            _, locator, head = taken[item.id]
            later = [row for _, other, row in taken.values() if other is locator and row > head]
            end = min(later, default=locator.sheet.last_row + 1)
            locator.place(item, head, end, layout)
    for locator in {id(found[1]): found[1] for found in taken.values()}.values():
        locator.place_totals(layout)
    return layout


def _heads(items: Sequence[Item], locator: SheetLocator) -> dict[str, tuple[float, int]]:
    """Item -> (sureness, head row) on one sheet; a row is the head of the surest item only."""
    found: dict[str, tuple[float, int]] = {}
    owner: dict[int, str] = {}
    for item in items:
        sure, row = locator.head_of(item)
        if not row or (row in owner and found[owner[row]][0] >= sure):
            continue
        if row in owner:
            del found[owner[row]]
        owner[row], found[item.id] = item.id, (sure, row)
    return found
