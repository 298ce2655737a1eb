"""Tables that are listed as dropped: what the ministry came to, accounts added to the chart."""

import math
from collections.abc import Iterable, Iterator
from typing import Final

from components.parts.tables import Column, first_row, table
from components.parts.wrapping import with_room
from components.reader.language import _, tr
from components.reader.markup import Html
from components.reader.numbers import NONE, whole
from components.reader.periods import period_text
from components.why.rules import quoted
from core.forms.model.form import Column as FormColumn
from core.forms.table.labels import labels_of
from core.forms.table.lines import Figure, Line, figures
from core.services.intake.kinds import TableIntake

_VIEW: Final = 50


def rows(intake: TableIntake) -> None:
    """Every figure and word of each row, fifty rows at a time."""
    given = _shown(intake)
    columns = [Column(_subject(intake)), Column(_("Period"))]
    columns += [
        Column(tr(one.column.name), number=True)
        if isinstance(one, Figure)
        else Column(tr(one.name))
        for one in given
    ]
    lines = intake.reading.lines
    first = first_row(len(lines), _VIEW)
    shown = (tuple(_cells(intake, given, line)) for line in lines[first : first + _VIEW])
    table(tr(intake.form.name), columns, shown)


def _subject(intake: TableIntake) -> str:
    names = {"peer_values": _("Hospital group"), "account_map": _("Account"), "records": _("Row")}
    return names.get(intake.form.holds, _("Facility"))


def _name(intake: TableIntake, line: Line) -> str:
    """What a row is of; of a document its table and its labels."""
    if intake.form.holds != "records" or line.subject is None:
        return line.subject or NONE
    _table, labels = labels_of(line.subject)
    return " · ".join((tr(line.header.table.sheet), *labels))


def _worded(intake: TableIntake) -> list[FormColumn]:
    """The columns of words that any row fills in, where rows are words rather than figures."""
    has_words = intake.form.holds in ("account_map", "records")
    measures = {measure for line in intake.reading.lines for measure in line.texts}
    words = (c for c in intake.form.columns if has_words and c.type in ("choice", "text"))
    return [c for c in words if c.measure in measures]


def _lines(intake: TableIntake) -> list[Figure]:
    """The figures of which the table has a column."""
    return [f for f in figures(intake.form) if f.measure in intake.reading.columns]


def _shown(intake: TableIntake) -> list[Figure | FormColumn]:
    """Figures and words in the order of the form, as whoever filled it in knows it."""
    places = {column.measure: place for place, column in enumerate(intake.form.columns)}

    def place(one: Figure | FormColumn) -> int:
        return places[one.column.measure if isinstance(one, Figure) else one.measure]

    return sorted([*_lines(intake), *_worded(intake)], key=place)


def _cells(
    intake: TableIntake, given: Iterable[Figure | FormColumn], line: Line
) -> Iterator[str | Html]:
    yield quoted(_name(intake, line))
    yield period_text(line.period) if line.period else NONE
    for one in given:
        if isinstance(one, Figure):
            value = line.values[one.place]
            yield whole(value if math.isfinite(value) else None)
        else:
            word = line.texts.get(one.measure, NONE)
            name = next((tr(choice.name) for choice in one.choices if choice.id == word), word)
            yield with_room(quoted(name), len(name))
