"""Tables that are listed as dropped: what the ministry came to, accounts added to the chart."""

import math
from collections.abc import Iterator
from typing import Final

from components.parts.tables import Column, first_row, table
from components.reader.language import _, tr
from components.reader.markup import Html
from components.reader.numbers import NONE, whole
from components.reader.periods import period_text
from components.why.rules import quoted
from core.forms.model.form import Column as FormColumn
from core.forms.table.lines import Figure, Line, figures
from core.services.intake.kinds import TableIntake

_VIEW: Final = 50


def rows(intake: TableIntake) -> None:
    """Every figure and word of each row, fifty rows at a time."""
    columns = [Column(_subject(intake)), Column(_("Period"))]
    columns += [Column(tr(f.column.name), number=True) for f in _told(intake)]
    columns += [Column(tr(column.name)) for column in _worded(intake)]
    lines = intake.reading.lines
    first = first_row(len(lines), _VIEW)
    shown = (tuple(_cells(intake, line)) for line in lines[first : first + _VIEW])
    table(tr(intake.form.name), columns, shown)


def _subject(intake: TableIntake) -> str:
    names = {"peer_values": _("Hospital group"), "account_map": _("Account")}
    return names.get(intake.form.holds, _("Facility"))


def _worded(intake: TableIntake) -> list[FormColumn]:
    """The columns of words, where accounts are added to the chart."""
    is_map = intake.form.holds == "account_map"
    return [c for c in intake.form.columns if is_map and c.type in ("choice", "text")]


def _told(intake: TableIntake) -> list[Figure]:
    """The figures of which the table has a column."""
    return [f for f in figures(intake.form) if f.measure in intake.reading.columns]


def _cells(intake: TableIntake, line: Line) -> Iterator[str | Html]:
    yield quoted(line.subject or NONE)
    yield period_text(line.period) if line.period else NONE
    for figure in _told(intake):
        value = line.values[figure.place]
        yield whole(value if math.isfinite(value) else None)
    for column in _worded(intake):
        word = line.texts.get(column.measure, NONE)
        named = next((tr(one.name) for one in column.choices if one.id == word), word)
        yield quoted(named)
