"""Rows of a table of claims, checked one by one: read rightly, warned of, or left out and said."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Final

from core.claims.columns import rules
from core.claims.keys import VisitKeys
from core.forms.cells.workbook import Place
from core.forms.model.issues import CellIssue
from core.forms.table.words import folded_words
from core.periods import day_text, month_of
from core.services.claims.heads import Head
from core.services.claims.sources import Grid, Value
from core.services.claims.values import (
    Odd,
    Parsed,
    code,
    day,
    department,
    document,
    hcode,
    is_nothing,
    month_of_rep,
    satang,
    status_of_code,
    text_of,
    weight,
    word,
)
from core.text import fold

_MOST_TOLD: Final = 15
"""Rows told of one by one for each kind of problem; of the rest their number."""
Row = dict[str, Any]


@dataclass(frozen=True)
class Given:
    """What is known besides the table: its hospital, fund and kind of patient, by its name.

    `known` are the codes of the register (None: any may be), `today` the day after which nothing
    can have happened.
    """

    keys: VisitKeys
    today: date
    known: frozenset[str] | None = None
    hcode: str | None = None
    fund: str | None = None
    patient: str | None = None
    document: str = ""


@dataclass
class Problems:
    """Problems by code: the first ones by their cell, of the others how many."""

    sheet: str
    issues: list[CellIssue] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def add(
        self, code_: str, cell: str, found: str = "", expected: str = "", **params: object
    ) -> None:
        self.counts[code_] += 1
        if self.counts[code_] <= _MOST_TOLD:
            self.issues.append(CellIssue(code_, self.sheet, cell, found, expected, params))

    def listed(self) -> Iterable[CellIssue]:
        yield from self.issues
        for code_, count in self.counts.items():
            if count > _MOST_TOLD:
                first = next(one for one in self.issues if one.code == code_)
                params = {"count": count - _MOST_TOLD, "like": first.slug, "code": code_}
                yield CellIssue("W642", self.sheet, "", params=params)


class RowReader:
    """Reads the rows of one table."""

    def __init__(self, grid: Grid, head: Head, given: Given) -> None:
        self._grid, self._head, self._given = grid, head, given
        self.problems = Problems(grid.sheet)
        self.read = self.refused = self.totals = 0
        self._parsers: Mapping[str, Parsed[Any]] = {
            "date": Parsed(day), "money": Parsed(satang), "signed": Parsed(satang),
            "weight": Parsed(weight), "hcode": Parsed(hcode), "fund": Parsed(word("funds")),
            "patient": Parsed(word("patients")), "status": Parsed(word("statuses")),
        }  # fmt: skip

    @cached_property
    def rows(self) -> list[Row]:
        """The rows that can be stored; the others are among the problems."""
        rows_ = []
        width = len(self._grid.rows[self._head.title_row])
        total = folded_words("total")
        for number, cells in enumerate(self._grid.rows[self._head.first :], self._head.first):
            line = self._grid.first + number
            if all(is_nothing(cell) for cell in cells):
                continue
            if self._is_total(cells, total):
                self.totals += 1
                self.problems.add("W608", Place(line, 1).name, _first_text(cells))
                continue
            self.read += 1
            if self._grid.text and _is_shifted(cells, width):
                self.problems.add("W601", Place(line, 1).name, str(len(cells)), str(width))
                self.refused += 1
                continue
            row = self._row(line, cells)
            if row is None:
                self.refused += 1
            else:
                rows_.append(row)
        return self._without_doubles(rows_)

    def _is_total(self, cells: Sequence[Value], total: frozenset[str]) -> bool:
        """Whether a row adds up others: it begins with such a word and has no visit of its own."""
        text = fold(_first_text(cells))
        has_word = text in total or any(len(w) > 2 and text.startswith(w) for w in total)
        keys = [self._value(cells, name) for name in ("seq", "an", "transaction")]
        return has_word and all(is_nothing(key) or not text_of(key).isalnum() for key in keys)

    def _value(self, cells: Sequence[Value], name: str) -> Value:
        column = self._head.columns.get(name)
        return cells[column] if column is not None and column < len(cells) else None

    def _cell(self, line: int, name: str) -> str:
        return Place(line, self._head.columns.get(name, 0) + 1).name

    def _row(self, line: int, cells: Sequence[Value]) -> Row | None:
        """A row of the ledger; None where something that it needs is wrong, which is told."""
        values: Row = {}
        is_right = True
        for name in self._head.columns:
            kind = rules().columns[name].type
            if kind in ("key", "code"):
                continue
            value = self._parsers[kind].of(self._value(cells, name))
            if isinstance(value, Odd):
                is_right &= self._odd(line, name, kind, value)
                value = "other" if kind == "fund" else None
            values[name] = value
        row = self._placed(line, cells, values) if is_right else None
        if row is None:
            return None
        if not self._is_possible(line, values, row):
            return None
        return row | self._outcome(line, cells, values)

    def _odd(self, line: int, name: str, kind: str, value: Odd) -> bool:
        """Tell of a value that cannot be; whether the row counts all the same."""
        title = rules().columns[name].titles[0]
        codes = {
            "date": "W602",
            "hcode": "W603",
            "fund": "W620",
            "status": "W621",
            "patient": "W604",
        }
        code_ = codes.get(kind, "W605")
        self.problems.add(code_, self._cell(line, name), value.found, title=title)
        return kind in ("fund", "status")

    def _placed(self, line: int, cells: Sequence[Value], values: Row) -> Row | None:
        """Whose the visit is, when it was, and its keys."""
        owner = values.get("hcode") or self._given.hcode
        an, seq = (text_of(self._value(cells, name)) for name in ("an", "seq"))
        an, seq = ("" if is_nothing(one) else one for one in (an, seq))
        patient = values.get("patient") or self._given.patient or ("ip" if an else "op")
        end: Any = values.get("end") or values.get("begin")
        number = an if patient == "ip" else seq
        link = self._link(owner, cells, values)
        needs = (("hcode", owner), ("end", end), ("an" if patient == "ip" else "seq", number or (
            link if self._head.kind in ("replies", "statements") else ""
        )))  # fmt: skip
        for name, value in needs:
            if not value:
                title = rules().columns[name].titles[0]
                self.problems.add("W606", self._cell(line, name), "", title=title)
                return None
        kind = "AN" if patient == "ip" else "SEQ"
        return {
            "hcode": owner, "patient": patient, "end": end, "month": month_of(end).ordinal,
            "fund": values.get("fund") or self._given.fund,
            "transaction": text_of(self._value(cells, "transaction")),
            "visit": self._given.keys.key(str(owner), kind, number) if number else None,
            "link": link, "line": line,
        }  # fmt: skip

    def _link(self, owner: Any, cells: Sequence[Value], values: Row) -> str | None:
        """The hashed patient and day, by which out-patients' replies find their visit."""
        hn, when = text_of(self._value(cells, "hn")), values.get("begin") or values.get("end")
        if not hn or not when or not owner:
            return None
        return self._given.keys.key(str(owner), "HN", f"{hn}|{when.isoformat()}")

    def _is_possible(self, line: int, values: Row, row: Row) -> bool:
        """Whether days, hospital and money can be; what is only odd is told and counts."""
        for name in ("begin", "end", "closed_on", "booked_on", "sent_on"):
            when = values.get(name)
            if when is not None and when > self._given.today:
                self.problems.add(
                    "W607", self._cell(line, name), _day(when), _day(self._given.today)
                )
                return False
        known = self._given.known
        if known is not None and row["hcode"] not in known:
            self.problems.add("W609", self._cell(line, "hcode"), row["hcode"])
            return False
        if self._head.kind == "claims" and row["fund"] is None:
            title = rules().columns["fund"].titles[0]
            self.problems.add("W606", self._cell(line, "fund"), "", title=title)
            return False
        return self._has_possible_money(line, values) and self._is_in_order(line, values)

    def _has_possible_money(self, line: int, values: Row) -> bool:
        for name in ("claimed", "compensated", "adjrw_claimed", "adjrw_audited"):
            if (values.get(name) or 0) < 0:
                title = rules().columns[name].titles[0]
                self.problems.add("W610", self._cell(line, name), title=title)
                return False
        if self._head.kind == "claims" and values.get("claimed") is None:
            title = rules().columns["claimed"].titles[0]
            self.problems.add("W622", self._cell(line, "claimed"), "", title=title)
        return True

    def _is_in_order(self, line: int, values: Row) -> bool:
        begin, end, sent = (values.get(name) for name in ("begin", "end", "sent_on"))
        if begin and end and begin > end:
            self.problems.add("W611", self._cell(line, "end"), _day(end), _day(begin))
            return False
        if end and sent and sent < end:
            self.problems.add("W623", self._cell(line, "sent_on"), _day(sent), _day(end))
        return True

    def _outcome(self, line: int, cells: Sequence[Value], values: Row) -> Row:
        """What became of the visit: handed on, sent, answered, paid."""
        columns = self._head.columns
        sent_on = values.get("sent_on")
        codes = code(self._value(cells, "code")) if "code" in columns else None
        if codes == "?":
            self.problems.add("W624", self._cell(line, "code"))
        status, failed = self._answer(values.get("status"), codes)
        rep = document(self._value(cells, "rep")) or self._given.document
        is_reply = self._head.kind == "replies"
        sent_on = sent_on or (month_of_rep(rep) if is_reply else None)
        return {
            "department": department(self._value(cells, "department")),
            "closed": _is_there(values, "closed_on"), "booked": _is_there(values, "booked_on"),
            "sent": True if is_reply else _is_there(values, "sent_on"),
            "sent_on": values.get("sent_on"),
            "sent_month": month_of(sent_on).ordinal if sent_on else None,
            "status": status, "failed": failed, "code": codes or None,
            "claimed": values.get("claimed"),
            "compensated": _sum(values.get("compensated"), values.get("employer")),
            "paid": values.get("paid"), "adjrw_claimed": values.get("adjrw_claimed"),
            "adjrw_audited": values.get("adjrw_audited"), "document": rep,
        }  # fmt: skip

    def _answer(self, status: str | None, codes: str | None) -> tuple[str | None, bool | None]:
        """The fund's answer; of a file that has codes alone, a code is a failure."""
        if status is not None:
            return status, rules().statuses[status].failed
        if codes:
            return status_of_code(codes), True
        if codes == "" and self._head.kind == "replies":
            return "accepted", False
        return None, None

    def _without_doubles(self, rows: list[Row]) -> list[Row]:
        """Rows of one visit in one file: the same ones count once, differing ones not at all.

        Replies and statements may have several lines a visit, which are added up.
        """
        if self._head.kind in ("replies", "statements"):
            return self._added(rows)
        first: dict[tuple[str, str], Row] = {}
        differing = set()
        for row in rows:
            key = row["hcode"], row["visit"]
            other = first.setdefault(key, row)
            if other is row:
                continue
            is_same = all(row[name] == other[name] for name in row if name != "line")
            code_ = "W625" if is_same else "W612"
            cell = Place(row["line"], 1).name
            self.problems.add(code_, cell, "", Place(other["line"], 1).name)
            if not is_same:
                differing.add(key)
                self.refused += 1
        self.refused += len(differing)
        return [row for key, row in first.items() if key not in differing]

    def _added(self, rows: Sequence[Row]) -> list[Row]:
        """Lines of one visit and document, added up; a line that stands there twice counts once."""
        first: dict[tuple[Any, ...], Row] = {}
        seen: dict[tuple[Any, ...], int] = {}
        for row in rows:
            same = tuple(row[name] for name in sorted(row) if name != "line")
            if row["transaction"] and same in seen:
                cells = (Place(row["line"], 1).name, Place(seen[same], 1).name)
                self.problems.add("W625", cells[0], "", cells[1])
                continue
            seen[same] = row["line"]
            key = row["hcode"], row["visit"] or row["link"], row["document"], row["month"]
            first[key] = _both(first[key], row) if key in first else row
        return list(first.values())


def _both(one: Row, other: Row) -> Row:
    """Two lines of one visit: their money together; it failed where either did."""
    money = {name: _sum(one[name], other[name]) for name in ("claimed", "compensated", "paid")}
    worse = other if other["failed"] and not one["failed"] else one
    return {**worse, **money}


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None and other is None else (one or 0) + (other or 0)


def _is_there(values: Row, name: str) -> bool | None:
    """Whether a day is written; None where the table has no such column."""
    return values[name] is not None if name in values else None


def _is_shifted(cells: Sequence[Value], width: int) -> bool:
    """Whether a row of text has another number of fields than its titles; empty ones may trail."""
    if len(cells) < width:
        return True
    return any(not is_nothing(cell) for cell in cells[width:])


def _first_text(cells: Sequence[Value]) -> str:
    value = next((cell for cell in cells if not is_nothing(cell)), "")
    return value.strip()[:40] if isinstance(value, str) else ""


def _day(when: date) -> str:
    return day_text(when).th
