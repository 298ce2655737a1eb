"""Entering a checked table into the register, with the changes it makes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from core.errors import WorkbookError
from core.forms.model.form import TableForm
from core.forms.model.issues import CellIssue
from core.forms.table.issue_list import IssueList
from core.forms.table.keys import shown
from core.periods import Period, day_text
from core.services.intake.register_rows import THEME, RegisterRow, RegisterTable
from core.store.register.repository import (
    Entered,
    PlacedFacility,
    areas,
    enter_facilities,
    facilities,
)
from core.store.register.row import AreaRow, FacilityRow
from core.text import Text, fold, say

_ATTRIBUTES = tuple(field.name for field in fields(FacilityRow))


@dataclass(frozen=True, slots=True)
class FacilityChange:
    """One attribute of a facility in the register before and now; None: not known."""

    hcode: str
    attribute: str
    since: Period | None
    before: Any
    after: Any


@dataclass(frozen=True)
class RegisterChange:
    """The outcome of entering a table: counts of facilities, changes by attribute, problems."""

    entered: Entered
    changes: tuple[FacilityChange, ...]
    issues: tuple[CellIssue, ...]

    @property
    def is_any(self) -> bool:
        """Whether anything in the register changed."""
        return bool(self.entered.new or self.entered.changed)


def enter_register(session: Session, form: TableForm, table: RegisterTable) -> RegisterChange:
    """Enter the rows of a table; commits nothing.

    What a row leaves empty stays as it was. `WorkbookError` F015 for a district that is not in the
    register, F013 when there is nothing to enter.
    """
    if not table.rows:
        raise WorkbookError("F013")
    known = areas(session)
    for row in table.rows:
        if row.values["district"] not in known:
            raise WorkbookError("F015", district=row.values["district"])
    return _Entry(session, form, known).of(table)


class _Entry:
    """Enters one table and collects its changes and problems."""

    def __init__(self, session: Session, form: TableForm, known: Mapping[str, AreaRow]) -> None:
        self._session, self._areas, self._issues = session, known, IssueList()
        self._columns = {column.measure: column for column in form.columns}
        everybody = facilities(session)
        self._long_codes = {
            code: one.hcode for one in everybody for code in (one.hcode9, one.hcode9_new) if code
        }
        self._by_name = {(one.district, fold(one.name_th)): one.hcode for one in everybody}
        self._changes: list[FacilityChange] = []

    def of(self, table: RegisterTable) -> RegisterChange:
        """Enter all rows, the earliest start first."""
        counts = [0, 0, 0]
        starts = {row.since for row in table.rows}
        for since in sorted(starts, key=lambda start: (start is not None, start)):
            entered = self._enter([row for row in table.rows if row.since == since], since)
            counts = [a + b for a, b in zip(counts, _counts(entered), strict=True)]
        return RegisterChange(Entered(*counts), tuple(self._changes), self._issues.issues)

    def _enter(self, rows: Sequence[RegisterRow], since: Period | None) -> Entered:
        before = {one.hcode: one for one in facilities(self._session, at=since)}
        entries = []
        for row in rows:
            was, values = before.get(row.hcode), self._values(row)
            entries.append(_entry(row.hcode, was, values))
            if was is None:
                self._compare_name(row)
            else:
                self._compare(row, was, values)
        return enter_facilities(self._session, entries, since=since)

    def _values(self, row: RegisterRow) -> Mapping[str, Any]:
        """The values of a row, without a long code that another facility has."""
        values = dict(row.values)
        for attribute in ("hcode9", "hcode9_new"):
            if code := values.get(attribute):
                owner = self._long_codes.setdefault(code, row.hcode)
                if owner != row.hcode:
                    self._report("W338", row, attribute, owner)
                    del values[attribute]
        return values

    def _compare_name(self, row: RegisterRow) -> None:
        """Warn where the register has another facility of this name in the district."""
        key = row.values["district"], fold(row.values["name_th"])
        namesake = self._by_name.get(key, row.hcode)
        if namesake != row.hcode:
            self._report("W367", row, "name_th", namesake)

    def _compare(self, row: RegisterRow, was: PlacedFacility, values: Mapping[str, Any]) -> None:
        for attribute, after in values.items():
            before = getattr(was, attribute)
            if before != after:
                plain = (
                    one.isoformat() if isinstance(one, date) else one for one in (before, after)
                )
                change = FacilityChange(row.hcode, attribute, row.since, *plain)
                self._changes.append(change)
                self._report("W339", row, attribute, self._words(attribute, before))

    def _words(self, attribute: str, value: Any) -> str | Text:
        """A value of the register in words."""
        if isinstance(value, bool):
            return say("yes") if value else say("no")
        if isinstance(value, date):
            return day_text(value)
        if attribute == "district":
            area = self._areas[value]
            return Text(area.name_th, area.name_en)
        choices = self._columns[f"{THEME}{attribute}"].choices
        names = {choice.id: choice.name for choice in choices}
        return names.get(value) or ("\u2013" if value is None else str(value))

    def _report(self, code: str, row: RegisterRow, attribute: str, expected: str | Text) -> None:
        line, measure = row.line, row.measure(attribute)
        spot = line.spot(measure)
        typed = shown(line.header.cell(line.row, measure))
        params = {"title": self._columns[measure].name, "facility": row.hcode}
        self._issues.add(CellIssue(code, spot.sheet, spot.place.name, typed, expected, params))


def _entry(hcode: str, was: PlacedFacility | None, values: Mapping[str, Any]) -> FacilityRow:
    """A facility as it is to be entered: attributes without a value stay."""
    if was is None:
        names = {"hcode9": None, "name_en": values["name_th"]}
        return FacilityRow(hcode, **(names | dict(values)))
    known = {name: getattr(was, name) for name in _ATTRIBUTES}
    return replace(FacilityRow(**known), **values)


def _counts(entered: Entered) -> Iterator[int]:
    yield from (entered.new, entered.changed, entered.unchanged)
