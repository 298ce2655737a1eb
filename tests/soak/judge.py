"""Holds what was read of a file against what is true of it."""

import math
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from openpyxl.utils.cell import coordinate_from_string

from core.forms.model.form import TableForm
from core.forms.model.issues import CellIssue
from core.services.intake.kinds import Intake, Refused, TableIntake
from core.services.intake.table_rows import rows_json
from core.text import Text
from tests.soak.draft import Truth

RIGHT: Final = "right"
WARNED: Final = "right, with a warning"
SAID: Final = "not all of it read, and said"
REFUSED: Final = "refused"
SILENT: Final = "wrong in silence"
CRASH: Final = "crash"
OUTCOMES: Final = (RIGHT, WARNED, SAID, REFUSED, SILENT, CRASH)

_NO_DOUBT: Final = {"W344"}
"""Messages that state what was done: they say nothing against a figure."""
_LEFT_OUT: Final = {"W317", "W322"}
"""Notes of rows that were not read; a figure that is missing needs no louder one."""
_OF_TABLE: Final = {"W409", "W424"}
"""Messages about the unit of a whole table, at one of its cells."""
OWN_TITLES: Final = {"ลำดับ", "หน่วยงาน", "โทรศัพท์", "ชื่อหน่วยงาน", "หน่วย", "หน่วยนับ", "หมายเหตุ"}
"""Columns of the kinds' own: that they were not used explains nothing that is missing."""
_KEYS: Final = (
    "hcode", "district", "fiscal_year", "month", "fiscal_month", "time_id", "round", "quarter",
)  # fmt: skip


class Verdict(NamedTuple):
    """The outcome of one file, and what led to it."""

    outcome: str
    reason: str = ""


def judge(intake: Intake, truth: Truth) -> Verdict:
    """Whether every figure is true, or spoken of; a missing one needs a word too."""
    if isinstance(intake, Refused):
        return Verdict(REFUSED, ",".join(sorted({i.code for i in intake.issues})))
    if not isinstance(intake, TableIntake):
        return Verdict(SILENT, f"read as {intake.form.id}")
    loud = [i for i in intake.issues if i.severity != "note" and i.code not in _NO_DOUBT]
    read, wrong = _figures(intake), []
    for key, (value, spots) in read.items():
        if not _same(value, truth.get(key)):
            names = _names(intake.form, key[2])
            if not any(_covers(i, spots) or i.expected in names for i in loud):
                return Verdict(SILENT, f"{key} is {value}, true {truth.get(key)}")
            wrong.append(key)
    missing = sorted(truth.keys() - read.keys())
    if missing and not (loud or any(map(_is_left_out, intake.issues))):
        return Verdict(SILENT, f"{missing[0]} of {len(missing)} is missing")
    if wrong or missing:
        return Verdict(SAID, ",".join(sorted({i.code for i in intake.issues})))
    return Verdict(WARNED if loud else RIGHT)


Spots = list[tuple[str, int, str]]
"""Sheet, row and column letter of the cells a figure rests on."""


def _figures(intake: TableIntake) -> Mapping[tuple[str, str, str], tuple[float, Spots]]:
    """The figures that count, by subject, period and measure."""
    found: dict[tuple[str, str, str], tuple[float, Spots]] = {}
    for row, line in zip(rows_json(intake), intake.reading.lines, strict=True):
        if not line.is_placed or line.subject is None:
            continue
        period = str(line.period) if line.period else ""
        keys = [line.spot(key) for key in _KEYS if key in line.header.columns]
        measures: Mapping[str, Any] = row["measures"]
        for measure, value in measures.items():
            if value is not None:
                spots = [_place(spot) for spot in (line.spot(measure), *keys)]
                found[line.subject, period, measure] = value, spots
    return found


def _place(spot: Any) -> tuple[str, int, str]:
    letters, row = coordinate_from_string(spot.place.name)
    return spot.sheet, row, letters


def _names(form: TableForm, measure: str) -> set[Text]:
    """What the column of a figure is called, which a message of another sheet may name."""
    return {
        column.name
        for table in form.tables
        for column in table.columns
        for kind in table.kinds
        if table.measure(column, kind) == measure
    }


def _is_left_out(issue: CellIssue) -> bool:
    """Whether a note says that something of the form may not have been read."""
    return issue.code in _LEFT_OUT or (issue.code == "W302" and issue.found not in OWN_TITLES)


def _covers(issue: CellIssue, spots: Spots) -> bool:
    """Whether a message is about one of these cells: its own row or column, or the whole file."""
    if not issue.cell:
        return True
    letters, row = coordinate_from_string(issue.cell)
    of_all = issue.code in _OF_TABLE
    return any(
        issue.sheet == sheet and (of_all or row == spot_row or letters == spot_letters)
        for sheet, spot_row, spot_letters in spots
    )


def _same(value: float, true: float | None) -> bool:
    """Whether a figure is the true one, to the satang where it was written in millions."""
    if true is None:
        return False
    return math.isclose(value, true, rel_tol=1e-12, abs_tol=0.006 if abs(true) > 1000 else 1e-7)


def silent(verdicts: Mapping[str, Verdict]) -> Iterator[str]:
    """The files that failed."""
    return (name for name, v in verdicts.items() if v.outcome in (SILENT, CRASH))
