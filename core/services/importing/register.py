"""Enters a checked table into the register, and tells what that changes."""

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
from core.periods import Period
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
    """What the register said of a facility and what it says now; None for what is not known."""

    hcode: str
    attribute: str
    since: Period | None
    before: Any
    after: Any


@dataclass(frozen=True)
class RegisterChange:
    """What entering a table does: facilities that are new, changed or just so, and how."""

    entered: Entered
    changes: tuple[FacilityChange, ...]
    issues: tuple[CellIssue, ...]

    @property
    def is_any(self) -> bool:
        """Whether the register is another one now."""
        return bool(self.entered.new or self.entered.changed)


def enter_register(session: Session, form: TableForm, table: RegisterTable) -> RegisterChange:
    """Enter what a table says; commits nothing.

    What a row does not say stays as it was. `WorkbookError` F015 for a district that is not in the
    register, F013 when there is nothing to enter.
    """
    if not table.rows:
        raise WorkbookError("F013")
    known = areas(session)
    for row in table.rows:
        if row.said["district"] not in known:
            raise WorkbookError("F015", district=row.said["district"])
    return _Entry(session, form, known).of(table)


class _Entry:
    """A table on its way into the register."""

    def __init__(self, session: Session, form: TableForm, known: Mapping[str, AreaRow]) -> None:
        self._session, self._areas, self._told = session, known, IssueList()
        self._columns = {column.measure: column for column in form.columns}
        registered = facilities(session)
        self._long_codes = {
            code: one.hcode for one in registered for code in (one.hcode9, one.hcode9_new) if code
        }
        self._named = {(one.district, fold(one.name_th)): one.hcode for one in registered}
        self._changes: list[FacilityChange] = []

    def of(self, table: RegisterTable) -> RegisterChange:
        """Enter all rows, those that hold longest first."""
        counts = [0, 0, 0]
        starts = {row.since for row in table.rows}
        for since in sorted(starts, key=lambda start: (start is not None, start)):
            entered = self._enter([row for row in table.rows if row.since == since], since)
            counts = [a + b for a, b in zip(counts, _counts(entered), strict=True)]
        return RegisterChange(Entered(*counts), tuple(self._changes), self._told.issues)

    def _enter(self, rows: Sequence[RegisterRow], since: Period | None) -> Entered:
        before = {one.hcode: one for one in facilities(self._session, at=since)}
        entries = []
        for row in rows:
            was, said = before.get(row.hcode), self._said(row)
            entries.append(_entry(row.hcode, was, said))
            if was is None:
                self._compare_name(row)
            else:
                self._compare(row, was, said)
        return enter_facilities(self._session, entries, since=since)

    def _said(self, row: RegisterRow) -> Mapping[str, Any]:
        """What a row says, without a long code that another facility has."""
        said = dict(row.said)
        for attribute in ("hcode9", "hcode9_new"):
            if code := said.get(attribute):
                owner = self._long_codes.setdefault(code, row.hcode)
                if owner != row.hcode:
                    self._tell("W338", row, attribute, owner)
                    del said[attribute]
        return said

    def _compare_name(self, row: RegisterRow) -> None:
        """Say when the register has another facility of this name in the district."""
        key = row.said["district"], fold(row.said["name_th"])
        namesake = self._named.get(key, row.hcode)
        if namesake != row.hcode:
            self._tell("W367", row, "name_th", namesake)

    def _compare(self, row: RegisterRow, was: PlacedFacility, said: Mapping[str, Any]) -> None:
        for attribute, after in said.items():
            before = getattr(was, attribute)
            if before != after:
                plain = (
                    one.isoformat() if isinstance(one, date) else one for one in (before, after)
                )
                change = FacilityChange(row.hcode, attribute, row.since, *plain)
                self._changes.append(change)
                self._tell("W339", row, attribute, self._words(attribute, before))

    def _words(self, attribute: str, value: Any) -> str | Text:
        """A value of the register as people say it."""
        if isinstance(value, bool):
            return say("yes") if value else say("no")
        if attribute == "district":
            area = self._areas[value]
            return Text(area.name_th, area.name_en)
        choices = self._columns[f"{THEME}{attribute}"].choices
        named = {choice.id: choice.name for choice in choices}
        return named.get(value) or ("\u2013" if value is None else str(value))

    def _tell(self, code: str, row: RegisterRow, attribute: str, expected: str | Text) -> None:
        line, measure = row.line, row.measure(attribute)
        spot = line.spot(measure)
        found = shown(line.header.cell(line.row, measure))
        params = {"title": self._columns[measure].name, "facility": row.hcode}
        self._told.add(CellIssue(code, spot.sheet, spot.place.name, found, expected, params))


def _entry(hcode: str, was: PlacedFacility | None, said: Mapping[str, Any]) -> FacilityRow:
    """A facility as it is to be entered: what is not said stays."""
    if was is None:
        names = {"hcode9": None, "name_en": said["name_th"]}
        return FacilityRow(hcode, **(names | dict(said)))
    known = {name: getattr(was, name) for name in _ATTRIBUTES}
    return replace(FacilityRow(**known), **said)


def _counts(entered: Entered) -> Iterator[int]:
    yield from (entered.new, entered.changed, entered.unchanged)
