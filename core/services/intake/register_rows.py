"""What a table of the register says of each facility, checked; nothing is entered yet."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from core.figures.projection import EAST, NORTH, SOUTH, WEST, in_thailand
from core.forms.model.issues import CellIssue
from core.forms.model.values import plain
from core.forms.table.keys import shown
from core.forms.table.lines import Line, figures
from core.forms.table.moments import day_in
from core.forms.table.read import TableReading
from core.forms.table.words import folded_words
from core.periods import Period
from core.scoring.base.states import State
from core.services.geography.districts import Districts
from core.store.register.row import AreaRow
from core.text import Text, fold, say, thai_digits_to_arabic

CODE_LENGTH: Final = 5
_LONG_CODE_LENGTH: Final = 9
_LONG_CODE: Final = re.compile("[0-9]{7,9}")
_NEW_CODE: Final = re.compile("[A-Z]{2}[0-9]{7}")
_AS_FORMULA: Final = re.compile(r'="?([^"]*)"?')
THEME: Final = "facility."
_REQUIRED: Final = ("name_th", "kind")
_WORDS: Final = ("name_th", "name_en", "kind", "level", "hgr")
_DISTRICTS: Final = (f"{THEME}district", f"{THEME}cup", f"{THEME}district_code")
"""Columns that give the district of a facility."""
_FLAGS: Final = ("island", "transferred")


@dataclass(frozen=True)
class RegisterRow:
    """One facility as a row says it is, since a month, or the newest state corrected (None).

    `values` are attributes of `FacilityRow`; what the row leaves empty is not among them.
    """

    line: Line
    hcode: str
    since: Period | None
    values: Mapping[str, Any]

    def measure(self, attribute: str) -> str:
        """The column that says something of it."""
        if attribute == "district":
            return next((m for m in _DISTRICTS if m in self.line.texts), _DISTRICTS[0])
        is_reopened = attribute == "closed_on" and self.values[attribute] is None
        return f"{THEME}status" if is_reopened else f"{THEME}{attribute}"


@dataclass(frozen=True)
class RegisterTable:
    """The facilities that can be entered, in the order of the table, and every problem."""

    rows: tuple[RegisterRow, ...]
    issues: tuple[CellIssue, ...]


def register_rows(reading: TableReading) -> RegisterTable:
    """Check what was read of a table of the register."""
    checked = _Checked(reading)
    rows = tuple(row for line in reading.lines if (row := checked.row(line)))
    checked.close(rows)
    return RegisterTable(rows, tuple(checked.issues))


class _Checked:
    """Rows of the register on their way through the checks."""

    def __init__(self, reading: TableReading) -> None:
        self.issues: list[CellIssue] = []
        self._columns = {column.measure: column for column in reading.form.columns}
        self._places = {figure.measure: figure.place for figure in figures(reading.form)}
        self._districts = Districts.of_the_country()
        self._long_codes: dict[str, str] = {}
        self._outside: list[Line] = []

    def close(self, rows: Sequence[RegisterRow]) -> None:
        """Say what concerns several rows: those left out, and names that two facilities bear."""
        if self._outside:
            self._add("W366", self._outside[0], f"{THEME}kind", str(len(self._outside)))
        by_name: dict[tuple[str, str], RegisterRow] = {}
        for row in rows:
            name = fold(row.values["name_th"])
            other = by_name.setdefault((row.values["district"], name), row)
            if other.hcode != row.hcode:
                measure = f"{THEME}name_th"
                self._add("W367", row.line, measure, row.values["name_th"], other.hcode)

    def row(self, line: Line) -> RegisterRow | None:
        """A line as a facility; None where it is none, or something is missing or wrong."""
        if self._is_outside(line):
            self._outside.append(line)
            return None
        hcode = self._code(line)
        district = self._district(line)
        missing = [name for name in _REQUIRED if self._is_missing(line, name)]
        values: dict[str, Any] = {n: text for n in _WORDS if (text := line.texts.get(THEME + n))}
        values |= {n: line.flags[THEME + n] for n in _FLAGS if THEME + n in line.flags}
        values |= self._long_code(line) | self._new_code(line) | self._closing(line)
        values |= self._beds(line) | self._position(line)
        if hcode is None or district is None or missing or line.contradicted:
            return None
        if not line.is_placed:  # what it says of its beginning is wrong
            return None
        return RegisterRow(line, hcode, line.period, values | {"district": district.code})

    def _code(self, line: Line) -> str | None:
        code = line.hcode
        if code is not None and len(code) != CODE_LENGTH:
            self._add("W305", line, "hcode", code, say("5 digits"))
            return None
        return code

    def _is_missing(self, line: Line, name: str) -> bool:
        measure = THEME + name
        if measure in line.texts:
            return False
        cell = line.header.cell(line.row, measure)
        # A word that is none of the column's has its message already.
        if measure in line.header.columns and not shown(cell):
            self._add("W332", line, measure, "", self._columns[measure].name)
        return True

    def _district(self, line: Line) -> AreaRow | None:
        """The district of a row: its CUP and its district are one and the same."""
        measures = [measure for measure in _DISTRICTS if measure in line.texts]
        if not measures:
            self._add("W332", line, f"{THEME}district", "", self._name("district"))
            return None
        areas = [self._district_in(line, measure) for measure in measures]
        if None in areas:
            return None
        if len({area.code for area in areas if area}) > 1:
            other = areas[0].name_th if areas[0] else ""
            self._add("W340", line, measures[1], line.texts[measures[1]], other)
            return None
        return areas[0]

    def _district_in(self, line: Line, measure: str) -> AreaRow | None:
        name = line.texts.get(f"{THEME}province", "")
        province = self._districts.province(name) if name else None
        matches = self._districts.districts(self._district_words(line, measure), province)
        if len(matches) == 1:
            if name and (province is None or matches[0].parent != province.code):
                right = self._districts.name_of_parent(matches[0])
                self._add("W341", line, f"{THEME}province", name, right)
            return matches[0]
        if matches:
            names = ", ".join(self._districts.name_of_parent(area) for area in matches)
            self._add("W334", line, measure, line.texts[measure], names)
        else:
            self._add("W333", line, measure, line.texts[measure])
        return None

    def _is_outside(self, line: Line) -> bool:
        """Whether a row is of an office or another place that the register does not hold."""
        kind = line.texts.get(f"{THEME}kind")
        column = self._columns[f"{THEME}kind"]
        return any(choice.is_outside for choice in column.choices if choice.id == kind)

    def _district_words(self, line: Line, measure: str) -> str:
        """A district as a column gives it: two digits stand behind those of the province."""
        text = _plain_code(line.texts[measure])
        if measure != f"{THEME}district_code" or len(text) > 2 or not text.isdigit():
            return text
        province = _plain_code(line.texts.get(f"{THEME}province_code", ""))
        return f"{province}{text.zfill(2)}"

    def _new_code(self, line: Line) -> dict[str, Any]:
        """The new code of two letters and seven digits."""
        measure = f"{THEME}hcode9_new"
        if measure not in line.texts:
            return {}
        code = _plain_code(line.texts[measure]).upper()
        if not _NEW_CODE.fullmatch(code):
            expected = say("two letters and 7 digits")
            self._add("W337", line, measure, line.texts[measure], expected)
            return {}
        return {"hcode9_new": code} if self._is_own(code, line, measure) else {}

    def _is_own(self, code: str, line: Line, measure: str) -> bool:
        """Whether no other facility of the table has a long code; rows without a code have none."""
        if line.subject is None:
            return False
        owner = self._long_codes.setdefault(code, line.subject)
        if owner != line.subject:
            self._add("W338", line, measure, code, owner)
        return owner == line.subject

    def _closing(self, line: Line) -> dict[str, Any]:
        """The last day of a facility that was closed; none where one is said to be open."""
        measure, status = f"{THEME}closed_on", line.texts.get(f"{THEME}status", "")
        text = line.texts.get(measure)
        if text is None:
            if fold(status).startswith(tuple(folded_words("closed"))):
                self._add("W369", line, f"{THEME}status", status)
            is_open = fold(status).startswith(tuple(folded_words("open")))
            return {"closed_on": None} if is_open else {}
        day = day_in(text)
        if day is None:
            self._add("W368", line, measure, text, say("a day such as 30/09/2565"))
            return {}
        return {"closed_on": day}

    def _long_code(self, line: Line) -> dict[str, Any]:
        """The 9-digit code, with the zeros at its beginning that a number has lost."""
        measure = f"{THEME}hcode9"
        if measure not in line.texts:
            return {}
        code = _plain_code(line.texts[measure])
        if not _LONG_CODE.fullmatch(code):
            self._add("W337", line, measure, line.texts[measure], say("9 digits"))
            return {}
        code = code.zfill(_LONG_CODE_LENGTH)
        return {"hcode9": code} if self._is_own(code, line, measure) else {}

    def _beds(self, line: Line) -> dict[str, Any]:
        beds = self._figure(line, "beds")
        if beds is None:
            return {}
        if not beds.is_integer():
            self._add("W312", line, f"{THEME}beds", plain(beds), say("without decimals"))
            return {}
        return {"beds": int(beds)}

    def _position(self, line: Line) -> dict[str, Any]:
        names = ("latitude", "longitude")
        pair = [self._figure(line, name) for name in names]
        if None in pair:
            for name, other in (names, names[::-1]):
                if self._state(line, name) == State.REPORTED and self._is_empty(line, other):
                    self._add("W336", line, THEME + name, "", self._name(other))
            return {}
        latitude, longitude = (float(value or 0) for value in pair)
        if not in_thailand(np.array([[longitude, latitude]]))[0]:
            at = f"{plain(latitude)}, {plain(longitude)}"
            bounds = f"{plain(SOUTH)}\u2013{plain(NORTH)}, {plain(WEST)}\u2013{plain(EAST)}"
            self._add("W335", line, f"{THEME}latitude", at, bounds)
            return {}
        return {"latitude": latitude, "longitude": longitude}

    def _figure(self, line: Line, name: str) -> float | None:
        is_given = self._state(line, name) == State.REPORTED
        return line.values[self._places[THEME + name]] if is_given else None

    def _state(self, line: Line, name: str) -> State:
        return State(line.states[self._places[THEME + name]])

    def _is_empty(self, line: Line, name: str) -> bool:
        return self._state(line, name) == State.NOT_REPORTED

    def _name(self, attribute: str) -> Text:
        return self._columns[THEME + attribute].name

    def _add(
        self, code: str, line: Line, measure: str, text: str, expected: str | Text = ""
    ) -> None:
        spot = line.spot(measure)
        self.issues.append(CellIssue(code, spot.sheet, spot.place.name, text, expected))


def _plain_code(text: str) -> str:
    """A code without what keeps it a text: an apostrophe, or a formula around it."""
    plain = thai_digits_to_arabic(text).strip().removeprefix("'")
    formula = _AS_FORMULA.fullmatch(plain)
    return formula[1].strip() if formula else plain
