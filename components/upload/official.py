"""What the ministry came to as it stands in a dropped table: listed, and nothing computed."""

import math
from collections.abc import Iterator
from typing import Final

from components.parts.tables import Column, first_row, table
from components.reader.language import _, tr
from components.reader.markup import Html
from components.reader.numbers import NONE, whole
from components.reader.periods import period_text
from components.why.rules import quoted
from core.forms.table.lines import Figure, Line, figures
from core.services.intake.kinds import TableIntake

_VIEW: Final = 50


def rows(intake: TableIntake) -> None:
    """Every figure of each row, fifty rows at a time."""
    is_of_groups = intake.form.holds == "peer_values"
    columns = [Column(_("Hospital group") if is_of_groups else _("Facility")), Column(_("Period"))]
    columns += [Column(tr(f.column.name), number=True) for f in _told(intake)]
    lines = intake.reading.lines
    first = first_row(len(lines), _VIEW)
    shown = (tuple(_cells(intake, line)) for line in lines[first : first + _VIEW])
    table(tr(intake.form.name), columns, shown)


def _told(intake: TableIntake) -> list[Figure]:
    """The figures of which the table has a column."""
    return [f for f in figures(intake.form) if f.measure in intake.reading.columns]


def _cells(intake: TableIntake, line: Line) -> Iterator[str | Html]:
    yield quoted(line.subject or NONE)
    yield period_text(line.period) if line.period else NONE
    for figure in _told(intake):
        value = line.values[figure.place]
        yield whole(value if math.isfinite(value) else None)
