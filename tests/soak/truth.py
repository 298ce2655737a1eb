"""True figures of any table form, drawn from its file, and the plain table that holds them."""

import random
from typing import Any, Final

from core.areas import is_district
from core.forms.model.form import FIGURES, Column, Table, TableForm
from tests.soak.draft import Draft, Entry, Strip, Truth, period_name

MONTHS: Final = (
    "ตุลาคม", "พฤศจิกายน", "ธันวาคม", "มกราคม", "กุมภาพันธ์", "มีนาคม",
    "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม", "กันยายน",
)  # fmt: skip
"""From October, as the fiscal year has them."""
_LOW_HIGH: Final = {
    "count": (200, 9000), "percent": (3, 97), "points": (2, 10), "days": (5, 180),
    "ratio": (0.2, 4),
}  # fmt: skip


def plain(form: TableForm, table: Table, rng: random.Random) -> Draft:
    """A plain table of a form: invented figures under the form's own Thai titles."""
    columns = _chosen(table, rng)
    rows = _rows(table, rng)
    draft = Draft(form, table, table.sheet.th, [], {}, [r[0] for r in rows], [r[1] for r in rows])
    drawn = [_figures(table, columns, row, rng) for row in rows]
    for column in columns:
        entries = [
            Entry(_cell(column, row, figures)) for row, figures in zip(rows, drawn, strict=True)
        ]
        draft.strips.append(Strip(column.name.th, entries, column))
    draft.truth = _truth(table, columns, rows, drawn)
    return draft


def _chosen(table: Table, rng: random.Random) -> list[Column]:
    """The columns a table has: those required, and some of the others."""
    needed = {c.measure for c in table.columns if table.requires(c)}
    if table.either:
        needed |= set(rng.choice(table.either))
    needed |= {group[0] for group in table.known_by}
    if table.pivot:
        needed.add(table.pivot)
    if "month" in needed:
        needed -= {"fiscal_month", "time_id"}
    if table.column("hcode") is None:
        needed.add("district")
    share = rng.choice((0, 0.2, 0.6))
    return [
        c
        for c in table.columns
        if c.measure in needed or (c.type in FIGURES and rng.random() < share)
    ]


Row = tuple[str, tuple[int, int], str]
"""Subject, fiscal year and month (or round), kind of a pivot."""


def _rows(table: Table, rng: random.Random) -> list[Row]:
    year, start = rng.randint(2563, 2568), rng.randint(1, 8)
    has_months = any(c.type == "month" and c.required for c in table.columns)
    parts = [start + n for n in range(rng.randint(1, 4))] if has_months else [rng.randint(1, 2)]
    number = 2 if table.turned else rng.randint(2, 6)
    kinds = [k for k in table.kinds if rng.random() < 0.7] or [table.kinds[0]]
    return [
        (whose, (year, part), kind)
        for whose in _subjects(table, number, rng)
        for part in parts
        for kind in kinds
    ]


def _subjects(table: Table, number: int, rng: random.Random) -> list[str]:
    if table.column("hcode") is None:
        return [f"D61{n:02}" for n in rng.sample(range(1, 9), number)]
    low = rng.choice((1100, 10600, 11000))
    return [f"{low + n:05}" for n in rng.sample(range(1, 99), number)]


def _figures(table: Table, columns: list[Column], row: Row, rng: random.Random) -> dict[str, float]:
    """One row: parts below their wholes, differences that are some, sums that grow."""
    drawn: dict[str, float] = {}
    size = random.Random(f"{row[0]}{row[2]}").uniform(0.5, 5)
    known = {c.measure: c for c in columns}
    for column in columns:
        if column.type == "answer":
            drawn[column.measure] = float(rng.random() < 0.7)
        elif column.type == "number":
            _draw(table, column, known, drawn, (size, row[1][1], rng))
    _within(table, drawn)
    for column in columns:
        if column.difference_of and set(column.difference_of) <= known.keys():
            first, second = (drawn[m] for m in column.difference_of)
            drawn[column.measure] = round(first - second, 2)
    return drawn


def _within(table: Table, drawn: dict[str, float]) -> None:
    """Parts that together are no more than their whole."""
    for relation in table.within:
        if not {*relation.parts, relation.whole} <= drawn.keys():
            continue
        parts, whole = relation.parts, drawn[relation.whole]
        if len(parts) == 1 and drawn[parts[0]] > whole:
            drawn[parts[0]], drawn[relation.whole] = whole, drawn[parts[0]]
        elif len(parts) > 1:
            drawn[relation.whole] = max(whole, sum(drawn[part] for part in parts))


def _draw(
    table: Table,
    column: Column,
    known: dict[str, Column],
    drawn: dict[str, float],
    of: tuple[float, int, random.Random],
) -> float:
    """Draw a figure, its whole first where it is a part."""
    size, part, rng = of
    measure = column.measure
    if measure in drawn:
        return drawn[measure]
    unit = table.unit(column)
    if column.part_of in known:
        whole = _draw(table, known[column.part_of], known, drawn, of)
        steady = random.Random(f"{measure}{size}") if column.cumulative else rng
        is_one_of_several = any(measure in relation.parts for relation in table.within)
        value = whole * steady.uniform(*((0.1, 0.45) if is_one_of_several else (0.25, 0.8)))
    else:
        value = _free(unit, column, size, rng)
        if column.cumulative:
            value = (
                random.Random(f"{measure}{size}").uniform(8e6, 3e7) * part * rng.uniform(1, 1.05)
            )
    low, high = column.valid_range
    value = min(max(value, low if low is not None else value), high if high is not None else value)
    drawn[measure] = float(round(value)) if unit == "count" else round(value, 2)
    return drawn[measure]


def _free(unit: str, column: Column, size: float, rng: random.Random) -> float:
    if column.measure.endswith(("latitude", "longitude")):
        return 15.5 if column.measure.endswith("latitude") else 100.5
    if column.measure.endswith(("_full", ".beds")):
        return 10.0 * rng.randint(1, 9)
    if unit == "baht":
        return rng.uniform(400, 1900) if column.is_ratio else size * rng.uniform(8e6, 3e7)
    low, high = _LOW_HIGH.get(unit, (2, 90))
    return rng.uniform(low, high)


def _cell(column: Column, row: Row, figures: dict[str, float]) -> Any:
    """What is typed in a cell of the plain table."""
    subject, (year, part), kind = row
    if column.type == "number":
        return figures[column.measure]
    if column.type in ("answer", "flag"):
        return "ใช่" if figures.get(column.measure, 1) else "ไม่ใช่"
    if column.type == "choice":
        choices = {choice.id: choice.name.th for choice in column.choices}
        return choices.get(kind) or next(iter(choices.values()))
    district = subject.removeprefix("D") if is_district(subject) else "6101"
    keys = {"hcode": subject, "district": district, "fiscal_year": year, "round": part}
    keys["quarter"] = part
    if column.type == "month":
        return MONTHS[part - 1]
    return keys.get(column.type) or _words(column, subject)


def _words(column: Column, subject: str) -> str:
    is_place = "district" in column.measure or "cup" in column.measure
    return "6101" if is_place else f"โรงพยาบาลสมมติ {subject}"


def _truth(
    table: Table, columns: list[Column], rows: list[Row], drawn: list[dict[str, float]]
) -> Truth:
    return {
        (row[0], period_name(table, *row[1]), table.measure(column, row[2])): figures[
            column.measure
        ]
        for row, figures in zip(rows, drawn, strict=True)
        for column in columns
        if column.measure in figures
    }
